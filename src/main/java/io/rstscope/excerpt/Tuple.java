package io.rstscope.excerpt;

import io.rstscope.flow.HostPort;
import io.rstscope.flow.Segment;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * Source and destination of packets, as a key of hash tables; one instance is refilled to look up
 * each packet, those in a table are not touched.
 */
final class Tuple {
  private long sourceHigh;
  private long sourceLow;
  private long destinationHigh;
  private long destinationLow;
  private int ports;
  private int ipVersion;

  static Tuple of(HostPort source, HostPort destination) {
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

  Tuple refill(Segment segment) {
    sourceHigh = segment.sourceHigh;
    sourceLow = segment.sourceLow;
    destinationHigh = segment.destinationHigh;
    destinationLow = segment.destinationLow;
    ports = segment.sourcePort << 16 | segment.destinationPort;
    ipVersion = segment.ipVersion;
    return this;
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
