package io.rstscope.decode;

import io.rstscope.wire.MptcpOption;

/**
 * One TCP segment as decoded from a captured packet, with all its fields; a single instance is
 * refilled for every packet. On their way to their flows segments are summaries in a {@link
 * SegmentBatch}, from which one of these is refilled where the long way is taken.
 *
 * <p>Addresses are held as two longs each, high half first; an IPv4 address is the low 32 bits of
 * the second with the first 0, and {@link #ipVersion} tells them apart. Owned by the thread that
 * decodes.
 */
public final class Segment {
  /** TCP flag bits as in byte 13 of the header (RFC 9293, section 3.1). */
  public static final int FIN = 0x01;

  public static final int SYN = 0x02;
  public static final int RST = 0x04;
  public static final int PSH = 0x08;
  public static final int ACK = 0x10;
  public static final int URG = 0x20;

  /** {@link #mac} of a packet whose link layer has none. */
  public static final long NO_MAC = -1;

  /** Nanoseconds since 1970-01-01 UTC. */
  public long timeNanos;

  /** Number of the packet in its file, from 1. */
  public long frame;

  /** Interface within the capture, from 0. */
  public int interfaceId;

  /**
   * Whether the capturing host received or sent the packet: one of {@link
   * io.rstscope.capture.CapturedPacket#DIRECTION_UNKNOWN}, {@code INBOUND}, {@code OUTBOUND}; from
   * pcapng flags or the packet type of Linux cooked captures.
   */
  public int direction;

  /** Source MAC address, 48 bits, of the outermost frame, or {@link #NO_MAC}. */
  public long mac;

  /** 4 or 6: that of the innermost IP header. */
  public int ipVersion;

  /** Time to live or hop limit of the innermost IP header, 0 to 255. */
  public int ttl;

  /**
   * IPv4 identification, 0 to 65,535; the low 16 bits of that of an IPv6 fragment header, -1 on
   * IPv6 without one.
   */
  public int ipId;

  /** IPv4 Don't Fragment; true on IPv6. */
  public boolean dontFragment;

  /** IPv6 flow label, 0 to 0xfffff, or -1 on IPv4. */
  public int flowLabel;

  /** Whether the packet came in a tunnel that was taken off (VXLAN, GENEVE, GRE, IP in IP). */
  public boolean tunnelled;

  /** Whether the IP packet was the first fragment of several: the payload is not all there. */
  public boolean fragment;

  public long sourceHigh;
  public long sourceLow;
  public long destinationHigh;
  public long destinationLow;
  public int sourcePort;
  public int destinationPort;

  public int sequence;

  /** Acknowledgement number; what the header holds even when ACK is not set. */
  public int acknowledgement;

  /** {@link #FIN} and so on, 0 to 255. */
  public int flags;

  /** Window as in the header, not scaled, 0 to 65,535. */
  public int window;

  /** Whether there were timestamps (RFC 7323, section 3). */
  public boolean timestamps;

  /** Whether the capture ends within the options, before any timestamps: they are not known. */
  public boolean optionsCut;

  /** What MPTCP says of a reset, or {@link MptcpOption#NONE}. */
  public int mptcpReset = MptcpOption.NONE;

  /** The sender's clock, or 0 without timestamps. */
  public int tsVal;

  /** The buffer that holds the packet; valid as long as its source promises. */
  public byte[] data;

  /** Where the TCP payload begins in {@link #data}. */
  public int payloadOffset;

  /** Payload bytes captured, 0 to {@link #payloadLength}. */
  public int payloadCaptured;

  /** Payload bytes on the wire, from the IP length. */
  public int payloadLength;

  /**
   * Payload that lies between what its side sent before and its own, in bytes: 0 when it goes on
   * where that ended, more when bytes are missing, less when it begins with bytes seen before. 0 as
   * decoded; filled by the tracker.
   */
  public int ahead;

  /** Whether the source is the lower of both ends, as flows are stored. */
  public boolean sourceIsLower() {
    return FlowKey.isSourceLower(this);
  }

  /** Whether all of {@code bits} are set. */
  public boolean has(int bits) {
    return (flags & bits) == bits;
  }

  /**
   * Sequence space that the segment takes: payload, and one each for SYN and FIN (RFC 9293, section
   * 3.4).
   */
  public int sequenceLength() {
    return payloadLength + (flags >> 1 & 1) + (flags & FIN);
  }

  /** The sequence number after the segment. */
  public int nextSequence() {
    return sequence + sequenceLength();
  }
}
