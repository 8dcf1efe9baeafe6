package io.rstscope.archive;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/**
 * A Parquet file of a store.
 *
 * @param path below the store, with slashes: {@code
 *     flows/day=2026-11-20/broker_host=10.0.0.1/7.parquet}
 * @param bytes its size
 */
public record DataFile(String path, long bytes) {
  /** The folder that it lies in. */
  public String folder() {
    return path.substring(0, path.lastIndexOf('/'));
  }

  /** The table that it is a part of. */
  public String table() {
    return path.substring(0, path.indexOf('/'));
  }

  /** The day on which its connections ended, UTC, or null when it holds those of any. */
  public LocalDate day() {
    String day = partition("day");
    return day == null || !day.matches("\\d{4}-\\d\\d-\\d\\d") ? null : LocalDate.parse(day);
  }

  /** What its partition says of a column, or null when it has no such one. */
  public String partition(String column) {
    for (String part : folder().split("/")) {
      if (part.startsWith(column + "=")) {
        // names have been freed of what else stands for something there
        return URLDecoder.decode(part.substring(column.length() + 1), StandardCharsets.UTF_8);
      }
    }
    return null;
  }
}
