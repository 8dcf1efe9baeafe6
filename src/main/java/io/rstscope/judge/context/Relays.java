package io.rstscope.judge.context;

import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.amqp.ClientIdentity;
import io.rstscope.judge.context.FirstEnd.Way;
import io.rstscope.net.Side;
import io.rstscope.reset.FlowObservation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Pairs the two legs of connections through a proxy: what a client says on one the proxy says on
 * the other a moment later, and they end within a moment. In n log n of the connections.
 */
public final class Relays {
  /** The proxy connects to the broker when a client has come. */
  private static final long BEGIN_NANOS = 500_000_000L;

  /** It ends one leg when the other has ended, or both at its timer. */
  private static final long END_NANOS = 300_000_000L;

  /**
   * What the client says of itself is the same on both legs.
   *
   * @param proxy its address, where both legs have it; empty where only the capturing host shows it
   */
  private record Said(String proxy, ClientIdentity client, String vhost, Integer heartbeat) {
    // By hand: those of a record take 30 ms at their first use (native-notes/memory.md).
    @Override
    public boolean equals(Object other) {
      return other instanceof Said that
          && proxy.equals(that.proxy)
          && client.equals(that.client)
          && Objects.equals(vhost, that.vhost)
          && Objects.equals(heartbeat, that.heartbeat);
    }

    @Override
    public int hashCode() {
      int hash = 31 * proxy.hashCode() + client.hashCode();
      return (31 * hash + Objects.hashCode(vhost)) * 31 + Objects.hashCode(heartbeat);
    }
  }

  private final Map<FlowObservation, FlowObservation> toBroker = new IdentityHashMap<>();
  private final Map<FlowObservation, FlowObservation> fromClient = new IdentityHashMap<>();

  Relays(List<FlowObservation> flows) {
    List<FlowObservation> inOrder = new ArrayList<>();
    for (FlowObservation flow : flows) {
      if (flow.amqp() != null && flow.amqp().client().product() != null) {
        inOrder.add(flow);
      }
    }
    inOrder.sort((one, other) -> Long.compare(one.startedNanos(), other.startedNanos()));
    Map<Said, Legs> legs = new HashMap<>();
    for (FlowObservation flow : inOrder) {
      add(legs, flow, flow.client().address());
      if (flow.clientState().outboundSeen()) {
        add(legs, flow, "");
      }
    }
    for (FlowObservation flow : inOrder) {
      if (!pair(legs.get(said(flow, flow.broker().address())), flow)
          && flow.brokerState().outboundSeen()) {
        pair(legs.get(said(flow, "")), flow);
      }
    }
  }

  /**
   * Those to a broker of one proxy, of clients that are alike, in the order of their beginnings.
   */
  private static final class Legs {
    final List<FlowObservation> inOrder = new ArrayList<>();

    /** All before it began before the connection that is asked about. */
    int from;
  }

  private static void add(Map<Said, Legs> legs, FlowObservation flow, String proxy) {
    legs.computeIfAbsent(said(flow, proxy), key -> new Legs()).inOrder.add(flow);
  }

  private static Said said(FlowObservation flow, String proxy) {
    AmqpSnapshot amqp = flow.amqp();
    return new Said(proxy, amqp.client(), amqp.vhost(), amqp.heartbeatSeconds());
  }

  private boolean pair(Legs legs, FlowObservation client) {
    if (legs == null) {
      return false;
    }
    long began = client.startedNanos();
    while (legs.from < legs.inOrder.size() && legs.inOrder.get(legs.from).startedNanos() < began) {
      legs.from++;
    }
    for (int i = legs.from; i < legs.inOrder.size(); i++) {
      FlowObservation leg = legs.inOrder.get(i);
      if (leg.startedNanos() - began > BEGIN_NANOS) {
        return false;
      }
      if (!fromClient.containsKey(leg) && isOneStory(client, leg)) {
        toBroker.put(client, leg);
        fromClient.put(leg, client);
        return true;
      }
    }
    return false;
  }

  private static boolean isOneStory(FlowObservation client, FlowObservation leg) {
    long apart = FirstEnd.of(leg).nanos() - FirstEnd.of(client).nanos();
    return client != leg && !client.client().equals(leg.client()) && Math.abs(apart) <= END_NANOS;
  }

  /** The proxy's leg to the broker that carries what comes on that connection, or null. */
  public FlowObservation toBroker(FlowObservation flow) {
    return toBroker.get(flow);
  }

  /** The client's connection to the proxy that goes on in that leg, or null. */
  public FlowObservation fromClient(FlowObservation leg) {
    return fromClient.get(leg);
  }

  /** Whether the other leg had been ended before by who is behind it: the proxy passed that on. */
  public boolean isPassedOn(FlowObservation flow) {
    FlowObservation other = other(flow);
    return other != null && isEndedFirst(other, flow);
  }

  /** Whether it was ended by who is behind it, before the proxy ended the other leg. */
  public boolean isEndedFirst(FlowObservation flow) {
    FlowObservation other = other(flow);
    return other != null && isEndedFirst(flow, other);
  }

  private boolean isEndedFirst(FlowObservation flow, FlowObservation other) {
    FirstEnd first = FirstEnd.of(flow);
    FirstEnd later = FirstEnd.of(other);
    Side away = Side.of(toBroker.containsKey(flow));
    return isOfSocket(first)
        && first.by() == away
        && isOfSocket(later)
        && later.by() == away
        && first.nanos() < later.nanos();
  }

  private static boolean isOfSocket(FirstEnd end) {
    return end.way() == Way.FIN || end.way() == Way.RESET;
  }

  private FlowObservation other(FlowObservation flow) {
    FlowObservation leg = toBroker.get(flow);
    return leg == null ? fromClient.get(flow) : leg;
  }
}
