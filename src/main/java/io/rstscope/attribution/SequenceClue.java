package io.rstscope.attribution;

import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Shape;
import java.util.List;

/**
 * A socket resets with exactly its next sequence number; who only guesses, or writes a ladder of
 * them, does not.
 */
final class SequenceClue implements Clue {
  @Override
  public Evidence examine(ResetObservation reset, FlowCase flow, Surroundings surroundings) {
    Integer offset = reset.sequenceOffset();
    boolean answers =
        reset.shape() == Shape.REFUSAL
            || reset.shape() == Shape.STATELESS && reset.trigger() != null;
    boolean incomplete = reset.sender().gapSeen() || offset != null && offset == -1;
    if (offset == null || offset == 0 || answers || incomplete) {
      return null;
    }
    return new Evidence(
        ClueKind.SEQUENCE,
        Sender.MIDDLEBOX,
        Weights.SEQUENCE_OFF,
        false,
        "its sequence number is "
            + Math.abs((long) offset)
            + (offset > 0 ? " beyond" : " before")
            + " the sender's next one",
        List.of(reset.sender().lastFrame(), reset.packet().frame()));
  }
}
