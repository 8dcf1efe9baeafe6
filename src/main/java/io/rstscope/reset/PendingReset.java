package io.rstscope.reset;

import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.decode.Segment;
import io.rstscope.flow.Flow;
import io.rstscope.net.Side;
import io.rstscope.wire.SequenceNumber;

/** A reset whose aftermath is still being watched. */
final class PendingReset {
  /**
   * A packet that a reset answers lies at most this long before it, or ten round trips where they
   * are known; else the reset came on its own: kernels answer at once.
   */
  private static final long ANSWER_NANOS = 1_000_000_000L;

  private static final long ANSWER_NANOS_NEARBY = 50_000_000L;
  private static final int ANSWER_ROUND_TRIPS = 10;

  /** What hosts and switches add to a round trip. */
  private static final long UNDER_WAY_NANOS = 1_000_000L;

  /** Bytes that are acknowledged by packets of one round trip, about. */
  private static final int MOST_UNDER_WAY = 1 << 20;

  /** More packets than this are not on their way in the wrong order. */
  private static final int FEW_PACKETS = 64;

  final ResetPacket packet;
  final long samePacketAs;
  private Side from;
  private final EndpointState sender;
  private final EndpointState other;
  private final AmqpSnapshot amqp;
  private final Shape shape;
  private final boolean afterClose;
  private final Trigger trigger;
  private final Idle idle;

  private final int senderSegmentsBefore;
  private final int otherSegmentsBefore;
  private int otherSegmentsAtLife;
  private long lifeFrame = -1;
  private long lifeNanos = -1;
  private int lifeSequenceOffset;
  private int lifeIpIdStep = -1;
  private long lifeTsStep = -1;
  private int lifeTtl = -1;
  private boolean lifeAcknowledgesLater;

  /**
   * @param closed whether AMQP's close was confirmed before
   * @param senderSegmentsBefore segments of the claimed sender that followed earlier resets
   * @param otherSegmentsBefore the other side's
   */
  PendingReset(
      Flow flow,
      Side from,
      ResetPacket packet,
      AmqpSnapshot amqp,
      boolean closed,
      long samePacketAs,
      int senderSegmentsBefore,
      int otherSegmentsBefore) {
    this.packet = packet;
    this.from = from;
    this.samePacketAs = samePacketAs;
    this.sender = EndpointState.of(flow, from);
    this.other = EndpointState.of(flow, from.other());
    this.amqp = amqp;
    this.shape =
        ResetShape.of(
            packet, sender, other, !packet.hasAck() && isPrompt() && isOfLateAcknowledgement());
    this.afterClose = closed || sender.finSeen() || other.finSeen();
    this.trigger = trigger();
    this.idle = idle();
    this.senderSegmentsBefore = senderSegmentsBefore;
    this.otherSegmentsBefore = otherSegmentsBefore;
  }

  private Idle idle() {
    long now = packet.timeNanos();
    boolean pending = trigger != null && other.pendingNanos() != 0;
    return new Idle(
        sender.idleNanos(now),
        other.idleNanos(now),
        Idle.shorter(sender.payloadIdleNanos(now), other.payloadIdleNanos(now)),
        pending ? other.pendingSilenceNanos() : -1);
  }

  Side from() {
    return from;
  }

  void swapRoles() {
    from = from.other();
  }

  /**
   * Whether a segment of the claimed sender was sent before this reset and captured after it: its
   * identification lies between that of the packet before the reset and that of the reset.
   */
  boolean overtook(Segment segment) {
    int toReset = packet.ipId() - sender.ipId() & 0xffff;
    int toSegment = segment.ipId - sender.ipId() & 0xffff;
    return sender.ipIdSteps() > 0
        && packet.ipId() > 0
        && segment.ipId > 0
        && toReset <= FEW_PACKETS
        && toSegment > 0
        && toSegment < toReset;
  }

  /**
   * Whether it is known to have had no effect: both sides went on.
   *
   * @param otherSegments as in {@link #complete}
   */
  boolean isLivedOn(int otherSegments) {
    return lifeFrame != -1 && (lifeAcknowledgesLater || otherSegments > otherSegmentsAtLife);
  }

  /** The first segment of the claimed sender that follows, no reset. */
  void live(Segment segment, int otherSegments) {
    otherSegmentsAtLife = otherSegments;
    lifeFrame = segment.frame;
    lifeTtl = segment.ttl;
    lifeNanos = Math.max(segment.timeNanos - packet.timeNanos(), 0);
    lifeSequenceOffset = SequenceNumber.difference(segment.sequence, packet.sequence());
    lifeAcknowledgesLater =
        lifeNanos > longestUnderWayNanos()
            && segment.has(Segment.ACK)
            && other.hasSequence()
            && SequenceNumber.isAfter(segment.acknowledgement, other.nextSequence());
    lifeIpIdStep =
        segment.ipId < 0 || sender.ipId() < 0 ? -1 : segment.ipId - sender.ipId() & 0xffff;
    lifeTsStep =
        segment.timestamps && sender.timestamps()
            ? SequenceNumber.difference(segment.tsVal, sender.tsVal())
            : -1;
  }

  /** What either side sent before the reset came to it, and the answer, were captured by then. */
  private long longestUnderWayNanos() {
    return sender.minRttNanos() < 0 || other.minRttNanos() < 0
        ? ANSWER_NANOS
        : UNDER_WAY_NANOS + 2 * (sender.minRttNanos() + other.minRttNanos());
  }

  /**
   * @param alreadyReset whether an earlier reset had ended the connection
   * @param senderSegments segments of the claimed sender that followed any reset of the flow
   * @param otherSegments the other side's
   */
  ResetObservation complete(boolean alreadyReset, int senderSegments, int otherSegments) {
    Aftermath aftermath =
        new Aftermath(
            senderSegments - senderSegmentsBefore,
            otherSegments - otherSegmentsBefore,
            lifeFrame,
            lifeNanos,
            lifeSequenceOffset,
            lifeIpIdStep,
            lifeTsStep,
            lifeTtl,
            isLivedOn(otherSegments));
    return new ResetObservation(
        packet,
        from,
        sender,
        other,
        shape,
        role(alreadyReset, aftermath),
        sender.hasSequence()
            ? (Integer) SequenceNumber.difference(packet.sequence(), sender.nextSequence())
            : null,
        trigger,
        idle,
        amqp,
        samePacketAs,
        aftermath);
  }

  private Role role(boolean alreadyReset, Aftermath aftermath) {
    if (shape == Shape.REFUSAL) {
      return Role.REFUSES;
    }
    if (alreadyReset || samePacketAs != -1) {
      return Role.REPEATS;
    }
    if (aftermath.livedOn() || ResetObservation.isOfOlder(packet, sender, other)) {
      return Role.IGNORED;
    }
    return afterClose ? Role.ANSWERS_CLOSE : Role.ENDS_CONNECTION;
  }

  private long longestAnswerNanos() {
    return sender.minRttNanos() < 0
        ? ANSWER_NANOS
        : Math.max(ANSWER_NANOS_NEARBY, ANSWER_ROUND_TRIPS * sender.minRttNanos());
  }

  /**
   * Whether it has the number of the other side's last acknowledgement or, amid data, of one that
   * was under way with it: each of those is answered with its own number.
   */
  private boolean isOfLateAcknowledgement() {
    int behind = SequenceNumber.difference(other.lastAcknowledgement(), packet.sequence());
    long sinceData = sender.payloadIdleNanos(packet.timeNanos());
    boolean amidData = sinceData >= 0 && sinceData <= longestAnswerNanos();
    return behind >= 0 && behind <= (amidData ? MOST_UNDER_WAY : 0);
  }

  /** Whether it has the numbers of an answer to what the other side sent. */
  private boolean mayAnswer() {
    if (shape == Shape.REFUSAL || !other.hasAcknowledgement()) {
      return true;
    }
    if (!packet.hasAck()) {
      return isOfLateAcknowledgement();
    }
    boolean socket = shape == Shape.SOCKET;
    return socket && other.finSeen()
        || other.pendingWantsAnswer() && (socket || acknowledgesWhatJustCame());
  }

  /** As devices do that answer with RST,ACK: it takes both numbers from the packet. */
  private boolean acknowledgesWhatJustCame() {
    return packet.sequence() == other.lastAcknowledgement()
        && isLastOrProbed(packet.acknowledgement());
  }

  /** A keep-alive has the number before the next one. */
  private boolean isLastOrProbed(int acknowledgement) {
    int behind = SequenceNumber.difference(other.nextSequence(), acknowledgement);
    return behind == 0 || behind == 1;
  }

  /** Whether it came so soon after the other side's last packet that it may answer that. */
  private boolean isPrompt() {
    long since = other.idleNanos(packet.timeNanos());
    return since >= 0 && since <= longestAnswerNanos();
  }

  private Trigger trigger() {
    if (!isPrompt() || !mayAnswer()) {
      return null;
    }
    long now = packet.timeNanos();
    long delay = other.idleNanos(now);
    boolean pending = other.pendingNanos() != 0;
    return new Trigger(
        other.lastFrame(),
        delay,
        pending ? other.pendingFrame() : other.lastFrame(),
        pending ? Math.max(now - other.pendingNanos(), 0) : delay,
        packet.hasAck() || packet.sequence() == other.lastAcknowledgement());
  }
}
