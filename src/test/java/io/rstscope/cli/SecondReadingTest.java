package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.rstscope.capture.CaptureException;
import io.rstscope.capture.CaptureFiles;
import io.rstscope.judge.context.Recording;
import io.rstscope.judge.context.Vantage;
import io.rstscope.net.PortSet;
import io.rstscope.net.Side;
import io.rstscope.report.model.CaptureReport;
import io.rstscope.report.model.Excerpts;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.PcapFile;
import io.rstscope.testing.Talk;
import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;

/** Why packets are missing from a report that was to have them. */
class SecondReadingTest {
  private static final PcapFile CAPTURE =
      Talk.capture(new Talk().open(60).socketReset(Side.CLIENT));
  private static final CaptureReport REPORT =
      new CaptureReport(
          "a", "a", null, new Recording(Vantage.BROKER, false, 0, 0), Analysis.together(CAPTURE));

  private final SecondReading second =
      new SecondReading(PortSet.parse("5672"), flow -> true, () -> false);

  @Test
  void shouldSayThatAPipeCanBeReadOnlyOnce() {
    Excerpts excerpts = second.addTo(REPORT, null).excerpts();

    assertEquals("the capture was a pipe, which can be read only once", excerpts.missing());
    assertNull(excerpts.of(REPORT.flows().get(0)));
  }

  @Test
  void shouldSayThatTheFileIsGone() {
    SecondReading.Opening gone =
        () -> {
          throw new CaptureException("a", CaptureException.NO_OFFSET, "no such file");
        };

    assertEquals("no such file", second.addTo(REPORT, gone).excerpts().missing());
  }

  @Test
  void shouldSayThatItWasStopped() {
    SecondReading stopped = new SecondReading(PortSet.parse("5672"), flow -> true, () -> true);

    Excerpts excerpts =
        stopped
            .addTo(REPORT, () -> CaptureFiles.read("a", new ByteArrayInputStream(CAPTURE.bytes())))
            .excerpts();

    assertEquals("the second reading was stopped before its end", excerpts.missing());
  }
}
