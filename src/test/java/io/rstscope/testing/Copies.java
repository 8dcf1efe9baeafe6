package io.rstscope.testing;

import io.rstscope.net.HostPort;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;
import java.util.List;
import java.util.stream.IntStream;

/** Many flows like one, for what has to be tried with many. */
public final class Copies {
  private Copies() {}

  /** So many flows that differ in the client's address only, of 32 clients. */
  public static List<FlowObservation> of(FlowObservation flow, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> with(flow, new HostPort("10.9.0." + i % 32, 1_024 + i / 32), flow.resets()))
        .toList();
  }

  /** The flow with these resets instead of its own. */
  public static FlowObservation with(FlowObservation flow, List<ResetObservation> resets) {
    return with(flow, flow.client(), resets);
  }

  private static FlowObservation with(
      FlowObservation flow, HostPort client, List<ResetObservation> resets) {
    return new FlowObservation(
        client,
        flow.broker(),
        flow.startedNanos(),
        flow.lastNanos(),
        flow.lastFrame(),
        flow.observedUntilNanos(),
        flow.handshakeSeen(),
        flow.rolesGuessed(),
        flow.history(),
        flow.longestIdleNanos(),
        flow.duplicates(),
        flow.clientState(),
        flow.brokerState(),
        flow.closing(),
        flow.clientBeat(),
        flow.brokerBeat(),
        flow.amqp(),
        flow.channelErrorNanos(),
        flow.blockedNanos(),
        flow.end(),
        resets,
        flow.resetsLeftOut(),
        flow.account());
  }
}
