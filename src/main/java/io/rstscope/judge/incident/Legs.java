package io.rstscope.judge.incident;

import io.rstscope.judge.cause.Cause;
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
 * the capturing host shows twice. Such an end is one.
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
    Map<FlowObservation, Integer> places = new IdentityHashMap<>();
    for (int i = 0; i < flows.size(); i++) {
      places.put(flows.get(i).flow(), i);
    }
    joinUntranslated(flows, places, context);
    joinRelayed(flows, places, context.relays());
  }

  /** What a NAT no longer translates is part of the connection whose numbers it has. */
  private static void joinUntranslated(
      List<FlowVerdict> flows, Map<FlowObservation, Integer> places, CaptureContext context) {
    for (int i = 0; i < flows.size(); i++) {
      Integer whole = places.get(context.translatedFrom(flows.get(i).flow()));
      if (whole != null && flows.get(whole).isLost() && flows.get(i).isLost()) {
        flows.set(i, flows.get(i).joinedTo(flows.get(whole).flow().client()));
      }
    }
  }

  private static void joinRelayed(
      List<FlowVerdict> flows, Map<FlowObservation, Integer> places, Relays relays) {
    for (int i = 0; i < flows.size(); i++) {
      Integer other = places.get(relays.toBroker(flows.get(i).flow()));
      if (other != null && areOneEnd(flows.get(i), flows.get(other))) {
        boolean legTells = tellsMore(flows.get(other), flows.get(i), relays);
        int told = legTells ? other : i;
        int joined = legTells ? i : other;
        flows.set(joined, flows.get(joined).joinedTo(flows.get(told).flow().client()));
      }
    }
  }

  private static boolean areOneEnd(FlowVerdict one, FlowVerdict other) {
    return isLoss(one) && isLoss(other) || one.ending().benign() && other.ending().benign();
  }

  /** Whether counted with another leg or not: there may be more proxies than one. */
  private static boolean isLoss(FlowVerdict flow) {
    return !flow.ending().benign() && flow.ending().cause() != Cause.REFUSED;
  }

  /** What ended first tells why; where that is open, what ended at all and did not just go dead. */
  private static boolean tellsMore(FlowVerdict leg, FlowVerdict fromClient, Relays relays) {
    return relays.isEndedFirst(leg.flow())
        || !relays.isEndedFirst(fromClient.flow()) && isDead(fromClient) && !isDead(leg);
  }

  private static boolean isDead(FlowVerdict flow) {
    return flow.ending().cause() == Cause.SILENT_DROP;
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
