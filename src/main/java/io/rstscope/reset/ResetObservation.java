package io.rstscope.reset;

import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.net.Side;
import io.rstscope.wire.SequenceNumber;

/**
 * Everything measured about one reset.
 *
 * @param packet the reset itself
 * @param from the side it claims to come from
 * @param sender the claimed sender as it was before the reset: the baseline
 * @param other the other side as it was before the reset
 * @param shape what it looks like
 * @param role what it did
 * @param sequenceOffset its sequence number less the next one of the claimed sender, or null when
 *     that is unknown
 * @param trigger the packet it answers, or null when none is near enough
 * @param idle the silences before it
 * @param amqp what AMQP had said until then, or null when no payload was seen
 * @param samePacketAs frame of an earlier reset that is the same packet at another point of the
 *     capture, or -1
 * @param aftermath what followed
 */
public record ResetObservation(
    ResetPacket packet,
    Side from,
    EndpointState sender,
    EndpointState other,
    Shape shape,
    Role role,
    Integer sequenceOffset,
    Trigger trigger,
    Idle idle,
    AmqpSnapshot amqp,
    long samePacketAs,
    Aftermath aftermath) {
  /** What a new connection may have sent where the capture lacks it. */
  private static final int FIRST_WINDOW = 1 << 16;

  /**
   * Whether it ended an older connection between the same ports than the one that its flow is of: a
   * SYN that meets a socket of an old connection draws an acknowledgement of that one, and this
   * draws a reset with the number of it (RFC 9293, section 3.5.1). The new connection goes on.
   */
  public boolean endsOlder() {
    return isOfOlder(packet, sender, other);
  }

  /** The same, with what is known from elsewhere in place of what AMQP was not seen to say. */
  ResetObservation with(AmqpSnapshot known) {
    return new ResetObservation(
        packet,
        from,
        sender,
        other,
        shape,
        role,
        sequenceOffset,
        trigger,
        idle,
        amqp == null ? known : amqp.orElse(known),
        samePacketAs,
        aftermath);
  }

  static boolean isOfOlder(ResetPacket packet, EndpointState sender, EndpointState other) {
    int ahead = SequenceNumber.difference(packet.sequence(), sender.nextSequence());
    return sender.synSeen()
        && !sender.hasAcknowledgement()
        && !sender.finSeen()
        && !other.synSeen()
        && other.hasAcknowledgement()
        && !packet.hasAck()
        && packet.sequence() == other.lastAcknowledgement()
        && (ahead < 0 || ahead > FIRST_WINDOW);
  }

  /** Shortest round trip to the claimed sender from the capture point, in nanoseconds, or -1. */
  public long minRttNanos() {
    return sender.minRttNanos();
  }
}
