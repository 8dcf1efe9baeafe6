package io.rstscope.decode;

import io.rstscope.capture.CapturedPacket;

/**
 * How far the decoding of a packet has come: the next header begins at {@link #offset}.
 *
 * <p>Two ends bound what follows, and every length field may only bring them nearer: {@link
 * #capturedEnd}, beyond which no byte may be read, and {@link #wireEnd}, where the packet ended on
 * the wire.
 */
final class Cursor {
  /**
   * A capture that claims longer packets lies: twice what Linux hands on in one piece ({@code
   * GRO_MAX_SIZE} of linux/netdevice.h, 8 times 65,535 bytes).
   */
  private static final int MAXIMUM_WIRE_LENGTH = 1 << 20;

  byte[] data;

  /** May lie beyond both ends, after a header that did: then nothing follows. */
  int offset;

  /** At most {@link #wireEnd}. */
  int capturedEnd;

  /** May lie beyond {@link #data}. */
  int wireEnd;

  /** Tunnels that were entered. */
  int tunnels;

  void start(CapturedPacket packet) {
    tunnels = 0;
    data = packet.data;
    offset = packet.offset;
    capturedEnd = offset + packet.capturedLength;
    wireEnd = Math.max(capturedEnd, offset + Math.min(packet.originalLength, MAXIMUM_WIRE_LENGTH));
  }

  /** Whether so many bytes follow that may be read. */
  boolean has(int length) {
    return capturedEnd - offset >= length;
  }

  /** Bytes that followed on the wire; negative after a header that claimed too much. */
  int wireLength() {
    return wireEnd - offset;
  }

  /** Why a header of so many bytes is not there: cut by the snap length, or never sent whole. */
  int missing(int length) {
    return wireLength() < length ? NextHeader.MALFORMED : NextHeader.CUT;
  }

  /** Goes on to what follows {@code length} bytes. */
  void skip(int length) {
    offset += length;
  }

  /** Nothing belongs to the packet beyond {@code length} bytes from here: padding, if anything. */
  void limit(int length) {
    if (length < wireLength()) {
      wireEnd = offset + length;
      capturedEnd = Math.min(capturedEnd, wireEnd);
    }
  }
}
