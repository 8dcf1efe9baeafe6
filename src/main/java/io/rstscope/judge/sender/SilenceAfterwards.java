package io.rstscope.judge.sender;

import io.rstscope.judge.context.CaptureContext;
import io.rstscope.judge.context.FlowContext;
import io.rstscope.net.Durations;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Role;
import io.rstscope.reset.Shape;
import java.util.List;

/**
 * The claimed sender fell silent with its reset though it had heartbeats to send, and the capture
 * went on: who is alive and knows nothing of a forged reset goes on sending them, every half
 * heartbeat (AMQP 0-9-1, section 4.2.7).
 */
public final class SilenceAfterwards implements Clue {
  @Override
  public Evidence examine(ResetObservation reset, FlowContext flow, CaptureContext captureContext) {
    FlowObservation observation = flow.observation();
    Integer heartbeat = reset.amqp() == null ? null : reset.amqp().heartbeatOwed(reset.from());
    long watched = observation.observedUntilNanos() - reset.packet().timeNanos();
    boolean mayTell =
        reset.shape() == Shape.SOCKET
            && reset.role() == Role.ENDS_CONNECTION
            && heartbeat != null
            && heartbeat > 0
            && watched >= heartbeat * 1_000_000_000L;
    if (!mayTell || reset.aftermath().lifeFrame() >= 0 || observation.resets().size() > 1) {
      return null;
    }
    Sender claimed = Sender.of(reset.from());
    return new Evidence(
        ClueKind.SILENCE_AFTERWARDS,
        claimed,
        Weights.SILENCE_AFTERWARDS,
        false,
        () ->
            "the "
                + claimed.word()
                + " sent nothing more in "
                + Durations.text(watched)
                + ", though it had heartbeats of "
                + heartbeat
                + " s to send",
        List.of(reset.packet().frame()));
  }
}
