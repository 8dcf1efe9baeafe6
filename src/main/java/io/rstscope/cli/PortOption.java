package io.rstscope.cli;

import io.rstscope.flow.PortSet;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The ports of the broker. */
final class PortOption {
  @Option(
      names = {"-p", "--port"},
      paramLabel = "PORTS",
      defaultValue = "5672",
      converter = Converter.class,
      description =
          "Ports of the broker, such as 5672,5671 or 5670-5680, or any (${DEFAULT-VALUE}).")
  private PortSet ports;

  PortSet ports() {
    return ports;
  }

  /** A port specification whose mistakes are the user's. */
  static final class Converter implements ITypeConverter<PortSet> {
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
