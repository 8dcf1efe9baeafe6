package io.rstscope.judge.sender;

import io.rstscope.judge.context.CaptureContext;
import io.rstscope.judge.context.FlowContext;
import io.rstscope.judge.context.UncapturedBytes;
import io.rstscope.reset.EndpointState;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Shape;
import io.rstscope.wire.SequenceNumber;
import java.util.List;

/**
 * A socket resets with exactly its next sequence number, and acknowledges what it has received (RFC
 * 9293, section 3.10.4); who only guesses, or writes a ladder of them, does not.
 */
public final class SequenceClue implements Clue {
  @Override
  public Evidence examine(ResetObservation reset, FlowContext flow, CaptureContext captureContext) {
    if (UncapturedBytes.betweenSynAndEnd(flow.observation())) {
      return null;
    }
    String sequence = wrongSequence(reset);
    String acknowledgement = wrongAcknowledgement(reset);
    if (sequence == null && acknowledgement == null) {
      return null;
    }
    return new Evidence(
        ClueKind.SEQUENCE,
        Sender.MIDDLEBOX,
        sequence == null ? Weights.ACKNOWLEDGEMENT_OFF : Weights.SEQUENCE_OFF,
        false,
        sequence == null ? acknowledgement : sequence,
        List.of(reset.sender().lastFrame(), reset.packet().frame()));
  }

  private static String wrongSequence(ResetObservation reset) {
    Integer offset = reset.sequenceOffset();
    boolean answers =
        reset.shape() == Shape.REFUSAL
            || reset.shape() == Shape.STATELESS && reset.trigger() != null;
    boolean incomplete = reset.sender().gapSeen() || offset != null && offset == -1;
    if (offset == null || offset == 0 || answers || incomplete) {
      return null;
    }
    return "its sequence number is "
        + Math.abs((long) offset)
        + (offset > 0 ? " beyond" : " before")
        + " the sender's next one";
  }

  private static String wrongAcknowledgement(ResetObservation reset) {
    EndpointState sender = reset.sender();
    boolean known =
        reset.packet().hasAck()
            && reset.shape() != Shape.REFUSAL
            && sender.hasAcknowledgement()
            && reset.other().hasSequence();
    if (!known) {
      return null;
    }
    int acknowledgement = reset.packet().acknowledgement();
    if (SequenceNumber.isAfter(sender.lastAcknowledgement(), acknowledgement)) {
      return "it acknowledges less than earlier packets from this side";
    }
    boolean unsent = SequenceNumber.isAfter(acknowledgement, reset.other().nextSequence());
    return unsent && !reset.other().gapSeen()
        ? "it acknowledges what the other side has not sent"
        : null;
  }
}
