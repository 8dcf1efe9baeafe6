package io.rstscope.testing;

import io.rstscope.amqp.AmqpBytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One side of a {@link Conversation}: counts sequence numbers and IP identifications as a host
 * does, and knows what the other side sent. Like Linux unless told otherwise.
 */
public final class Peer {
  private record Sent(
      int flags, int sequence, int acknowledgement, int id, int tsVal, byte[] data) {
    Sent numbered(int newId, int newTsVal) {
      return new Sent(flags, sequence, acknowledgement, newId, newTsVal, data);
    }
  }

  private final Tap tap;
  private final String address;
  private final int port;
  private final List<Sent> sent = new ArrayList<>();
  private Peer other;
  private int next;
  private int ipId = 100;
  private boolean countsIpId = true;
  private boolean timestamps = true;
  private boolean dontFragment = true;
  private int ttl = 64;
  private int window = 502;
  private long mac;

  Peer(Tap tap, String address, int port, long mac, int initialSequence) {
    this.tap = tap;
    this.address = address;
    this.port = port;
    this.mac = mac;
    this.next = initialSequence;
  }

  void talkTo(Peer peer) {
    other = peer;
  }

  // ---- what it is like

  /** TTL 128 and no timestamps. */
  public Peer windows() {
    timestamps = false;
    return ttl(128);
  }

  public Peer ttl(int value) {
    ttl = value;
    return this;
  }

  public Peer mac(long value) {
    mac = value;
    return this;
  }

  public Peer window(int value) {
    window = value;
    return this;
  }

  public Peer timestamps(boolean value) {
    timestamps = value;
    return this;
  }

  public Peer dontFragment(boolean value) {
    dontFragment = value;
    return this;
  }

  /** The identification of its next packet; 0 for no identifications from here on. */
  public Peer id(int value) {
    ipId = value;
    countsIpId = value != 0;
    return this;
  }

  /** The sequence number of its next byte. */
  public Peer next(int sequence) {
    next = sequence;
    return this;
  }

  public int next() {
    return next;
  }

  /** Bytes that it sends and no one captures. */
  public Peer lose(int bytes) {
    next += bytes;
    return this;
  }

  // ---- what it sends

  public Peer syn() {
    return transmit(Packets.SYN, new byte[0]);
  }

  public Peer synAck() {
    return transmit(Packets.SYN | Packets.ACK, new byte[0]);
  }

  public Peer ack() {
    return transmit(Packets.ACK, new byte[0]);
  }

  public Peer send(String ascii) {
    return send(ascii.getBytes(StandardCharsets.US_ASCII));
  }

  /** All parts in one segment. */
  public Peer send(byte[]... parts) {
    return transmit(Packets.PSH | Packets.ACK, AmqpBytes.join(parts));
  }

  public Peer fin() {
    return transmit(Packets.FIN | Packets.ACK, new byte[0]);
  }

  /** RST,ACK as a live socket of Linux sends it. */
  public Peer abort() {
    return transmit(Packets.RST | Packets.ACK, new byte[0]);
  }

  /** The segment sent {@code back} segments ago, from 1, once more: with a new identification. */
  public Peer sendAgain(int back) {
    Sent again = sent(back).numbered(nextId(), tsVal());
    emit(again);
    return this;
  }

  /** The very packet sent {@code back} packets ago, from 1, at another point of the capture. */
  public Peer copy(int back) {
    emit(sent(back));
    return this;
  }

  /** A keep-alive with the byte before the next one, or with none. */
  public Peer keepAlive(int bytes) {
    emit(new Sent(Packets.ACK, next - 1, other.next, nextId(), tsVal(), new byte[bytes]));
    return this;
  }

  /** A packet of its own making; nothing is counted. Its TCP fields are for the caller to set. */
  public Packets packet() {
    return headers();
  }

  /** A bare RST as a kernel sends it that knows no such connection, or a firewall. */
  public Peer reject() {
    return put(
        headers().id(0).df(true).tcp(port, other.port).flags(Packets.RST).seq(next).window(0));
  }

  /** RST,ACK that answers a SYN. */
  public Peer refuse() {
    return put(
        headers()
            .id(0)
            .df(true)
            .tcp(port, other.port)
            .flags(Packets.RST | Packets.ACK)
            .seq(0)
            .ack(other.next)
            .window(0));
  }

  public Peer put(Packets packet) {
    tap.see(packet);
    return this;
  }

  public int port() {
    return port;
  }

  private Peer transmit(int flags, byte[] data) {
    boolean hasAck = (flags & Packets.ACK) != 0;
    boolean isSynAck = (flags & (Packets.SYN | Packets.ACK)) == (Packets.SYN | Packets.ACK);
    Sent segment =
        new Sent(flags, next, hasAck ? other.next : 0, isSynAck ? 0 : nextId(), tsVal(), data);
    next += data.length + (flags & 1) + (flags >> 1 & 1);
    sent.add(segment);
    emit(segment);
    return this;
  }

  private void emit(Sent segment) {
    Packets packet =
        headers()
            .id(segment.id)
            .df(dontFragment)
            .tcp(port, other.port)
            .flags(segment.flags)
            .seq(segment.sequence)
            .ack(segment.acknowledgement)
            .window(window)
            .payload(segment.data);
    if (timestamps) {
      packet.timestamps(segment.tsVal, 1);
    }
    tap.see(packet);
  }

  private Packets headers() {
    Packets packet = Packets.ethernet(mac, other.mac);
    return (address.indexOf(':') < 0
            ? packet.ipv4(address, other.address)
            : packet.ipv6(address, other.address))
        .ttl(ttl);
  }

  private Sent sent(int back) {
    return sent.get(sent.size() - back);
  }

  private int nextId() {
    return countsIpId ? ipId++ & 0xffff : 0;
  }

  /** A clock of a thousand ticks a second, as Linux has it. */
  private int tsVal() {
    return (int) (tap.nanos() / 1_000_000) + (int) mac;
  }
}
