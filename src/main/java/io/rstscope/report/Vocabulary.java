package io.rstscope.report;

import io.rstscope.attribution.Cause;
import io.rstscope.attribution.ClueKind;
import io.rstscope.attribution.Expiry;
import io.rstscope.attribution.KnownDevice;
import io.rstscope.attribution.ProxySign;
import io.rstscope.attribution.Sender;
import io.rstscope.attribution.Vantage;
import io.rstscope.reset.Role;
import io.rstscope.reset.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Every word and every name that a report may hold, with its meaning: the table behind {@code
 * rstscope explain}.
 */
public final class Vocabulary {
  /**
   * One entry.
   *
   * @param kind the group it belongs to, such as {@code cause}
   * @param word as reports have it; for a field its path, such as {@code resets[].frame}
   */
  public record Entry(String kind, String word, String explanation) {}

  private Vocabulary() {}

  /** All entries, by kind. */
  public static List<Entry> all() {
    List<Entry> entries = new ArrayList<>();
    for (Sender sender : Sender.values()) {
      entries.add(new Entry("sender, ended_by", sender.word(), sender.explanation()));
    }
    for (Cause cause : Cause.values()) {
      String harmless = cause.isBenign() ? " (harmless)" : "";
      entries.add(new Entry("cause", cause.word(), cause.explanation() + harmless));
    }
    for (ClueKind clue : ClueKind.values()) {
      entries.add(new Entry("clue", clue.word(), clue.explanation()));
    }
    for (Shape shape : Shape.values()) {
      entries.add(new Entry("shape", shape.word(), shape.explanation()));
    }
    for (Role role : Role.values()) {
      entries.add(new Entry("role", role.word(), role.explanation()));
    }
    for (Expiry expiry : Expiry.values()) {
      entries.add(new Entry("expiry", expiry.word(), expiry.explanation()));
    }
    for (ProxySign sign : ProxySign.values()) {
      entries.add(new Entry("proxy sign", sign.word(), sign.explanation()));
    }
    for (Vantage vantage : Vantage.values()) {
      entries.add(new Entry("vantage", vantage.word(), vantage.explanation()));
    }
    for (KnownDevice device : KnownDevice.values()) {
      entries.add(new Entry("device", device.word(), device.explanation()));
    }
    for (Field field : Field.values()) {
      entries.add(new Entry("field", field.path(), field.explanation()));
    }
    for (Column column : Column.values()) {
      entries.add(new Entry("CSV column", column.word(), column.explanation()));
    }
    return entries;
  }

  /** The entries for that word; for a field its last part is enough. Empty when there is none. */
  public static List<Entry> find(String word) {
    String wanted = word.toLowerCase(Locale.ROOT);
    return all().stream()
        .filter(entry -> entry.word().equals(wanted) || lastPart(entry.word()).equals(wanted))
        .toList();
  }

  private static String lastPart(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** A constant's word in reports. */
  static String word(Enum<?> value) {
    if (value instanceof Sender sender) {
      return sender.word();
    }
    return value instanceof Cause cause
        ? cause.word()
        : value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
