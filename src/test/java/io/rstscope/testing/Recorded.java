package io.rstscope.testing;

import io.rstscope.capture.CaptureException;
import io.rstscope.capture.CaptureFiles;
import io.rstscope.capture.CapturedPacket;
import io.rstscope.capture.LinkType;
import io.rstscope.capture.PacketSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A TCP packet of a recording, to be changed: Ethernet or Linux cooked, IPv4 or IPv6 without
 * extension headers. A change makes a new one.
 *
 * @param frame its number in the recording, from 1; a changed packet keeps it
 */
public record Recorded(long frame, long nanos, int linkType, byte[] bytes, int originalLength) {
  /** AMQP's and that of AMQP in TLS. */
  private static final Set<Integer> BROKER_PORTS = Set.of(5672, 5671);

  private static final int RST = 4;
  private static final int ACK = 16;

  /** SYN, FIN, RST. */
  private static final int NOT_JOINED = 7;

  /** Linux joins up to 64 KiB (GSO_LEGACY_MAX_SIZE, include/linux/netdevice.h). */
  private static final int MAX_JOINED = 60_000;

  private static final int IPV4_HEADER = 20;
  private static final int IPV6_HEADER = 40;
  private static final int TCP = 6;
  private static final int TIMESTAMPS = 8;
  private static final int NO_OPERATION = 1;
  private static final int TIMESTAMPS_LENGTH = 10;
  private static final int SHORTEST_TCP_HEADER = 20;

  /** Ethernet, IPv4, UDP and VXLAN headers. */
  private static final int TUNNEL = 14 + 20 + 8 + 8;

  /** All packets of a capture of whatever format. */
  public static List<Recorded> read(Path capture) {
    List<Recorded> packets = new ArrayList<>();
    CapturedPacket packet = new CapturedPacket();
    try (PacketSource source =
        CaptureFiles.read(capture.toString(), Files.newInputStream(capture))) {
      while (source.next(packet)) {
        byte[] bytes =
            Arrays.copyOfRange(packet.data, packet.offset, packet.offset + packet.capturedLength);
        packets.add(
            new Recorded(
                packet.frame, packet.timeNanos, packet.linkType, bytes, packet.originalLength));
      }
    } catch (CaptureException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packets;
  }

  /** The packets as a capture of their own, numbered anew from 1. */
  public static PcapFile capture(List<Recorded> packets) {
    PcapFile file = new PcapFile(packets.get(0).linkType);
    packets.forEach(packet -> file.add(packet.nanos, packet.bytes, packet.originalLength));
    return file;
  }

  // ---- what it says

  public boolean isReset() {
    return (bytes[tcp() + 13] & RST) != 0;
  }

  public boolean fromClient() {
    return BROKER_PORTS.contains(port(tcp() + 2));
  }

  /** The client's address and port, whichever way the packet goes. */
  public List<Byte> connection() {
    int addresses = isIpv6() ? ip() + 8 : ip() + 12;
    int length = isIpv6() ? 16 : 4;
    List<Byte> key = new ArrayList<>();
    addTo(key, fromClient() ? addresses : addresses + length, length);
    addTo(key, fromClient() ? tcp() : tcp() + 2, 2);
    return key;
  }

  /** What {@link #connection()} is for the client of that address, in numbers, and port. */
  public static List<Byte> connection(String address, int port) {
    List<Byte> key = new ArrayList<>();
    try {
      for (byte each : InetAddress.getByName(address).getAddress()) {
        key.add(each);
      }
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(address, e);
    }
    key.add((byte) (port >> 8));
    key.add((byte) port);
    return key;
  }

  public int ttl() {
    return bytes[ttlAt()] & 0xff;
  }

  public boolean isIpv6() {
    return bytes[ip()] >> 4 == 6;
  }

  /** Whether the other one goes on where this one ends, so that a card may join them. */
  public boolean isContinuedBy(Recorded next) {
    return next.fromClient() == fromClient()
        && (bytes[tcp() + 13] & NOT_JOINED) == 0
        && (next.bytes[next.tcp() + 13] & NOT_JOINED) == 0
        && bytes.length == originalLength
        && next.bytes.length == next.originalLength
        && payload() > 0
        && next.payload() > 0
        && payload() + next.payload() < MAX_JOINED
        && sequence() + payload() == next.sequence();
  }

  /**
   * Whether it is a TCP packet of the kind that this class can take apart, and not a fragment. What
   * else is asked of a packet holds for these only.
   */
  public boolean isTcp() {
    if (bytes.length < ip() + IPV4_HEADER || bytes.length < tcp() + SHORTEST_TCP_HEADER) {
      return false;
    }
    if (isIpv6()) {
      return bytes[ip() + 6] == TCP;
    }
    int fragment = ByteBuffer.wrap(bytes).getShort(ip() + 6) & 0x3fff;
    return bytes[ip()] == 0x45 && bytes[ip() + 9] == TCP && fragment == 0;
  }

  public int sequence() {
    return ByteBuffer.wrap(bytes).getInt(tcp() + 4);
  }

  public int acknowledgement() {
    return ByteBuffer.wrap(bytes).getInt(tcp() + 8);
  }

  public int window() {
    return ByteBuffer.wrap(bytes).getShort(tcp() + 14) & 0xffff;
  }

  /** What was captured of its payload. */
  public ByteBuffer seenPayload() {
    int from = Math.min(payloadAt(), bytes.length);
    int to = Math.min(payloadAt() + payload(), bytes.length);
    return ByteBuffer.wrap(bytes, from, to - from).slice();
  }

  private int payloadAt() {
    return tcp() + (bytes[tcp() + 12] >> 4 & 0xf) * 4;
  }

  /** Bytes of payload by the IP length: a frame may be padded. */
  public int payload() {
    ByteBuffer packet = ByteBuffer.wrap(bytes);
    int end =
        isIpv6()
            ? ip() + IPV6_HEADER + (packet.getShort(ip() + 4) & 0xffff)
            : ip() + (packet.getShort(ip() + 2) & 0xffff);
    return end - payloadAt();
  }

  // ---- the same, changed

  /** Cut to its headers; of TCP's options only what fits into 12 bytes, which a SYN's do not. */
  public Recorded headersOnly() {
    return cutTo(tcp() + 32);
  }

  /** With the payload of one that it is continued by, as receive offload joins them. */
  public Recorded joinedWith(Recorded next) {
    int more = next.payload();
    byte[] joined = Arrays.copyOf(bytes, payloadAt() + payload() + more);
    System.arraycopy(next.bytes, next.payloadAt(), joined, payloadAt() + payload(), more);
    int lengthAt = ip() + (isIpv6() ? 4 : 2);
    ByteBuffer packet = ByteBuffer.wrap(joined);
    packet.putShort(lengthAt, (short) (packet.getShort(lengthAt) + more));
    return new Recorded(frame, nanos, linkType, joined, joined.length);
  }

  public Recorded at(long time) {
    return new Recorded(frame, time, linkType, bytes, originalLength);
  }

  public Recorded withTtl(int ttl) {
    return changed(copy -> copy[ttlAt()] = (byte) ttl);
  }

  public Recorded withIpId(int id) {
    return isIpv6() ? this : changed(copy -> ByteBuffer.wrap(copy).putShort(ip() + 4, (short) id));
  }

  public int ipId() {
    return ByteBuffer.wrap(bytes).getShort(ip() + 4) & 0xffff;
  }

  public Recorded withWindow(int window) {
    return changed(copy -> ByteBuffer.wrap(copy).putShort(tcp() + 14, (short) window));
  }

  /** In a VXLAN tunnel (RFC 7348) between two hosts of another network; Ethernet only. */
  public Recorded tunnelled() {
    if (linkType != LinkType.ETHERNET) {
      return this;
    }
    ByteBuffer outer = ByteBuffer.allocate(TUNNEL + bytes.length);
    outer.put(new byte[] {2, 0, 0, 0, 9, 1, 2, 0, 0, 0, 9, 2}).putShort((short) 0x0800);
    outer.put((byte) 0x45).put((byte) 0).putShort((short) (originalLength + 36));
    outer.putInt(0).put((byte) 64).put((byte) 17).putShort((short) 0);
    outer.putInt(0x0a63_0001).putInt(0x0a63_0002);
    outer.putShort((short) 50_000).putShort((short) 4789);
    outer.putShort((short) (originalLength + 16)).putShort((short) 0);
    outer.putInt(0x0800_0000).putInt(0x0000_2a00).put(bytes);
    return new Recorded(frame, nanos, linkType, outer.array(), originalLength + TUNNEL);
  }

  /** The IP packet in it, with what may be padding behind it. */
  public byte[] ipPacket() {
    return Arrays.copyOfRange(bytes, ip(), bytes.length);
  }

  /** Another IP packet in its place; what the snap length cut of the first is cut of it too. */
  public Recorded withIpPacket(byte[] packet) {
    byte[] frameBytes = Arrays.copyOf(bytes, ip() + packet.length);
    System.arraycopy(packet, 0, frameBytes, ip(), packet.length);
    return in(linkType, frameBytes);
  }

  /** Other bytes of another link type; what the snap length cut of the first is cut of them too. */
  public Recorded in(int otherLinkType, byte[] frameBytes) {
    return new Recorded(
        frame, nanos, otherLinkType, frameBytes, originalLength + frameBytes.length - bytes.length);
  }

  /** Between other addresses, each number another network. */
  public Recorded inNetwork(int number) {
    int length = isIpv6() ? 16 : 4;
    int addresses = isIpv6() ? ip() + 8 : ip() + 12;
    return changed(
        copy -> {
          for (int at = addresses; at < addresses + 2 * length; at += length) {
            copy[at + 1] ^= (byte) (number >> 8);
            copy[at + 2] ^= (byte) number;
          }
        });
  }

  /** With these TCP flags. */
  public Recorded withFlags(int flags) {
    return changed(copy -> copy[tcp() + 13] = (byte) flags);
  }

  /** The TCP flags. */
  public int flags() {
    return bytes[tcp() + 13] & 0xff;
  }

  /** Its sequence number moved by so much. */
  public Recorded withSequenceMoved(int by) {
    return changed(copy -> ByteBuffer.wrap(copy).putInt(tcp() + 4, sequence() + by));
  }

  /** Whether its acknowledgement number counts. */
  public boolean acknowledges() {
    return (flags() & ACK) != 0;
  }

  /** Its acknowledgement number moved by so much. */
  public Recorded withAcknowledgementMoved(int by) {
    return changed(copy -> ByteBuffer.wrap(copy).putInt(tcp() + 8, acknowledgement() + by));
  }

  /** As another router would send it. */
  public Recorded withSourceMac(int last) {
    int at = linkType == LinkType.ETHERNET ? 11 : ip() - 5;
    return changed(copy -> copy[at] = (byte) last);
  }

  /** From or to that address and port in the client's place; IPv4 only. */
  public Recorded withClient(int address, int port) {
    return changed(
        copy -> {
          ByteBuffer packet = ByteBuffer.wrap(copy);
          packet.putInt(ip() + (fromClient() ? 12 : 16), address);
          packet.putShort(tcp() + (fromClient() ? 0 : 2), (short) port);
        });
  }

  /** With the option's place filled up, as a device does that takes timestamps out. */
  public Recorded withoutTimestamps() {
    int at = timestampsAt();
    return at < 0
        ? this
        : changed(copy -> Arrays.fill(copy, at, at + TIMESTAMPS_LENGTH, (byte) NO_OPERATION));
  }

  /** Whether it has the timestamps option. */
  public boolean hasTimestamps() {
    return timestampsAt() >= 0;
  }

  /** TSval, of a packet that has timestamps. */
  public int timestamp() {
    return ByteBuffer.wrap(bytes).getInt(timestampsAt() + 2);
  }

  /** TSecr, of a packet that has timestamps. */
  public int timestampEcho() {
    return ByteBuffer.wrap(bytes).getInt(timestampsAt() + 6);
  }

  /** With other timestamps, of a packet that has some; a checksum that was right stays right. */
  public Recorded withTimestamps(int value, int echo) {
    int at = timestampsAt();
    return withInt(at + 2, value).withInt(at + 6, echo);
  }

  /** Where the timestamps option begins, or -1. */
  private int timestampsAt() {
    int end = Math.min(payloadAt(), bytes.length);
    for (int at = tcp() + SHORTEST_TCP_HEADER; at < end - 1; ) {
      int kind = bytes[at];
      int length = kind == NO_OPERATION ? 1 : Math.max(bytes[at + 1], 1);
      if (kind == TIMESTAMPS && length == TIMESTAMPS_LENGTH && at + length <= end) {
        return at;
      }
      at += kind == 0 ? end : length;
    }
    return -1;
  }

  /**
   * With the captured bytes of its payload changed; a checksum that was right stays right.
   *
   * @param at from the begin of the payload
   */
  public Recorded withPayloadByte(int at, int value) {
    int from = payloadAt() + at - (at & 1);
    return changed(
        copy -> {
          int before = ByteBuffer.wrap(copy).getShort(from) & 0xffff;
          copy[payloadAt() + at] = (byte) value;
          correctChecksum(copy, before, ByteBuffer.wrap(copy).getShort(from) & 0xffff);
        });
  }

  private Recorded withInt(int at, int value) {
    return changed(
        copy -> {
          ByteBuffer packet = ByteBuffer.wrap(copy);
          int before = packet.getInt(at);
          packet.putInt(at, value);
          boolean isOdd = (at - tcp() & 1) != 0;
          correctChecksum(copy, folded(before, isOdd), folded(value, isOdd));
        });
  }

  /** What 32 bits add to the checksum; at an odd place their bytes count the other way round. */
  private static int folded(int value, boolean isOdd) {
    int sum = (value >>> 16) + (value & 0xffff);
    int word = (sum & 0xffff) + (sum >>> 16);
    return isOdd ? (word & 0xff) << 8 | word >> 8 : word;
  }

  /** TCP's checksum after 16 bits of the segment have changed (RFC 1624). */
  private void correctChecksum(byte[] copy, int before, int after) {
    ByteBuffer packet = ByteBuffer.wrap(copy);
    int sum = (~packet.getShort(tcp() + 16) & 0xffff) + (~before & 0xffff) + after;
    sum = (sum & 0xffff) + (sum >>> 16);
    sum = (sum & 0xffff) + (sum >>> 16);
    packet.putShort(tcp() + 16, (short) ~sum);
  }

  public Recorded cutTo(int length) {
    return length >= bytes.length
        ? this
        : new Recorded(frame, nanos, linkType, Arrays.copyOf(bytes, length), originalLength);
  }

  private Recorded changed(Consumer<byte[]> change) {
    byte[] copy = bytes.clone();
    change.accept(copy);
    return new Recorded(frame, nanos, linkType, copy, originalLength);
  }

  private void addTo(List<Byte> key, int from, int length) {
    for (int i = from; i < from + length; i++) {
      key.add(bytes[i]);
    }
  }

  private int ttlAt() {
    return ip() + (isIpv6() ? 7 : 8);
  }

  private int port(int at) {
    return ByteBuffer.wrap(bytes).getShort(at) & 0xffff;
  }

  private int tcp() {
    return ip() + (isIpv6() ? IPV6_HEADER : IPV4_HEADER);
  }

  private int ip() {
    return switch (linkType) {
      case LinkType.ETHERNET -> 14;
      case LinkType.LINUX_SLL -> 16;
      case LinkType.LINUX_SLL2 -> 20;
      default -> throw new IllegalStateException("link type " + linkType);
    };
  }
}
