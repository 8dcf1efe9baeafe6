package io.rstscope.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** Reads a pcapng file. */
public final class PcapngTarget {
  private PcapngTarget() {}

  /** Takes a file; one that does not begin as pcapng does is none of its business. */
  public static void fuzzerTestOneInput(byte[] file) {
    if (file.length < Integer.BYTES || !PcapngReader.isMagic(ByteBuffer.wrap(file).getInt())) {
      return;
    }
    Reading reading = ReadingChecks.read(file);
    Map<Integer, Integer> linkTypes = new HashMap<>();
    for (Reading.Packet packet : reading.packets()) {
      Integer known = linkTypes.putIfAbsent(packet.interfaceId(), packet.linkType());
      assertEquals(known == null ? packet.linkType() : known, packet.linkType());
    }
    // an interface takes 20 bytes of the file
    assertTrue(linkTypes.keySet().stream().allMatch(id -> id < file.length / 20));
  }
}
