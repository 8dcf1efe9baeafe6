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
 * the other a moment later, and they end within a moment. Where nobody says who it is, as within
 * TLS, all that was relayed came at the same times. In n log n of the connections.
 */
public final class Relays {
  /** The proxy connects to the broker when a client has come. */
  private static final long BEGIN_NANOS = 500_000_000L;

  /** It ends one leg when the other has ended, or both at its timer. */
  private static final long END_NANOS = 300_000_000L;

  /** The same where only times tell that they are one: it connects as soon as it can. */
  private static final long RELAYED_NANOS = 50_000_000L;

  /**
   * What the client says of itself is the same on both legs; nothing where it is not seen.
   *
   * @param proxy its address, where both legs have it; empty where only the capturing host shows it
   */
  private record Said(String proxy, ClientIdentity client, String vhost, Integer heartbeat) {
    // By hand: those of a record take 30 ms at their first use (native-notes/memory.md).
    @Override
    public boolean equals(Object other) {
      return other instanceof Said that
          && proxy.equals(that.proxy)
          && Objects.equals(client, that.client)
          && Objects.equals(vhost, that.vhost)
          && Objects.equals(heartbeat, that.heartbeat);
    }

    @Override
    public int hashCode() {
      int hash = 31 * proxy.hashCode() + Objects.hashCode(client);
      return (31 * hash + Objects.hashCode(vhost)) * 31 + Objects.hashCode(heartbeat);
    }
  }

  private final Map<FlowObservation, FlowObservation> toBroker = new IdentityHashMap<>();
  private final Map<FlowObservation, FlowObservation> fromClient = new IdentityHashMap<>();

  Relays(List<FlowObservation> flows) {
    List<FlowObservation> inOrder = new ArrayList<>();
    for (FlowObservation flow : flows) {
      if (flow.hasPayload()) {
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
    return isNamed(flow)
        ? new Said(proxy, amqp.client(), amqp.vhost(), amqp.heartbeatSeconds())
        : new Said(proxy, null, null, null);
  }

  private static boolean isNamed(FlowObservation flow) {
    return flow.amqp() != null && flow.amqp().client().product() != null;
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
    if (client == leg || client.client().equals(leg.client())) {
      return false;
    }
    long apart = Math.abs(FirstEnd.of(leg).nanos() - FirstEnd.of(client).nanos());
    return isNamed(client)
        ? apart <= END_NANOS || isHung(client, leg)
        : apart <= RELAYED_NANOS && isRelayed(client, leg);
  }

  /** Both began together, and the last payload of each side came on both at the same time. */
  private static boolean isRelayed(FlowObservation client, FlowObservation leg) {
    return isTogether(client.startedNanos(), leg.startedNanos())
        && isTogether(client.clientState().lastPayloadNanos(), leg.clientState().lastPayloadNanos())
        && isTogether(
            client.brokerState().lastPayloadNanos(), leg.brokerState().lastPayloadNanos());
  }

  private static boolean isTogether(long nanos, long others) {
    return Math.abs(nanos - others) <= RELAYED_NANOS;
  }

  /**
   * Whether who is behind each leg gave the proxy up, which had nothing more to say on either when
   * the first one did.
   */
  private static boolean isHung(FlowObservation client, FlowObservation leg) {
    FirstEnd ofClient = FirstEnd.of(client);
    FirstEnd ofLeg = FirstEnd.of(leg);
    long spoke = Math.max(spoke(client, ofClient), spoke(leg, ofLeg));
    return isOfSocket(ofClient)
        && ofClient.by() == Side.CLIENT
        && isOfSocket(ofLeg)
        && ofLeg.by() == Side.BROKER
        && isTogether(client.startedNanos(), leg.startedNanos())
        && Math.min(ofClient.nanos(), ofLeg.nanos()) - spoke >= Thresholds.SILENCE_NANOS;
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

  /** When the side that did not end it had last said something by then, ns since 1970; or 0. */
  private static long spoke(FlowObservation flow, FirstEnd end) {
    Side proxy = end.by().other();
    return switch (end.way()) {
      case FIN -> end.nanos() - Math.max(flow.closing().silentNanos(proxy), 0);
      case RESET -> flow.decisiveReset().other().lastPayloadNanos();
      case NO_ANSWER, NONE -> flow.state(proxy).lastPayloadNanos();
    };
  }

  /** Whether the proxy itself ended both legs: nobody behind them had ended one. */
  public boolean isEndedByProxy(FlowObservation flow) {
    FlowObservation leg = legToBroker(flow);
    return leg != null
        && isEndedBy(Side.CLIENT, leg)
        && isEndedBy(Side.BROKER, fromClient.get(leg));
  }

  private static boolean isEndedBy(Side side, FlowObservation flow) {
    FirstEnd end = FirstEnd.of(flow);
    return isOfSocket(end) && end.by() == side && !end.orderly();
  }

  /** The proxy's leg to the broker, of the connection of which that is either leg, or null. */
  public FlowObservation legToBroker(FlowObservation flow) {
    return fromClient.containsKey(flow) ? flow : toBroker.get(flow);
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
