package io.rstscope.capture;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes a pcapng file of one section (draft-ietf-opsawg-pcapng): interfaces, and packets that may
 * carry a comment, which Wireshark shows with the packet and finds with {@code frame.comment}.
 *
 * <pre>
 *  block             option
 *  0 type            0 code
 *  4 total length    2 length
 *  8 body            4 value, padded to 32 bits
 *  n total length
 * </pre>
 *
 * <p>Times are written in nanoseconds. Each block is handed to the stream in one piece, so that a
 * file that is cut short ends between blocks, or inside the last one. Used by one thread.
 */
public final class PcapngWriter {
  private static final int SECTION = 0x0a0d0d0a;
  private static final int INTERFACE = 1;
  private static final int STATISTICS = 5;
  private static final int ENHANCED_PACKET = 6;
  private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;

  private static final int COMMENT = 1;
  private static final int SECTION_APPLICATION = 4;
  private static final int INTERFACE_NAME = 2;
  private static final int INTERFACE_RESOLUTION = 9;
  private static final int PACKET_FLAGS = 2;

  /** Ten to the power of minus so much seconds is a tick. */
  private static final byte NANOSECONDS = 9;

  private static final byte[] NOTHING = {};

  /** Longer texts are cut: the length of an option has 16 bits. */
  private static final int MAX_TEXT = 0xfff0;

  /** Room for the header and the fixed fields of any block, both lengths, and short options. */
  private static final int OVERHEAD = 96;

  private static final int PACKET_DROPCOUNT = 4;

  private static final int STATISTICS_RECEIVED = 4;
  private static final int STATISTICS_DROPPED_BY_INTERFACE = 5;
  private static final int STATISTICS_DROPPED_BY_KERNEL = 7;

  private final OutputStream out;

  /** The block being written; used again, as packets are many. */
  private ByteBuffer block = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);

  private int interfaces;

  /**
   * Writes the section header.
   *
   * @param out is neither closed nor flushed
   * @param application what wrote the file, or null
   * @throws IOException when the stream cannot be written
   */
  public PcapngWriter(OutputStream out, String application) throws IOException {
    this(out, application, null);
  }

  /**
   * Writes the section header.
   *
   * @param out is neither closed nor flushed
   * @param application what wrote the file, or null
   * @param comment what the file is, or null
   * @throws IOException when the stream cannot be written
   */
  public PcapngWriter(OutputStream out, String application, String comment) throws IOException {
    this.out = out;
    byte[] text = utf8(application);
    byte[] about = utf8(comment);
    start(SECTION, text.length + about.length);
    block.putInt(BYTE_ORDER_MAGIC).putShort((short) 1).putShort((short) 0).putLong(-1);
    option(COMMENT, about);
    option(SECTION_APPLICATION, text);
    finish();
  }

  /**
   * Describes an interface; packets may then refer to it.
   *
   * @param name what it is called, or null
   * @param linkType one of {@link LinkType}'s numbers
   * @param snapLength bytes captured of each packet at most, 0 for no limit
   * @return its number, from 0
   * @throws IOException when the stream cannot be written
   */
  public int addInterface(String name, int linkType, int snapLength) throws IOException {
    return addInterface(name, linkType, snapLength, null);
  }

  /**
   * Describes an interface; packets may then refer to it.
   *
   * @param name what it is called, or null
   * @param linkType one of {@link LinkType}'s numbers
   * @param snapLength bytes captured of each packet at most, 0 for no limit
   * @param comment where its packets come from, or null
   * @return its number, from 0
   * @throws IOException when the stream cannot be written
   */
  public int addInterface(String name, int linkType, int snapLength, String comment)
      throws IOException {
    byte[] text = utf8(name);
    byte[] about = utf8(comment);
    start(INTERFACE, text.length + about.length);
    block.putShort((short) linkType).putShort((short) 0).putInt(snapLength);
    option(COMMENT, about);
    option(INTERFACE_NAME, text);
    option(INTERFACE_RESOLUTION, new byte[] {NANOSECONDS});
    finish();
    return interfaces++;
  }

  /**
   * Writes a packet: its captured bytes, lengths, time and direction.
   *
   * @param interfaceId what {@link #addInterface} gave; the packet's own number is not looked at
   * @param comment lines about it, or null
   * @throws IOException when the stream cannot be written
   */
  public void packet(int interfaceId, CapturedPacket packet, String comment) throws IOException {
    write(interfaceId, packet, utf8(comment), 0);
  }

  /**
   * Writes a packet, and how many packets the system lost between it and the one before.
   *
   * @param interfaceId what {@link #addInterface} gave; the packet's own number is not looked at
   * @param dropped packets lost, 0 or more
   * @throws IOException when the stream cannot be written
   */
  public void packet(int interfaceId, CapturedPacket packet, long dropped) throws IOException {
    write(interfaceId, packet, NOTHING, dropped);
  }

  private void write(int interfaceId, CapturedPacket packet, byte[] comment, long dropped)
      throws IOException {
    start(ENHANCED_PACKET, packet.capturedLength + comment.length);
    block.putInt(interfaceId);
    time(packet.timeNanos);
    block
        .putInt(packet.capturedLength)
        .putInt(packet.originalLength)
        .put(packet.data, packet.offset, packet.capturedLength);
    pad();
    option(COMMENT, comment);
    if (packet.direction != CapturedPacket.DIRECTION_UNKNOWN) {
      // inbound is 1 and outbound 2 there, too (section 4.3.1)
      block.putShort((short) PACKET_FLAGS).putShort((short) 4).putInt(packet.direction);
    }
    if (dropped > 0) {
      option(PACKET_DROPCOUNT, dropped);
    }
    finish();
  }

  /**
   * Writes what the system counted on an interface since the capture began.
   *
   * @param interfaceId what {@link #addInterface} gave
   * @param timeNanos when it was counted, ns since 1970
   * @param received packets that the interface received and the filter let through
   * @param droppedByInterface packets lost by the interface or its driver
   * @param droppedByKernel packets lost for lack of room
   * @throws IOException when the stream cannot be written
   */
  public void statistics(
      int interfaceId, long timeNanos, long received, long droppedByInterface, long droppedByKernel)
      throws IOException {
    start(STATISTICS, 0);
    block.putInt(interfaceId);
    time(timeNanos);
    option(STATISTICS_RECEIVED, received);
    option(STATISTICS_DROPPED_BY_INTERFACE, droppedByInterface);
    option(STATISTICS_DROPPED_BY_KERNEL, droppedByKernel);
    finish();
  }

  private void start(int type, int variableLength) {
    block.clear();
    if (block.capacity() < OVERHEAD + variableLength) {
      block = ByteBuffer.allocate(OVERHEAD + variableLength).order(ByteOrder.LITTLE_ENDIAN);
    }
    block.putInt(type).putInt(0);
  }

  private void time(long nanos) {
    block.putInt((int) (nanos >>> 32)).putInt((int) nanos);
  }

  private void option(int code, byte[] value) {
    if (value.length > 0) {
      block.putShort((short) code).putShort((short) value.length).put(value);
      pad();
    }
  }

  private void option(int code, long value) {
    block.putShort((short) code).putShort((short) Long.BYTES).putLong(value);
  }

  private void pad() {
    while (block.position() % 4 != 0) {
      block.put((byte) 0);
    }
  }

  private void finish() throws IOException {
    block.putInt(0);
    int length = block.position() + 4;
    block.putInt(length).putInt(4, length);
    out.write(block.array(), block.arrayOffset(), length);
  }

  private static byte[] utf8(String text) {
    if (text == null) {
      return NOTHING;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return bytes.length <= MAX_TEXT ? bytes : utf8(text.substring(0, MAX_TEXT / 4));
  }
}
