package io.rstscope.decode;

import io.rstscope.net.HostPort;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * Source and destination of packets, as a key of hash tables; one instance is refilled to look up
 * each packet, those in a table are not touched.
 */
public final class Tuple {
  private long sourceHigh;
  private long sourceLow;
  private long destinationHigh;
  private long destinationLow;
  private int ports;
  private int ipVersion;

  /** Of packets from one to the other. */
  public static Tuple of(HostPort source, HostPort destination) {
    InetAddress from = address(source);
    InetAddress to = address(destination);
    Tuple tuple = new Tuple();
    tuple.sourceHigh = high(from);
    tuple.sourceLow = low(from);
    tuple.destinationHigh = high(to);
    tuple.destinationLow = low(to);
    tuple.ports = source.port() << 16 | destination.port();
    tuple.ipVersion = source.address().indexOf(':') < 0 ? 4 : 6;
    return tuple;
  }

  /** Takes the addresses and ports of the segment. */
  public Tuple refill(Segment segment) {
    sourceHigh = segment.sourceHigh;
    sourceLow = segment.sourceLow;
    destinationHigh = segment.destinationHigh;
    destinationLow = segment.destinationLow;
    ports = segment.sourcePort << 16 | segment.destinationPort;
    ipVersion = segment.ipVersion;
    return this;
  }

  /** Writes addresses and ports into the segment. */
  public void fill(Segment segment) {
    segment.sourceHigh = sourceHigh;
    segment.sourceLow = sourceLow;
    segment.destinationHigh = destinationHigh;
    segment.destinationLow = destinationLow;
    segment.sourcePort = ports >>> 16;
    segment.destinationPort = ports & 0xffff;
    segment.ipVersion = ipVersion;
  }

  /** Another one, which is not refilled with this one. */
  public Tuple copy() {
    Tuple copy = new Tuple();
    copy.sourceHigh = sourceHigh;
    copy.sourceLow = sourceLow;
    copy.destinationHigh = destinationHigh;
    copy.destinationLow = destinationLow;
    copy.ports = ports;
    copy.ipVersion = ipVersion;
    return copy;
  }

  /** That of packets the other way. */
  public Tuple reversed() {
    Tuple reversed = new Tuple();
    reversed.sourceHigh = destinationHigh;
    reversed.sourceLow = destinationLow;
    reversed.destinationHigh = sourceHigh;
    reversed.destinationLow = sourceLow;
    reversed.ports = ports << 16 | ports >>> 16;
    reversed.ipVersion = ipVersion;
    return reversed;
  }

  /** Where its packets come from. */
  public HostPort source() {
    return hostPort(sourceHigh, sourceLow, ports >>> 16);
  }

  /** Where they go. */
  public HostPort destination() {
    return hostPort(destinationHigh, destinationLow, ports & 0xffff);
  }

  private HostPort hostPort(long high, long low, int port) {
    return ipVersion == 4 ? HostPort.ofIpv4((int) low, port) : HostPort.ofIpv6(high, low, port);
  }

  /** A {@link HostPort} holds an address in figures, so that no name is looked up. */
  private static InetAddress address(HostPort hostPort) {
    try {
      return InetAddress.getByName(hostPort.address());
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(hostPort.toString(), e);
    }
  }

  private static long high(InetAddress address) {
    return address instanceof Inet4Address ? 0 : ByteBuffer.wrap(address.getAddress()).getLong();
  }

  private static long low(InetAddress address) {
    ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
    return address instanceof Inet4Address ? bytes.getInt() & 0xffff_ffffL : bytes.getLong(8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tuple tuple
        && ports == tuple.ports
        && sourceLow == tuple.sourceLow
        && destinationLow == tuple.destinationLow
        && sourceHigh == tuple.sourceHigh
        && destinationHigh == tuple.destinationHigh
        && ipVersion == tuple.ipVersion;
  }

  @Override
  public int hashCode() {
    long mixed = (sourceLow * 31 + destinationLow) * 31 + ports;
    mixed = (mixed * 31 + sourceHigh) * 31 + destinationHigh;
    return Long.hashCode(mixed * 0x9e3779b97f4a7c15L);
  }
}
