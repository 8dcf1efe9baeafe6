package io.rstscope.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes packets into a pcapng file of one section. */
public final class PcapngFile {
  private static final int SECTION_HEADER = 0x0a0d0d0a;
  private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
  private static final int INTERFACE_DESCRIPTION = 1;
  private static final int SIMPLE_PACKET = 3;
  private static final int ENHANCED_PACKET = 6;
  private static final int IF_TSRESOL = 9;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteOrder order;

  /** Big endian. */
  public PcapngFile() {
    this(ByteOrder.BIG_ENDIAN);
  }

  public PcapngFile(ByteOrder order) {
    this.order = order;
    block(SECTION_HEADER, allocate(16).putInt(BYTE_ORDER_MAGIC).putShort((short) 1).putLong(8, -1));
  }

  /**
   * Adds an interface; they are numbered from 0.
   *
   * @param linkType one of {@link io.rstscope.capture.LinkType}'s
   * @param resolution option {@code if_tsresol}: decimal digits of a second, or with 0x80 binary
   *     ones
   */
  public PcapngFile addInterface(int linkType, int resolution) {
    return block(
        INTERFACE_DESCRIPTION,
        allocate(20)
            .putShort((short) linkType)
            .putInt(4, 0)
            .putShort(8, (short) IF_TSRESOL)
            .putShort(10, (short) 1)
            .put(12, (byte) resolution));
  }

  /**
   * Adds a packet.
   *
   * @param ticks time since 1970 in units of the interface
   */
  public PcapngFile add(int interfaceId, long ticks, Packets packet) {
    byte[] bytes = packet.bytes();
    return add(interfaceId, ticks, bytes, bytes.length);
  }

  /**
   * Adds a packet of which only {@code bytes} were captured.
   *
   * @param originalLength bytes on the wire
   */
  public PcapngFile add(int interfaceId, long ticks, byte[] bytes, int originalLength) {
    ByteBuffer body =
        allocate(20 + (bytes.length + 3 & ~3))
            .putInt(interfaceId)
            .putInt((int) (ticks >>> 32))
            .putInt((int) ticks)
            .putInt(bytes.length)
            .putInt(originalLength)
            .put(bytes);
    return block(ENHANCED_PACKET, body);
  }

  /**
   * Adds a packet of interface 0, before which packets were lost (epb_dropcount).
   *
   * @param ticks time since 1970 in units of the interface
   */
  public PcapngFile addAfterDrops(long ticks, byte[] bytes, long dropped) {
    int padded = bytes.length + 3 & ~3;
    ByteBuffer body =
        allocate(20 + padded + 16)
            .putInt(0)
            .putInt((int) (ticks >>> 32))
            .putInt((int) ticks)
            .putInt(bytes.length)
            .putInt(bytes.length)
            .put(bytes)
            .position(20 + padded)
            .putShort((short) 4)
            .putShort((short) 8)
            .putLong(dropped);
    return block(ENHANCED_PACKET, body);
  }

  /** Adds a packet of interface 0 that has no time. */
  public PcapngFile addSimple(byte[] bytes, int originalLength) {
    return block(
        SIMPLE_PACKET, allocate(4 + (bytes.length + 3 & ~3)).putInt(originalLength).put(bytes));
  }

  private PcapngFile block(int type, ByteBuffer body) {
    int length = body.capacity() + 12;
    out.writeBytes(
        allocate(length).putInt(type).putInt(length).put(body.rewind()).putInt(length).array());
    return this;
  }

  private ByteBuffer allocate(int length) {
    return ByteBuffer.allocate(length).order(order);
  }

  public byte[] bytes() {
    return out.toByteArray();
  }
}
