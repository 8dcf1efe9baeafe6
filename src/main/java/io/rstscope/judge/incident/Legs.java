package io.rstscope.judge.incident;

import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.context.CaptureContext;
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
   */
  public static void join(List<FlowVerdict> flows, CaptureContext context) {
    joinTranslated(flows);
    Map<FlowObservation, Integer> lost = new IdentityHashMap<>();
    for (int i = 0; i < flows.size(); i++) {
      if (flows.get(i).isLost()) {
        lost.put(flows.get(i).flow(), i);
      }
    }
    joinUntranslated(flows, lost, context);
    joinRelayed(flows, lost, context.relays());
  }

  /** What a NAT no longer translates is part of the connection whose numbers it has. */
  private static void joinUntranslated(
      List<FlowVerdict> flows, Map<FlowObservation, Integer> lost, CaptureContext context) {
    for (int i = 0; i < flows.size(); i++) {
      FlowObservation whole = context.translatedFrom(flows.get(i).flow());
      boolean counted =
          whole != null && lost.containsKey(whole) && flows.get(lost.get(whole)).isLost();
      if (counted && flows.get(i).isLost()) {
        flows.set(i, flows.get(i).joinedTo(whole.client()));
      }
    }
  }

  private static void joinRelayed(
      List<FlowVerdict> flows, Map<FlowObservation, Integer> lost, Relays relays) {
    for (FlowVerdict fromClient : List.copyOf(flows)) {
      FlowObservation leg = relays.toBroker(fromClient.flow());
      if (leg != null && lost.containsKey(leg) && lost.containsKey(fromClient.flow())) {
        FlowObservation first = relays.isEndedFirst(leg) ? leg : fromClient.flow();
        FlowObservation later = first == leg ? fromClient.flow() : leg;
        flows.set(lost.get(later), flows.get(lost.get(later)).joinedTo(first.client()));
      }
    }
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
