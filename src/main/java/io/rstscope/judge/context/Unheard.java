package io.rstscope.judge.context;

import io.rstscope.judge.context.FirstEnd.Way;
import io.rstscope.net.Side;
import io.rstscope.reset.EndpointState;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;
import io.rstscope.wire.SequenceNumber;

/**
 * What the side that did not end a connection had sent and the other had not acknowledged, and thus
 * not heard: TCP passes nothing on that comes after bytes which are missing (RFC 9293, section
 * 3.4).
 */
public final class Unheard {
  private static final double SECOND = 1e9;

  private Unheard() {}

  /**
   * For how long the side that ended it had not heard what was sent to it, though its own packets
   * went on, ns; -1 when it had, or when no more was lost than is lost every day.
   */
  public static long nanos(FlowObservation flow, FirstEnd first) {
    EndpointState unheard = unheard(flow, first);
    return unheard != null
            && (unheard.isUnanswered() || unheard.gapSeen())
            && wasLacking(flow, first, unheard)
        ? endNanos(flow, first) - unheard.pendingNanos()
        : -1;
  }

  /**
   * The same where two retransmissions count, too: for who knows how long the side that ended it
   * waits for the other, and that it was as long.
   */
  public static long twiceInVainNanos(FlowObservation flow, FirstEnd first) {
    EndpointState unheard = unheard(flow, first);
    return unheard != null && unheard.unanswered() >= 2 && wasLacking(flow, first, unheard)
        ? endNanos(flow, first) - unheard.pendingNanos()
        : -1;
  }

  /** Whether bytes arrived, and others before them never did: only some packets came through. */
  public static boolean isHole(FlowObservation flow, FirstEnd first) {
    EndpointState unheard = unheard(flow, first);
    return unheard != null && unheard.gapSeen() && wasLacking(flow, first, unheard);
  }

  /** The side that ended it could take more, and sent more, without an ACK of what it lacked. */
  private static boolean wasLacking(FlowObservation flow, FirstEnd first, EndpointState unheard) {
    EndpointState lacking =
        first.way() == Way.RESET ? flow.decisiveReset().sender() : flow.state(first.by());
    return (unheard.pendingWantsAnswer() || isAhead(unheard, lacking))
        && lacking.window() > 0
        && lacking.lastNanos() - unheard.pendingNanos() >= Thresholds.SILENCE_NANOS
        && endNanos(flow, first) - unheard.pendingNanos() >= Thresholds.SILENCE_NANOS;
  }

  /** Bytes before its bare ACKs never arrived, as the numbers show that those have. */
  private static boolean isAhead(EndpointState unheard, EndpointState lacking) {
    return unheard.gapSeen()
        && lacking.hasAcknowledgement()
        && SequenceNumber.isAfter(unheard.nextSequence(), lacking.lastAcknowledgement());
  }

  /**
   * For how long the socket that reset had received nothing, though the other side had sent
   * something and time had passed, as the clock shows that it echoes (RFC 7323, section 4.3); ns,
   * or -1. A socket takes no clock from a probe, whose number is old.
   */
  public static long byEchoNanos(FlowObservation flow, ResetObservation reset) {
    EndpointState other = reset.other();
    long since = other.idleNanos(reset.packet().timeNanos());
    boolean probed = flow.history().indexOf(reset.from() == Side.CLIENT ? 'k' : 'K') >= 0;
    if (reset.packet().tsEcho() == 0
        || !other.timestamps()
        || other.tsTicksPerSecond() <= 0
        || reset.sender().window() == 0
        || probed
        || since < Thresholds.SILENCE_NANOS) {
      return -1;
    }
    int ticks = SequenceNumber.difference(other.tsVal(), reset.packet().tsEcho());
    double behind = ticks / other.tsTicksPerSecond() * SECOND;
    return behind >= Thresholds.SILENCE_NANOS ? (long) behind + since : -1;
  }

  private static EndpointState unheard(FlowObservation flow, FirstEnd first) {
    return switch (first.way()) {
      case RESET -> flow.decisiveReset().other();
      case FIN -> flow.state(first.by().other());
      case NO_ANSWER, NONE -> null;
    };
  }

  private static long endNanos(FlowObservation flow, FirstEnd first) {
    return first.way() == Way.RESET ? flow.decisiveReset().packet().timeNanos() : first.nanos();
  }
}
