package io.rstscope.report.text;

import io.rstscope.report.model.CaptureReport;
import io.rstscope.report.model.ReportWriter;
import io.rstscope.report.model.Summary;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The silences before the resets that ended lost connections, in seconds, in HdrHistogram's
 * percentile format (.hgrm), which its plotter and many tools read.
 *
 * @see <a href="https://hdrhistogram.github.io/HdrHistogram/plotFiles.html">the plotter</a>
 */
public final class HgrmReport implements ReportWriter {
  private static final double MICROS_PER_SECOND = 1e6;

  /** Lines for each halving of the distance to 100 %; what HdrHistogram's own tools take. */
  private static final int TICKS_PER_HALF_DISTANCE = 5;

  private final OutputStream out;

  /**
   * @param out is not closed but flushed at the end
   */
  public HgrmReport(OutputStream out) {
    this.out = out;
  }

  @Override
  public void capture(CaptureReport capture) {}

  @Override
  public void finish(Summary summary) throws IOException {
    PrintStream text = new PrintStream(out, false, StandardCharsets.US_ASCII);
    summary
        .idleMicros()
        .outputPercentileDistribution(text, TICKS_PER_HALF_DISTANCE, MICROS_PER_SECOND);
    text.flush();
    if (text.checkError()) {
      throw new IOException("the percentiles of --hgrm");
    }
  }
}
