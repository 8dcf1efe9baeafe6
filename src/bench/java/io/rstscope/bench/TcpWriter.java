package io.rstscope.bench;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Puts the segments of TCP connections into a capture as Linux sends them: timestamps on each,
 * growing sequence numbers and IP identifications.
 *
 * <p>Nothing is lost or in flight: a segment acknowledges all that the other end has sent. Used by
 * one thread.
 */
final class TcpWriter {
  /** Flag bits (RFC 9293, section 3.1). */
  static final int FIN = 0x01;

  static final int SYN = 0x02;
  static final int RST = 0x04;
  static final int PSH = 0x08;
  static final int ACK = 0x10;

  /** Payload bytes that fit a segment on Ethernet, beside the timestamps. */
  static final int LONGEST_PAYLOAD = 1448;

  private static final int HEADER = 20;
  private static final int CHECKSUM_AT = 16;
  private static final int WINDOW_OF_SYN = 64_240;
  private static final int WINDOW = 502;

  private static final int MSS_1460 = 0x0204_05b4;
  private static final int SACK_PERMITTED_THEN_TIMESTAMPS = 0x0402_080a;
  private static final int NOP_THEN_WINDOW_SCALE_7 = 0x0103_0307;
  private static final int NOP_NOP_THEN_TIMESTAMPS = 0x0101_080a;

  private final FrameWriter frames;
  private ByteBuffer out;
  private TcpEndpoint sender;
  private int flags;
  private int payload;

  TcpWriter(FrameWriter frames) {
    this.frames = frames;
  }

  /** A segment without payload. */
  void send(long timeNanos, TcpEndpoint from, TcpEndpoint to, int flags) throws IOException {
    begin(timeNanos, from, to, flags);
    end();
  }

  /**
   * Begins a segment.
   *
   * @return where to put its payload, at most {@link #LONGEST_PAYLOAD} bytes
   */
  ByteBuffer begin(long timeNanos, TcpEndpoint from, TcpEndpoint to, int flags) throws IOException {
    this.flags = flags;
    sender = from;
    boolean syn = (flags & SYN) != 0;
    boolean ack = (flags & ACK) != 0;
    // the kernel answers a SYN before there is a socket that counts identifications
    int ipId = syn && ack ? 0 : from.nextIpId();
    putHeader(timeNanos, from, to, from.ttl, ipId, ack ? to.sequence : 0);
    out.putShort((short) (syn ? WINDOW_OF_SYN : WINDOW)).putInt(0);
    if (syn) {
      out.putInt(MSS_1460).putInt(SACK_PERMITTED_THEN_TIMESTAMPS);
    } else {
      out.putInt(NOP_NOP_THEN_TIMESTAMPS);
    }
    out.putInt(from.timestampAt(timeNanos)).putInt(ack ? to.lastTimestamp : 0);
    if (syn) {
      out.putInt(NOP_THEN_WINDOW_SCALE_7);
    }
    payload = out.position();
    return out;
  }

  /** Ends the segment that was begun. */
  void end() {
    int length = out.position() - payload;
    frames.endIpv4(CHECKSUM_AT);
    sender.sequence += length + (flags & FIN) + ((flags & SYN) >> 1);
  }

  /**
   * A reset as a host or firewall sends it that knows nothing of the connection: no options, no
   * window, and the sequence number that the segment it answers acknowledged (RFC 9293, section
   * 3.5.2).
   *
   * @param claimed the end that it pretends to come from
   */
  void sendStatelessReset(long timeNanos, TcpEndpoint claimed, TcpEndpoint to, int ttl)
      throws IOException {
    flags = RST;
    putHeader(timeNanos, claimed, to, ttl, 0, 0);
    out.putShort((short) 0).putInt(0);
    frames.endIpv4(CHECKSUM_AT);
  }

  private void putHeader(
      long timeNanos, TcpEndpoint from, TcpEndpoint to, int ttl, int ipId, int acknowledgement)
      throws IOException {
    out =
        frames.beginIpv4(
            timeNanos,
            from.mac,
            to.mac,
            from.address,
            to.address,
            ttl,
            ipId,
            FrameWriter.PROTOCOL_TCP);
    out.putShort((short) from.port).putShort((short) to.port);
    out.putInt(from.sequence).putInt(acknowledgement);
    out.put((byte) (headerLength() / 4 << 4)).put((byte) flags);
  }

  private int headerLength() {
    if ((flags & SYN) != 0) {
      return HEADER + 20;
    }
    return flags == RST ? HEADER : HEADER + 12;
  }
}
