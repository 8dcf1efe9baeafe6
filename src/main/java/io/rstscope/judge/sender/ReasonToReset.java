package io.rstscope.judge.sender;

import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.amqp.ConnectionClose;
import io.rstscope.judge.context.CaptureContext;
import io.rstscope.judge.context.FlowContext;
import io.rstscope.judge.context.HeartbeatTimer;
import io.rstscope.judge.context.Thresholds;
import io.rstscope.judge.context.Words;
import io.rstscope.net.Durations;
import io.rstscope.net.Side;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Role;
import io.rstscope.reset.Shape;
import java.util.List;
import java.util.function.Supplier;

/**
 * What came before gives the claimed sender a reason to reset now, which a forger would have to
 * wait for: RabbitMQ closes every socket with a reset (linger {true, 0}), after a FIN, a close,
 * missed heartbeats or at its end.
 */
public final class ReasonToReset implements Clue {
  /** What it reacts to came at most this long before. */
  private static final long REACTION_NANOS = 1_000_000_000L;

  @Override
  public Evidence examine(ResetObservation reset, FlowContext flow, CaptureContext captureContext) {
    if (reset.shape() != Shape.SOCKET) {
      return null;
    }
    Supplier<String> reason = reason(reset, flow, captureContext);
    return reason == null
        ? null
        : new Evidence(
            ClueKind.REASON_TO_RESET,
            Sender.of(reset.from()),
            Weights.REASON_TO_RESET,
            false,
            reason,
            List.of(reset.other().lastFrame(), reset.packet().frame()));
  }

  /** The sentence of it, or null. */
  private static Supplier<String> reason(
      ResetObservation reset, FlowContext flow, CaptureContext captureContext) {
    long sinceLast = reset.idle().opposite();
    if (reset.role() == Role.ANSWERS_CLOSE && sinceLast >= 0 && sinceLast <= REACTION_NANOS) {
      return () -> "it follows the end of the connection at once, as its own socket's RST does";
    }
    if (reset.from() == Side.CLIENT) {
      return null;
    }
    AmqpSnapshot amqp = reset.amqp();
    ConnectionClose close = amqp == null ? null : amqp.close();
    if (close != null && close.by() == Side.BROKER) {
      return () -> "the broker had sent connection.close";
    }
    Integer heartbeat = amqp == null ? null : amqp.heartbeatOwed(Side.CLIENT);
    long silent = reset.other().payloadIdleNanos(reset.packet().timeNanos());
    if (HeartbeatTimer.ranOut(heartbeat, silent)) {
      return () ->
          "the broker had received nothing for "
              + Durations.text(silent)
              + "; with a heartbeat of "
              + heartbeat
              + " s it gives up by then";
    }
    int together = captureContext.endedTogether(flow.observation(), reset);
    return together < Thresholds.MANY
        ? null
        : () ->
            "the broker's sockets reset "
                + Words.count(together, "connection")
                + " at once, as when their process exits";
  }
}
