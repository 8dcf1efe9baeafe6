package io.rstscope.report;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.capture.LinkType;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Conversation;
import io.rstscope.testing.PcapFile;
import io.rstscope.testing.Tap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A connection in full. */
class FlowReportTest {
  /** The report in one line. */
  private static String full(CaptureReport capture) {
    return Reports.write(out -> new FlowReport(out, false), capture).replaceAll("\\s+", " ");
  }

  @Test
  void shouldTellHowLongTheConnectionWasSeen() {
    String report = full(Reports.capture("a", Samples.clientAbort(40_000)));

    assertTrue(report.contains(" UTC, 2 s packets "), report);
  }

  @Test
  void shouldSayThatTheClockWasSetBackAndNotThatTimeWasNegative() {
    PcapFile capture = new PcapFile(LinkType.ETHERNET);
    Tap tap = Tap.into(capture);
    Conversation talk = Conversation.usual(tap).handshake().openAmqp();
    tap.pass(-1, TimeUnit.HOURS);
    talk.client.send("before it began").abort();

    String report =
        full(Reports.report("a", "a", Reports.quality(100, null), Analysis.together(capture)));

    assertTrue(report.contains("as the clock was set back"), report);
    assertFalse(report.matches(".* -[0-9.]+ (µs|ms|s|min) .*"), report);
  }
}
