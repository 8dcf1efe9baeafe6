package io.rstscope.attribution;

import java.util.Locale;

/** Numbers as people read them, for the sentences of evidence and endings. */
final class Words {
  private Words() {}

  /** {@code 0.21 ms}, {@code 3.03 s}, {@code 6 min 10 s}. */
  static String duration(long nanos) {
    if (nanos < 1_000) {
      return nanos + " ns";
    }
    if (nanos < 1_000_000) {
      return format("%.0f µs", nanos / 1e3);
    }
    if (nanos < 1_000_000_000L) {
      return format(nanos < 10_000_000 ? "%.2f ms" : "%.0f ms", nanos / 1e6);
    }
    if (nanos < 120_000_000_000L) {
      return format(nanos < 10_000_000_000L ? "%.2f s" : "%.1f s", nanos / 1e9);
    }
    long seconds = nanos / 1_000_000_000L;
    return seconds < 7200
        ? seconds / 60 + " min " + seconds % 60 + " s"
        : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
  }

  /** {@code 1 packet}, {@code 3 packets}. */
  static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /** {@code 0a:1b:2c:3d:4e:5f}. */
  static String mac(long bits) {
    return format(
        "%02x:%02x:%02x:%02x:%02x:%02x",
        bits >> 40 & 0xff,
        bits >> 32 & 0xff,
        bits >> 24 & 0xff,
        bits >> 16 & 0xff,
        bits >> 8 & 0xff,
        bits & 0xff);
  }

  static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
