package io.rstscope.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes packets into a pcap file with times in nanoseconds, big endian. */
public final class PcapFile {
  private static final int MAGIC_NANOSECONDS = 0xa1b23c4d;
  private static final int SNAP_LENGTH = 262_144;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /**
   * @param linkType one of {@link io.rstscope.capture.LinkType}'s
   */
  public PcapFile(int linkType) {
    out.writeBytes(
        ByteBuffer.allocate(24)
            .putInt(MAGIC_NANOSECONDS)
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
        ByteBuffer.allocate(16 + bytes.length)
            .putInt((int) (timeNanos / NANOS_PER_SECOND))
            .putInt((int) (timeNanos % NANOS_PER_SECOND))
            .putInt(bytes.length)
            .putInt(originalLength)
            .put(bytes)
            .array());
    return this;
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
