package io.rstscope.attribution;

import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.attribution.Incident.Common;
import io.rstscope.attribution.Incident.Trait;
import io.rstscope.flow.Segment;
import io.rstscope.wire.MacAddress;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Says what the connections of an incident have in common, and in what they differ. */
final class IncidentSummary {
  private final List<FlowVerdict> flows;
  private final Map<Trait, Common> traits = new EnumMap<>(Trait.class);

  private IncidentSummary(List<FlowVerdict> flows) {
    this.flows = flows;
    take(Trait.CLIENT_HOST, FlowVerdict::realClient);
    take(Trait.CONNECTION_NAME, flow -> said(flow, amqp -> amqp.client().connectionName()));
    take(Trait.PRODUCT, flow -> said(flow, amqp -> amqp.client().product()));
    take(Trait.BROKER, flow -> flow.flow().broker().toString());
    take(Trait.NEXT_HOP, IncidentSummary::nextHop);
  }

  /**
   * @param flows in the order in which they were lost
   */
  static Incident of(int number, List<FlowVerdict> flows) {
    IncidentSummary summary = new IncidentSummary(flows);
    Cause cause = mostFrequent(flows, flow -> flow.ending().cause(), Cause.class);
    return new Incident(
        number,
        flows.get(0).endNanos(),
        flows.get(flows.size() - 1).endNanos(),
        flows.size(),
        cause,
        mostFrequent(flows, flow -> flow.ending().endedBy(), Sender.class),
        Collections.unmodifiableMap(summary.traits),
        summary.says(cause));
  }

  private static String said(FlowVerdict flow, Function<AmqpSnapshot, String> what) {
    return flow.flow().amqp() == null ? null : what.apply(flow.flow().amqp());
  }

  private static String nextHop(FlowVerdict flow) {
    boolean seen = flow.flow().clientState().packets() > 0;
    long mac = seen ? flow.flow().clientState().mac() : Segment.NO_MAC;
    return mac == Segment.NO_MAC ? null : MacAddress.text(mac);
  }

  private void take(Trait trait, Function<FlowVerdict, String> value) {
    Set<String> values = new HashSet<>();
    flows.forEach(flow -> values.add(value.apply(flow)));
    boolean known = !values.contains(null);
    values.remove(null);
    boolean shared = known && values.size() == 1;
    traits.put(trait, new Common(shared ? values.iterator().next() : null, values.size()));
  }

  private static <E extends Enum<E>> E mostFrequent(
      List<FlowVerdict> flows, Function<FlowVerdict, E> value, Class<E> type) {
    Map<E, Integer> counts = new EnumMap<>(type);
    flows.forEach(flow -> counts.merge(value.apply(flow), 1, Integer::sum));
    return Collections.max(counts.entrySet(), Map.Entry.comparingByValue()).getKey();
  }

  // ---- the sentence

  private String says(Cause cause) {
    return connections()
        + " within "
        + Words.duration(flows.get(flows.size() - 1).endNanos() - flows.get(0).endNanos())
        + ", "
        + clients()
        + ", "
        + brokers()
        + ": "
        + cause.word()
        + "; "
        + conclusion();
  }

  private String connections() {
    long lost = flows.stream().filter(FlowVerdict::isLost).count();
    long refused = flows.size() - lost;
    return Words.count(lost, "connection")
        + " lost"
        + (refused > 0 ? ", " + refused + " refused" : "");
  }

  private String clients() {
    Common host = traits.get(Trait.CLIENT_HOST);
    String from =
        host.shared() != null
            ? "all from client host " + host.shared()
            : "from " + host.distinct() + " client hosts";
    Common name = traits.get(Trait.CONNECTION_NAME);
    if (name.shared() != null) {
      return from + ", all named \"" + name.shared() + "\"";
    }
    return from + (name.distinct() > 1 ? " with " + name.distinct() + " names" : "");
  }

  private String brokers() {
    Common broker = traits.get(Trait.BROKER);
    return broker.shared() != null
        ? "all to " + broker.shared()
        : "to " + broker.distinct() + " brokers or ports";
  }

  /** What that says of where to look. */
  private String conclusion() {
    boolean oneClient = traits.get(Trait.CLIENT_HOST).shared() != null;
    boolean oneBroker = traits.get(Trait.BROKER).shared() != null;
    if (!oneClient) {
      String nextHop = traits.get(Trait.NEXT_HOP).shared();
      String shared = oneBroker ? "what they share is the broker" : "they share no host";
      return nextHop == null
          ? shared
          : shared + (oneBroker ? " and" : ", but") + " the way past " + nextHop;
    }
    return oneBroker
        ? "no other client host is in it"
        : "what they share is the client host, not a broker";
  }
}
