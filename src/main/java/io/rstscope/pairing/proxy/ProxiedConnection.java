package io.rstscope.pairing.proxy;

import io.rstscope.net.HostPort;
import io.rstscope.reset.FlowObservation;

/**
 * A connection through a proxy between both captures: one leg here, the other one there.
 *
 * @param here its leg in this capture
 * @param there its leg in the other capture
 * @param clientLegHere whether the leg here is the client's, else the broker's
 * @param order which leg's end caused that of the other one
 * @param apartNanos by how much later the leg there ended; 0 when one has not, or the clocks could
 *     not be compared
 * @param boundNanos that is off by this at most, nanoseconds; 0 likewise
 */
public record ProxiedConnection(
    EndedLeg here,
    EndedLeg there,
    boolean clientLegHere,
    EndOrder order,
    long apartNanos,
    long boundNanos) {
  /**
   * A leg and its end.
   *
   * @param startedNanos when it began, by the clock of its capture, since 1970
   * @param end what ended it, or null
   */
  public record EndedLeg(HostPort client, HostPort broker, long startedNanos, LegEnd end) {
    static EndedLeg of(FlowObservation flow) {
      return new EndedLeg(flow.client(), flow.broker(), flow.startedNanos(), LegEnd.of(flow));
    }
  }

  /** Whether the leg here is that flow. */
  public boolean isOf(FlowObservation flow) {
    return here.startedNanos == flow.startedNanos()
        && here.client.equals(flow.client())
        && here.broker.equals(flow.broker());
  }
}
