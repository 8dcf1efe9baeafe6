package io.rstscope.judge.context;

import io.rstscope.net.Side;
import io.rstscope.reset.FlowObservation;
import io.rstscope.wire.SequenceNumber;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds connections that are others whose packets a NAT no longer translates: they begin in
 * mid-stream with the numbers of another one, and one address differs.
 */
final class Translations {
  /**
   * What both sides may send while that happens, bytes; by chance numbers are that near once in
   * millions, for both sides.
   */
  private static final int NEAR = 1 << 20;

  /** More connections with one port are not looked at. */
  private static final int ENOUGH = 64;

  private final Map<Integer, List<FlowObservation>> byClientPort = new HashMap<>();

  /** Among those flows, of which those that begin in mid-stream may go on from others. */
  Translations(List<FlowObservation> flows) {
    if (flows.stream().anyMatch(each -> !each.handshakeSeen())) {
      flows.forEach(this::add);
    }
  }

  private void add(FlowObservation flow) {
    List<FlowObservation> there =
        byClientPort.computeIfAbsent(flow.client().port(), key -> new ArrayList<>(1));
    if (there.size() < ENOUGH) {
      there.add(flow);
    }
  }

  /** The connection that goes on there, or null. */
  FlowObservation continued(FlowObservation flow) {
    if (flow.handshakeSeen()) {
      return null;
    }
    for (FlowObservation other : byClientPort.getOrDefault(flow.client().port(), List.of())) {
      if (other != flow && isOneAddressOther(flow, other) && isNear(flow, other)) {
        return other;
      }
    }
    return null;
  }

  /**
   * Whether one is the other with an address or a port that the capturing host has changed: it
   * sends the client's packets on the one and the broker's on the other.
   */
  static boolean isHere(FlowObservation one, FlowObservation other) {
    boolean same = one.client().equals(other.client()) && one.broker().equals(other.broker());
    boolean passedOn =
        one.brokerState().outboundSeen() && other.clientState().outboundSeen()
            || other.brokerState().outboundSeen() && one.clientState().outboundSeen();
    return !same && passedOn && isNear(one, other);
  }

  private static boolean isOneAddressOther(FlowObservation one, FlowObservation other) {
    boolean client = one.client().address().equals(other.client().address());
    boolean broker = one.broker().address().equals(other.broker().address());
    return client != broker;
  }

  /** Of each side what one connection shows of it, sent or acknowledged, goes on in the other. */
  private static boolean isNear(FlowObservation one, FlowObservation other) {
    return isNear(one, other, Side.CLIENT) && isNear(one, other, Side.BROKER);
  }

  private static boolean isNear(FlowObservation one, FlowObservation other, Side side) {
    return showsSequence(one, side)
        && showsSequence(other, side)
        && Math.abs((long) SequenceNumber.difference(next(one, side), next(other, side))) <= NEAR;
  }

  private static boolean showsSequence(FlowObservation flow, Side side) {
    return flow.state(side).hasSequence() || flow.state(side.other()).hasAcknowledgement();
  }

  private static int next(FlowObservation flow, Side side) {
    return flow.state(side).hasSequence()
        ? flow.state(side).nextSequence()
        : flow.state(side.other()).lastAcknowledgement();
  }
}
