package io.rstscope.cli.options;

import io.rstscope.net.NumericAddress;
import io.rstscope.reset.FlowObservation;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The two ends of a flow as {@code --flow} names them, in either order.
 *
 * @param one the first of them, of a port up to 65535
 * @param other the second, likewise
 * @param text as given
 */
public record FlowEnds(InetSocketAddress one, InetSocketAddress other, String text) {
  /** Both addresses in figures, as reports have them: no name is looked up. */
  private static final Pattern ENDS =
      Pattern.compile("(.+):(\\d{1,5})\\s*(?:->|-|,|\\s)\\s*(.+):(\\d{1,5})");

  boolean match(FlowObservation flow) {
    InetSocketAddress client = NumericAddress.key(flow.client());
    InetSocketAddress broker = NumericAddress.key(flow.broker());
    return client.equals(one) && broker.equals(other) || client.equals(other) && broker.equals(one);
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
      boolean bracketed =
          address.startsWith("[") && address.endsWith("]") && address.indexOf(':') > 0;
      String figures = bracketed ? address.substring(1, address.length() - 1) : address;
      InetSocketAddress end = NumericAddress.key(figures, Integer.parseInt(port));
      if (end == null) {
        throw mistake(text);
      }
      return end;
    }

    private static TypeConversionException mistake(String text) {
      return new TypeConversionException(
          "'" + text + "' is not two ends such as 10.0.0.1:40000-[2001:db8::1]:5672");
    }
  }
}
