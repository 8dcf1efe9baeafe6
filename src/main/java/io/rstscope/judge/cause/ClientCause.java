package io.rstscope.judge.cause;

import io.rstscope.judge.context.Surroundings;
import io.rstscope.judge.context.Thresholds;
import io.rstscope.judge.sender.Sender;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Shape;

/** The cause when the client, or its host, sent the reset that ended the connection. */
public final class ClientCause {
  private final FlowObservation flow;
  private final ResetObservation reset;
  private final Surroundings surroundings;

  public ClientCause(FlowObservation flow, ResetObservation reset, Surroundings surroundings) {
    this.flow = flow;
    this.reset = reset;
    this.surroundings = surroundings;
  }

  public Finding finding() {
    if (reset.shape() == Shape.STATELESS) {
      return forgotten();
    }
    Finding heartbeats =
        MissedHeartbeats.byClient(flow, reset.other().payloadIdleNanos(reset.packet().timeNanos()));
    if (heartbeats != null) {
      return heartbeats;
    }
    if (DeadPath.isGivenUp(reset.sender(), reset.packet().timeNanos())) {
      return DeadPath.givenUp(Sender.CLIENT, reset.sender(), reset.packet().timeNanos());
    }
    Finding proxy = ProxyTimer.byReset(flow, reset, surroundings);
    if (proxy != null) {
      return proxy;
    }
    return Finding.of(
        Sender.CLIENT,
        Cause.CLIENT_ABORT,
        0.85,
        "the client's own socket reset the connection: killed with unread data, or closed with"
            + " linger 0");
  }

  private Finding forgotten() {
    if (halfOpen()) {
      return Finding.of(
          Sender.CLIENT, Cause.PROBE, 0.9, "the client never finished the handshake: a SYN scan");
    }
    if (isAmidItsTraffic()) {
      return Finding.of(
          Sender.CLIENT,
          Cause.CLIENT_ABORT,
          0.7,
          "the client's host reset the connection amid its own traffic: its process was killed, or"
              + " had closed the socket");
    }
    return Finding.of(
        Sender.CLIENT,
        Cause.CLIENT_GONE,
        0.75,
        "the client's host answered the broker with a reset because it no longer knew the"
            + " connection");
  }

  /** Whether it had just sent other packets: its host was up. */
  private boolean isAmidItsTraffic() {
    long since = reset.idle().sameDirection();
    return since >= 0 && since < Thresholds.SILENCE_NANOS;
  }

  private boolean halfOpen() {
    return reset.other().synSeen()
        && reset.other().lastPayloadNanos() == 0
        && !reset.sender().hasAcknowledgement();
  }
}
