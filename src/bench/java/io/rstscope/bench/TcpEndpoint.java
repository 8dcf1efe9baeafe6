package io.rstscope.bench;

import java.util.random.RandomGenerator;

/** One end of a TCP connection: all that its next segment needs. Used by one thread. */
final class TcpEndpoint {
  private static final long NANOS_PER_TICK = 1_000_000;

  /** 48 bits. */
  final long mac;

  final int address;
  final int port;

  /** Time to live where the capture is taken. */
  final int ttl;

  /** Sequence number of the next octet it sends. */
  int sequence;

  /** TSval of its last segment. */
  int lastTimestamp;

  private final int timestampOffset;
  private int ipId;

  TcpEndpoint(long mac, int address, int port, int ttl, RandomGenerator random) {
    this.mac = mac;
    this.address = address;
    this.port = port;
    this.ttl = ttl;
    sequence = random.nextInt();
    timestampOffset = random.nextInt();
    ipId = random.nextInt();
  }

  /** IPv4 identification of the next packet; Linux counts them for each connection. */
  int nextIpId() {
    return ipId++ & 0xffff;
  }

  /** TSval at a time: ticks of a millisecond from a random offset, as Linux has it. */
  int timestampAt(long timeNanos) {
    lastTimestamp = timestampOffset + (int) (timeNanos / NANOS_PER_TICK);
    return lastTimestamp;
  }
}
