package io.rstscope.judge.incident;

import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.context.CaptureContext;
import io.rstscope.judge.context.FirstEnd;
import io.rstscope.judge.context.Relays;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.Numbered;
import java.util.ArrayList;
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

  /** More that began at that moment are not looked at. */
  private static final int ENOUGH = 64;

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
    joinForgotten(flows);
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

  /**
   * What a NAT on the capturing host translated until it forgot: each side of it went dead, or was
   * reset, on its own.
   */
  private static void joinForgotten(List<FlowVerdict> flows) {
    List<Integer> inOrder = new ArrayList<>();
    for (int i = 0; i < flows.size(); i++) {
      if (flows.get(i).isLost() && flows.get(i).flow().handshakeSeen()) {
        inOrder.add(i);
      }
    }
    inOrder.sort(
        (one, other) ->
            Long.compare(
                flows.get(one).flow().startedNanos(), flows.get(other).flow().startedNanos()));
    for (int i = 0; i < inOrder.size(); i++) {
      int end = Math.min(inOrder.size(), i + ENOUGH);
      for (int j = i + 1; j < end && joinForgotten(flows, inOrder.get(i), inOrder.get(j)); j++) {}
    }
  }

  /**
   * Joins both if one is the other translated.
   *
   * @return whether what began later may be so, too
   */
  private static boolean joinForgotten(List<FlowVerdict> flows, int first, int second) {
    FlowObservation one = flows.get(first).flow();
    FlowObservation other = flows.get(second).flow();
    boolean together = other.startedNanos() - one.startedNanos() <= TRANSLATED_NANOS;
    if (together && CaptureContext.isTranslatedHere(one, other)) {
      boolean secondTells = isWhyOf(flows.get(second), flows.get(first));
      int joined = secondTells ? first : second;
      FlowObservation telling = secondTells ? other : one;
      flows.set(joined, flows.get(joined).joinedTo(telling.client()));
      return false;
    }
    return together;
  }

  /** What is closed properly later does not undo the end of what was translated. */
  private static boolean isWhyOf(FlowVerdict one, FlowVerdict other) {
    boolean closedLater = FirstEnd.of(one.flow()).orderly() && one.endNanos() > other.endNanos();
    boolean otherClosedLater =
        FirstEnd.of(other.flow()).orderly() && other.endNanos() > one.endNanos();
    return otherClosedLater || !closedLater && told(one) > told(other);
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
        || !relays.isEndedFirst(fromClient.flow()) && told(leg) > told(fromClient);
  }

  /** How much an end tells: nothing, that it went dead, or why it ended. */
  private static int told(FlowVerdict flow) {
    return switch (flow.ending().cause()) {
      case UNDETERMINED -> 0;
      case SILENT_DROP -> 1;
      default -> 2;
    };
  }

  /** The same reset before and behind a NAT on the capturing host: sequence numbers stay. */
  private static void joinTranslated(List<FlowVerdict> flows) {
    Map<Numbered, FlowVerdict> whole = new HashMap<>();
    for (FlowVerdict flow : flows) {
      if (flow.isLost() && flow.decisiveReset() != null && flow.flow().handshakeSeen()) {
        whole.put(numbered(flow), flow);
      }
    }
    for (int i = 0; i < flows.size(); i++) {
      FlowVerdict part = flows.get(i);
      if (part.isLost() && part.decisiveReset() != null && !part.flow().handshakeSeen()) {
        FlowVerdict same = whole.get(numbered(part));
        if (same != null
            && !same.flow().client().equals(part.flow().client())
            && Math.abs(same.endNanos() - part.endNanos()) <= TRANSLATED_NANOS) {
          flows.set(i, part.joinedTo(same.flow().client()));
        }
      }
    }
  }

  /** The broker's port and the number of the reset. */
  private static Numbered numbered(FlowVerdict flow) {
    return new Numbered(flow.flow().broker(), flow.decisiveReset().packet().sequence());
  }
}
