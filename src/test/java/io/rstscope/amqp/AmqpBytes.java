package io.rstscope.amqp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** Puts together what a client or a broker sends, byte by byte as the specifications say. */
public final class AmqpBytes {
  public static final String PASSWORD = "Tr0ub4dor&3";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public static AmqpBytes bytes() {
    return new AmqpBytes();
  }

  public static byte[] join(byte[]... parts) {
    AmqpBytes joined = bytes();
    for (byte[] part : parts) {
      joined.raw(part);
    }
    return joined.array();
  }

  public AmqpBytes u8(int value) {
    out.write(value);
    return this;
  }

  public AmqpBytes u16(int value) {
    return u8(value >> 8).u8(value);
  }

  public AmqpBytes u32(long value) {
    return u16((int) (value >> 16)).u16((int) value);
  }

  public AmqpBytes raw(byte[] value) {
    out.writeBytes(value);
    return this;
  }

  /** Each character is a byte. */
  public AmqpBytes ascii(String value) {
    return raw(value.getBytes(ISO_8859_1));
  }

  public AmqpBytes shortString(String value) {
    byte[] utf8 = value.getBytes(UTF_8);
    return u8(utf8.length).raw(utf8);
  }

  public AmqpBytes longString(String value) {
    byte[] utf8 = value.getBytes(UTF_8);
    return u32(utf8.length).raw(utf8);
  }

  public AmqpBytes table(byte[] pairs) {
    return u32(pairs.length).raw(pairs);
  }

  /** A pair of a table whose value is a string. */
  public AmqpBytes property(String name, String value) {
    return shortString(name).u8('S').longString(value);
  }

  public byte[] array() {
    return out.toByteArray();
  }

  public static byte[] header(int id, int major, int minor, int revision) {
    return bytes().ascii("AMQP").u8(id).u8(major).u8(minor).u8(revision).array();
  }

  public static byte[] header091() {
    return header(0, 0, 9, 1);
  }

  public static byte[] frame(int type, int channel, byte[] payload) {
    return bytes().u8(type).u16(channel).u32(payload.length).raw(payload).u8(0xCE).array();
  }

  public static byte[] method(int channel, int classId, int methodId, byte[] arguments) {
    return frame(1, channel, bytes().u16(classId).u16(methodId).raw(arguments).array());
  }

  public static byte[] connectionMethod(int methodId, byte[] arguments) {
    return method(0, 10, methodId, arguments);
  }

  public static byte[] start() {
    byte[] properties = bytes().property("product", "RabbitMQ").array();
    return connectionMethod(
        10, bytes().u8(0).u8(9).table(properties).longString("PLAIN").longString("en_US").array());
  }

  public static byte[] clientProperties() {
    byte[] capabilities =
        bytes()
            .shortString("consumer_cancel_notify")
            .u8('t')
            .u8(1)
            .shortString("deep")
            .u8('F')
            .table(bytes().property("product", "not this one").array())
            .array();
    return bytes()
        .property("product", "Pika Python Client Library")
        .property("platform", "Python 3.11.2")
        .shortString("capabilities")
        .u8('F')
        .table(capabilities)
        .property("version", "1.3.2")
        .property("connection_name", "orders-7")
        .array();
  }

  public static byte[] startOk(byte[] properties) {
    return connectionMethod(
        11,
        bytes()
            .table(properties)
            .shortString("PLAIN")
            .longString("\0guest\0" + PASSWORD)
            .shortString("en_US")
            .array());
  }

  public static byte[] tune(int heartbeat) {
    return connectionMethod(30, bytes().u16(2047).u32(131072).u16(heartbeat).array());
  }

  public static byte[] tuneOk(int heartbeat) {
    return connectionMethod(31, bytes().u16(2047).u32(131072).u16(heartbeat).array());
  }

  public static byte[] open(String vhost) {
    return connectionMethod(40, bytes().shortString(vhost).u8(0).u8(1).array());
  }

  public static byte[] openOk() {
    return connectionMethod(41, bytes().u8(0).array());
  }

  public static byte[] close(int code, String text, int classId, int methodId) {
    return connectionMethod(
        50, bytes().u16(code).shortString(text).u16(classId).u16(methodId).array());
  }

  public static byte[] closeOk() {
    return connectionMethod(51, new byte[0]);
  }

  /** channel.close of channel 1. */
  public static byte[] channelClose(int code, String text) {
    return method(1, 20, 40, bytes().u16(code).shortString(text).u16(60).u16(80).array());
  }

  public static byte[] cancel(String consumerTag) {
    return method(1, 60, 30, bytes().shortString(consumerTag).u8(1).array());
  }

  public static byte[] blocked(String reason) {
    return connectionMethod(60, bytes().shortString(reason).array());
  }

  public static byte[] unblocked() {
    return connectionMethod(61, new byte[0]);
  }

  public static byte[] heartbeat() {
    return frame(8, 0, new byte[0]);
  }

  /** basic.publish, content header and body. */
  public static byte[] publish(int bodySize) {
    return join(
        method(1, 60, 40, bytes().u16(0).shortString("").shortString("queue").u8(0).array()),
        frame(2, 1, bytes().u16(60).u16(0).u32(0).u32(bodySize).u16(0).array()),
        frame(3, 1, new byte[bodySize]));
  }

  /** basic.deliver, content header and body. */
  public static byte[] deliver(int bodySize) {
    return join(
        method(1, 60, 60, bytes().shortString("ctag").u32(0).u32(1).u8(0).u16(0).array()),
        frame(2, 1, bytes().u16(60).u16(0).u32(0).u32(bodySize).u16(0).array()),
        frame(3, 1, new byte[bodySize]));
  }

  /** What the client of a usual connection sends until it is open. */
  public static byte[] clientHandshake() {
    return join(header091(), startOk(clientProperties()), tuneOk(60), open("/orders"));
  }

  /** What the broker answers. */
  public static byte[] brokerHandshake() {
    return join(start(), tune(60), openOk());
  }

  public static byte[] frame10(int type, byte[] body) {
    return bytes().u32(8 + body.length).u8(2).u8(type).u16(0).raw(body).array();
  }

  /** A performative: a described list of fields. */
  public static byte[] performative(int type, int code, int count, byte[] fields) {
    return frame10(type, described(code, count, fields));
  }

  public static byte[] described(int code, int count, byte[] fields) {
    return bytes()
        .u8(0x00)
        .u8(0x53)
        .u8(code)
        .u8(0xd0)
        .u32(fields.length + 4L)
        .u32(count)
        .raw(fields)
        .array();
  }

  public AmqpBytes string10(String value) {
    return u8(0xa1).shortString(value);
  }

  public AmqpBytes symbol10(String value) {
    return u8(0xa3).shortString(value);
  }

  public static byte[] saslMechanisms() {
    return performative(1, 0x40, 1, bytes().symbol10("PLAIN").array());
  }

  public static byte[] saslInit() {
    byte[] fields =
        bytes().symbol10("PLAIN").u8(0xa0).shortString("\0guest\0" + PASSWORD).u8(0x40).array();
    return performative(1, 0x41, 3, fields);
  }

  public static byte[] saslOutcome(int code) {
    return performative(1, 0x44, 1, bytes().u8(0x50).u8(code).array());
  }

  /** Open with its idle-time-out in milliseconds, and properties. */
  public static byte[] open10(String container, String host, long idleTimeOut) {
    byte[] pairs =
        bytes()
            .symbol10("product")
            .string10("qpid-proton")
            .symbol10("version")
            .string10("0.39.0")
            .array();
    byte[] properties = bytes().u8(0xc1).u8(pairs.length + 1).u8(4).raw(pairs).array();
    byte[] fields =
        bytes()
            .string10(container)
            .string10(host)
            .u8(0x70)
            .u32(131072)
            .u8(0x60)
            .u16(2047)
            .u8(0x70)
            .u32(idleTimeOut)
            .u8(0x40)
            .u8(0x40)
            .u8(0x40)
            .u8(0x40)
            .raw(properties)
            .array();
    return performative(0, 0x10, 10, fields);
  }

  public static byte[] close10(String condition, String description) {
    byte[] error = described(0x1d, 2, bytes().symbol10(condition).string10(description).array());
    return performative(0, 0x18, 1, error);
  }

  public static byte[] close10() {
    return bytes().u32(12).u8(2).u8(0).u16(0).u8(0).u8(0x53).u8(0x18).u8(0x45).array();
  }

  public static byte[] emptyFrame10() {
    return frame10(0, new byte[0]);
  }
}
