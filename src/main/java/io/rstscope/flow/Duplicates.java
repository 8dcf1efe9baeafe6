package io.rstscope.flow;

import io.rstscope.capture.CapturedPacket;
import io.rstscope.decode.Segment;
import io.rstscope.wire.SequenceNumber;

/** Tells a packet that was captured at several points from one that was sent again. */
final class Duplicates {
  /**
   * Copies of a packet at several points of a capture are nearer to each other than this, which is
   * the shortest time after which Linux sends again (TCP_RTO_MIN, include/net/tcp.h).
   */
  private static final long SENT_AGAIN_NANOS = 200_000_000L;

  private Duplicates() {}

  /**
   * Whether the segment is one of the last packets once more, seen at another point of the capture,
   * and not sent again: a host gives what it sends again a new identification. Without one (0, or
   * IPv6) the place must differ, and it must not be late enough to have been sent again.
   */
  static boolean isDuplicate(Endpoint sender, Segment segment) {
    if (sender.packets() == 0
        || isNews(sender, segment)
        || !RecentPackets.contains(sender.getLong(Endpoint.RECENT), segment)) {
      return false;
    }
    return segment.ipId > 0
        || isElsewhere(sender, segment)
            && segment.timeNanos - sender.lastNanos() < SENT_AGAIN_NANOS;
  }

  /** Whether it sends or acknowledges bytes that no packet did before. */
  private static boolean isNews(Endpoint sender, Segment segment) {
    return sender.hasSequence()
            && SequenceNumber.isAfter(segment.nextSequence(), sender.nextSequence())
        || sender.hasAcknowledgement()
            && segment.has(Segment.ACK)
            && SequenceNumber.isAfter(segment.acknowledgement, sender.lastAcknowledgement());
  }

  private static boolean isElsewhere(Endpoint sender, Segment segment) {
    return segment.ttl != sender.ttl()
        || segment.mac != sender.mac()
        || sender.isOnOtherInterface(segment)
        || segment.direction == CapturedPacket.INBOUND && !sender.inboundSeen()
        || segment.direction == CapturedPacket.OUTBOUND && !sender.outboundSeen();
  }
}
