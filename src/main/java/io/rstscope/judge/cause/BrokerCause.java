package io.rstscope.judge.cause;

import io.rstscope.judge.context.HeartbeatTimer;
import io.rstscope.judge.context.Surroundings;
import io.rstscope.judge.context.Thresholds;
import io.rstscope.judge.context.Words;
import io.rstscope.judge.sender.Sender;
import io.rstscope.reset.EndpointState;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Shape;

/** The cause when the broker, or its host, sent the reset that ended the connection. */
public final class BrokerCause {
  private final FlowObservation flow;
  private final ResetObservation reset;
  private final Surroundings surroundings;

  public BrokerCause(FlowObservation flow, ResetObservation reset, Surroundings surroundings) {
    this.flow = flow;
    this.reset = reset;
    this.surroundings = surroundings;
  }

  /** While it shut down in order. */
  public static Finding shutdown() {
    return Finding.of(
        Sender.BROKER,
        Cause.BROKER_SHUTDOWN,
        0.8,
        "the broker reset the connection while it said to others that it shuts down");
  }

  public Finding finding() {
    if (reset.shape() == Shape.STATELESS) {
      return forgottenByBroker();
    }
    long silent = reset.other().payloadIdleNanos(reset.packet().timeNanos());
    Finding heartbeats = MissedHeartbeats.byBroker(flow, silent, reset.sender().unanswered() > 0);
    if (heartbeats != null) {
      return heartbeats;
    }
    if (DeadPath.isGivenUp(reset.sender(), reset.packet().timeNanos())) {
      return DeadPath.givenUp(Sender.BROKER, reset.sender(), reset.packet().timeNanos());
    }
    int together = surroundings.endedTogether(flow, reset);
    return together >= Thresholds.MANY
        ? brokerDied(together)
        : Finding.of(
            Sender.BROKER,
            Cause.BROKER_ABORT,
            0.6,
            "the broker's own socket reset the connection without a word");
  }

  /** Unless others of its connections live on, or all had been silent as long as timers take. */
  private Finding brokerDied(int together) {
    boolean lives = surroundings.brokerLivesOn(flow, reset);
    boolean silent = reset.idle().silenceNanos() >= Thresholds.SHORTEST_TIMER_NANOS;
    double sure = silent ? 0.75 : 0.9;
    return Finding.of(
        Sender.BROKER,
        Cause.BROKER_ABORT,
        lives ? 0.6 : sure,
        "the broker's sockets reset "
            + Words.count(together, "connection")
            + " at once without a word"
            + (lives ? ", though others of its connections lived on" : ": its process died"));
  }

  private Finding forgottenByBroker() {
    EndpointState asking = reset.other();
    long unanswered = reset.packet().timeNanos() - asking.pendingNanos();
    Integer heartbeat = flow.amqp() == null ? null : flow.amqp().heartbeatOwed(true);
    boolean pathWasDown =
        asking.isUnanswered()
            && HeartbeatTimer.ranOut(heartbeat, unanswered)
            && surroundings.brokerLivesOn(flow, reset);
    return pathWasDown
        ? Finding.of(
            Sender.BROKER,
            Cause.MISSED_HEARTBEATS,
            0.6,
            "the broker's host no longer knew the connection after nothing had come through for "
                + Words.duration(unanswered)
                + ": with a heartbeat of "
                + heartbeat
                + " s it had given it up, as others of its connections lived on")
        : Finding.of(
            Sender.BROKER,
            Cause.BROKER_GONE,
            0.75,
            "the broker's host no longer knew the connection when the client spoke: the broker was"
                + " restarted");
  }
}
