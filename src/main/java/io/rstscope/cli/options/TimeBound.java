package io.rstscope.cli.options;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A moment as {@code --since} and {@code --until} name it.
 *
 * @param instant null when it is a time of day
 * @param timeOfDay in UTC, of the day of a capture's first packet; null when the day is given
 */
record TimeBound(Instant instant, LocalTime timeOfDay) {
  private static final long DAY_NANOS = 86_400_000_000_000L;

  /**
   * The moment in nanoseconds since 1970.
   *
   * @param firstNanos when the capture began
   */
  long nanos(long firstNanos) {
    if (instant != null) {
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    }
    return Math.floorDiv(firstNanos, DAY_NANOS) * DAY_NANOS + timeOfDay.toNanoOfDay();
  }

  /** That of the next day, when both are times of day and this one comes before the other. */
  long nanosAfter(TimeBound other, long firstNanos) {
    long nanos = nanos(firstNanos);
    boolean overMidnight =
        timeOfDay != null
            && other != null
            && other.timeOfDay != null
            && timeOfDay.isBefore(other.timeOfDay);
    return overMidnight ? nanos + DAY_NANOS : nanos;
  }

  /** Whether it is earlier whatever the day of the capture. */
  boolean isBefore(TimeBound other) {
    return instant != null && other.instant != null && instant.isBefore(other.instant);
  }

  /** Reads RFC 3339, the same without an offset as reports print it (UTC), or a time of day. */
  static final class Converter implements ITypeConverter<TimeBound> {
    /** Beyond these years nanoseconds since 1970 do not fit 64 bits. */
    private static final int LAST_YEAR = 2261;

    @Override
    public TimeBound convert(String text) {
      String time = text.strip().toUpperCase(Locale.ROOT).replace(" UTC", "").replace(' ', 'T');
      try {
        if (time.indexOf('T') < 0) {
          return time.indexOf('-') < 0
              ? new TimeBound(null, LocalTime.parse(time))
              : at(LocalDate.parse(time).atStartOfDay().atOffset(ZoneOffset.UTC));
        }
        boolean hasOffset = time.matches(".*T.*(Z|[+-]\\d\\d:\\d\\d)");
        return at(
            hasOffset
                ? OffsetDateTime.parse(time)
                : LocalDateTime.parse(time).atOffset(ZoneOffset.UTC));
      } catch (DateTimeException e) {
        throw new TypeConversionException(
            "'"
                + text
                + "' is neither a time such as 2026-11-20T17:58:38Z, nor a time of day such as"
                + " 17:58:38");
      }
    }

    private static TimeBound at(OffsetDateTime time) {
      if (time.getYear() < 1970 || time.getYear() > LAST_YEAR) {
        throw new DateTimeException("out of range");
      }
      return new TimeBound(time.toInstant(), null);
    }
  }
}
