package io.rstscope.bench;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Puts Ethernet frames of IPv4, IPv6 and ARP into a capture, with the lengths and checksums right.
 *
 * <p>A frame with payload is begun, its payload put into the returned buffer, and ended. Used by
 * one thread.
 */
final class FrameWriter {
  static final int IPV4_HEADER = 20;
  static final int IPV6_HEADER = 40;
  static final int PROTOCOL_TCP = 6;
  static final int PROTOCOL_UDP = 17;

  private static final int ETHERTYPE_IPV4 = 0x0800;
  private static final int ETHERTYPE_ARP = 0x0806;
  private static final int ETHERTYPE_IPV6 = 0x86dd;
  private static final long BROADCAST_MAC = 0xffff_ffff_ffffL;
  private static final short DONT_FRAGMENT = 0x4000;
  private static final int UDP_HEADER = 8;

  private final PcapWriter capture;
  private ByteBuffer out;
  private int ip;

  FrameWriter(PcapWriter capture) {
    this.capture = capture;
  }

  /** Begins an IPv4 packet: what follows is put into the returned buffer. */
  ByteBuffer beginIpv4(
      long timeNanos,
      long sourceMac,
      long destinationMac,
      int source,
      int destination,
      int ttl,
      int ipId,
      int protocol)
      throws IOException {
    beginEthernet(timeNanos, sourceMac, destinationMac, ETHERTYPE_IPV4);
    out.putInt(0x4500_0000).putShort((short) ipId).putShort(DONT_FRAGMENT);
    out.put((byte) ttl).put((byte) protocol).putShort((short) 0);
    return out.putInt(source).putInt(destination);
  }

  /**
   * Ends an IPv4 packet.
   *
   * @param checksumAt where the zeroed checksum of the TCP or UDP header lies, from that header
   */
  void endIpv4(int checksumAt) {
    int transport = ip + IPV4_HEADER;
    int end = out.position();
    out.putShort(ip + 2, (short) (end - ip));
    out.putShort(ip + 10, InternetChecksum.fold(InternetChecksum.sum(out, ip, transport)));
    long pseudoHeader =
        InternetChecksum.sum(out, ip + 12, transport) + out.get(ip + 9) + (end - transport);
    out.putShort(
        transport + checksumAt,
        InternetChecksum.fold(pseudoHeader + InternetChecksum.sum(out, transport, end)));
    capture.end();
  }

  /** A UDP datagram over IPv4. */
  void udp(long timeNanos, TcpEndpoint from, TcpEndpoint to, byte[] payload) throws IOException {
    beginIpv4(
        timeNanos,
        from.mac,
        to.mac,
        from.address,
        to.address,
        from.ttl,
        from.nextIpId(),
        PROTOCOL_UDP);
    putUdp(from.port, to.port, payload);
    endIpv4(6);
  }

  /** A UDP datagram over IPv6, between addresses of the documentation prefix (RFC 3849). */
  void udpIpv6(long timeNanos, TcpEndpoint from, TcpEndpoint to, byte[] payload)
      throws IOException {
    beginEthernet(timeNanos, from.mac, to.mac, ETHERTYPE_IPV6);
    int length = UDP_HEADER + payload.length;
    out.putInt(0x6000_0000).putShort((short) length);
    out.put((byte) PROTOCOL_UDP).put((byte) from.ttl);
    putDocumentationAddress(from.address);
    putDocumentationAddress(to.address);
    int transport = out.position();
    putUdp(from.port, to.port, payload);
    long sum = InternetChecksum.sum(out, ip + 8, out.position()) + PROTOCOL_UDP + length;
    out.putShort(transport + 6, InternetChecksum.fold(sum));
    capture.end();
  }

  /** A broadcast that asks for the MAC address of {@code wanted} (RFC 826). */
  void arpRequest(long timeNanos, TcpEndpoint from, int wanted) throws IOException {
    beginEthernet(timeNanos, from.mac, BROADCAST_MAC, ETHERTYPE_ARP);
    out.putShort((short) 1).putShort((short) ETHERTYPE_IPV4).putShort((short) 0x0604);
    out.putShort((short) 1);
    putMac(from.mac);
    out.putInt(from.address);
    putMac(0);
    out.putInt(wanted);
    capture.end();
  }

  private void beginEthernet(long timeNanos, long source, long destination, int etherType)
      throws IOException {
    out = capture.begin(timeNanos);
    putMac(destination);
    putMac(source);
    out.putShort((short) etherType);
    ip = out.position();
  }

  private void putUdp(int sourcePort, int destinationPort, byte[] payload) {
    out.putShort((short) sourcePort).putShort((short) destinationPort);
    out.putShort((short) (UDP_HEADER + payload.length)).putShort((short) 0).put(payload);
  }

  private void putMac(long mac) {
    out.putShort((short) (mac >>> 32)).putInt((int) mac);
  }

  private void putDocumentationAddress(int host) {
    out.putInt(0x2001_0db8).putInt(0).putInt(0).putInt(host);
  }
}
