package io.rstscope.testing;

/** One side of a {@link Talk}: what the next packet in its name looks like. */
final class TalkSide {
  final String address;
  final int port;
  int ttl;
  long mac;
  int next;
  int ipId;
  long clockOffset;
  int cookedType;
  byte[] last = {};

  TalkSide(String address, int port, int ttl, long mac, int next, int cookedType) {
    this.address = address;
    this.port = port;
    this.ttl = ttl;
    this.mac = mac;
    this.next = next;
    this.ipId = next & 0xfff | 1;
    this.cookedType = cookedType;
  }
}
