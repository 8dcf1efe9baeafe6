package io.rstscope.report.model;

import java.io.IOException;

/** One output format. Captures are written as they are done, the summary at last. */
public interface ReportWriter {
  /**
   * Takes one capture.
   *
   * @throws IOException when the output cannot be written
   */
  void capture(CaptureReport capture) throws IOException;

  /**
   * Ends the report; nothing may follow.
   *
   * @throws IOException when the output cannot be written
   */
  void finish(Summary summary) throws IOException;
}
