package io.rstscope.cli.options;

import io.rstscope.judge.context.Vantage;
import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Where a capture was taken, as its user says.
 *
 * @param file the capture, by its name with or without its folders; null for all others
 * @param vantage never unknown
 */
public record GivenVantage(String file, Vantage vantage) {
  /** Whether it is of the capture of this name. */
  public boolean isOf(String capture) {
    return capture.equals(file) || new File(capture).getName().equals(file);
  }

  /** What is given for a capture: by its name, else for all; null when nothing is. */
  public static Vantage of(String capture, List<GivenVantage> given) {
    return given.stream()
        .filter(each -> each.isOf(capture))
        .findFirst()
        .or(() -> given.stream().filter(each -> each.file == null).findFirst())
        .map(GivenVantage::vantage)
        .orElse(null);
  }

  /** Reads {@code broker}, and {@code broker.pcap=broker}. */
  public static final class Converter implements ITypeConverter<GivenVantage> {
    @Override
    public GivenVantage convert(String text) {
      int equals = text.lastIndexOf('=');
      String word = text.substring(equals + 1).toLowerCase(Locale.ROOT);
      return Arrays.stream(Vantage.values())
          .filter(each -> each != Vantage.UNKNOWN && each.word().equals(word))
          .findFirst()
          .map(vantage -> new GivenVantage(equals < 0 ? null : text.substring(0, equals), vantage))
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'" + text + "' is not [FILE=]" + words() + "; leave it out if unknown"));
    }

    private static String words() {
      return Arrays.stream(Vantage.values())
          .filter(each -> each != Vantage.UNKNOWN)
          .map(Vantage::word)
          .collect(Collectors.joining("|"));
    }
  }
}
