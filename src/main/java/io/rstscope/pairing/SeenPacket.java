package io.rstscope.pairing;

import io.rstscope.decode.Segment;

/**
 * A packet of one capture that is looked for in the other.
 *
 * @param frame number in its capture, from 1
 * @param nanos by the clock of its capture, since 1970
 * @param fromClient its direction
 * @param flags of TCP
 * @param payloadLength bytes on the wire
 * @param identity as {@link PacketIdentity} makes it
 */
record SeenPacket(
    long frame, long nanos, boolean fromClient, int flags, int payloadLength, long identity) {
  static SeenPacket of(Segment segment, boolean fromClient, long identity) {
    return new SeenPacket(
        segment.frame,
        segment.timeNanos,
        fromClient,
        segment.flags,
        segment.payloadLength,
        identity);
  }

  boolean isReset() {
    return (flags & Segment.RST) != 0;
  }

  /**
   * Whether it passes a path as one packet and is made by an end only: offload splits and joins
   * payload on its way, and resets are what is asked about.
   */
  boolean mustArriveAsItIs() {
    return payloadLength == 0 && !isReset();
  }
}
