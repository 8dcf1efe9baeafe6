package io.rstscope.amqp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.rstscope.net.Side;
import io.rstscope.wire.Bytes;
import java.util.Arrays;

/** Tells protocols apart by the first bytes of a stream. */
final class FirstBytes {
  /** Bytes that tell; also the length of AMQP's protocol header. */
  static final int LENGTH = 8;

  private static final int AMQP = 0x414d5150;
  private static final int VERSION_0_9_1 = 0x0000_0901;
  private static final int VERSION_1_0 = 0x0001_0000;

  /** Protocol ids 2 and 3 of version 1.0 (sections 5.2 and 5.3). */
  private static final int VERSION_1_0_TLS = 0x0201_0000;

  private static final int VERSION_1_0_SASL = 0x0301_0000;

  /** RFC 8446, section 5.2: the longest record of any version, TLS 1.2's with its expansion. */
  private static final int TLS_MAX_RECORD = (1 << 14) + 2048;

  /** Up to what tells a TLS hello of the client from that of the broker. */
  static final int TLS_HELLO_LENGTH = 6;

  private static final int TLS_HANDSHAKE = 0x16;
  private static final int TLS_CLIENT_HELLO = 1;
  private static final int TLS_SERVER_HELLO = 2;

  private static final byte[] AMQP_NAME = "AMQP".getBytes(US_ASCII);
  private static final byte[] TLS_RECORD = {TLS_HANDSHAKE, 3};

  /** The broker's first frame is a method of channel 0. */
  private static final byte[] FIRST_FRAME = {Amqp091.FRAME_METHOD, 0, 0};

  private static final String[] HTTP_METHODS = {
    "GET ", "HEAD ", "POST ", "PUT ", "DELETE ", "CONNECT ", "OPTIONS ", "TRACE ", "PATCH ", "PRI "
  };
  private static final String[] STOMP_COMMANDS = {"CONNECT\n", "CONNECT\r", "STOMP\n", "STOMP\r"};

  private FirstBytes() {}

  /** Whether the 8 bytes at {@code at} are an AMQP protocol header of any version. */
  static boolean isAmqpHeader(byte[] bytes, int at) {
    return Bytes.i32(bytes, at) == AMQP;
  }

  /**
   * Whether a stream that begins with these bytes, fewer than tell, may be one that is read. What
   * may be the password of another protocol is not.
   */
  static boolean mayBeRead(Side sender, byte[] bytes, int length) {
    return agree(AMQP_NAME, bytes, length)
        || agree(TLS_RECORD, bytes, length)
        || (sender == Side.BROKER
            ? agree(FIRST_FRAME, bytes, length)
            : ProxyProtocol.mayBegin(bytes, length));
  }

  /** Whether both are the same as far as the shorter one goes. */
  static boolean agree(byte[] wanted, byte[] bytes, int length) {
    int both = Math.min(wanted.length, length);
    return Arrays.equals(wanted, 0, both, bytes, 0, both);
  }

  /** What the 8 bytes at {@code at} begin, when they begin a stream. */
  static AmqpProtocol protocol(byte[] bytes, int at) {
    if (isAmqpHeader(bytes, at)) {
      return version(Bytes.i32(bytes, at + 4));
    }
    if (isTlsHello(bytes, at)) {
      return AmqpProtocol.TLS;
    }
    if (startsWithAny(STOMP_COMMANDS, bytes, at)) {
      return AmqpProtocol.STOMP;
    }
    if (startsWithAny(HTTP_METHODS, bytes, at)) {
      return AmqpProtocol.HTTP;
    }
    if (startsWith("SSH-", bytes, at)) {
      return AmqpProtocol.SSH;
    }
    return isMqttConnect(bytes, at) ? AmqpProtocol.MQTT : AmqpProtocol.UNKNOWN;
  }

  /** Whether a TLS record seems to begin at {@code at} (RFC 8446, section 5.1). */
  static boolean isTlsRecord(byte[] bytes, int at, int available) {
    return available >= 5
        && bytes[at] >= 0x14
        && bytes[at] <= 0x17
        && bytes[at + 1] == 3
        && bytes[at + 2] >= 0
        && bytes[at + 2] <= 4
        && Bytes.u16(bytes, at + 3) <= TLS_MAX_RECORD;
  }

  /** Which side sends the TLS hello at {@code at}, or null when it is none. */
  static Side senderOfTlsHello(byte[] bytes, int at, int available) {
    return isTlsHello(bytes, at, available) ? Side.of(bytes[at + 5] == TLS_CLIENT_HELLO) : null;
  }

  /** Whether the 8 bytes at {@code at} are the first ones of TLS. */
  static boolean isTlsHello(byte[] bytes, int at) {
    return isTlsHello(bytes, at, LENGTH);
  }

  private static boolean isTlsHello(byte[] bytes, int at, int available) {
    return available >= TLS_HELLO_LENGTH
        && bytes[at] == TLS_HANDSHAKE
        && isTlsRecord(bytes, at, available)
        && (bytes[at + 5] == TLS_CLIENT_HELLO || bytes[at + 5] == TLS_SERVER_HELLO);
  }

  private static AmqpProtocol version(int idAndVersion) {
    return switch (idAndVersion) {
      case VERSION_0_9_1 -> AmqpProtocol.AMQP_0_9_1;
      case VERSION_1_0, VERSION_1_0_SASL -> AmqpProtocol.AMQP_1_0;
      case VERSION_1_0_TLS -> AmqpProtocol.TLS;
      default -> AmqpProtocol.AMQP_OTHER;
    };
  }

  /** A CONNECT packet: type 1, its length in one or two bytes, the name MQTT (MQTT 5.0, 3.1). */
  private static boolean isMqttConnect(byte[] bytes, int at) {
    if (bytes[at] != 0x10) {
      return false;
    }
    int name = bytes[at + 1] < 0 ? at + 3 : at + 2;
    return bytes[name] == 0
        && (bytes[name + 1] == 4 || bytes[name + 1] == 6)
        && bytes[name + 2] == 'M'
        && bytes[name + 3] == 'Q';
  }

  private static boolean startsWithAny(String[] words, byte[] bytes, int at) {
    for (String word : words) {
      if (startsWith(word, bytes, at)) {
        return true;
      }
    }
    return false;
  }

  private static boolean startsWith(String word, byte[] bytes, int at) {
    byte[] wanted = word.getBytes(US_ASCII);
    return Arrays.equals(wanted, 0, wanted.length, bytes, at, at + wanted.length);
  }
}
