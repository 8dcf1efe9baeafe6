package io.rstscope.judge.sender;

import io.rstscope.judge.context.CaptureContext;
import io.rstscope.judge.context.FlowContext;
import io.rstscope.judge.context.InitialTtl;
import io.rstscope.net.Durations;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Shape;
import io.rstscope.reset.Trigger;
import java.util.List;

/**
 * An answer that comes back in a small part of the shortest round trip came from nearer than the
 * claimed sender. Measured from the oldest packet that the reset may answer, or data under way
 * would accuse the innocent.
 */
public final class RoundTrip implements Clue {
  /** Below this a round trip is lost in the noise of hosts and captures. */
  private static final long MEASURABLE_NANOS = 2_000_000L;

  private static final double TOO_FAST = 0.5;
  private static final double IN_TIME = 0.9;
  private static final double LATE = 1.6;

  @Override
  public Evidence examine(ResetObservation reset, FlowContext flow, CaptureContext captureContext) {
    long rtt = reset.minRttNanos();
    Trigger trigger = reset.trigger();
    boolean bare = reset.shape() == Shape.STATELESS;
    if (trigger == null
        || !trigger.exact()
        || rtt < MEASURABLE_NANOS
        || !bare && !acknowledgesTrigger(reset)
        || isAtTheSender(reset, captureContext)
        || endsItself(reset, trigger)) {
      return null;
    }
    double fraction = (double) trigger.oldestDelayNanos() / rtt;
    List<Long> frames = List.of(trigger.oldestFrame(), reset.packet().frame());
    if (!bare && fraction >= TOO_FAST) {
      return null;
    }
    if (fraction < TOO_FAST) {
      boolean known = flow.observation().handshakeSeen() && flow.observation().duplicates() == 0;
      return tooFast(reset, known, frames);
    }
    boolean inTime = (double) trigger.delayNanos() / rtt >= IN_TIME && fraction <= LATE;
    return new Evidence(
        ClueKind.ROUND_TRIP,
        inTime ? Sender.of(reset.from()) : Sender.UNDETERMINED,
        inTime ? Weights.IN_TIME_WITH_ROUND_TRIP : 0,
        true,
        () -> says(reset),
        frames);
  }

  /** Whether it acknowledges data that the claimed sender must have got before it could. */
  private static boolean acknowledgesTrigger(ResetObservation reset) {
    return reset.packet().hasAck()
        && reset.shape() != Shape.REFUSAL
        && reset.other().pendingWantsAnswer()
        && !reset.other().gapSeen()
        && reset.packet().acknowledgement() == reset.other().nextSequence();
  }

  /**
   * At its own host nothing is nearer than the claimed sender; what takes time there is the host,
   * which answers resets in the interrupt and wakes for other things.
   */
  private static boolean isAtTheSender(ResetObservation reset, CaptureContext captureContext) {
    return InitialTtl.hops(reset.packet().ttl()) == 0
        && reset.packet().ttl() == reset.sender().ttl()
        && captureContext.recording().vantage().isAt(reset.from());
  }

  /** Whether the claimed sender spoke, with its FIN, no earlier than what the reset may answer. */
  private static boolean endsItself(ResetObservation reset, Trigger trigger) {
    return reset.sender().finSeen()
        && reset.sequenceOffset() != null
        && reset.sequenceOffset() == 0
        && reset.idle().sameDirection() < reset.minRttNanos() * TOO_FAST
        && trigger.oldestDelayNanos() <= reset.idle().sameDirection();
  }

  /**
   * A SYN is answered at once, data perhaps only after the delay of an acknowledgement, up to 0.5 s
   * (RFC 9293, section 3.8.6.3): without the handshake the shortest round trip may be too long.
   */
  private static Evidence tooFast(
      ResetObservation reset, boolean handshakeSeen, List<Long> frames) {
    return new Evidence(
        ClueKind.ROUND_TRIP,
        handshakeSeen ? Sender.MIDDLEBOX : Sender.UNDETERMINED,
        handshakeSeen ? Weights.FASTER_THAN_ROUND_TRIP : 0,
        false,
        () -> says(reset) + (handshakeSeen ? "" : ", which may be too long here"),
        frames);
  }

  private static String says(ResetObservation reset) {
    return "it came back "
        + Durations.text(reset.trigger().oldestDelayNanos())
        + " after the packet it answers; the shortest round trip to the "
        + reset.from().word()
        + " is "
        + Durations.text(reset.minRttNanos());
  }
}
