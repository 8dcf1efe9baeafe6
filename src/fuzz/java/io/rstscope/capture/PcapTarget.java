package io.rstscope.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.capture.Reading.Packet;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads a pcap file, and compares with the plainest way to do so. */
public final class PcapTarget {
  private static final int FILE_HEADER = 24;

  private PcapTarget() {}

  /** Takes a file; one that does not begin as pcap does is none of its business. */
  public static void fuzzerTestOneInput(byte[] file) {
    if (file.length < FILE_HEADER || !PcapReader.isMagic(ByteBuffer.wrap(file).getInt())) {
      return;
    }
    Reading reading = ReadingChecks.read(file);
    ByteBuffer plain = ByteBuffer.wrap(file);
    int magic = plain.getInt(0);
    if (magic >>> 24 != 0xa1) {
      plain.order(ByteOrder.LITTLE_ENDIAN);
      magic = plain.getInt(0);
    }
    int header = magic == 0xa1b2cd34 ? 24 : 16;
    long unit = magic == 0xa1b23c4d ? 1 : 1_000;
    int at = FILE_HEADER;
    for (Packet packet : reading.packets()) {
      int captured = packet.bytes().size();
      long seconds = Integer.toUnsignedLong(plain.getInt(at));
      long fraction = Integer.toUnsignedLong(plain.getInt(at + 4));
      assertEquals(seconds * 1_000_000_000L + fraction * unit, packet.timeNanos());
      assertTrue(plain.getInt(at + 8) == captured || plain.getInt(at + 12) == captured);
      assertTrue(captured == 0 || packet.bytes().get(0) == file[at + header]);
      at += header + captured;
    }
    assertTrue(reading.failure() != null || at == file.length, "ends before its end");
  }
}
