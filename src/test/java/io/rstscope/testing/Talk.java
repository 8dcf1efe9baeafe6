package io.rstscope.testing;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.capture.CapturedPacket;
import io.rstscope.capture.LinkType;
import io.rstscope.net.HostPort;
import io.rstscope.net.Side;
import java.nio.charset.StandardCharsets;
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
 * speaks in its name. A talk is kept for a {@link #capture}, unless a {@link Tap} is given what is
 * {@link #seenBy seen} of it.
 */
public final class Talk {
  public static final int BROKER_PORT = 5672;
  public static final int CLIENT_TTL = 61;

  /** 2026-11-20T17:38:28Z. */
  public static final long START = 1_795_196_308_000_000_000L;

  private static final long TICK = 1_000_000L;
  private static final int COOKED_TO_US = 0;
  private static final int COOKED_FROM_US = 4;

  private final TalkSide client;
  private final TalkSide broker;
  private final List<CapturedPacket> seen = new ArrayList<>();
  private Tap tap = new Tap(seen::add);
  private int linkType = LinkType.ETHERNET;
  private long roundTrip = 400_000L;

  /** From 10.0.1.1, port 40000, three hops away, to the broker at 10.0.0.2. */
  public Talk() {
    this("10.0.1.1", 40_000);
  }

  public Talk(String clientAddress, int clientPort) {
    this(clientAddress, clientPort, clientAddress.contains(":") ? "2001:db8::2" : "10.0.0.2");
  }

  public Talk(String clientAddress, int clientPort, String brokerAddress) {
    this(clientAddress, clientPort, brokerAddress, BROKER_PORT);
  }

  public Talk(String clientAddress, int clientPort, String brokerAddress, int brokerPort) {
    client =
        new TalkSide(
            clientAddress, clientPort, CLIENT_TTL, Packets.CLIENT_MAC, 7_000_000, COOKED_TO_US);
    broker =
        new TalkSide(brokerAddress, brokerPort, 64, Packets.BROKER_MAC, 9_000_000, COOKED_FROM_US);
  }

  /** Passes each packet on to that tap, whose clock is that of all talks that it sees. */
  public Talk seenBy(Tap tap) {
    this.tap = tap;
    return this;
  }

  // ---- what is so from now on

  public Talk ttl(Side from, int ttl) {
    side(from).ttl = ttl;
    return this;
  }

  public Talk mac(Side from, long mac) {
    side(from).mac = mac;
    return this;
  }

  /** The side's next identification; with 0 it numbers none from now on. */
  public Talk ipId(Side from, int id) {
    side(from).ipId = id;
    side(from).countsIpIds = id != 0;
    return this;
  }

  /** Identification of the side's last packet. */
  public int lastIpId(Side from) {
    return side(from).ipId - 1;
  }

  /** Moves the side's timestamp clock. */
  public Talk clock(Side from, Duration by) {
    side(from).clockOffset += by.toNanos();
    return this;
  }

  public Talk window(Side from, int window) {
    side(from).window = window;
    return this;
  }

  public Talk dontFragment(Side from, boolean dontFragment) {
    side(from).dontFragment = dontFragment;
    return this;
  }

  public Talk timestamps(Side from, boolean timestamps) {
    side(from).timestamps = timestamps;
    return this;
  }

  /** Neither side uses TCP timestamps. */
  public Talk withoutTimestamps() {
    return timestamps(CLIENT, false).timestamps(BROKER, false);
  }

  /** That side is Windows: TTL 128 and no timestamps. */
  public Talk windows(Side from) {
    return timestamps(from, false).ttl(from, 128);
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
    tap.snapLength(bytes);
    return this;
  }

  /** Whether the capturing host received what follows in the side's name, or sent it. */
  public Talk received(Side from, boolean received) {
    side(from).cookedType = received ? COOKED_TO_US : COOKED_FROM_US;
    return this;
  }

  public Talk pause(Duration time) {
    tap.pause(time);
    return this;
  }

  /** When the next packet is sent, in nanoseconds since 1970-01-01 UTC. */
  public long now() {
    return tap.now();
  }

  /** The sequence number of the side's next byte. */
  public int next(Side from) {
    return side(from).next;
  }

  public Talk next(Side from, int sequence) {
    side(from).next = sequence;
    return this;
  }

  /** Bytes that the side sent, and the capture does not hold. */
  public Talk missing(Side from, int bytes) {
    side(from).next += bytes;
    return this;
  }

  // ---- what is sent

  /** A connection of RabbitMQ's, open, that agreed on a heartbeat in seconds. */
  public Talk open(int heartbeat) {
    return connect().openAmqp(heartbeat);
  }

  /** The same over a connection that is up. */
  public Talk openAmqp(int heartbeat) {
    return client(AmqpBytes.header091())
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
    return segment(client, Packets.SYN);
  }

  public Talk synAck() {
    return answerDelay(BROKER).segment(broker, Packets.SYN | Packets.ACK);
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
  public Talk data(Side from, byte[]... parts) {
    return segment(side(from), Packets.PSH | Packets.ACK, parts);
  }

  public Talk data(Side from, String ascii) {
    return data(from, ascii.getBytes(StandardCharsets.US_ASCII));
  }

  /** The side's last segment of data, SYN or FIN once more. */
  public Talk again(Side from) {
    return again(from, 1);
  }

  /** The same of the last but one, if {@code back} is 2, and so on. */
  public Talk again(Side from, int back) {
    TalkSide.Segment segment = last(side(from).segments, back);
    return control(
        side(from), segment.flags(), p -> p.seq(segment.sequence()).payload(segment.payload()));
  }

  /** The side's last packet is seen once more, with the TTL and the MAC that the side has now. */
  public Talk copy(Side from) {
    return copy(from, 1);
  }

  /** The same of the last but one, if {@code back} is 2, and so on. */
  public Talk copy(Side from, int back) {
    TalkSide sender = side(from);
    Packets packet = last(sender.packets, back);
    return see(packet.ttl(sender.ttl).macs(sender.mac, peer(sender).mac));
  }

  /** A keep-alive with the byte before the next one, or with none. */
  public Talk keepAlive(Side from, int bytes) {
    return packet(from, Packets.ACK, p -> p.seq(next(from) - 1).payload(new byte[bytes]));
  }

  public Talk ack(Side from) {
    return control(side(from), Packets.ACK, p -> p);
  }

  public Talk fin(Side from) {
    return segment(side(from), Packets.FIN | Packets.ACK);
  }

  /** RST,ACK as a live Linux socket sends it (tcp_send_active_reset). */
  public Talk socketReset(Side from) {
    return control(side(from), Packets.RST | Packets.ACK, p -> p);
  }

  /**
   * RST as a Linux kernel answers for a connection that it does not know (tcp_v4_send_reset): its
   * sequence number is what the other side has acknowledged.
   */
  public Talk bareReset(Side from) {
    return bareReset(from, p -> p);
  }

  /** The same, changed at will. */
  public Talk bareReset(Side from, UnaryOperator<Packets> change) {
    TalkSide sender = side(from);
    Packets packet = headers(sender).id(0).flags(Packets.RST).seq(sender.next).window(0);
    return send(sender, change.apply(packet));
  }

  /** RST as tools write it: window and identification at random, no Don't Fragment. */
  public Talk craftedReset(Side from) {
    return bareReset(from, p -> p.id(31_337).df(false).window(512));
  }

  /** RST,ACK of the broker's host that answers the SYN of a closed port. */
  public Talk refusal() {
    return answerDelay(BROKER)
        .bareReset(BROKER, p -> p.flags(Packets.RST | Packets.ACK).seq(0).ack(client.next));
  }

  /** Any packet of the side, changed at will. */
  public Talk packet(Side from, int flags, UnaryOperator<Packets> change) {
    return control(side(from), flags, change);
  }

  /** Waits as long as that side takes to answer. */
  public Talk answerDelay(Side from) {
    return pause(Duration.ofNanos(from == CLIENT ? roundTrip : roundTrip / 10));
  }

  private Talk segment(TalkSide from, int flags, byte[]... parts) {
    TalkSide.Segment segment = new TalkSide.Segment(flags, from.next, AmqpBytes.join(parts));
    from.segments.add(segment);
    control(from, flags, p -> p.payload(segment.payload()));
    from.next += segment.length();
    return this;
  }

  private Talk control(TalkSide from, int flags, UnaryOperator<Packets> change) {
    TalkSide peer = peer(from);
    Packets packet =
        headers(from)
            .id(from.nextIpId())
            .df(from.dontFragment)
            .flags(flags)
            .seq(from.next)
            .ack(flags == Packets.SYN ? 0 : peer.next)
            .window(from.window);
    if (from.timestamps) {
      packet.timestamps(ticks(from), ticks(peer));
    }
    return send(from, change.apply(packet));
  }

  private int ticks(TalkSide side) {
    return (int) ((now() - START + side.clockOffset) / TICK) + 1_000_000;
  }

  private Talk send(TalkSide from, Packets packet) {
    from.packets.add(packet);
    return see(packet);
  }

  private Talk see(Packets packet) {
    tap.see(packet, linkType);
    return this;
  }

  private Packets headers(TalkSide from) {
    Packets link =
        linkType == LinkType.ETHERNET
            ? Packets.ethernet(from.mac, peer(from).mac)
            : Packets.cooked(from.cookedType);
    boolean ipv6 = from.address.contains(":");
    return (ipv6
            ? link.ipv6(from.address, peer(from).address)
            : link.ipv4(from.address, peer(from).address))
        .ttl(from.ttl)
        .tcp(from.port, peer(from).port);
  }

  private static <T> T last(List<T> sent, int back) {
    return sent.get(sent.size() - back);
  }

  private TalkSide side(Side from) {
    return from == CLIENT ? client : broker;
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
        .flatMap(talk -> talk.seen.stream())
        .sorted(Comparator.comparingLong(packet -> packet.timeNanos))
        .forEach(file::add);
    return file;
  }
}
