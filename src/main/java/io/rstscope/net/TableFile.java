package io.rstscope.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of knowledge beside a class, as experts review it: a row a line, columns between bars,
 * comments after a hash.
 */
public final class TableFile {
  private TableFile() {}

  /**
   * The rows of that table, in its order.
   *
   * @param columns of each row; what follows the last bar may hold more bars
   * @throws IllegalStateException if a row has fewer columns, or the table is missing
   */
  public static List<String[]> rows(Class<?> beside, String name, int columns) {
    try (InputStream file = beside.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException("no table " + name + " beside " + beside.getName());
      }
      List<String[]> rows = new ArrayList<>();
      String text = new String(file.readAllBytes(), UTF_8);
      for (int start = 0, end; start < text.length(); start = end + 1) {
        end = lineEnd(text, start);
        if (end > start && text.charAt(start) != '#') {
          rows.add(cells(text.substring(start, end), columns));
        }
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int lineEnd(String text, int start) {
    int end = text.indexOf('\n', start);
    return end < 0 ? text.length() : end;
  }

  private static String[] cells(String line, int columns) {
    String[] cells = new String[columns];
    int start = 0;
    for (int i = 0; i < columns; i++) {
      int bar = i == columns - 1 ? line.length() : line.indexOf('|', start);
      if (bar < start) {
        throw new IllegalStateException("fewer than " + columns + " columns: " + line);
      }
      cells[i] = line.substring(start, bar).trim();
      start = bar + 1;
    }
    return cells;
  }
}
