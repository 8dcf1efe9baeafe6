package io.rstscope.cli.options;

import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.sender.Sender;
import io.rstscope.report.model.Summary;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A condition of {@code --fail-on}: any loss, one cause, or losses that one kind of host is to
 * blame for.
 */
public interface FailOn {
  /** Whether what was read is such a case. */
  boolean isMet(Summary summary);

  /** Reads the word. */
  final class Converter implements ITypeConverter<FailOn> {
    @Override
    public FailOn convert(String value) {
      String word = value.toLowerCase(Locale.ROOT);
      if (word.equals("lost")) {
        return summary -> summary.lost() > 0;
      }
      for (Cause cause : Cause.values()) {
        if (cause.word().equals(word)) {
          return summary -> summary.endings().containsKey(cause);
        }
      }
      for (Sender sender : Sender.values()) {
        if (sender.word().equals(word)) {
          return summary -> summary.lostBySender().containsKey(sender);
        }
      }
      throw new TypeConversionException(
          "'" + value + "' is neither lost, nor a cause, nor a sender; see 'rstscope explain'");
    }
  }
}
