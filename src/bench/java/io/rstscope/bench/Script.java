package io.rstscope.bench;

import static io.rstscope.bench.Line.Sender.BROKER;
import static io.rstscope.bench.Line.Sender.CLIENT;
import static io.rstscope.bench.Line.Sender.MIDDLEBOX;
import static io.rstscope.bench.TcpWriter.ACK;
import static io.rstscope.bench.TcpWriter.FIN;
import static io.rstscope.bench.TcpWriter.RST;
import static io.rstscope.bench.TcpWriter.SYN;

import java.util.List;
import java.util.stream.Stream;

/** What the two ends of a connection say to each other, in order. */
final class Script {
  static final int HEARTBEAT_SECONDS = 60;

  /** A message, from a client that publishes. */
  static final List<Line> PUBLISH =
      List.of(Line.message(CLIENT, AmqpFrames.publish()), Line.control(BROKER, ACK));

  /** A message to a client that consumes, and its acknowledgement. */
  static final List<Line> DELIVER =
      List.of(
          Line.message(BROKER, AmqpFrames.deliver()),
          Line.data(CLIENT, AmqpFrames.acknowledge()),
          Line.control(BROKER, ACK));

  static final List<Line> CLIENT_HEARTBEAT =
      List.of(Line.data(CLIENT, AmqpFrames.heartbeat()), Line.control(BROKER, ACK));

  static final List<Line> BROKER_HEARTBEAT =
      List.of(Line.data(BROKER, AmqpFrames.heartbeat()), Line.control(CLIENT, ACK));

  /** A clean end: RabbitMQ lingers for 0 s, so its close is a reset. */
  static final List<Line> NORMAL_CLOSE =
      List.of(
          Line.data(CLIENT, AmqpFrames.close()),
          Line.data(BROKER, AmqpFrames.closeOk()),
          Line.control(CLIENT, FIN | ACK),
          Line.control(BROKER, RST | ACK));

  /** A client that dies before it has read what came. */
  static final List<Line> CLIENT_ABORT =
      List.of(Line.message(BROKER, AmqpFrames.deliver()), Line.control(CLIENT, RST | ACK));

  private static final List<Line> TCP_HANDSHAKE =
      List.of(
          Line.control(CLIENT, SYN), Line.control(BROKER, SYN | ACK), Line.control(CLIENT, ACK));

  /** Connections open as these clients do; use one each at random. */
  static final List<List<Line>> OPENINGS =
      List.of(
          opening("RabbitMQ", "5.25.0", "Java"),
          opening("Pika Python Client Library", "1.3.2", "Python 3.12.3"),
          opening("AMQP 0.9.1 Client", "1.10.0", "golang"),
          opening("amqplib", "0.10.5", "Node.JS v22.3.0"));

  private Script() {}

  /** A firewall that forgot a silent connection, and resets who speaks first. */
  static List<Line> idleTimeout(long silenceNanos) {
    return List.of(
        Line.message(BROKER, AmqpFrames.deliver()).after(silenceNanos),
        Line.control(MIDDLEBOX, RST));
  }

  /** One heartbeat each way, after a silence. */
  static List<Line> heartbeatsAfter(long silenceNanos) {
    return List.of(
        Line.data(CLIENT, AmqpFrames.heartbeat()).after(silenceNanos),
        Line.data(BROKER, AmqpFrames.heartbeat()),
        Line.control(CLIENT, ACK));
  }

  /** A connection that says one byte each way, and nothing of AMQP. */
  static List<Line> oneByteEachWay() {
    byte[] one = {'.'};
    return join(
        TCP_HANDSHAKE,
        List.of(Line.data(CLIENT, one), Line.data(BROKER, one), Line.control(CLIENT, ACK)));
  }

  static List<Line> join(List<Line> first, List<Line> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  private static List<Line> opening(String product, String version, String platform) {
    return join(
        TCP_HANDSHAKE,
        List.of(
            Line.data(CLIENT, AmqpFrames.protocolHeader()),
            Line.control(BROKER, ACK),
            Line.data(BROKER, AmqpFrames.start()),
            Line.data(CLIENT, AmqpFrames.startOk(product, version, platform)),
            Line.data(BROKER, AmqpFrames.tune(HEARTBEAT_SECONDS)),
            Line.data(CLIENT, AmqpFrames.tuneOk(HEARTBEAT_SECONDS)),
            Line.data(CLIENT, AmqpFrames.open()),
            Line.data(BROKER, AmqpFrames.openOk()),
            Line.data(CLIENT, AmqpFrames.channelOpen()),
            Line.data(BROKER, AmqpFrames.channelOpenOk()),
            Line.data(CLIENT, AmqpFrames.consume()),
            Line.data(BROKER, AmqpFrames.consumeOk()),
            Line.control(CLIENT, ACK)));
  }
}
