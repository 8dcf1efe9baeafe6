package io.rstscope.judge.context;

import io.rstscope.reset.EndpointState;
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

  void add(FlowObservation flow) {
    List<FlowObservation> there =
        byClientPort.computeIfAbsent(flow.client().port(), key -> new ArrayList<>(1));
    if (there.size() < ENOUGH) {
      there.add(flow);
    }
  }

  boolean continuesAnother(FlowObservation flow) {
    if (flow.handshakeSeen()) {
      return false;
    }
    for (FlowObservation other : byClientPort.getOrDefault(flow.client().port(), List.of())) {
      if (other != flow && isOneAddressOther(flow, other) && isNear(flow, other)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOneAddressOther(FlowObservation one, FlowObservation other) {
    boolean client = one.client().address().equals(other.client().address());
    boolean broker = one.broker().address().equals(other.broker().address());
    return client != broker;
  }

  /** Of each side what one connection shows of it, sent or acknowledged, goes on in the other. */
  private static boolean isNear(FlowObservation one, FlowObservation other) {
    return isNear(one.clientState(), one.brokerState(), other.clientState(), other.brokerState())
        && isNear(one.brokerState(), one.clientState(), other.brokerState(), other.clientState());
  }

  private static boolean isNear(
      EndpointState side, EndpointState peer, EndpointState otherSide, EndpointState otherPeer) {
    if (!(side.hasSequence() || peer.hasAcknowledgement())
        || !(otherSide.hasSequence() || otherPeer.hasAcknowledgement())) {
      return false;
    }
    int one = side.hasSequence() ? side.nextSequence() : peer.lastAcknowledgement();
    int two = otherSide.hasSequence() ? otherSide.nextSequence() : otherPeer.lastAcknowledgement();
    return Math.abs((long) SequenceNumber.difference(one, two)) <= NEAR;
  }
}
