package io.rstscope.engine;

import io.rstscope.amqp.AmqpState;
import io.rstscope.reset.FlowObservation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The connections of a capture that are to be judged, as many as there is room for. What tells
 * least has least of the room: connections that said nothing from their SYN on a quarter, those
 * that never opened AMQP half of it, those that closed in words three quarters; all of it is for
 * those that were lost, and for those of which only a silent part was captured. So a flood leaves
 * room for what matters.
 */
final class JudgementBudget {
  // what an observation and its verdict take, by measurement
  private static final long BYTES_PER_FLOW = 1_500;
  private static final long BYTES_PER_RESET = 3_000;
  private static final int BYTES_PER_CHARACTER = 2;

  private static final int PARTS = 4;

  private final long room;
  private final Predicate<FlowObservation> named;
  private final List<FlowObservation> flows = new ArrayList<>();
  private long bytes;
  private long flowsLeftOut;
  private long resetsLeftOut;

  /**
   * @param room bytes, about; a quarter more when many connections are named
   * @param named whether the user asks for that connection
   */
  JudgementBudget(long room, Predicate<FlowObservation> named) {
    this.room = room;
    this.named = named;
  }

  void add(FlowObservation flow) {
    long more = bytesOf(flow);
    if (bytes + more <= room / PARTS * partsFor(flow)) {
      bytes += more;
      flows.add(flow);
    } else {
      flowsLeftOut++;
      resetsLeftOut += flow.resets().size();
    }
  }

  /** Those that there was room for. */
  List<FlowObservation> flows() {
    return flows;
  }

  /** How many others there were. */
  long flowsLeftOut() {
    return flowsLeftOut;
  }

  /** How many resets these others had. */
  long resetsLeftOut() {
    return resetsLeftOut;
  }

  private static long bytesOf(FlowObservation flow) {
    int text = flow.amqp() == null ? 0 : flow.amqp().textLength();
    return BYTES_PER_FLOW
        + BYTES_PER_RESET * flow.resets().size()
        + (long) BYTES_PER_CHARACTER * text;
  }

  private int partsFor(FlowObservation flow) {
    if (named.test(flow)) {
      return PARTS + 1;
    }
    AmqpState state = flow.amqp() == null ? AmqpState.NONE : flow.amqp().state();
    return switch (state) {
      case NONE -> isSpoken(flow) || isPickedUp(flow) ? PARTS : 1;
      case HANDSHAKE -> 2;
      case CLOSED -> 3;
      case OPEN, BLOCKED, CLOSING -> PARTS;
    };
  }

  private static boolean isSpoken(FlowObservation flow) {
    return flow.clientState().lastPayloadNanos() != 0 && flow.brokerState().lastPayloadNanos() != 0;
  }

  /** It began before the capture, and may have said much by then; a reset alone shows nothing. */
  private static boolean isPickedUp(FlowObservation flow) {
    boolean begun = flow.clientState().synSeen() || flow.brokerState().synSeen();
    return !begun && flow.clientState().packets() + flow.brokerState().packets() > 0;
  }
}
