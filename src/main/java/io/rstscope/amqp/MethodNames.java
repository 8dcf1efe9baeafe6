package io.rstscope.amqp;

import io.rstscope.wire.Bytes;
import java.util.Map;

/**
 * The names of AMQP's frames: methods as in the XML definition of 0-9-1 with RabbitMQ's extensions,
 * performatives as in parts 2 and 5 of 1.0.
 */
final class MethodNames {
  /** Class and method of 0-9-1, as {@code class << 16 | method}. */
  private static final Map<Integer, String> METHODS =
      Map.ofEntries(
          method(10, 10, "connection.start"),
          method(10, 11, "connection.start-ok"),
          method(10, 20, "connection.secure"),
          method(10, 21, "connection.secure-ok"),
          method(10, 30, "connection.tune"),
          method(10, 31, "connection.tune-ok"),
          method(10, 40, "connection.open"),
          method(10, 41, "connection.open-ok"),
          method(10, 50, "connection.close"),
          method(10, 51, "connection.close-ok"),
          method(10, 60, "connection.blocked"),
          method(10, 61, "connection.unblocked"),
          method(10, 70, "connection.update-secret"),
          method(10, 71, "connection.update-secret-ok"),
          method(20, 10, "channel.open"),
          method(20, 11, "channel.open-ok"),
          method(20, 20, "channel.flow"),
          method(20, 21, "channel.flow-ok"),
          method(20, 40, "channel.close"),
          method(20, 41, "channel.close-ok"),
          method(40, 10, "exchange.declare"),
          method(40, 11, "exchange.declare-ok"),
          method(40, 20, "exchange.delete"),
          method(40, 21, "exchange.delete-ok"),
          method(40, 30, "exchange.bind"),
          method(40, 31, "exchange.bind-ok"),
          method(40, 40, "exchange.unbind"),
          method(40, 51, "exchange.unbind-ok"),
          method(50, 10, "queue.declare"),
          method(50, 11, "queue.declare-ok"),
          method(50, 20, "queue.bind"),
          method(50, 21, "queue.bind-ok"),
          method(50, 30, "queue.purge"),
          method(50, 31, "queue.purge-ok"),
          method(50, 40, "queue.delete"),
          method(50, 41, "queue.delete-ok"),
          method(50, 50, "queue.unbind"),
          method(50, 51, "queue.unbind-ok"),
          method(60, 10, "basic.qos"),
          method(60, 11, "basic.qos-ok"),
          method(60, 20, "basic.consume"),
          method(60, 21, "basic.consume-ok"),
          method(60, 30, "basic.cancel"),
          method(60, 31, "basic.cancel-ok"),
          method(60, 40, "basic.publish"),
          method(60, 50, "basic.return"),
          method(60, 60, "basic.deliver"),
          method(60, 70, "basic.get"),
          method(60, 71, "basic.get-ok"),
          method(60, 72, "basic.get-empty"),
          method(60, 80, "basic.ack"),
          method(60, 90, "basic.reject"),
          method(60, 100, "basic.recover-async"),
          method(60, 110, "basic.recover"),
          method(60, 111, "basic.recover-ok"),
          method(60, 120, "basic.nack"),
          method(85, 10, "confirm.select"),
          method(85, 11, "confirm.select-ok"),
          method(90, 10, "tx.select"),
          method(90, 11, "tx.select-ok"),
          method(90, 20, "tx.commit"),
          method(90, 21, "tx.commit-ok"),
          method(90, 30, "tx.rollback"),
          method(90, 31, "tx.rollback-ok"));

  /** Descriptors of 1.0. */
  private static final Map<Integer, String> PERFORMATIVES =
      Map.ofEntries(
          Map.entry(0x10, "open"),
          Map.entry(0x11, "begin"),
          Map.entry(0x12, "attach"),
          Map.entry(0x13, "flow"),
          Map.entry(0x14, "transfer"),
          Map.entry(0x15, "disposition"),
          Map.entry(0x16, "detach"),
          Map.entry(0x17, "end"),
          Map.entry(0x18, "close"),
          Map.entry(0x40, "sasl-mechanisms"),
          Map.entry(0x41, "sasl-init"),
          Map.entry(0x42, "sasl-challenge"),
          Map.entry(0x43, "sasl-response"),
          Map.entry(0x44, "sasl-outcome"));

  private static final int CODE_AT = Amqp091.FRAME_HEADER_LENGTH + 4;
  private static final int PERFORMATIVE_AT = 10;

  private MethodNames() {}

  /**
   * The name of the frame at {@code at}, which {@link Framing#isPlausible} holds for one.
   *
   * @param protocol one of those that are readable
   */
  static String of(AmqpProtocol protocol, byte[] bytes, int at, int available) {
    return protocol == AmqpProtocol.AMQP_1_0
        ? performative(bytes, at, available)
        : frame(bytes, at, available);
  }

  private static String frame(byte[] bytes, int at, int available) {
    return switch (bytes[at]) {
      case Amqp091.FRAME_HEARTBEAT -> "heartbeat";
      case Amqp091.FRAME_HEADER -> "content header";
      case Amqp091.FRAME_BODY -> "content body";
      default -> available < CODE_AT ? "method" : method(bytes, at, available);
    };
  }

  private static String method(byte[] bytes, int at, int available) {
    int classAndMethod = Bytes.i32(bytes, at + Amqp091.FRAME_HEADER_LENGTH);
    String name = METHODS.getOrDefault(classAndMethod, "method");
    boolean closes = name.equals("connection.close") || name.equals("channel.close");
    return closes && available >= CODE_AT + 2 ? name + " " + Bytes.u16(bytes, at + CODE_AT) : name;
  }

  private static String performative(byte[] bytes, int at, int available) {
    if (Bytes.i32(bytes, at) <= FirstBytes.LENGTH) {
      return "heartbeat";
    }
    return available <= PERFORMATIVE_AT
        ? "performative"
        : PERFORMATIVES.getOrDefault(Bytes.u8(bytes, at + PERFORMATIVE_AT), "performative");
  }

  private static Map.Entry<Integer, String> method(int classId, int methodId, String name) {
    return Map.entry(classId << 16 | methodId, name);
  }
}
