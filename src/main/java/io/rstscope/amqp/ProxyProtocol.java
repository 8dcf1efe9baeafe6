package io.rstscope.amqp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.rstscope.wire.Bytes;
import java.util.Arrays;

/**
 * The header that a proxy may put in front of a client's bytes, versions 1 (text) and 2 (binary).
 *
 * @see <a href="https://www.haproxy.org/download/2.8/doc/proxy-protocol.txt">The PROXY protocol</a>
 */
final class ProxyProtocol {
  private static final byte[] V1 = "PROXY ".getBytes(US_ASCII);
  private static final byte[] V2 = "\r\n\r\n\0\r\nQUIT\n".getBytes(US_ASCII);

  /** What tells a header, as the specification's example code compares. */
  private static final int SIGNATURE_SEEN = 8;

  /** Section 2.1: the longest line of version 1, CR and LF included. */
  private static final int V1_MAX = 107;

  /** Section 2.2: signature, command, family, length. */
  private static final int V2_FIXED = 16;

  /** Addresses and TLVs beyond this are not believed; 536 bytes must always get through. */
  private static final int V2_MAX = 4096;

  private static final int MAX_PORT = 65_535;
  private static final int COMMAND_PROXY = 0x21;
  private static final int TCP4 = 0x11;
  private static final int TCP6 = 0x21;

  private ProxyProtocol() {}

  /** Whether the 8 bytes at {@code at} begin a header. */
  static boolean begins(byte[] bytes, int at) {
    return isVersion1(bytes, at)
        || Arrays.equals(V2, 0, SIGNATURE_SEEN, bytes, at, at + SIGNATURE_SEEN);
  }

  /** Whether a stream that begins with these bytes may begin with a header. */
  static boolean mayBegin(byte[] bytes, int length) {
    return FirstBytes.agree(V1, bytes, length) || FirstBytes.agree(V2, bytes, length);
  }

  /**
   * Length of the header that begins at {@code at}; more than {@code available} when more must come
   * to say it; {@link Framing#MALFORMED} when it is none.
   */
  static int length(byte[] bytes, int at, int available) {
    return isVersion1(bytes, at)
        ? lengthOfLine(bytes, at, available)
        : lengthOfBinary(bytes, at, available);
  }

  /** What the whole header at {@code at} says. */
  static ProxyHeader decode(byte[] bytes, int at, int length) {
    return isVersion1(bytes, at) ? decodeLine(bytes, at, length) : decodeBinary(bytes, at, length);
  }

  private static boolean isVersion1(byte[] bytes, int at) {
    return Arrays.equals(V1, 0, V1.length, bytes, at, at + V1.length);
  }

  private static int lengthOfLine(byte[] bytes, int at, int available) {
    int most = Math.min(available, V1_MAX);
    for (int i = V1.length; i < most; i++) {
      if (bytes[at + i] == '\n') {
        return i + 1;
      }
    }
    return available < V1_MAX ? available + 1 : Framing.MALFORMED;
  }

  private static ProxyHeader decodeLine(byte[] bytes, int at, int length) {
    String[] words = new String(bytes, at, length, US_ASCII).trim().split(" ", -1);
    boolean known = words.length == 6 && (words[1].equals("TCP4") || words[1].equals("TCP6"));
    if (known && words[2].matches("[0-9a-fA-F:.]{2,45}") && words[4].matches("[0-9]{1,5}")) {
      int port = Integer.parseInt(words[4]);
      return new ProxyHeader(words[2], port > MAX_PORT ? -1 : port, 1);
    }
    return new ProxyHeader(null, -1, 1);
  }

  private static int lengthOfBinary(byte[] bytes, int at, int available) {
    if (available < V2_FIXED) {
      return V2_FIXED;
    }
    int length = V2_FIXED + Bytes.u16(bytes, at + 14);
    boolean signed = Arrays.equals(V2, 0, V2.length, bytes, at, at + V2.length);
    return signed && length <= V2_MAX ? length : Framing.MALFORMED;
  }

  private static ProxyHeader decodeBinary(byte[] bytes, int at, int length) {
    int family = Bytes.u8(bytes, at + 13);
    int addresses = at + V2_FIXED;
    if (bytes[at + 12] == COMMAND_PROXY) {
      if (family == TCP4 && length >= V2_FIXED + 12) {
        return new ProxyHeader(ipv4(bytes, addresses), Bytes.u16(bytes, addresses + 8), 2);
      }
      if (family == TCP6 && length >= V2_FIXED + 36) {
        return new ProxyHeader(ipv6(bytes, addresses), Bytes.u16(bytes, addresses + 32), 2);
      }
    }
    return new ProxyHeader(null, -1, 2);
  }

  private static String ipv4(byte[] bytes, int at) {
    return Bytes.u8(bytes, at)
        + "."
        + Bytes.u8(bytes, at + 1)
        + "."
        + Bytes.u8(bytes, at + 2)
        + "."
        + Bytes.u8(bytes, at + 3);
  }

  /**
   * As RFC 5952, section 4, writes it: the longest run of zero groups, the first of equals, as ::.
   */
  private static String ipv6(byte[] bytes, int at) {
    int runStart = -1;
    int runLength = 1;
    for (int i = 0, zeros = 0; i < 8; i++) {
      zeros = Bytes.u16(bytes, at + 2 * i) == 0 ? zeros + 1 : 0;
      if (zeros > runLength) {
        runLength = zeros;
        runStart = i - zeros + 1;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      if (i == runStart) {
        text.append("::");
        i += runLength - 1;
      } else {
        String colon = text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":";
        text.append(colon).append(Integer.toHexString(Bytes.u16(bytes, at + 2 * i)));
      }
    }
    return text.toString();
  }
}
