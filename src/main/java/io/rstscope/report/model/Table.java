package io.rstscope.report.model;

import java.util.List;

/**
 * A table of a page.
 *
 * @param title a few words
 * @param note what it shows, or why it is empty; a sentence
 * @param columns one or more
 * @param rows cells as people read them, as many as there are columns
 * @param more rows that there are besides
 */
public record Table(
    String title, String note, List<Column> columns, List<List<String>> rows, long more) {
  /**
   * A column.
   *
   * @param number whether its cells are numbers
   */
  public record Column(String head, boolean number) {}
}
