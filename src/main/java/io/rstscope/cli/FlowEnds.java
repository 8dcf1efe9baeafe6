package io.rstscope.cli;

import io.rstscope.flow.HostPort;
import io.rstscope.reset.FlowObservation;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The two ends of a flow as {@code --flow} names them, in either order.
 *
 * @param text as given
 */
record FlowEnds(InetSocketAddress one, InetSocketAddress other, String text) {
  /** Both addresses in figures, as reports have them: no name is looked up. */
  private static final Pattern ENDS =
      Pattern.compile("(.+):(\\d{1,5})\\s*(?:->|-|,|\\s)\\s*(.+):(\\d{1,5})");

  private static final Pattern FIGURES =
      Pattern.compile(
          "(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}|\\[?[0-9a-fA-F:.]*:[0-9a-fA-F:.]*]?");

  private static final int MAX_PORT = 65_535;

  boolean match(FlowObservation flow) {
    InetSocketAddress client = end(flow.client());
    InetSocketAddress broker = end(flow.broker());
    return client.equals(one) && broker.equals(other) || client.equals(other) && broker.equals(one);
  }

  private static InetSocketAddress end(HostPort end) {
    try {
      return new InetSocketAddress(InetAddress.getByName(end.address()), end.port());
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(end.toString(), e);
    }
  }

  /** Reads {@code A:p-B:p}, and {@code A:p -> B:p} as reports print it. */
  static final class Converter implements ITypeConverter<FlowEnds> {
    @Override
    public FlowEnds convert(String text) {
      Matcher ends = ENDS.matcher(text.strip());
      if (!ends.matches()) {
        throw mistake(text);
      }
      return new FlowEnds(
          end(ends.group(1), ends.group(2), text), end(ends.group(3), ends.group(4), text), text);
    }

    private static InetSocketAddress end(String address, String port, String text) {
      int number = Integer.parseInt(port);
      if (!FIGURES.matcher(address).matches() || number > MAX_PORT) {
        throw mistake(text);
      }
      try {
        return new InetSocketAddress(InetAddress.getByName(address), number);
      } catch (UnknownHostException e) {
        throw mistake(text);
      }
    }

    private static TypeConversionException mistake(String text) {
      return new TypeConversionException(
          "'" + text + "' is not two ends such as 10.0.0.1:40000-[2001:db8::1]:5672");
    }
  }
}
