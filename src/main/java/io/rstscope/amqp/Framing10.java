package io.rstscope.amqp;

import io.rstscope.net.Side;
import io.rstscope.wire.Bytes;

/**
 * Frames of AMQP 1.0 (part 2, section 2.3), and the protocol headers between them.
 *
 * <pre>
 *  0        4      5      6         8
 *  +--------+------+------+---------+-----------------+--------------+
 *  |  size  | doff | type | channel | extended header | performative |
 *  +--------+------+------+---------+-----------------+--------------+
 * </pre>
 *
 * Size counts the whole frame; doff is where the body begins, in words of 4 bytes. A performative
 * is a described list. An empty body is a heartbeat.
 */
final class Framing10 implements Framing {
  private static final int HEADER_LENGTH = 8;
  private static final int TYPE_AMQP = 0;
  private static final int TYPE_SASL = 1;

  /** Longer frames are taken for nonsense. */
  private static final int MAX_SIZE = 1 << 27;

  private static final int MAX_PLAUSIBLE_SIZE = 1 << 20;

  /** Nobody uses extended headers; a few words are let pass. */
  private static final int MAX_BODY_OFFSET = 64;

  /** Bytes of 0x00, constructor and code: the shortest form, which everybody sends. */
  private static final int DESCRIPTOR_LENGTH = 3;

  private static final int SMALL_ULONG = 0x53;

  /** A performative that is read is not looked at beyond this. */
  private static final int MAX_READ = 4096;

  @Override
  public int need(byte[] bytes, int at, int available) {
    if (available < HEADER_LENGTH) {
      return HEADER_LENGTH;
    }
    if (FirstBytes.isAmqpHeader(bytes, at)) {
      return FirstBytes.LENGTH;
    }
    if (!isHeader(bytes, at)) {
      return MALFORMED;
    }
    int size = Bytes.i32(bytes, at);
    int descriptorEnd = bodyOffset(bytes, at) + DESCRIPTOR_LENGTH;
    if (descriptorEnd > size) {
      return HEADER_LENGTH;
    }
    if (available < descriptorEnd) {
      return descriptorEnd;
    }
    return Performatives10.isRead(code(bytes, at)) ? Math.min(size, MAX_READ) : descriptorEnd;
  }

  @Override
  public int length(byte[] bytes, int at, int available) {
    if (available < HEADER_LENGTH) {
      return MALFORMED;
    }
    return FirstBytes.isAmqpHeader(bytes, at) ? FirstBytes.LENGTH : Bytes.i32(bytes, at);
  }

  @Override
  public boolean accept(ConnectionFacts connection, Side from, byte[] bytes, int at, int visible) {
    if (FirstBytes.isAmqpHeader(bytes, at)) {
      return true;
    }
    int body = bodyOffset(bytes, at);
    if (Bytes.i32(bytes, at) == body) {
      connection.heartbeat();
    } else if (visible >= body + DESCRIPTOR_LENGTH) {
      Performatives10.accept(
          connection, from, code(bytes, at), bytes, at + body + DESCRIPTOR_LENGTH, at + visible);
    }
    return true;
  }

  /** Steps over none: transfers are few and large, one frame each. */
  @Override
  public int passMessages(byte[] bytes, int at, int end) {
    return at;
  }

  @Override
  public boolean endsBefore(byte[] bytes, int end) {
    return true;
  }

  @Override
  public int endLength() {
    return 0;
  }

  /** What is behind the header is read anyway. */
  @Override
  public int plausibleLength(byte[] bytes, int at) {
    return HEADER_LENGTH;
  }

  @Override
  public boolean isPlausible(byte[] bytes, int at, int available) {
    if (available < HEADER_LENGTH || !isHeader(bytes, at) || bytes[at + 4] != 2) {
      return false;
    }
    int size = Bytes.i32(bytes, at);
    if (size > MAX_PLAUSIBLE_SIZE) {
      return false;
    }
    boolean empty = size == HEADER_LENGTH;
    boolean fits =
        empty
            ? Bytes.i32(bytes, at + 4) == 0x0200_0000
            : available < HEADER_LENGTH + DESCRIPTOR_LENGTH
                || Performatives10.isKnown(code(bytes, at));
    // a length that is not nonsense begins with a small byte
    return fits && (size + 4 > available || Bytes.u8(bytes, at + size) < MAX_SIZE >> 24);
  }

  private static boolean isHeader(byte[] bytes, int at) {
    int size = Bytes.i32(bytes, at);
    int body = bodyOffset(bytes, at);
    int type = bytes[at + 5];
    return body >= HEADER_LENGTH
        && body <= MAX_BODY_OFFSET
        && size >= body
        && size <= MAX_SIZE
        && (type == TYPE_AMQP || type == TYPE_SASL);
  }

  private static int bodyOffset(byte[] bytes, int at) {
    return 4 * Bytes.u8(bytes, at + 4);
  }

  /** The performative's code, or -1 when it is not in the form that everybody sends. */
  private static int code(byte[] bytes, int at) {
    int descriptor = at + bodyOffset(bytes, at);
    boolean usual = bytes[descriptor] == Values10.DESCRIBED && bytes[descriptor + 1] == SMALL_ULONG;
    return usual ? Bytes.u8(bytes, descriptor + 2) : -1;
  }
}
