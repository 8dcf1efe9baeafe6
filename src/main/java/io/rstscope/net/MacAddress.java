package io.rstscope.net;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** A MAC address held in the low 48 bits of a long. */
public final class MacAddress {
  private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

  private MacAddress() {}

  /** {@code 0a:1b:2c:3d:4e:5f}. */
  public static String text(long bits) {
    return COLONS.formatHex(ByteBuffer.allocate(Long.BYTES).putLong(bits).array(), 2, Long.BYTES);
  }
}
