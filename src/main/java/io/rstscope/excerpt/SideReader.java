package io.rstscope.excerpt;

import io.rstscope.amqp.AmqpProtocol;
import io.rstscope.amqp.FrameNames;
import io.rstscope.decode.Segment;

/** One direction of a flow: where its sequence numbers begin, and what its AMQP frames are. */
final class SideReader {
  private final FrameNames names;
  private boolean begun;
  private int base;

  SideReader(AmqpProtocol protocol) {
    names = new FrameNames(protocol);
  }

  /** The first packet decides what is counted from: its SYN, or one less than its first byte. */
  void beginAt(Segment segment) {
    if (!begun) {
      begun = true;
      base = segment.has(Segment.SYN) ? segment.sequence : segment.sequence - 1;
    }
  }

  /** A side not heard of yet: what it is said to have sent is all there is. */
  void beginAcknowledged(int acknowledgement) {
    if (!begun) {
      begun = true;
      base = acknowledgement - 1;
    }
  }

  /** Modulo 2^32, as Wireshark shows it. */
  long relative(int sequence) {
    return Integer.toUnsignedLong(sequence - base);
  }

  /** Resets carry no AMQP: their payload is a device's diagnosis (RFC 9293, section 3.5.3). */
  String names(Segment segment) {
    return segment.has(Segment.RST)
        ? null
        : names.of(
            segment.sequence,
            segment.data,
            segment.payloadOffset,
            segment.payloadCaptured,
            segment.payloadLength);
  }
}
