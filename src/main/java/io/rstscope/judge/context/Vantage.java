package io.rstscope.judge.context;

import io.rstscope.net.HostPort;
import io.rstscope.net.Side;
import io.rstscope.net.Term;
import io.rstscope.reset.EndpointState;
import io.rstscope.reset.FlowObservation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where a capture was taken. */
public enum Vantage implements Term {
  CLIENT("client", "captured at the client, on its host or segment"),
  BROKER("broker", "captured at the broker, on its host or segment"),
  MIDDLE("middle", "captured in transit, with routers to both sides"),
  UNKNOWN("unknown", "the packets do not show it, or disagree");

  /**
   * The stack of the capturing host answers in a part of the time that another host takes, even one
   * on the same switch: 5 to 50 µs against 35 µs and more were measured.
   */
  private static final double MUCH_FASTER = 0.5;

  /** What a host next to the capture takes at most, and what another takes more at least. */
  private static final long AT_ONCE_NANOS = 50_000L;

  private static final long APART_NANOS = 100_000L;

  /** One noisy handshake shows nothing, unless both of these hold. */
  private static final int ENOUGH_HANDSHAKES = 3;

  /** A share of flows that agree; the others may come through tunnels, proxies or NAT. */
  private static final double MAJORITY = 0.66;

  private final String word;
  private final String explanation;

  Vantage(String word, String explanation) {
    this.word = word;
    this.explanation = explanation;
  }

  @Override
  public String word() {
    return word;
  }

  @Override
  public String explanation() {
    return explanation;
  }

  /** What most flows of a capture say. */
  static Vantage of(List<FlowObservation> flows) {
    int[] votes = new int[values().length];
    for (FlowObservation flow : flows) {
      votes[of(flow).ordinal()]++;
    }
    int known = flows.size() - votes[UNKNOWN.ordinal()];
    for (Vantage each : values()) {
      int its = votes[each.ordinal()];
      if (each != UNKNOWN && its > 0 && its >= MAJORITY * known) {
        return each;
      }
    }
    return known == 0 ? ofHandshakes(flows) : UNKNOWN;
  }

  /** By the hops that the packets of both sides of one flow have come. */
  public static Vantage of(FlowObservation flow) {
    EndpointState client = flow.clientState();
    EndpointState broker = flow.brokerState();
    if (client.packets() == 0 || broker.packets() == 0) {
      return UNKNOWN;
    }
    boolean clientIsNear = InitialTtl.hops(client.ttl()) == 0;
    boolean brokerIsNear = InitialTtl.hops(broker.ttl()) == 0;
    if (clientIsNear != brokerIsNear) {
      return clientIsNear ? CLIENT : BROKER;
    }
    return clientIsNear ? UNKNOWN : MIDDLE;
  }

  /**
   * Where all are on the segment, by who answers at once. A capture that is taken at a host shows
   * that by most of this host's flows.
   */
  private static Vantage ofHandshakes(List<FlowObservation> flows) {
    Map<String, Handshakes> clients = new HashMap<>();
    Map<String, Handshakes> brokers = new HashMap<>();
    for (FlowObservation flow : flows) {
      long client = flow.clientState().minRttNanos();
      long broker = flow.brokerState().minRttNanos();
      if (flow.handshakeSeen() && client >= 0 && broker >= 0) {
        of(clients, flow.client()).take(client, broker);
        of(brokers, flow.broker()).take(broker, client);
      }
    }
    boolean atClient = clients.values().stream().anyMatch(Handshakes::isHere);
    boolean atBroker = brokers.values().stream().anyMatch(Handshakes::isHere);
    if (atClient == atBroker) {
      return UNKNOWN;
    }
    return atClient ? CLIENT : BROKER;
  }

  private static Handshakes of(Map<String, Handshakes> hosts, HostPort host) {
    return hosts.computeIfAbsent(host.address(), each -> new Handshakes());
  }

  /**
   * How fast a host answered in its handshakes; an acknowledgement of data may be delayed, and is
   * not faster.
   */
  private static final class Handshakes {
    private int all;
    private int faster;
    private int muchFaster;

    void take(long its, long others) {
      all++;
      faster += its < MUCH_FASTER * others ? 1 : 0;
      muchFaster += its <= AT_ONCE_NANOS && others - its >= APART_NANOS ? 1 : 0;
    }

    boolean isHere() {
      return (faster >= ENOUGH_HANDSHAKES || muchFaster > 0) && faster >= MAJORITY * all;
    }
  }

  /** Whether it is at that side. */
  public boolean isAt(Side side) {
    return this == (side == Side.CLIENT ? CLIENT : BROKER);
  }
}
