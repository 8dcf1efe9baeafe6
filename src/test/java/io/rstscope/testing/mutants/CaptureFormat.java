package io.rstscope.testing.mutants;

import io.rstscope.capture.LinkType;
import io.rstscope.testing.PcapFile;
import io.rstscope.testing.PcapngFile;
import io.rstscope.testing.Recorded;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * A way to write a capture.
 *
 * @param linkType the only one, or -1 when there may be several
 * @param resolution of times, as the pcapng option {@code if_tsresol} says it
 */
public record CaptureFormat(int linkType, ByteOrder order, int resolution, boolean gzip) {
  private static final int PCAPNG = -1;
  private static final int BINARY = 0x80;
  private static final long NANOS = 1_000_000_000L;

  /** Any. */
  public static CaptureFormat any(Random random) {
    ByteOrder order = random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    boolean gzip = random.nextInt(4) == 0;
    return random.nextBoolean()
        ? new CaptureFormat(
            PCAPNG,
            order,
            Mutation.oneOf(random, 3, 6, 9, BINARY | 10, BINARY | 20, BINARY | 30),
            gzip)
        : new CaptureFormat(
            Mutation.oneOf(
                random,
                LinkType.ETHERNET,
                LinkType.ETHERNET,
                LinkType.ETHERNET,
                LinkType.LINUX_SLL,
                LinkType.LINUX_SLL2,
                LinkType.RAW,
                LinkType.NULL,
                LinkType.LOOP),
            order,
            Mutation.oneOf(random, 6, 9),
            gzip);
  }

  /** The packets as a capture. */
  public byte[] write(List<Recorded> packets) {
    byte[] capture = linkType == PCAPNG ? pcapng(packets) : pcap(packets);
    return gzip ? compress(capture) : capture;
  }

  private byte[] pcap(List<Recorded> packets) {
    PcapFile file = new PcapFile(linkType, order, resolution == 9);
    packets.forEach(packet -> file.add(packet.nanos(), packet.bytes(), packet.originalLength()));
    return file.bytes();
  }

  /** With one interface for each link type. */
  private byte[] pcapng(List<Recorded> packets) {
    PcapngFile file = new PcapngFile(order);
    Map<Integer, Integer> interfaces = new HashMap<>();
    for (Recorded packet : packets) {
      Integer id = interfaces.get(packet.linkType());
      if (id == null) {
        id = interfaces.size();
        interfaces.put(packet.linkType(), id);
        file.addInterface(packet.linkType(), resolution);
      }
      file.add(id, ticks(packet.nanos()), packet.bytes(), packet.originalLength());
    }
    return file.bytes();
  }

  private long ticks(long nanos) {
    if ((resolution & BINARY) == 0) {
      return nanos / (long) Math.pow(10, 9 - resolution);
    }
    int bits = resolution & ~BINARY;
    return (nanos / NANOS << bits) + ((nanos % NANOS << bits) / NANOS);
  }

  private static byte[] compress(byte[] content) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }
}
