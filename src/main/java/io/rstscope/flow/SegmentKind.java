package io.rstscope.flow;

import io.rstscope.decode.Segment;

/** What a segment, not a reset, does in its flow. */
public enum SegmentKind {
  /** SYN or SYN,ACK. */
  SYN,
  /** New payload, maybe with a FIN. */
  DATA,
  /** FIN without new payload. */
  FIN,
  /** Neither payload nor FIN nor SYN. */
  PURE_ACK,
  /** Begins with bytes that were sent before; new ones may follow them. */
  RETRANSMISSION,
  /** Sent before others that overtook it on the way to the capture. */
  REORDERED,
  /**
   * Asks for an answer with the byte before the next one: keep-alive (RFC 9293, section 3.8.4) or
   * window probe.
   */
  PROBE;

  /** What a segment does that its sender has not taken yet; {@link Segment#ahead} is filled. */
  static SegmentKind of(Segment segment, Endpoint sender) {
    int length = segment.sequenceLength();
    int ahead = segment.ahead;
    if (ahead < 0 && sender.isOvertaken(segment)) {
      return length == 0 ? PURE_ACK : REORDERED;
    }
    if (ahead == -1 && length == Math.min(segment.payloadLength, 1)) {
      return PROBE;
    }
    if (length == 0) {
      return PURE_ACK;
    }
    if (ahead < 0) {
      return RETRANSMISSION;
    }
    if (segment.has(Segment.SYN)) {
      return SYN;
    }
    return segment.payloadLength > 0 ? DATA : FIN;
  }

  /** Whether it was sent before, or asks for what should have come. */
  boolean isSentAgain() {
    return this == RETRANSMISSION || this == PROBE;
  }
}
