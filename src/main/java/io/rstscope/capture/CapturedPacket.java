package io.rstscope.capture;

/**
 * One packet as it was captured; a single instance is refilled for every packet of a source.
 *
 * <p>The bytes lie in {@link #data} from {@link #offset} and stay valid until the next call of
 * {@link PacketSource#next}, or as {@link PacketSource#readInto} says. Owned by the thread that
 * reads the source.
 */
public final class CapturedPacket {
  /** Direction relative to the capturing host: not known. */
  public static final int DIRECTION_UNKNOWN = 0;

  /** Direction relative to the capturing host: it received the packet. */
  public static final int INBOUND = 1;

  /** Direction relative to the capturing host: it sent the packet. */
  public static final int OUTBOUND = 2;

  /** The largest {@link #interfaceId}. */
  public static final int MAX_INTERFACE = (1 << 18) - 1;

  /** The buffer that holds the packet, and others around it. */
  public byte[] data;

  /** Where the packet begins in {@link #data}. */
  public int offset;

  /**
   * Bytes captured; never more than lie in {@link #data}. Less than {@link #originalLength} when
   * cut by the snap length.
   */
  public int capturedLength;

  /**
   * Bytes on the wire, as the capture claims: not trusted, but never less than {@link
   * #capturedLength}.
   */
  public int originalLength;

  /**
   * Nanoseconds since 1970-01-01 UTC; where the packet has no time of its own, that of the packet
   * before, or 1 at the beginning.
   */
  public long timeNanos;

  /**
   * Whether the capture says when the packet was captured; pcapng's simple packets have no time.
   */
  public boolean timed = true;

  /** Number of the packet in its file, from 1, as Wireshark counts. */
  public long frame;

  /** One of {@link LinkType}'s numbers. */
  public int linkType;

  /** Interface within the capture, 0 to {@link #MAX_INTERFACE}, counted over all sections. */
  public int interfaceId;

  /**
   * {@link #INBOUND}, {@link #OUTBOUND} or {@link #DIRECTION_UNKNOWN}, where the container says it
   * (pcapng flags).
   */
  public int direction;

  /**
   * Packets the capturing system lost since the previous packet of this interface, 0 when it says
   * nothing.
   */
  public long dropped;
}
