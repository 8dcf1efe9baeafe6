package io.rstscope.judge.context;

import io.rstscope.reset.EndpointState;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.Term;
import java.util.List;

/** Where a capture was taken. */
public enum Vantage implements Term {
  CLIENT("client", "at the client's host, or on its segment"),
  BROKER("broker", "at the broker's host, or on its segment"),
  MIDDLE("middle", "between the two, with routers to both sides"),
  UNKNOWN("unknown", "the packets do not tell, or do not agree");

  /**
   * The stack of the capturing host answers in a part of the time that another host takes, even one
   * on the same switch: 5 to 50 µs against 35 µs and more were measured.
   */
  private static final double MUCH_FASTER = 0.5;

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
  public static Vantage of(List<FlowObservation> flows) {
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
    return UNKNOWN;
  }

  private static Vantage of(FlowObservation flow) {
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
    if (!clientIsNear) {
      return MIDDLE;
    }
    return flow.handshakeSeen()
        ? ofRoundTrips(client.minRttNanos(), broker.minRttNanos())
        : UNKNOWN;
  }

  /** Of a handshake; an acknowledgement of data may be delayed. */
  private static Vantage ofRoundTrips(long client, long broker) {
    if (client < 0 || broker < 0) {
      return UNKNOWN;
    }
    if (client < MUCH_FASTER * broker) {
      return CLIENT;
    }
    return broker < MUCH_FASTER * client ? BROKER : UNKNOWN;
  }

  /** Whether it is the client's side, or the broker's. */
  public boolean isAt(boolean client) {
    return this == (client ? CLIENT : BROKER);
  }
}
