package io.rstscope.reset;

import io.rstscope.flow.Endpoint;
import io.rstscope.flow.Flow;
import io.rstscope.flow.Unanswered;
import io.rstscope.net.Side;

/**
 * What one side of a flow looked like at a moment: a frozen {@link Endpoint}, whose methods say
 * what each value means.
 */
public record EndpointState(
    int packets,
    long lastNanos,
    long lastFrame,
    long lastPayloadNanos,
    boolean hasSequence,
    int nextSequence,
    boolean hasAcknowledgement,
    int lastAcknowledgement,
    int window,
    boolean synSeen,
    boolean finSeen,
    boolean closedFirst,
    boolean resetSeen,
    boolean gapSeen,
    boolean timestamps,
    boolean optionsCut,
    int tsVal,
    double tsTicksPerSecond,
    int ipId,
    int ipIdSteps,
    int flowLabel,
    boolean dontFragment,
    int ttl,
    int otherTtl,
    int otherTtlCount,
    long mac,
    int otherMacCount,
    boolean inboundSeen,
    boolean outboundSeen,
    long minRttNanos,
    long pendingNanos,
    long pendingFrame,
    long pendingSilenceNanos,
    boolean pendingWantsAnswer,
    int unanswered) {

  static EndpointState of(Flow flow, Side side) {
    Endpoint e = flow.endpoint(side);
    Unanswered unanswered = e.unanswered();
    return new EndpointState(
        e.packets(),
        e.lastNanos(),
        e.lastFrame(),
        e.lastPayloadNanos(),
        e.hasSequence(),
        e.nextSequence(),
        e.hasAcknowledgement(),
        e.lastAcknowledgement(),
        e.window(),
        e.synSeen(),
        e.finSeen(),
        e.closedFirst(),
        e.resetSeen(),
        e.gapSeen(),
        e.timestamps(),
        e.optionsCut(),
        e.tsVal(),
        flow.tsTicksPerSecond(side),
        flow.isIpv6() ? -1 : e.ipId(),
        flow.isIpv6() ? 0 : e.ipIdSteps(),
        flow.isIpv6() ? e.flowLabel() : -1,
        e.dontFragment(),
        e.ttl(),
        e.otherTtl(),
        e.otherTtlCount(),
        e.mac(),
        e.otherMacCount(),
        e.inboundSeen(),
        e.outboundSeen(),
        e.minRttNanos(),
        unanswered.sinceNanos(),
        unanswered.frame(),
        unanswered.silenceNanos(),
        unanswered.wantsAnswer(),
        unanswered.retransmissions());
  }

  /** The same by another clock: all that is a time or was measured by one. */
  EndpointState timed(
      long lastAtNanos,
      long payloadAtNanos,
      double ticksPerSecond,
      long rttNanos,
      long pendingAtNanos,
      long silenceNanos) {
    return new EndpointState(
        packets,
        lastAtNanos,
        lastFrame,
        payloadAtNanos,
        hasSequence,
        nextSequence,
        hasAcknowledgement,
        lastAcknowledgement,
        window,
        synSeen,
        finSeen,
        closedFirst,
        resetSeen,
        gapSeen,
        timestamps,
        optionsCut,
        tsVal,
        ticksPerSecond,
        ipId,
        ipIdSteps,
        flowLabel,
        dontFragment,
        ttl,
        otherTtl,
        otherTtlCount,
        mac,
        otherMacCount,
        inboundSeen,
        outboundSeen,
        rttNanos,
        pendingAtNanos,
        pendingFrame,
        silenceNanos,
        pendingWantsAnswer,
        unanswered);
  }

  /** An identification that has gone on this often by a small step may be taken from a counter. */
  private static final int STEPS_OF_A_COUNTER = 2;

  /** Steps are counted up to this. */
  private static final int MOST_STEPS = 255;

  /**
   * Whether its IPv4 identification is taken from a counter: it went on by small steps most of the
   * time. Among numbers at random some are near each other by chance.
   */
  public boolean countsIpId() {
    return ipIdSteps >= STEPS_OF_A_COUNTER && ipIdSteps >= Math.min(packets / 3, MOST_STEPS);
  }

  /** Whether it went on asking without an answer, which is more than everyday packet loss. */
  public boolean isUnanswered() {
    return Loss.isUnanswered(this);
  }

  /** Whether {@link #timestamps} says how it is. */
  public boolean timestampsKnown() {
    return packets > 0 && !optionsCut;
  }

  /** Nanoseconds from its last packet to that time, or -1 when it sent none. */
  public long idleNanos(long atNanos) {
    return packets == 0 ? -1 : Math.max(atNanos - lastNanos, 0);
  }

  /** Nanoseconds from its last payload to that time, or -1 when it sent none. */
  public long payloadIdleNanos(long atNanos) {
    return lastPayloadNanos == 0 ? -1 : Math.max(atNanos - lastPayloadNanos, 0);
  }
}
