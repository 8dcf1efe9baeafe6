package io.rstscope.judge.sender;

import io.rstscope.judge.context.FlowCase;
import io.rstscope.judge.context.Surroundings;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Shape;
import java.util.List;

/**
 * A capture that is taken at the claimed sender leaves hardly any room for a device in between:
 * that decides about the forms that a device makes exactly as a kernel does.
 */
public final class VantageClue implements Clue {
  @Override
  public Evidence examine(ResetObservation reset, FlowCase flow, Surroundings surroundings) {
    boolean client = reset.fromClient();
    boolean kernelOrRule = reset.shape() == Shape.STATELESS || reset.shape() == Shape.REFUSAL;
    if (!kernelOrRule || !surroundings.recording().vantage().isAt(client)) {
      return null;
    }
    String who = Sender.endpoint(client).word();
    return new Evidence(
        ClueKind.VANTAGE,
        Sender.endpoint(client),
        Weights.CAPTURED_AT_THE_SENDER,
        true,
        () -> "the capture was taken at the " + who + ", with hardly anything between",
        List.of(reset.packet().frame()));
  }
}
