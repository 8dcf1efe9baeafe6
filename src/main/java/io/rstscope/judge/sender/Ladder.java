package io.rstscope.judge.sender;

import io.rstscope.judge.context.CaptureContext;
import io.rstscope.judge.context.FlowContext;
import io.rstscope.net.Durations;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Shape;
import io.rstscope.wire.SequenceNumber;
import java.util.List;

/**
 * Several resets at once in one name, at several sequence numbers of which some lie beyond what the
 * sender has sent: who does not know the right one tries the window step by step, as tcpkill does.
 * A socket knows it, and resets once.
 */
public final class Ladder implements Clue {
  private static final long AT_ONCE_NANOS = 100_000_000L;

  @Override
  public Evidence examine(ResetObservation reset, FlowContext flow, CaptureContext captureContext) {
    if (reset.shape() == Shape.REFUSAL || reset.sender().gapSeen()) {
      return null;
    }
    ResetObservation rung = flow.otherRung(reset, AT_ONCE_NANOS);
    if (rung == null) {
      return null;
    }
    int step = SequenceNumber.difference(rung.packet().sequence(), reset.packet().sequence());
    return new Evidence(
        ClueKind.LADDER,
        Sender.MIDDLEBOX,
        Weights.LADDER,
        false,
        () ->
            "within "
                + Durations.text(Math.abs(rung.packet().timeNanos() - reset.packet().timeNanos()))
                + " another RST came with the same source address, "
                + Math.abs((long) step)
                + (step > 0 ? " higher" : " lower")
                + " in sequence: the sender is trying several numbers",
        List.of(reset.packet().frame(), rung.packet().frame()));
  }
}
