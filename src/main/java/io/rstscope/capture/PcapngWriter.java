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
  private static final int ENHANCED_PACKET = 6;
  private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;

  private static final int COMMENT = 1;
  private static final int SECTION_APPLICATION = 4;
  private static final int INTERFACE_NAME = 2;
  private static final int INTERFACE_RESOLUTION = 9;
  private static final int PACKET_FLAGS = 2;

  /** Ten to the power of minus so much seconds is a tick. */
  private static final byte NANOSECONDS = 9;

  /** Longer texts are cut: the length of an option has 16 bits. */
  private static final int MAX_TEXT = 0xfff0;

  /** Room for the header and the fixed fields of any block, both lengths, and the last option. */
  private static final int OVERHEAD = 64;

  private final OutputStream out;
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
    ByteBuffer block = start(SECTION, text.length + about.length);
    block.putInt(BYTE_ORDER_MAGIC).putShort((short) 1).putShort((short) 0).putLong(-1);
    option(block, COMMENT, about);
    option(block, SECTION_APPLICATION, text);
    finish(block);
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
    ByteBuffer block = start(INTERFACE, text.length + about.length);
    block.putShort((short) linkType).putShort((short) 0).putInt(snapLength);
    option(block, COMMENT, about);
    option(block, INTERFACE_NAME, text);
    option(block, INTERFACE_RESOLUTION, new byte[] {NANOSECONDS});
    finish(block);
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
    byte[] text = utf8(comment);
    ByteBuffer block = start(ENHANCED_PACKET, packet.capturedLength + text.length);
    block
        .putInt(interfaceId)
        .putInt((int) (packet.timeNanos >>> 32))
        .putInt((int) packet.timeNanos)
        .putInt(packet.capturedLength)
        .putInt(packet.originalLength)
        .put(packet.data, packet.offset, packet.capturedLength);
    pad(block);
    option(block, COMMENT, text);
    if (packet.direction != CapturedPacket.DIRECTION_UNKNOWN) {
      // inbound is 1 and outbound 2 there, too (section 4.3.1)
      block.putShort((short) PACKET_FLAGS).putShort((short) 4).putInt(packet.direction);
    }
    finish(block);
  }

  private static ByteBuffer start(int type, int variableLength) {
    return ByteBuffer.allocate(OVERHEAD + variableLength)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(type)
        .putInt(0);
  }

  private static void option(ByteBuffer block, int code, byte[] value) {
    if (value.length > 0) {
      block.putShort((short) code).putShort((short) value.length).put(value);
      pad(block);
    }
  }

  private static void pad(ByteBuffer block) {
    while (block.position() % 4 != 0) {
      block.put((byte) 0);
    }
  }

  private void finish(ByteBuffer block) throws IOException {
    block.putInt(0);
    int length = block.position() + 4;
    block.putInt(length).putInt(4, length);
    out.write(block.array(), block.arrayOffset(), length);
  }

  private static byte[] utf8(String text) {
    if (text == null) {
      return new byte[0];
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return bytes.length <= MAX_TEXT ? bytes : utf8(text.substring(0, MAX_TEXT / 4));
  }
}
