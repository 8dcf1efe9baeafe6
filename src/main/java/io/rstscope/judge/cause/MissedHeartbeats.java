package io.rstscope.judge.cause;

import io.rstscope.judge.context.HeartbeatTimer;
import io.rstscope.judge.context.Words;
import io.rstscope.judge.sender.Sender;
import io.rstscope.reset.FlowObservation;

/** The cause when one side heard nothing of the other for as long as its heartbeat timer waits. */
public final class MissedHeartbeats {
  private MissedHeartbeats() {}

  /**
   * The client gave up, as clients watch the broker's heartbeats, too; null when it did not.
   *
   * @param silent since the broker's last payload, nanoseconds, or -1
   */
  public static Finding byClient(FlowObservation flow, long silent) {
    Integer heartbeat = flow.amqp() == null ? null : flow.amqp().heartbeatOwed(false);
    return !HeartbeatTimer.ranOut(heartbeat, silent)
        ? null
        : Finding.of(
            Sender.CLIENT,
            Cause.MISSED_HEARTBEATS,
            0.8,
            "the client heard nothing from the broker for "
                + Words.duration(silent)
                + " with a heartbeat of "
                + heartbeat
                + " s and gave up");
  }

  /**
   * The broker gave up; null when it did not.
   *
   * @param silent since the client's last payload, nanoseconds, or -1
   * @param pathDead whether its own packets were not answered either
   */
  public static Finding byBroker(FlowObservation flow, long silent, boolean pathDead) {
    Integer heartbeat = flow.amqp() == null ? null : flow.amqp().heartbeatOwed(true);
    if (!HeartbeatTimer.ranOut(heartbeat, silent)) {
      return null;
    }
    return Finding.of(
        Sender.BROKER,
        Cause.MISSED_HEARTBEATS,
        0.9,
        "the broker heard nothing from the client for "
            + Words.duration(silent)
            + " with a heartbeat of "
            + heartbeat
            + " s and gave up; "
            + (pathDead
                ? "its packets were not answered either: the path or the client's host is dead"
                : "the client's host still answered: its process hangs"));
  }
}
