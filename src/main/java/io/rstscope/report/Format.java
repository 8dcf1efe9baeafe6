package io.rstscope.report;

import io.rstscope.flow.Segment;
import io.rstscope.wire.MacAddress;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How values are written in more than one format. */
final class Format {
  private static final DateTimeFormatter READABLE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Format() {}

  /** RFC 3339 with as many digits as it takes, in UTC. */
  static String rfc3339(long nanos) {
    return instant(nanos).toString();
  }

  /** {@code 2026-11-20 17:38:32.327}, in UTC. */
  static String readable(long nanos) {
    return READABLE.format(instant(nanos));
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
  }

  /** The flags of a reset in letters: {@code R}, {@code RA}. */
  static String flags(int flags) {
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
  static String mac(long mac) {
    return mac == Segment.NO_MAC ? null : MacAddress.text(mac);
  }

  /** {@code client-to-broker} or {@code broker-to-client}. */
  static String direction(boolean fromClient) {
    return fromClient ? "client-to-broker" : "broker-to-client";
  }

  /** Rounded, without trailing zeros: {@code 4.2}. */
  static String decimal(double value, int digits) {
    return BigDecimal.valueOf(Math.round(value * Math.pow(10, digits)), digits)
        .stripTrailingZeros()
        .toPlainString();
  }

  /** {@code 1 packet}, {@code 3 packets}. */
  static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /** {@code 210 µs}, {@code 4.2 s}, {@code 350 s}. */
  static String duration(long micros) {
    if (micros < 1_000) {
      return micros + " µs";
    }
    return micros < 1_000_000
        ? threeDigits(micros / 1e3) + " ms"
        : threeDigits(micros / 1e6) + " s";
  }

  private static String threeDigits(double value) {
    return decimal(value, value < 10 ? 2 : value < 100 ? 1 : 0);
  }
}
