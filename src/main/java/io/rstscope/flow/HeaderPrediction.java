package io.rstscope.flow;

/**
 * A short way for the segment that nearly all are: the next bytes or a new acknowledgement, and
 * else like the one before from its side. After the receive path of TCP implementations (Van
 * Jacobson; tcp_rcv_established in net/ipv4/tcp_input.c). What it leads to is the same as on the
 * long way.
 */
final class HeaderPrediction {
  private HeaderPrediction() {}

  /** Whether the segment is such a one. */
  static boolean expects(Flow flow, boolean fromClient, Segment segment) {
    int letter = segment.payloadLength > 0 ? History.DATA : History.BARE_ACK;
    return (segment.flags & ~Segment.PSH) == Segment.ACK
        && segment.window > 0
        && flow.expects(letter, fromClient)
        && expects(flow.endpoint(fromClient), segment);
  }

  private static boolean expects(Endpoint sender, Segment segment) {
    long numbers = sender.getLong(Endpoint.NUMBERS);
    int acknowledged = segment.acknowledgement - (int) (numbers >>> 32);
    return segment.sequence == (int) numbers
        && acknowledged >= 0
        && (acknowledged | segment.payloadLength) != 0
        && sender.getLong(Endpoint.LOOK) == UsualPath.look(segment)
        && sender.hasSequence()
        && sender.hasAcknowledgement()
        && IpIdCounter.isExpected(sender.getInt(Endpoint.IP_ID), segment.ipId)
        && (!segment.timestamps || segment.tsVal - sender.tsVal() >= 0);
  }

  /** Takes such a segment into the baseline of its sender. */
  static void take(Endpoint sender, Segment segment) {
    sender.takePacket(segment, segment.payloadLength > 0);
    sender.putInt(Endpoint.VOTES, UsualPath.agree(sender.getInt(Endpoint.VOTES)));
    sender.takeIdentification(segment);
    sender.putLong(Endpoint.RECENT, RecentPackets.take(sender.getLong(Endpoint.RECENT), segment));
    sender.putLong(
        Endpoint.NUMBERS,
        segment.nextSequence() & 0xffff_ffffL | (long) segment.acknowledgement << 32);
    if (segment.timestamps) {
      sender.putInt(Endpoint.TS_VAL, segment.tsVal);
    }
  }
}
