package io.rstscope.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The frames that open and close an AMQP 0-9-1 connection, as short as they may be. */
public final class AmqpFrames {
  private AmqpFrames() {}

  public static byte[] protocolHeader() {
    return new byte[] {'A', 'M', 'Q', 'P', 0, 0, 9, 1};
  }

  public static byte[] start() {
    return method(10, new byte[] {0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
  }

  public static byte[] startOk() {
    return method(11, new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
  }

  public static byte[] tune() {
    return method(30, new byte[] {0, 0, 0, 2, 0, 0, 0, 60});
  }

  public static byte[] tuneOk() {
    return method(31, new byte[] {0, 0, 0, 2, 0, 0, 0, 60});
  }

  public static byte[] open() {
    return method(40, new byte[] {1, '/', 0, 0});
  }

  public static byte[] openOk() {
    return method(41, new byte[] {0});
  }

  public static byte[] close(int code, String text) {
    byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    return method(
        50,
        ByteBuffer.allocate(7 + ascii.length)
            .putShort((short) code)
            .put((byte) ascii.length)
            .put(ascii)
            .putInt(0)
            .array());
  }

  public static byte[] closeOk() {
    return method(51, new byte[0]);
  }

  public static byte[] heartbeat() {
    return frame(8, new byte[0]);
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  private static byte[] method(int id, byte[] arguments) {
    return frame(
        1,
        ByteBuffer.allocate(4 + arguments.length)
            .putShort((short) 10)
            .putShort((short) id)
            .put(arguments)
            .array());
  }

  private static byte[] frame(int type, byte[] payload) {
    return ByteBuffer.allocate(8 + payload.length)
        .put((byte) type)
        .putShort((short) 0)
        .putInt(payload.length)
        .put(payload)
        .put((byte) 0xce)
        .array();
  }
}
