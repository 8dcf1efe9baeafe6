package io.rstscope.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The bytes of AMQP 0-9-1 (specification, section 4.2; classes 10, 20 and 60). */
final class AmqpFrames {
  private static final int METHOD = 1;
  private static final int CONTENT_HEADER = 2;
  private static final int BODY = 3;
  private static final int HEARTBEAT = 8;
  private static final byte FRAME_END = (byte) 0xce;

  private static final int CONNECTION = 10;
  private static final int CHANNEL = 20;
  private static final int BASIC = 60;

  private static final int FRAME_MAX = 131_072;
  private static final int CHANNEL_MAX = 2047;

  /** Bytes of the longest method here. */
  private static final int LONGEST = 8_192;

  private AmqpFrames() {}

  static byte[] protocolHeader() {
    return new byte[] {'A', 'M', 'Q', 'P', 0, 0, 9, 1};
  }

  static byte[] start() {
    ByteBuffer out = method(CONNECTION, 10).put((byte) 0).put((byte) 9);
    putProperties(out, "product", "RabbitMQ", "version", "4.1.0", "platform", "Erlang/OTP 27.3");
    putLong(out, "PLAIN AMQPLAIN");
    putLong(out, "en_US");
    return frame(METHOD, 0, out);
  }

  static byte[] startOk(String product, String version, String platform) {
    return startOk("guest", "product", product, "version", version, "platform", platform);
  }

  static byte[] startOk(String user, String... properties) {
    ByteBuffer out = method(CONNECTION, 11);
    putProperties(out, properties);
    putShort(out, "PLAIN");
    putLong(out, "\0" + user + "\0guest");
    putShort(out, "en_US");
    return frame(METHOD, 0, out);
  }

  static byte[] tune(int heartbeatSeconds) {
    return frame(METHOD, 0, putLimits(method(CONNECTION, 30), heartbeatSeconds));
  }

  static byte[] tuneOk(int heartbeatSeconds) {
    return frame(METHOD, 0, putLimits(method(CONNECTION, 31), heartbeatSeconds));
  }

  static byte[] open() {
    return open("/");
  }

  static byte[] open(String vhost) {
    ByteBuffer out = method(CONNECTION, 40);
    putShort(out, vhost);
    putShort(out, "");
    return frame(METHOD, 0, out.put((byte) 0));
  }

  static byte[] openOk() {
    return frame(METHOD, 0, method(CONNECTION, 41).put((byte) 0));
  }

  static byte[] close() {
    ByteBuffer out = method(CONNECTION, 50).putShort((short) 200);
    putShort(out, "Goodbye");
    return frame(METHOD, 0, out.putInt(0));
  }

  static byte[] closeOk() {
    return frame(METHOD, 0, method(CONNECTION, 51));
  }

  static byte[] channelOpen() {
    return frame(METHOD, 1, method(CHANNEL, 10).put((byte) 0));
  }

  static byte[] channelOpenOk() {
    return frame(METHOD, 1, method(CHANNEL, 11).putInt(0));
  }

  static byte[] consume() {
    ByteBuffer out = method(BASIC, 20).putShort((short) 0);
    putShort(out, "orders");
    putShort(out, "ctag1.1");
    return frame(METHOD, 1, out.put((byte) 0).putInt(0));
  }

  static byte[] consumeOk() {
    ByteBuffer out = method(BASIC, 21);
    putShort(out, "ctag1.1");
    return frame(METHOD, 1, out);
  }

  static byte[] publish() {
    ByteBuffer out = method(BASIC, 40).putShort((short) 0);
    putShort(out, "shop");
    putShort(out, "orders.new");
    return frame(METHOD, 1, out.put((byte) 0));
  }

  static byte[] deliver() {
    ByteBuffer out = method(BASIC, 60);
    putShort(out, "ctag1.1");
    out.putLong(1).put((byte) 0);
    putShort(out, "shop");
    putShort(out, "orders.new");
    return frame(METHOD, 1, out);
  }

  static byte[] acknowledge() {
    return frame(METHOD, 1, method(BASIC, 80).putLong(1).put((byte) 0));
  }

  static byte[] heartbeat() {
    return frame(HEARTBEAT, 0, ByteBuffer.allocate(0));
  }

  /** Puts what lies between the method of a message and its body. */
  static void putContentHead(ByteBuffer out, int bodyLength) {
    out.put((byte) CONTENT_HEADER).putShort((short) 1).putInt(14);
    out.putShort((short) BASIC).putShort((short) 0).putLong(bodyLength).putShort((short) 0);
    out.put(FRAME_END);
    out.put((byte) BODY).putShort((short) 1).putInt(bodyLength);
  }

  /** Puts what ends every frame. */
  static void putFrameEnd(ByteBuffer out) {
    out.put(FRAME_END);
  }

  private static ByteBuffer method(int classId, int methodId) {
    return ByteBuffer.allocate(LONGEST).putShort((short) classId).putShort((short) methodId);
  }

  private static byte[] frame(int type, int channel, ByteBuffer payload) {
    int length = payload.position();
    ByteBuffer out = ByteBuffer.allocate(length + 8);
    out.put((byte) type).putShort((short) channel).putInt(length);
    out.put(payload.flip()).put(FRAME_END);
    return out.array();
  }

  private static ByteBuffer putLimits(ByteBuffer out, int heartbeatSeconds) {
    return out.putShort((short) CHANNEL_MAX).putInt(FRAME_MAX).putShort((short) heartbeatSeconds);
  }

  private static void putProperties(ByteBuffer out, String... namesAndValues) {
    int length = out.position();
    out.putInt(0);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      putShort(out, namesAndValues[i]);
      out.put((byte) 'S');
      putLong(out, namesAndValues[i + 1]);
    }
    out.putInt(length, out.position() - length - 4);
  }

  private static void putShort(ByteBuffer out, String text) {
    out.put((byte) text.length()).put(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static void putLong(ByteBuffer out, String text) {
    out.putInt(text.length()).put(text.getBytes(StandardCharsets.US_ASCII));
  }
}
