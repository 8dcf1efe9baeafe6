package io.rstscope.testing;

import io.rstscope.capture.CapturedPacket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Writes packets into a pcap file. */
public final class PcapFile {
  private static final int MAGIC_NANOSECONDS = 0xa1b23c4d;
  private static final int MAGIC_MICROSECONDS = 0xa1b2c3d4;
  private static final int SNAP_LENGTH = 262_144;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteOrder order;
  private final int nanosPerTick;

  /**
   * With times in nanoseconds, big endian.
   *
   * @param linkType one of {@link io.rstscope.capture.LinkType}'s
   */
  public PcapFile(int linkType) {
    this(linkType, ByteOrder.BIG_ENDIAN, true);
  }

  /** With times in nanoseconds or microseconds. */
  public PcapFile(int linkType, ByteOrder order, boolean nanoseconds) {
    this.order = order;
    nanosPerTick = nanoseconds ? 1 : 1_000;
    out.writeBytes(
        allocate(24)
            .putInt(nanoseconds ? MAGIC_NANOSECONDS : MAGIC_MICROSECONDS)
            .putShort((short) 2)
            .putShort((short) 4)
            .putInt(0)
            .putInt(0)
            .putInt(SNAP_LENGTH)
            .putInt(linkType)
            .array());
  }

  /**
   * Adds a packet.
   *
   * @param timeNanos since 1970-01-01 UTC
   */
  public PcapFile add(long timeNanos, Packets packet) {
    byte[] bytes = packet.bytes();
    return add(timeNanos, bytes, bytes.length);
  }

  /**
   * Adds a packet of which only {@code bytes} were captured.
   *
   * @param originalLength bytes on the wire
   */
  public PcapFile add(long timeNanos, byte[] bytes, int originalLength) {
    out.writeBytes(
        allocate(16 + bytes.length)
            .putInt((int) (timeNanos / NANOS_PER_SECOND))
            .putInt((int) (timeNanos % NANOS_PER_SECOND) / nanosPerTick)
            .putInt(bytes.length)
            .putInt(originalLength)
            .put(bytes)
            .array());
    return this;
  }

  /** Adds a packet as it was captured. */
  public PcapFile add(CapturedPacket packet) {
    byte[] captured = Arrays.copyOf(packet.data, packet.capturedLength);
    return add(packet.timeNanos, captured, packet.originalLength);
  }

  private ByteBuffer allocate(int length) {
    return ByteBuffer.allocate(length).order(order);
  }

  public byte[] bytes() {
    return out.toByteArray();
  }

  /**
   * Writes the file.
   *
   * @return {@code path}
   */
  public Path writeTo(Path path) throws IOException {
    return Files.write(path, bytes());
  }
}
