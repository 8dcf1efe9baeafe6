package io.rstscope.reset;

import io.rstscope.flow.Flow;
import io.rstscope.net.HostPort;
import io.rstscope.wire.SequenceNumber;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Connections of which no end was seen, by what the broker sends next. A NAT that forgot one takes
 * its next packet for that of a new connection and gives it another port, or none: numbers go on
 * there.
 *
 * <p>Filled by the tracker's thread, read by any.
 */
public final class OpenConnections {
  /** Bytes of the client that the capture may lack in between. */
  private static final int NEAR = 1 << 20;

  /** No NAT forgets sooner. */
  private static final long SHORTEST_NANOS = 1_000_000_000L;

  /**
   * One of them.
   *
   * @param client as the broker saw it
   * @param lastNanos its last packet, ns since 1970
   * @param sequence what the client sends next
   */
  public record Open(HostPort client, long lastNanos, int sequence) {}

  /** By the broker's port and what it sends next. */
  private final Map<Numbered, Open> byNext = new ConcurrentHashMap<>();

  /** Where the client sends to, and what it sends next. */
  private record Sent(HostPort broker, int sequence) {}

  /** By the client's port and what the broker sends next. */
  private final Map<Numbered, Sent> byClient = new ConcurrentHashMap<>();

  /** When the first one to a broker's port began whose packets have that TTL, ns since 1970. */
  private final Map<Numbered, Long> since = new ConcurrentHashMap<>();

  /** The same whatever the TTL. */
  private final Map<HostPort, Long> sinceOfAny = new ConcurrentHashMap<>();

  /** Who accepts connections at a port, by the source MAC address of the capture. */
  private final Set<Numbered> servers = ConcurrentHashMap.newKeySet();

  private final int most;

  /**
   * @param most that are kept; of others nothing is known
   */
  OpenConnections(int most) {
    this.most = most;
  }

  /**
   * Takes a flow that leaves the table without an end.
   *
   * @param nowNanos the capture's time
   */
  void add(Flow flow, HostPort client, HostPort broker, long nowNanos) {
    if (flow.handshakeSeen() && sinceOfAny.size() < most) {
      addBeginning(since, new Numbered(broker, flow.broker().ttl()), flow.startedNanos());
      addBeginning(sinceOfAny, broker, flow.startedNanos());
      servers.add(new Numbered(broker, flow.broker().mac()));
    }
    boolean idle = nowNanos - flow.lastNanos() >= SHORTEST_NANOS;
    if (idle
        && byNext.size() < most
        && flow.client().hasSequence()
        && flow.broker().hasSequence()) {
      byNext.put(
          new Numbered(broker, flow.broker().nextSequence()),
          new Open(client, flow.lastNanos(), flow.client().nextSequence()));
      byClient.put(
          new Numbered(client, flow.broker().nextSequence()),
          new Sent(broker, flow.client().nextSequence()));
    }
  }

  private static <K> void addBeginning(Map<K, Long> since, K port, long nanos) {
    Long before = since.get(port);
    if (before == null || before > nanos) {
      since.put(port, nanos);
    }
  }

  /** Whether one to that port had begun by then. */
  public boolean isServing(HostPort broker, long nanos) {
    return sinceOfAny.getOrDefault(broker, Long.MAX_VALUE) < nanos;
  }

  /** Whether one had whose broker's packets have that TTL. */
  public boolean isServing(HostPort broker, int ttl, long nanos) {
    return since.getOrDefault(new Numbered(broker, ttl), Long.MAX_VALUE) < nanos;
  }

  /** Whether one was accepted at that port by a host whose packets have that TTL, at any time. */
  public boolean isServed(HostPort broker, int ttl) {
    return since.containsKey(new Numbered(broker, ttl));
  }

  /** Whether one was accepted at that port by who sends from that MAC address, at any time. */
  public boolean isServedBy(HostPort broker, long mac) {
    return servers.contains(new Numbered(broker, mac));
  }

  /**
   * Whether one goes on in that flow from the same port of the client to another address, which a
   * NAT between had translated.
   */
  public boolean isContinuedIn(FlowObservation flow) {
    EndpointState client = flow.clientState();
    if (!mayGoOn(flow)) {
      return false;
    }
    Sent sent = byClient.get(new Numbered(flow.client(), client.lastAcknowledgement()));
    return sent != null && !sent.broker.equals(flow.broker()) && isNear(sent.sequence, client);
  }

  /** Whether it shows the client alone, in mid-stream. */
  private static boolean mayGoOn(FlowObservation flow) {
    EndpointState client = flow.clientState();
    return !flow.handshakeSeen()
        && !flow.brokerState().hasSequence()
        && client.hasAcknowledgement()
        && client.hasSequence();
  }

  private static boolean isNear(int sequence, EndpointState client) {
    return Math.abs((long) SequenceNumber.difference(sequence, client.nextSequence())) <= NEAR;
  }

  /** The one that goes on in that flow with another address or port of the client, or null. */
  public Open before(FlowObservation flow) {
    EndpointState client = flow.clientState();
    if (!mayGoOn(flow)) {
      return null;
    }
    Open open = byNext.get(new Numbered(flow.broker(), client.lastAcknowledgement()));
    boolean goesOn =
        open != null
            && !open.client.equals(flow.client())
            && open.lastNanos <= flow.startedNanos()
            && isNear(open.sequence, client);
    return goesOn ? open : null;
  }
}
