package io.rstscope.testing;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.capture.LinkType;
import io.rstscope.flow.HostPort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One TCP connection of a client with a broker, told packet by packet as a capture next to the
 * broker would see it. Both are Linux hosts: timestamps of 1000 ticks a second, identifications
 * that count, Don't Fragment.
 *
 * <pre>{@code
 * Talk talk = new Talk().connect().client(bytes).pause(Duration.ofSeconds(350));
 * talk.ttl(CLIENT, 63).bareReset(CLIENT);
 * }</pre>
 *
 * <p>What is set of a side holds for all that it sends from then on, and so for a device that
 * speaks in its name.
 */
public final class Talk {
  public static final boolean CLIENT = true;
  public static final boolean BROKER = false;
  public static final int BROKER_PORT = 5672;
  public static final int CLIENT_TTL = 61;

  /** 2026-11-20T17:38:28Z. */
  public static final long START = 1_795_196_308_000_000_000L;

  private static final long TICK = 1_000_000L;
  private static final int COOKED_TO_US = 0;
  private static final int COOKED_FROM_US = 4;

  private final TalkSide client;
  private final TalkSide broker;
  private final List<Sent> sent = new ArrayList<>();
  private int linkType = LinkType.ETHERNET;
  private long now = START;
  private long roundTrip = 400_000L;
  private boolean timestamps = true;

  private int snapLength = Integer.MAX_VALUE;

  private record Sent(long nanos, byte[] captured, int originalLength) {}

  /** From 10.0.1.1, port 40000, three hops away, to the broker at 10.0.0.2. */
  public Talk() {
    this("10.0.1.1", 40_000);
  }

  public Talk(String clientAddress, int clientPort) {
    this(clientAddress, clientPort, clientAddress.contains(":") ? "2001:db8::2" : "10.0.0.2");
  }

  public Talk(String clientAddress, int clientPort, String brokerAddress) {
    client =
        new TalkSide(
            clientAddress, clientPort, CLIENT_TTL, Packets.CLIENT_MAC, 7_000_000, COOKED_TO_US);
    broker =
        new TalkSide(brokerAddress, BROKER_PORT, 64, Packets.BROKER_MAC, 9_000_000, COOKED_FROM_US);
  }

  // ---- what is so from now on

  public Talk ttl(boolean fromClient, int ttl) {
    side(fromClient).ttl = ttl;
    return this;
  }

  public Talk mac(boolean fromClient, long mac) {
    side(fromClient).mac = mac;
    return this;
  }

  /** The side's next identification. */
  public Talk ipId(boolean fromClient, int id) {
    side(fromClient).ipId = id;
    return this;
  }

  /** Identification of the side's last packet. */
  public int lastIpId(boolean fromClient) {
    return side(fromClient).ipId - 1;
  }

  /** Moves the side's timestamp clock. */
  public Talk clock(boolean fromClient, Duration by) {
    side(fromClient).clockOffset += by.toNanos();
    return this;
  }

  /** Neither side uses TCP timestamps. */
  public Talk withoutTimestamps() {
    timestamps = false;
    return this;
  }

  /** From the broker to the client and back; to the broker it is a tenth of it. */
  public Talk roundTrip(Duration time) {
    roundTrip = time.toNanos();
    return this;
  }

  /**
   * Linux cooked: the broker's host captures on {@code any}, and each packet tells its direction.
   */
  public Talk cooked() {
    linkType = LinkType.LINUX_SLL;
    return this;
  }

  /** Of what follows only so many bytes of each packet are captured. */
  public Talk snapLength(int bytes) {
    snapLength = bytes;
    return this;
  }

  /** Whether the capturing host received what follows in the side's name, or sent it. */
  public Talk received(boolean fromClient, boolean received) {
    side(fromClient).cookedType = received ? COOKED_TO_US : COOKED_FROM_US;
    return this;
  }

  public Talk pause(Duration time) {
    now += time.toNanos();
    return this;
  }

  /** When the next packet is sent, in nanoseconds since 1970-01-01 UTC. */
  public long now() {
    return now;
  }

  /** Bytes that the side sent, and the capture does not hold. */
  public Talk missing(boolean fromClient, int bytes) {
    side(fromClient).next += bytes;
    return this;
  }

  // ---- what is sent

  /** A connection of RabbitMQ's, open, that agreed on a heartbeat in seconds. */
  public Talk open(int heartbeat) {
    return connect()
        .client(AmqpBytes.header091())
        .broker(AmqpBytes.start())
        .client(AmqpBytes.startOk(AmqpBytes.clientProperties()))
        .broker(AmqpBytes.tune(heartbeat))
        .client(AmqpBytes.tuneOk(heartbeat), AmqpBytes.open("/orders"))
        .broker(AmqpBytes.openOk());
  }

  /** A connection of AMQP 1.0, open, with the idle-time-outs of both in seconds; 0 is none. */
  public Talk open10(int ofClient, int ofBroker) {
    byte[] header = AmqpBytes.header(0, 1, 0, 0);
    return connect()
        .client(header, AmqpBytes.open10("container-3", "vhost:orders", ofClient * 1000L))
        .broker(header, AmqpBytes.open10("rabbit@one", "", ofBroker * 1000L));
  }

  /** The three packets of the handshake. */
  public Talk connect() {
    return syn().synAck().answerDelay(CLIENT).ack(CLIENT);
  }

  public Talk syn() {
    control(client, Packets.SYN, p -> p.ack(0));
    client.next++;
    return this;
  }

  public Talk synAck() {
    answerDelay(BROKER);
    control(broker, Packets.SYN | Packets.ACK, p -> p);
    broker.next++;
    return this;
  }

  /** The SYN,ACK once more. */
  public Talk synAckAgain() {
    int sequence = broker.next - 1;
    control(broker, Packets.SYN | Packets.ACK, p -> p.seq(sequence));
    return this;
  }

  /** A segment of the client, acknowledged by the broker. */
  public Talk client(byte[]... payload) {
    return data(CLIENT, payload).answerDelay(BROKER).ack(BROKER);
  }

  /** A segment of the broker, acknowledged by the client. */
  public Talk broker(byte[]... payload) {
    return data(BROKER, payload).answerDelay(CLIENT).ack(CLIENT);
  }

  /** A segment, not acknowledged. */
  public Talk data(boolean fromClient, byte[]... parts) {
    TalkSide from = side(fromClient);
    from.last = AmqpBytes.join(parts);
    control(from, Packets.PSH | Packets.ACK, p -> p.payload(from.last));
    from.next += from.last.length;
    return this;
  }

  /** The side's last segment of data once more. */
  public Talk again(boolean fromClient) {
    TalkSide from = side(fromClient);
    int sequence = from.next - from.last.length;
    control(from, Packets.PSH | Packets.ACK, p -> p.seq(sequence).payload(from.last));
    return this;
  }

  public Talk ack(boolean fromClient) {
    control(side(fromClient), Packets.ACK, p -> p);
    return this;
  }

  public Talk fin(boolean fromClient) {
    TalkSide from = side(fromClient);
    control(from, Packets.FIN | Packets.ACK, p -> p);
    from.next++;
    return this;
  }

  /** RST,ACK as a live Linux socket sends it (tcp_send_active_reset). */
  public Talk socketReset(boolean fromClient) {
    control(side(fromClient), Packets.RST | Packets.ACK, p -> p);
    return this;
  }

  /**
   * RST as a Linux kernel answers for a connection that it does not know (tcp_v4_send_reset): its
   * sequence number is what the other side has acknowledged.
   */
  public Talk bareReset(boolean fromClient) {
    return bareReset(fromClient, p -> p);
  }

  /** The same, changed at will. */
  public Talk bareReset(boolean fromClient, UnaryOperator<Packets> change) {
    TalkSide from = side(fromClient);
    Packets packet = link(from).id(0).tcp(from.port, peer(from).port).seq(from.next).window(0);
    return add(from, change.apply(packet), Packets.RST);
  }

  /** RST as tools write it: window and identification at random, no Don't Fragment. */
  public Talk craftedReset(boolean fromClient) {
    TalkSide from = side(fromClient);
    Packets packet =
        link(from).id(31_337).df(false).tcp(from.port, peer(from).port).seq(from.next).window(512);
    return add(from, packet, Packets.RST);
  }

  /** RST,ACK of the broker's host that answers the SYN of a closed port. */
  public Talk refusal() {
    answerDelay(BROKER);
    Packets packet =
        link(broker).id(0).tcp(broker.port, client.port).seq(0).ack(client.next).window(0);
    return add(broker, packet, Packets.RST | Packets.ACK);
  }

  /** Any packet of the side, changed at will. */
  public Talk packet(boolean fromClient, int flags, UnaryOperator<Packets> change) {
    control(side(fromClient), flags, change);
    return this;
  }

  /** Waits as long as that side takes to answer. */
  public Talk answerDelay(boolean fromClient) {
    now += fromClient ? roundTrip : roundTrip / 10;
    return this;
  }

  private void control(TalkSide from, int flags, UnaryOperator<Packets> change) {
    Packets packet =
        link(from)
            .id(from.ipId++)
            .tcp(from.port, peer(from).port)
            .seq(from.next)
            .ack(peer(from).next);
    if (timestamps) {
      packet.timestamps(ticks(from), ticks(peer(from)));
    }
    add(from, change.apply(packet), flags);
  }

  private int ticks(TalkSide side) {
    return (int) ((now - START + side.clockOffset) / TICK) + 1_000_000;
  }

  private Packets link(TalkSide from) {
    Packets link =
        linkType == LinkType.ETHERNET
            ? Packets.ethernet(from.mac, peer(from).mac)
            : Packets.cooked(from.cookedType);
    boolean ipv6 = from.address.contains(":");
    return (ipv6
            ? link.ipv6(from.address, peer(from).address)
            : link.ipv4(from.address, peer(from).address))
        .ttl(from.ttl);
  }

  private Talk add(TalkSide from, Packets packet, int flags) {
    byte[] bytes = packet.flags(flags).bytes();
    byte[] captured = Arrays.copyOf(bytes, Math.min(bytes.length, snapLength));
    sent.add(new Sent(now, captured, bytes.length));
    now += 10_000;
    return this;
  }

  private TalkSide side(boolean fromClient) {
    return fromClient ? client : broker;
  }

  private TalkSide peer(TalkSide side) {
    return side == client ? broker : client;
  }

  // ---- the capture

  /** Whether that flow is this talk. */
  public boolean isOf(HostPort flowClient) {
    return flowClient.address().equals(client.address) && flowClient.port() == client.port;
  }

  /** The packets of all these connections in the order of their times. */
  public static PcapFile capture(Talk... talks) {
    PcapFile file = new PcapFile(talks[0].linkType);
    Arrays.stream(talks)
        .flatMap(talk -> talk.sent.stream())
        .sorted(Comparator.comparingLong(Sent::nanos))
        .forEach(packet -> file.add(packet.nanos(), packet.captured(), packet.originalLength()));
    return file;
  }
}
