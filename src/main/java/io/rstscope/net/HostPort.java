package io.rstscope.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Address and port of one side of a flow.
 *
 * @param address as text: dotted IPv4, or IPv6 in the form of RFC 5952
 * @param port 0 to 65,535
 */
public record HostPort(String address, int port) {
  /** Of the longest address, with a dot after each number. */
  private static final int IPV4_LENGTH = 16;

  /**
   * Of an IPv4 address and a port.
   *
   * @param bits the address in network order
   */
  public static HostPort ofIpv4(int bits, int port) {
    return new HostPort(ipv4(bits), port);
  }

  /**
   * Of an IPv6 address and a port.
   *
   * @param high the first 64 bits of the address
   * @param low the other 64 bits
   */
  public static HostPort ofIpv6(long high, long low, int port) {
    return new HostPort(ipv6(high, low), port);
  }

  /** Of an address of the JDK. */
  public static HostPort of(InetAddress address, int port) {
    ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
    return address instanceof Inet4Address
        ? ofIpv4(bytes.getInt(), port)
        : ofIpv6(bytes.getLong(), bytes.getLong(), port);
  }

  // By hand: those of a record take 5 ms at their first use (native-notes/memory.md).
  @Override
  public boolean equals(Object other) {
    return other instanceof HostPort that && port == that.port && address.equals(that.address);
  }

  @Override
  public int hashCode() {
    return 31 * address.hashCode() + port;
  }

  /** Digit by digit, as it is written for each flow that ends. */
  private static String ipv4(int bits) {
    byte[] text = new byte[IPV4_LENGTH];
    int length = 0;
    for (int shift = 24; shift >= 0; shift -= 8) {
      int part = bits >>> shift & 0xff;
      if (part >= 100) {
        text[length++] = (byte) ('0' + part / 100);
      }
      if (part >= 10) {
        text[length++] = (byte) ('0' + part / 10 % 10);
      }
      text[length++] = (byte) ('0' + part % 10);
      text[length++] = '.';
    }
    return new String(text, 0, length - 1, StandardCharsets.ISO_8859_1);
  }

  /**
   * RFC 5952, section 4: no leading zeros, lower case, the first longest run of two or more zero
   * groups shortened.
   */
  private static String ipv6(long high, long low) {
    int bestStart = -1;
    int bestLength = 1;
    for (int i = 0; i < 8; i++) {
      int length = 0;
      while (i + length < 8 && group(high, low, i + length) == 0) {
        length++;
      }
      if (length > bestLength) {
        bestStart = i;
        bestLength = length;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      if (i == bestStart) {
        text.append("::");
        i += bestLength - 1;
      } else {
        if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
          text.append(':');
        }
        text.append(Integer.toHexString(group(high, low, i)));
      }
    }
    return text.toString();
  }

  private static int group(long high, long low, int i) {
    return (int) ((i < 4 ? high : low) >>> 48 - i % 4 * 16) & 0xffff;
  }

  /** {@code 10.0.0.1:5672}, {@code [2001:db8::1]:5672}. */
  @Override
  public String toString() {
    return (address.indexOf(':') >= 0 ? "[" + address + "]" : address) + ":" + port;
  }
}
