package io.rstscope.report.text;

import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.capture.LinkType;
import io.rstscope.report.Reports;
import io.rstscope.report.Samples;
import io.rstscope.report.model.CaptureReport;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.PcapFile;
import io.rstscope.testing.Talk;
import io.rstscope.testing.Tap;
import java.time.Duration;
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

    assertTrue(report.contains(" UTC, 2.00 s packets "), report);
  }

  @Test
  void shouldSayThatTheClockWasSetBackAndNotThatTimeWasNegative() {
    PcapFile capture = new PcapFile(LinkType.ETHERNET);
    new Talk()
        .seenBy(Tap.into(capture))
        .open(60)
        .pause(Duration.ofHours(-1))
        .data(CLIENT, "before it began")
        .socketReset(CLIENT);

    String report =
        full(Reports.report("a", "a", Reports.quality(100, null), Analysis.together(capture)));

    assertTrue(report.contains("as the clock was set back"), report);
    assertFalse(report.matches(".* -[0-9.]+ (µs|ms|s|min) .*"), report);
  }
}
