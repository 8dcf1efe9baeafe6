package io.rstscope.reset;

import io.rstscope.flow.Endpoint;
import io.rstscope.flow.Flow;
import io.rstscope.net.HostPort;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

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

  /** By address and TTL. */
  private final Map<Numbered, Spans> spans = new ConcurrentHashMap<>();

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
    Numbered host = new Numbered(address, ttl);
    Spans known = spans.get(host);
    if (known == null) {
      if (spans.size() >= maxHosts) {
        return;
      }
      known = new Spans(MOST_SPANS);
      spans.put(host, known);
    }
    known.add(fromNanos, untilNanos);
  }

  /** How much of that time no connection of that host was up, ns. */
  public long unseenNanos(String address, int ttl, long fromNanos, long untilNanos) {
    Spans known = spans.get(new Numbered(address, ttl));
    return known == null
        ? Math.max(untilNanos - fromNanos, 0)
        : known.outside(fromNanos, untilNanos);
  }

  /**
   * Whether one of that host began between those times, and had a packet of it after the second.
   */
  public boolean beganBetween(String address, int ttl, long fromNanos, long untilNanos) {
    Spans known = spans.get(new Numbered(address, ttl));
    return known != null && known.anyFrom(fromNanos, untilNanos);
  }

  /**
   * Whether a connection of that host began before the first time and had a packet of the host
   * after the second.
   *
   * @param ttl of its packets in the capture
   */
  public boolean livedThrough(String address, int ttl, long fromNanos, long untilNanos) {
    Spans known = spans.get(new Numbered(address, ttl));
    return known != null && known.anyAround(fromNanos, untilNanos);
  }
}
