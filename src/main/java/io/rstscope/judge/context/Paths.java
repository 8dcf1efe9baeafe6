package io.rstscope.judge.context;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * By which TTLs and source MAC addresses the packets of an address came, and when: what several of
 * its connections have at one time is the way to it.
 */
final class Paths {
  /** A way that was seen so shortly before or after is the one of that time. */
  static final long NOW_NANOS = 10_000_000_000L;

  private static final int MAC_BITS = 48;

  private final Map<String, Map<Long, Times>> byAddress = new HashMap<>();

  /** Source MAC addresses of hosts on the segment of the capture. */
  private final Set<Long> neighbours = new HashSet<>();

  /** When the flows that came by one way began, and when they ended. */
  private static final class Times {
    private final EventTimes begins = new EventTimes();
    private final EventTimes ends = new EventTimes();
  }

  /** Adds a flow of which the packets of that address came so from one time to another. */
  void add(String address, int ttl, long mac, long fromNanos, long toNanos) {
    add(address, ttl, fromNanos, toNanos);
    add(address, key(mac), fromNanos, toNanos);
    if (InitialTtl.hops(ttl) == 0) {
      neighbours.add(mac);
    }
  }

  /** Adds another TTL that a packet of that address had about that time. */
  void add(String address, int ttl, long nanos) {
    add(address, ttl, nanos, nanos);
  }

  /** Whether a host on the segment of the capture sends from that MAC address, and no router. */
  boolean isNeighbour(long mac) {
    return neighbours.contains(mac);
  }

  private void add(String address, long key, long fromNanos, long toNanos) {
    Times times =
        byAddress
            .computeIfAbsent(address, each -> new HashMap<>())
            .computeIfAbsent(key, each -> new Times());
    times.begins.add(fromNanos);
    times.ends.add(toNanos);
  }

  /** To be called when all are added, and before any are counted. */
  void sort() {
    for (Map<Long, Times> ways : byAddress.values()) {
      for (Times times : ways.values()) {
        times.begins.sort();
        times.ends.sort();
      }
    }
  }

  /** How many flows of the address had that TTL about that time. */
  int withTtl(String address, int ttl, long nanos) {
    return count(address, ttl, nanos);
  }

  /** How many flows of the address had that source MAC address about that time. */
  int withMac(String address, long mac, long nanos) {
    return count(address, key(mac), nanos);
  }

  private int count(String address, long key, long nanos) {
    Map<Long, Times> ways = byAddress.get(address);
    Times times = ways == null ? null : ways.get(key);
    return times == null
        ? 0
        : times.begins.before(nanos + NOW_NANOS + 1) - times.ends.before(nanos - NOW_NANOS);
  }

  private static long key(long mac) {
    return 1L << MAC_BITS | mac;
  }
}
