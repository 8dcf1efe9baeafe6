package io.rstscope.judge.incident;

import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.context.Relays;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.Numbered;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Joins the connections that are one story: the two legs of one through a proxy, and what a NAT on
 * the capturing host shows twice. Such a loss is one.
 */
public final class Legs {
  /** A host translates a packet within this time. */
  private static final long TRANSLATED_NANOS = 10_000_000L;

  private Legs() {}

  /**
   * Joins what belongs together, in n log n unless many clients are alike.
   *
   * @param flows those that are counted with another are replaced by ones that say so
   * @param relays the legs among them
   */
  public static void join(List<FlowVerdict> flows, Relays relays) {
    joinTranslated(flows);
    Map<FlowObservation, Integer> lost = new IdentityHashMap<>();
    for (int i = 0; i < flows.size(); i++) {
      if (flows.get(i).isLost()) {
        lost.put(flows.get(i).flow(), i);
      }
    }
    for (FlowVerdict fromClient : List.copyOf(flows)) {
      FlowObservation leg = relays.toBroker(fromClient.flow());
      if (leg != null && lost.containsKey(leg) && lost.containsKey(fromClient.flow())) {
        count(
            relays.isEndedFirst(leg) ? leg : fromClient.flow(),
            leg,
            fromClient.flow(),
            lost,
            flows);
      }
    }
  }

  /** The leg that the proxy ended is counted with the one that was ended from behind it. */
  private static void count(
      FlowObservation counted,
      FlowObservation leg,
      FlowObservation fromClient,
      Map<FlowObservation, Integer> lost,
      List<FlowVerdict> flows) {
    int place = lost.get(counted == leg ? fromClient : leg);
    flows.set(place, flows.get(place).joinedTo(counted.client()));
  }

  /** The same reset before and behind a NAT on the capturing host: sequence numbers stay. */
  private static void joinTranslated(List<FlowVerdict> flows) {
    Map<Numbered, FlowVerdict> whole = new HashMap<>();
    for (FlowVerdict flow : flows) {
      if (flow.isLost() && flow.decisiveReset() != null && flow.flow().handshakeSeen()) {
        whole.put(told(flow), flow);
      }
    }
    for (int i = 0; i < flows.size(); i++) {
      FlowVerdict part = flows.get(i);
      if (part.isLost() && part.decisiveReset() != null && !part.flow().handshakeSeen()) {
        FlowVerdict same = whole.get(told(part));
        if (same != null
            && !same.flow().client().equals(part.flow().client())
            && Math.abs(same.endNanos() - part.endNanos()) <= TRANSLATED_NANOS) {
          flows.set(i, part.joinedTo(same.flow().client()));
        }
      }
    }
  }

  /** The broker's port and the number of the reset. */
  private static Numbered told(FlowVerdict flow) {
    return new Numbered(flow.flow().broker(), flow.decisiveReset().packet().sequence());
  }
}
