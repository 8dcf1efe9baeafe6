package io.rstscope.judge.context;

import io.rstscope.reset.EndpointState;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;
import io.rstscope.wire.SequenceNumber;

/**
 * Bytes that were sent and are not in the capture, as the sequence numbers of those packets show
 * that are.
 */
public final class UncapturedBytes {
  /** Takes one number: the FIN before a reset, or one that the reset's sender believes in. */
  private static final int FIN = 1;

  private UncapturedBytes() {}

  /** Whether there are any. */
  public static boolean any(FlowObservation flow) {
    return flow.clientState().gapSeen()
        || flow.brokerState().gapSeen()
        || isAcknowledged(flow.brokerState(), flow.clientState())
        || isAcknowledged(flow.clientState(), flow.brokerState())
        || isResetBeyond(flow);
  }

  /**
   * Whether a connection was recorded from which only SYN, FIN and RST are there: a filter for
   * those is the usual one of who looks for resets.
   */
  public static boolean betweenSynAndEnd(FlowObservation flow) {
    return flow.handshakeSeen() && isSilent(flow.history()) && any(flow);
  }

  private static boolean isSilent(String history) {
    for (int i = 0; i < history.length(); i++) {
      if ("AaDdTtKk".indexOf(history.charAt(i)) >= 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAcknowledged(EndpointState sender, EndpointState other) {
    return sender.hasSequence()
        && other.hasAcknowledgement()
        && SequenceNumber.isAfter(other.lastAcknowledgement(), sender.nextSequence());
  }

  private static boolean isResetBeyond(FlowObservation flow) {
    for (ResetObservation reset : flow.resets()) {
      if (reset.sequenceOffset() != null && reset.sequenceOffset() > FIN) {
        return true;
      }
    }
    return false;
  }
}
