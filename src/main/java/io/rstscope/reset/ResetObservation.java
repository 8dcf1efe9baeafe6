package io.rstscope.reset;

import io.rstscope.amqp.AmqpSnapshot;

/**
 * Everything measured about one reset.
 *
 * @param packet the reset itself
 * @param fromClient whether it claims to come from the client
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
    boolean fromClient,
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

  /** Shortest round trip to the claimed sender from the capture point, in nanoseconds, or -1. */
  public long minRttNanos() {
    return sender.minRttNanos();
  }
}
