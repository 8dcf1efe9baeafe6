package io.rstscope.flow;

/** What a segment, not a reset, does in its flow. */
public enum SegmentKind {
  /** SYN or SYN,ACK. */
  SYN,
  /** New payload, maybe with a FIN. */
  DATA,
  /** FIN without new payload. */
  FIN,
  /** Neither payload nor FIN nor SYN. */
  BARE_ACK,
  /** Begins with bytes that were sent before; new ones may follow them. */
  RETRANSMISSION,
  /** Sent before others that overtook it on the way to the capture. */
  OVERTAKEN,
  /**
   * Asks for an answer with the byte before the next one: keep-alive (RFC 9293, section 3.8.4) or
   * window probe.
   */
  PROBE
}
