package io.rstscope.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * What else is on the wire: TCP connections on other ports that began before the capture, DNS over
 * IPv4 and IPv6, ARP. Used by one thread.
 */
final class BackgroundTraffic {
  private static final int CONNECTIONS = 500;
  private static final int[] PORTS = {443, 22, 8080};
  private static final int HOST_NETWORK = 0x0a02_0000;
  private static final int SERVER_NETWORK = 0x0a03_0000;
  private static final int FIRST_CLIENT_PORT = 40_000;
  private static final long FIRST_HOST_MAC = 0x0200_0001_0000L;
  private static final long FIRST_SERVER_MAC = 0x0200_0002_0000L;
  private static final int TTL = 64;
  private static final int LONGEST_PAYLOAD = 1400;

  private final byte[] dnsQuery =
      HexFormat.of()
          .parseHex("000001000001000000000000" + "07627261626269740765786d61706c6500" + "00010001");

  private final byte[] dnsAnswer =
      HexFormat.of()
          .parseHex(
              "000081800001000100000000"
                  + "07627261626269740765786d61706c6500"
                  + "00010001"
                  + "c00c000100010000003c00040a000005");

  private final FrameWriter frames;
  private final TcpWriter tcp;
  private final MessageSizes sizes;
  private final RandomGenerator random;
  private final TcpEndpoint[] clients = new TcpEndpoint[CONNECTIONS];
  private final TcpEndpoint[] servers = new TcpEndpoint[CONNECTIONS];
  private final boolean[] unacknowledged = new boolean[CONNECTIONS];
  private final TcpEndpoint resolver;
  private TcpEndpoint asking;
  private int dnsId;

  BackgroundTraffic(FrameWriter frames, MessageSizes sizes, RandomGenerator random) {
    this.frames = frames;
    this.sizes = sizes;
    this.random = random;
    tcp = new TcpWriter(frames);
    for (int i = 0; i < CONNECTIONS; i++) {
      clients[i] =
          new TcpEndpoint(FIRST_HOST_MAC + i, HOST_NETWORK + i, FIRST_CLIENT_PORT + i, TTL, random);
      servers[i] =
          new TcpEndpoint(
              FIRST_SERVER_MAC + i, SERVER_NETWORK + i, PORTS[i % PORTS.length], TTL, random);
    }
    resolver = new TcpEndpoint(FIRST_SERVER_MAC - 1, SERVER_NETWORK - 1, 53, TTL, random);
  }

  /** Sends one packet of any kind. */
  void send(long timeNanos) throws IOException {
    int i = random.nextInt(CONNECTIONS);
    int percent = random.nextInt(100);
    if (percent < 80) {
      sendTcp(timeNanos, i);
    } else if (percent < 98) {
      sendDns(timeNanos, clients[i]);
    } else {
      frames.arpRequest(timeNanos, clients[i], servers[i].address);
    }
  }

  private void sendTcp(long timeNanos, int i) throws IOException {
    if (unacknowledged[i]) {
      tcp.send(timeNanos, clients[i], servers[i], TcpWriter.ACK);
    } else {
      ByteBuffer out = tcp.begin(timeNanos, servers[i], clients[i], TcpWriter.PSH | TcpWriter.ACK);
      Filler.put(out, Math.min(sizes.next(), LONGEST_PAYLOAD));
      tcp.end();
    }
    unacknowledged[i] = !unacknowledged[i];
  }

  /** A query, or the answer to the last one; every second pair over IPv6. */
  private void sendDns(long timeNanos, TcpEndpoint client) throws IOException {
    boolean query = asking == null;
    byte[] message = query ? dnsQuery : dnsAnswer;
    message[0] = (byte) (dnsId >>> 8);
    message[1] = (byte) dnsId;
    TcpEndpoint from = query ? client : resolver;
    TcpEndpoint to = query ? resolver : asking;
    if ((dnsId & 1) == 0) {
      frames.udp(timeNanos, from, to, message);
    } else {
      frames.udpIpv6(timeNanos, from, to, message);
    }
    asking = query ? client : null;
    dnsId += query ? 0 : 1;
  }
}
