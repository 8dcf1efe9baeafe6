package io.rstscope.capture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Builds captures byte by byte, right ones and wrong ones. */
final class CaptureBuilder {
  static final int PCAP_MICROSECONDS = 0xa1b2c3d4;
  static final int PCAP_NANOSECONDS = 0xa1b23c4d;
  static final int PCAP_MODIFIED = 0xa1b2cd34;
  static final int SECTION_HEADER = 0x0a0d0d0a;

  private final ByteOrder order;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<Integer> boundaries = new ArrayList<>();

  CaptureBuilder(ByteOrder order) {
    this.order = order;
  }

  static CaptureBuilder littleEndian() {
    return new CaptureBuilder(ByteOrder.LITTLE_ENDIAN);
  }

  static CaptureBuilder bigEndian() {
    return new CaptureBuilder(ByteOrder.BIG_ENDIAN);
  }

  /** Bytes that differ from each other and between packets. */
  static byte[] payload(int length, int seed) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 7 + seed);
    }
    return bytes;
  }

  CaptureBuilder u16(int... values) {
    for (int value : values) {
      raw(ByteBuffer.allocate(2).order(order).putShort((short) value).array());
    }
    return this;
  }

  CaptureBuilder u32(long... values) {
    for (long value : values) {
      raw(ByteBuffer.allocate(4).order(order).putInt((int) value).array());
    }
    return this;
  }

  CaptureBuilder u64(long value) {
    return raw(ByteBuffer.allocate(8).order(order).putLong(value).array());
  }

  CaptureBuilder raw(byte... bytes) {
    out.writeBytes(bytes);
    return this;
  }

  /** The header of a pcap file of version 2.4. */
  CaptureBuilder pcapHeader(int magic, int linkType) {
    return pcapHeader(magic, 2, 4, linkType);
  }

  CaptureBuilder pcapHeader(int magic, int major, int minor, int linkType) {
    return u32(magic).u16(major, minor).u32(0, 0, 262_144, linkType).boundary();
  }

  /** A record of a pcap file, not of the modified variant. */
  CaptureBuilder pcapPacket(long seconds, long fraction, int originalLength, byte[] captured) {
    return u32(seconds, fraction, captured.length, originalLength).raw(captured).boundary();
  }

  /** A section header of version 1.0 and unknown length. */
  CaptureBuilder section() {
    return block(SECTION_HEADER, body().u32(0x1a2b3c4d).u16(1, 0).u64(-1));
  }

  CaptureBuilder interfaceDescription(int linkType, int snapLength, CaptureBuilder options) {
    return block(1, body().u16(linkType, 0).u32(snapLength).raw(options.bytes()));
  }

  CaptureBuilder interfaceDescription(int linkType) {
    return interfaceDescription(linkType, 0, body());
  }

  CaptureBuilder enhancedPacket(int id, long ticks, int original, byte[] data) {
    return enhancedPacket(id, ticks, original, data, body());
  }

  CaptureBuilder enhancedPacket(
      int id, long ticks, int original, byte[] data, CaptureBuilder options) {
    CaptureBuilder body = body().u32(id, ticks >>> 32, ticks, data.length, original).raw(data);
    return block(6, body.pad().raw(options.bytes()));
  }

  CaptureBuilder simplePacket(int original, byte[] data) {
    return block(3, body().u32(original).raw(data));
  }

  CaptureBuilder obsoletePacket(
      int id, int drops, long ticks, int original, byte[] data, CaptureBuilder options) {
    CaptureBuilder body = body().u16(id, drops).u32(ticks >>> 32, ticks, data.length, original);
    return block(2, body.raw(data).pad().raw(options.bytes()));
  }

  /** A block whose lengths are right. */
  CaptureBuilder block(int type, CaptureBuilder body) {
    byte[] bytes = body.pad().bytes();
    int length = bytes.length + 12;
    return u32(type, length).raw(bytes).u32(length).boundary();
  }

  CaptureBuilder option(int code, CaptureBuilder value) {
    return u16(code, value.size()).raw(value.bytes()).pad();
  }

  CaptureBuilder endOfOptions() {
    return u16(0, 0);
  }

  /** An empty builder of the same byte order. */
  CaptureBuilder body() {
    return new CaptureBuilder(order);
  }

  CaptureBuilder pad() {
    return raw(new byte[-size() & 3]);
  }

  int size() {
    return out.size();
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  /** Offsets where a header or a record ends, in order. */
  List<Integer> boundaries() {
    return boundaries;
  }

  private CaptureBuilder boundary() {
    boundaries.add(size());
    return this;
  }
}
