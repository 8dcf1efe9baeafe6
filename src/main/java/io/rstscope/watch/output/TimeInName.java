package io.rstscope.watch.output;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times in names of files, in UTC, whose order is that of the names. */
public final class TimeInName {
  /** Characters that it takes. */
  public static final int LENGTH = "20260101T000000.000Z".length();

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  private TimeInName() {}

  /**
   * Such as {@code 20261120T175838.733Z}.
   *
   * @param millis since 1970
   */
  public static String of(long millis) {
    return TIME.format(Instant.ofEpochMilli(millis));
  }
}
