package io.rstscope.report.words;

import io.rstscope.judge.incident.Incident;
import io.rstscope.judge.incident.Incident.Common;
import io.rstscope.judge.incident.Incident.Trait;
import io.rstscope.net.Durations;
import java.util.ArrayList;
import java.util.List;

/** An incident in a sentence without full stop: what was lost, and what the losses share. */
public final class IncidentText {
  private final Incident incident;

  private IncidentText(Incident incident) {
    this.incident = incident;
  }

  /** For people: with all causes, each with its number. */
  public static String of(Incident incident) {
    IncidentText text = new IncidentText(incident);
    return text.connections()
        + ": "
        + Answer.causes(incident.losses())
        + "; "
        + text.where()
        + text.inCommon();
  }

  /** As the JSON record has it, with the most frequent cause alone. */
  public static String ofRecord(Incident incident) {
    IncidentText text = new IncidentText(incident);
    return text.connections()
        + " "
        + text.where()
        + ": "
        + incident.cause().word()
        + text.inCommon();
  }

  private long span() {
    return incident.lastNanos() - incident.firstNanos();
  }

  private String connections() {
    long lost = incident.losses().total();
    long refused = incident.connections() - lost;
    return Format.count(lost, "connection")
        + " lost"
        + (refused > 0 ? " and " + refused + " refused" : "");
  }

  private String where() {
    return (span() == 0 ? "at once, " : "within " + Durations.text(span()) + ", ")
        + hosts(Trait.CLIENT_HOST, "from", "client host")
        + " "
        + hosts(Trait.BROKER, "to", "broker");
  }

  private String hosts(Trait trait, String preposition, String noun) {
    Common host = incident.traits().get(trait);
    String all = trait == Trait.BROKER ? "" : incident.connections() == 2 ? "both " : "all ";
    return host.shared() != null
        ? all + preposition + " " + noun + " " + host.shared()
        : preposition + " " + Format.count(host.distinct(), noun);
  }

  /** What they share beyond the hosts, and what they do not. */
  private String inCommon() {
    List<String> shared = new ArrayList<>();
    List<String> different = new ArrayList<>();
    boolean severalClients = incident.traits().get(Trait.CLIENT_HOST).distinct() > 1;
    compare(Trait.CONNECTION_NAME, "name", shared, different);
    compare(Trait.PRODUCT, "client library", shared, different);
    if (severalClients) {
      compare(Trait.NEXT_HOP, "next hop", shared, different);
    }
    return (shared.isEmpty() ? "" : "; same " + String.join(", ", shared))
        + (different.isEmpty() ? "" : "; different: " + String.join(", ", different));
  }

  private void compare(Trait trait, String noun, List<String> shared, List<String> different) {
    Common common = incident.traits().get(trait);
    if (common.shared() != null) {
      String quote = trait == Trait.NEXT_HOP ? "" : "\"";
      shared.add(noun + " " + quote + common.shared() + quote);
    } else if (common.distinct() > 1) {
      different.add(noun + " (" + common.distinct() + ")");
    }
  }
}
