package io.rstscope.report.words;

import io.rstscope.judge.incident.Incident;
import io.rstscope.judge.incident.Incident.Common;
import io.rstscope.judge.incident.Incident.Trait;
import io.rstscope.net.Durations;
import io.rstscope.report.model.IncidentNotice;
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

  /** Of all that was lost in an event, by its incidents; with more than one without the hosts. */
  public static String of(IncidentNotice notice) {
    List<Incident> incidents = notice.incidents();
    int all = incidents.size() + notice.incidentsLeftOut();
    if (all == 1 && notice.losses().total() == incidents.get(0).losses().total()) {
      return of(incidents.get(0));
    }
    return Format.grouped(notice.losses().total())
        + " connections lost in "
        + Format.count(all, "incident")
        + ": "
        + Answer.causes(notice.losses());
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

  private boolean isOne() {
    return incident.connections() == 1;
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
    String when = span() == 0 ? "at once, " : "within " + Durations.text(span()) + ", ";
    return (isOne() ? "" : when)
        + hosts(Trait.CLIENT_HOST, "from", "client host")
        + " "
        + hosts(Trait.BROKER, "to", "broker");
  }

  private String hosts(Trait trait, String preposition, String noun) {
    Common host = incident.traits().get(trait);
    boolean plural = trait != Trait.BROKER && !isOne();
    String all = !plural ? "" : incident.connections() == 2 ? "both " : "all ";
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
    return (shared.isEmpty() ? "" : (isOne() ? "; " : "; same ") + String.join(", ", shared))
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
