package io.rstscope.cli.options;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Values with units on the command line. */
public final class Quantities {
  private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d{1,9})([a-zA-Z]?)");

  private Quantities() {}

  /** {@code 512}, {@code 64K}, {@code 32M}, {@code 1G}: powers of 1024, in bytes. */
  public static final class Bytes implements ITypeConverter<Long> {
    @Override
    public Long convert(String value) {
      String mistake = "'" + value + "' is not a size: give bytes, or a number with K, M or G";
      int power = "KMG".indexOf(unit(value, mistake).toUpperCase(Locale.ROOT)) + 1;
      boolean plain = unit(value, mistake).isEmpty();
      if (!plain && power == 0) {
        throw new TypeConversionException(mistake);
      }
      return number(value, mistake) << (plain ? 0 : 10 * power);
    }
  }

  /** {@code 30s}, {@code 10m}, {@code 24h}, {@code 7d}. */
  public static final class Time implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
      String mistake = "'" + value + "' is not a time: give a number with s, m, h or d";
      long number = number(value, mistake);
      if (number == 0) {
        throw new TypeConversionException(mistake);
      }
      return switch (unit(value, mistake)) {
        case "s" -> Duration.ofSeconds(number);
        case "m" -> Duration.ofMinutes(number);
        case "h" -> Duration.ofHours(Math.min(number, 2_000_000));
        case "d" -> Duration.ofDays(Math.min(number, 100_000));
        default -> throw new TypeConversionException(mistake);
      };
    }
  }

  /** {@code :9419} on loopback, {@code 0.0.0.0:9419}, {@code [::]:9419}. */
  public static final class Address implements ITypeConverter<InetSocketAddress> {
    @Override
    public InetSocketAddress convert(String value) {
      int colon = value.lastIndexOf(':');
      String port = value.substring(colon + 1);
      if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535) {
        throw new TypeConversionException("'" + value + "' is not [HOST]:PORT");
      }
      String host = colon <= 0 ? "127.0.0.1" : value.substring(0, colon).replaceAll("[\\[\\]]", "");
      InetSocketAddress address = new InetSocketAddress(host, Integer.parseInt(port));
      if (address.isUnresolved()) {
        throw new TypeConversionException("no such host: '" + host + "'");
      }
      return address;
    }
  }

  private static long number(String value, String mistake) {
    return Long.parseLong(match(value, mistake).group(1));
  }

  private static String unit(String value, String mistake) {
    return match(value, mistake).group(2);
  }

  private static Matcher match(String value, String mistake) {
    Matcher matcher = NUMBER_AND_UNIT.matcher(value);
    if (!matcher.matches()) {
      throw new TypeConversionException(mistake);
    }
    return matcher;
  }
}
