package io.rstscope.reset;

import io.rstscope.flow.Endpoint;
import io.rstscope.flow.Flow;
import io.rstscope.flow.HostPort;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * When hosts are known to have lived through: from the beginning of a connection to the last packet
 * that the host sent on it. A host that was rebooted in between had none of its connections left.
 *
 * <p>Told by address and TTL, since behind one address there may be several hosts. Filled by the
 * tracker's thread, read by any.
 */
public final class HostLives {
  /** Shorter connections live through nothing. */
  private static final long SHORTEST_NANOS = 1_000_000_000L;

  /** More spans of a host are not kept: those of long connections cover most. */
  private static final int MOST_SPANS = 256;

  private record Host(String address, int ttl) {}

  /** The end of each span by its beginning; none lies within another. */
  private final Map<Host, NavigableMap<Long, Long>> spans = new ConcurrentHashMap<>();

  private final Set<String> users = ConcurrentHashMap.newKeySet();
  private final int maxHosts;

  /**
   * @param maxHosts that are kept; of others nothing is known
   */
  HostLives(int maxHosts) {
    this.maxHosts = maxHosts;
  }

  /** Takes what both hosts of a flow have lived through so far. */
  void add(Flow flow, HostPort client, HostPort broker) {
    add(client, flow.client(), flow.startedNanos());
    add(broker, flow.broker(), flow.startedNanos());
  }

  private void add(HostPort at, Endpoint host, long startedNanos) {
    if (host.packets() > 0 && host.lastNanos() - startedNanos >= SHORTEST_NANOS) {
      add(at.address(), host.ttl(), startedNanos, host.lastNanos());
    }
  }

  /** A client of that host had its connection opened by the broker. */
  void addUser(HostPort client) {
    if (users.size() < maxHosts) {
      users.add(client.address());
    }
  }

  /** Whether a client at that address had a connection opened. */
  public boolean isUser(String address) {
    return users.contains(address);
  }

  void add(String address, int ttl, long fromNanos, long untilNanos) {
    Host host = new Host(address, ttl);
    NavigableMap<Long, Long> known = spans.get(host);
    if (known == null) {
      if (spans.size() >= maxHosts) {
        return;
      }
      known = new ConcurrentSkipListMap<>();
      spans.put(host, known);
    }
    Map.Entry<Long, Long> before = known.floorEntry(fromNanos);
    if (before != null && before.getValue() >= untilNanos) {
      return;
    }
    known.put(fromNanos, untilNanos);
    Map.Entry<Long, Long> within = known.higherEntry(fromNanos);
    while (within != null && within.getValue() <= untilNanos) {
      known.remove(within.getKey());
      within = known.higherEntry(fromNanos);
    }
    if (known.size() > MOST_SPANS) {
      known.pollFirstEntry();
    }
  }

  /** How much of that time no connection of that host was up, ns. */
  public long unseenNanos(String address, int ttl, long fromNanos, long untilNanos) {
    NavigableMap<Long, Long> known = spans.get(new Host(address, ttl));
    if (known == null) {
      return Math.max(untilNanos - fromNanos, 0);
    }
    Map.Entry<Long, Long> before = known.floorEntry(fromNanos);
    long seenUntil = before == null ? fromNanos : Math.max(fromNanos, before.getValue());
    long unseen = 0;
    for (Map.Entry<Long, Long> span :
        known.subMap(fromNanos, false, Math.max(untilNanos, fromNanos), true).entrySet()) {
      unseen += Math.max(span.getKey() - seenUntil, 0);
      seenUntil = Math.max(seenUntil, span.getValue());
    }
    return unseen + Math.max(untilNanos - seenUntil, 0);
  }

  /**
   * Whether a connection of that host began before the first time and had a packet of the host
   * after the second.
   *
   * @param ttl of its packets in the capture
   */
  public boolean livedThrough(String address, int ttl, long fromNanos, long untilNanos) {
    NavigableMap<Long, Long> known = spans.get(new Host(address, ttl));
    Map.Entry<Long, Long> before = known == null ? null : known.lowerEntry(fromNanos);
    return before != null && before.getValue() > untilNanos;
  }
}
