package io.rstscope.testing;

import java.util.ArrayList;
import java.util.List;

/** One side of a {@link Talk}: what the next packet in its name looks like, and what it sent. */
final class TalkSide {
  final String address;
  final int port;
  int ttl;
  long mac;
  int next;
  int ipId;
  boolean countsIpIds = true;
  int window = 502;
  boolean dontFragment = true;
  boolean timestamps = true;
  long clockOffset;
  int cookedType;

  /** What it would send again if no one acknowledged it. */
  final List<Segment> segments = new ArrayList<>();

  /** All that was sent in its name. */
  final List<Packets> packets = new ArrayList<>();

  record Segment(int flags, int sequence, byte[] payload) {
    /** In sequence numbers; SYN and FIN have one each. */
    int length() {
      return payload.length + (flags & Packets.FIN) + (flags & Packets.SYN) / Packets.SYN;
    }
  }

  TalkSide(String address, int port, int ttl, long mac, int next, int cookedType) {
    this.address = address;
    this.port = port;
    this.ttl = ttl;
    this.mac = mac;
    this.next = next;
    this.ipId = next & 0xfff | 1;
    this.cookedType = cookedType;
  }

  int nextIpId() {
    return countsIpIds ? ipId++ : 0;
  }
}
