package io.rstscope.cli.options;

import io.rstscope.net.PortSet;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The ports of the broker. */
public final class PortOption {
  @Option(
      names = {"-p", "--port"},
      paramLabel = "PORTS",
      defaultValue = "5672",
      converter = Converter.class,
      description =
          "Broker ports, e.g. 5672,5671 or 5670-5680, or \"any\" (default: ${DEFAULT-VALUE}).")
  private PortSet ports;

  /** As given, or else 5672. */
  public PortSet ports() {
    return ports;
  }

  /** A port specification whose mistakes are the user's. */
  public static final class Converter implements ITypeConverter<PortSet> {
    @Override
    public PortSet convert(String value) {
      try {
        return PortSet.parse(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
