package io.rstscope.reset;

import java.util.List;

/**
 * Observations of a capture whose packets do not all have times: how long anything was silent or
 * took is not known, so that no idle time and no timer is concluded from it.
 */
public final class Timeless {
  private static final Idle UNKNOWN = new Idle(-1, -1, -1, -1);

  private Timeless() {}

  /** The same flows without their silences. */
  public static List<FlowObservation> of(List<FlowObservation> flows) {
    return flows.stream().map(Timeless::of).toList();
  }

  private static FlowObservation of(FlowObservation flow) {
    return new FlowObservation(
        flow.client(),
        flow.broker(),
        flow.startedNanos(),
        flow.lastNanos(),
        flow.lastFrame(),
        flow.observedUntilNanos(),
        flow.handshakeSeen(),
        flow.rolesGuessed(),
        flow.history(),
        -1,
        flow.duplicates(),
        at(flow.endNanos(), flow.clientState()),
        at(flow.endNanos(), flow.brokerState()),
        of(flow.closing()),
        Beat.NONE,
        Beat.NONE,
        flow.amqp(),
        flow.channelErrorNanos(),
        flow.blockedNanos(),
        flow.end(),
        flow.resets().stream().map(Timeless::of).toList(),
        flow.resetsLeftOut(),
        flow.account());
  }

  private static ResetObservation of(ResetObservation reset) {
    return new ResetObservation(
        reset.packet(),
        reset.from(),
        at(reset.packet().timeNanos(), reset.sender()),
        at(reset.packet().timeNanos(), reset.other()),
        reset.shape(),
        reset.role(),
        reset.sequenceOffset(),
        reset.trigger(),
        UNKNOWN,
        reset.amqp(),
        reset.samePacketAs(),
        reset.aftermath());
  }

  private static Closing of(Closing closing) {
    return closing == null
        ? null
        : new Closing(
            closing.nanos(), closing.frame(), -1, -1, -1, 0, closing.otherWindow(), closing.amqp());
  }

  /** As if what it sent, and what it waits for an answer to, had come at that very moment. */
  private static EndpointState at(long nanos, EndpointState state) {
    return state.timed(
        state.lastNanos(),
        state.lastPayloadNanos() == 0 ? 0 : nanos,
        -1,
        -1,
        state.pendingNanos() == 0 ? 0 : nanos,
        -1);
  }
}
