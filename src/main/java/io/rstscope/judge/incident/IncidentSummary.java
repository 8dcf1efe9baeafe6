package io.rstscope.judge.incident;

import io.rstscope.amqp.ClientIdentity;
import io.rstscope.decode.Segment;
import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.incident.Incident.Common;
import io.rstscope.judge.incident.Incident.Trait;
import io.rstscope.judge.sender.Sender;
import io.rstscope.net.HostPort;
import io.rstscope.net.MacAddress;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Finds what the connections of an incident have in common, and in what they differ. */
public final class IncidentSummary {
  private final List<FlowVerdict> flows;
  private final Map<Trait, Common> traits = new EnumMap<>(Trait.class);

  private IncidentSummary(List<FlowVerdict> flows) {
    this.flows = flows;
    take(Trait.CLIENT_HOST, FlowVerdict::realClient, host -> host);
    take(Trait.CONNECTION_NAME, flow -> client(flow).connectionName(), name -> name);
    take(Trait.PRODUCT, flow -> client(flow).product(), product -> product);
    take(Trait.BROKER, flow -> flow.flow().broker(), HostPort::toString);
    take(Trait.NEXT_HOP, IncidentSummary::nextHop, MacAddress::text);
  }

  /**
   * What is said of an incident.
   *
   * @param flows in the order in which they were lost
   */
  public static Incident of(int number, List<FlowVerdict> flows) {
    IncidentSummary summary = new IncidentSummary(flows);
    List<FlowVerdict> lost = flows.stream().filter(FlowVerdict::isLost).toList();
    Cause cause = mostFrequent(lost, flow -> flow.ending().cause(), Cause.class);
    return new Incident(
        number,
        flows.get(0).endNanos(),
        flows.get(flows.size() - 1).endNanos(),
        flows.size(),
        cause,
        mostFrequent(lost, flow -> flow.ending().endedBy(), Sender.class),
        losses(lost),
        Collections.unmodifiableMap(summary.traits));
  }

  private static Losses losses(List<FlowVerdict> lost) {
    Losses losses = new Losses();
    for (FlowVerdict flow : lost) {
      losses.count(flow);
    }
    return losses;
  }

  private static ClientIdentity client(FlowVerdict flow) {
    return flow.flow().amqp() == null ? ClientIdentity.UNKNOWN : flow.flow().amqp().client();
  }

  private static Long nextHop(FlowVerdict flow) {
    boolean seen = flow.flow().clientState().packets() > 0;
    long mac = seen ? flow.flow().clientState().mac() : Segment.NO_MAC;
    return mac == Segment.NO_MAC ? null : (Long) mac;
  }

  /**
   * @param value of a flow, or null when it is not known
   * @param text of a value, different for each
   */
  private <T> void take(Trait trait, Function<FlowVerdict, T> value, Function<T, String> text) {
    Set<T> values = new HashSet<>();
    for (FlowVerdict flow : flows) {
      values.add(value.apply(flow));
    }
    boolean known = !values.remove(null);
    boolean shared = known && values.size() == 1;
    traits.put(
        trait, new Common(shared ? text.apply(values.iterator().next()) : null, values.size()));
  }

  private static <E extends Enum<E>> E mostFrequent(
      List<FlowVerdict> flows, Function<FlowVerdict, E> value, Class<E> type) {
    Map<E, Integer> counts = new EnumMap<>(type);
    for (FlowVerdict flow : flows) {
      counts.merge(value.apply(flow), 1, Integer::sum);
    }
    E most = null;
    for (Map.Entry<E, Integer> count : counts.entrySet()) {
      if (most == null || count.getValue() > counts.get(most)) {
        most = count.getKey();
      }
    }
    return most;
  }
}
