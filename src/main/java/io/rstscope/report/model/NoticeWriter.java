package io.rstscope.report.model;

import java.io.IOException;

/** One output format for verdicts that are given while the capture goes on. */
public interface NoticeWriter {
  /**
   * Writes a notice and flushes.
   *
   * @throws IOException when the output cannot be written
   */
  void notice(Notice notice) throws IOException;

  /**
   * Writes what was counted, when the capture has ended.
   *
   * @throws IOException when the output cannot be written
   */
  void finish(Summary summary) throws IOException;
}
