package io.rstscope.brokerlog;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Times as RabbitMQ writes them: {@code 17-Jun-2018::06:28:40} up to 3.6 and {@code 2018-06-17
 * 06:28:40.868} up to 3.8, in the host's zone; RFC 3339 with an offset since 3.9, with a space or a
 * T; also numbers, of seconds or microseconds since 1970 ({@code log.file.formatter.time_format}).
 * Some shippers count milliseconds.
 *
 * @see <a href="https://www.rabbitmq.com/docs/logging#time-format">RabbitMQ: time format</a>
 */
final class LogTime {
  /** Numbers from here on are milliseconds: as seconds they would be the year 33658. */
  private static final double MILLISECONDS = 1e12;

  /** From here on they are microseconds. */
  private static final double MICROSECONDS = 1e14;

  /** As up to 3.6. */
  private static final DateTimeFormatter REPORT =
      new DateTimeFormatterBuilder()
          .appendPattern("d-MMM-uuuu::HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ENGLISH);

  /** Beyond, nanoseconds do not fit 64 bits. */
  private static final long LAST_SECOND = Long.MAX_VALUE / 1_000_000_000L;

  private static final Pattern DIGITS = Pattern.compile("\\d{10,16}(\\.\\d{1,9})?");

  private LogTime() {}

  /**
   * Nanoseconds since 1970, or -1 when this is no time.
   *
   * @param zone of times without an offset
   */
  static long nanos(String text, ZoneId zone) {
    String time = text.replace(' ', 'T');
    try {
      if (DIGITS.matcher(time).matches()) {
        return nanos(Double.parseDouble(time));
      }
      boolean zoned = time.matches(".*(Z|[+-]\\d\\d:\\d\\d)");
      return nanos(
          zoned
              ? OffsetDateTime.parse(time).toInstant()
              : LocalDateTime.parse(time).atZone(zone).toInstant());
    } catch (DateTimeException e) {
      return -1;
    }
  }

  /** The same for the time above an entry of 3.6. */
  static long ofReport(String text, ZoneId zone) {
    try {
      return nanos(LocalDateTime.parse(text, REPORT).atZone(zone).toInstant());
    } catch (DateTimeException e) {
      return -1;
    }
  }

  private static long nanos(double number) {
    double seconds =
        number >= MICROSECONDS ? number / 1e6 : number >= MILLISECONDS ? number / 1e3 : number;
    return seconds >= 0 && seconds < LAST_SECOND ? Math.round(seconds * 1e6) * 1_000 : -1;
  }

  private static long nanos(Instant instant) {
    long seconds = instant.getEpochSecond();
    return seconds < 0 || seconds >= LAST_SECOND
        ? -1
        : seconds * 1_000_000_000L + instant.getNano();
  }
}
