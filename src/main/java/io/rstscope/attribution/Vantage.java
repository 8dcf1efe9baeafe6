package io.rstscope.attribution;

import io.rstscope.reset.EndpointState;
import io.rstscope.reset.FlowObservation;
import java.util.List;

/** Where a capture was taken: at the host of one side, or on its segment. */
public enum Vantage {
  CLIENT,
  BROKER,
  /** Between them, or it cannot be told. */
  UNKNOWN;

  /**
   * The stack of the capturing host answers in a part of the time that another host takes, even one
   * on the same switch: 5 to 50 µs against 35 µs and more were measured.
   */
  private static final double MUCH_FASTER = 0.5;

  /** A share of flows that agree; the others may come through tunnels, proxies or NAT. */
  private static final double MAJORITY = 0.66;

  /** What most flows of a capture say. */
  static Vantage of(List<FlowObservation> flows) {
    int client = 0;
    int broker = 0;
    for (FlowObservation flow : flows) {
      switch (of(flow)) {
        case CLIENT -> client++;
        case BROKER -> broker++;
        case UNKNOWN -> {}
      }
    }
    int known = client + broker;
    if (known == 0 || Math.max(client, broker) < MAJORITY * known) {
      return UNKNOWN;
    }
    return client > broker ? CLIENT : BROKER;
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
    return clientIsNear ? ofRoundTrips(client.minRttNanos(), broker.minRttNanos()) : UNKNOWN;
  }

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
  boolean isAt(boolean client) {
    return this == (client ? CLIENT : BROKER);
  }
}
