package io.rstscope.testing;

import io.rstscope.amqp.AmqpBytes;
import java.util.concurrent.TimeUnit;

/**
 * A TCP connection between two {@link Peer}s, packet by packet as a {@link Tap} sees it:
 *
 * <pre>{@code
 * Conversation talk = Conversation.between(tap, "10.0.0.1", 40000, "10.0.0.2", 5672);
 * talk.handshake();
 * talk.client.send("AMQP");
 * talk.pass(40, MILLISECONDS);
 * talk.broker.ack();
 * }</pre>
 */
public final class Conversation {
  /** Who opens it. */
  public final Peer client;

  public final Peer broker;
  private final Tap tap;

  private Conversation(Tap tap, Peer client, Peer broker) {
    this.tap = tap;
    this.client = client;
    this.broker = broker;
    client.talkTo(broker);
    broker.talkTo(client);
  }

  public static Conversation between(
      Tap tap, String client, int clientPort, String broker, int brokerPort) {
    return new Conversation(
        tap,
        new Peer(tap, client, clientPort, Packets.CLIENT_MAC, 1_000),
        new Peer(tap, broker, brokerPort, Packets.BROKER_MAC, 5_000));
  }

  /** From 10.0.0.1:40000 to 10.0.0.2:5672. */
  public static Conversation usual(Tap tap) {
    return between(tap, "10.0.0.1", 40_000, "10.0.0.2", 5672);
  }

  /** The same over IPv6. */
  public static Conversation ipv6(Tap tap) {
    return between(tap, "2001:db8::1", 40_000, "2001:db8::2", 5672);
  }

  public Conversation handshake() {
    client.syn();
    broker.synAck();
    client.ack();
    return this;
  }

  /** AMQP 0-9-1 up to the broker's open-ok, which the client acknowledges. */
  public Conversation openAmqp() {
    client.send(AmqpBytes.header091());
    broker.send(AmqpBytes.start());
    client.send(AmqpBytes.startOk(AmqpBytes.clientProperties()));
    broker.send(AmqpBytes.tune(60));
    client.send(AmqpBytes.tuneOk(60), AmqpBytes.open("/"));
    broker.send(AmqpBytes.openOk());
    client.ack();
    return this;
  }

  public Conversation pass(long count, TimeUnit unit) {
    tap.pass(count, unit);
    return this;
  }
}
