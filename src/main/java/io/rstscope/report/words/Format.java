package io.rstscope.report.words;

import io.rstscope.decode.Segment;
import io.rstscope.judge.context.Words;
import io.rstscope.net.Durations;
import io.rstscope.net.MacAddress;
import io.rstscope.net.Side;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** How values are written in more than one format. */
public final class Format {
  private static final DateTimeFormatter READABLE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Format() {}

  /** RFC 3339 with as many digits as it takes, in UTC. */
  public static String rfc3339(long nanos) {
    return instant(nanos).toString();
  }

  /** {@code 2026-11-20 17:38:32.327}, in UTC. */
  public static String readable(long nanos) {
    return READABLE.format(instant(nanos));
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
  }

  /** The flags of a reset in letters: {@code R}, {@code RA}. */
  public static String flags(int flags) {
    StringBuilder text = new StringBuilder("R");
    String letters = "FS.PAU";
    for (int bit = 0; bit < letters.length(); bit++) {
      if (bit != 2 && (flags >> bit & 1) != 0) {
        text.append(letters.charAt(bit));
      }
    }
    return text.toString();
  }

  /** {@code 02:42:0a:4d:02:01}, or null for {@link Segment#NO_MAC}. */
  public static String mac(long mac) {
    return mac == Segment.NO_MAC ? null : MacAddress.text(mac);
  }

  /** {@code client-to-broker} or {@code broker-to-client}. */
  public static String direction(Side from) {
    return from.word() + "-to-" + from.other().word();
  }

  /** Rounded, without trailing zeros: {@code 4.2}. */
  public static String decimal(double value, int digits) {
    return BigDecimal.valueOf(Math.round(value * Math.pow(10, digits)), digits)
        .stripTrailingZeros()
        .toPlainString();
  }

  /** Rounded, in a column: {@code 0.80}. */
  public static String twoDecimals(double value) {
    return BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP).toPlainString();
  }

  /** {@code 1,234,567}. */
  public static String grouped(long number) {
    // not by String.format, which reads the tables of locales first: a tenth of a short run
    StringBuilder text = new StringBuilder(Long.toString(number));
    for (int at = text.length() - 3; at > (number < 0 ? 1 : 0); at -= 3) {
      text.insert(at, ',');
    }
    return text.toString();
  }

  /** {@code 1 packet}, {@code 3 packets}. */
  public static String count(long number, String noun) {
    return Words.count(number, noun);
  }

  /** As {@link Durations#text}, of microseconds. */
  public static String duration(long micros) {
    return Durations.text(TimeUnit.MICROSECONDS.toNanos(micros));
  }
}
