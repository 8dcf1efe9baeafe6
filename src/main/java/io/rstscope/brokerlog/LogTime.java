package io.rstscope.brokerlog;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/**
 * Times as RabbitMQ writes them: {@code 2018-06-17 06:28:40.868} up to 3.8, in the host's zone; RFC
 * 3339 with an offset since 3.9, with a space or a T; in JSON also numbers, of seconds or
 * microseconds since 1970 ({@code log.file.formatter.time_format}).
 *
 * @see <a href="https://www.rabbitmq.com/docs/logging#time-format">RabbitMQ: time format</a>
 */
final class LogTime {
  /** Numbers from here on are microseconds: as seconds they would be the year 33658. */
  private static final long MICROSECONDS = 1_000_000_000_000L;

  /** Beyond, nanoseconds do not fit 64 bits. */
  private static final long LAST_SECOND = Long.MAX_VALUE / 1_000_000_000L;

  private LogTime() {}

  /**
   * Nanoseconds since 1970, or -1 when this is no time.
   *
   * @param zone of times without an offset
   */
  static long nanos(String text, ZoneId zone) {
    String time = text.replace(' ', 'T');
    try {
      boolean zoned = time.matches(".*(Z|[+-]\\d\\d:\\d\\d)");
      return nanos(
          zoned
              ? OffsetDateTime.parse(time).toInstant()
              : LocalDateTime.parse(time).atZone(zone).toInstant());
    } catch (DateTimeException e) {
      return -1;
    }
  }

  /** The same for a number of seconds or microseconds. */
  static long nanos(double number) {
    double seconds = number >= MICROSECONDS ? number / 1e6 : number;
    return seconds >= 0 && seconds < LAST_SECOND ? Math.round(seconds * 1e6) * 1_000 : -1;
  }

  private static long nanos(Instant instant) {
    long seconds = instant.getEpochSecond();
    return seconds < 0 || seconds >= LAST_SECOND
        ? -1
        : seconds * 1_000_000_000L + instant.getNano();
  }
}
