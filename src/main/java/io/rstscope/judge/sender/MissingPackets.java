package io.rstscope.judge.sender;

import io.rstscope.judge.context.CaptureContext;
import io.rstscope.judge.context.FlowContext;
import io.rstscope.judge.context.Recording;
import io.rstscope.judge.context.UncapturedBytes;
import io.rstscope.judge.context.Words;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Shape;
import java.util.List;

/** What is missing from the capture points to nobody, but limits how sure a verdict may be. */
public final class MissingPackets implements Clue {
  @Override
  public Evidence examine(ResetObservation reset, FlowContext flow, CaptureContext captureContext) {
    String missing = missing(reset, flow.observation(), captureContext.recording());
    return missing == null
        ? null
        : new Evidence(
            ClueKind.MISSING_PACKETS,
            Sender.UNDETERMINED,
            0,
            true,
            missing,
            List.of(reset.packet().frame()));
  }

  /** A clause, or null when nothing is missing as far as is known. */
  public static String missing(ResetObservation reset, FlowObservation flow, Recording recording) {
    String sender = reset.from().word();
    if (reset.sender().packets() == 0 && reset.shape() != Shape.REFUSAL) {
      return "no earlier packet of the " + sender + " is in the capture to compare it with";
    }
    if (reset.other().packets() == 0) {
      return "no packet of the "
          + reset.from().other().word()
          + " is in the capture, which may have one direction only";
    }
    if (reset.sender().gapSeen()) {
      return "bytes of the " + sender + " are missing from the capture";
    }
    if (UncapturedBytes.betweenSynAndEnd(flow)) {
      return "what was sent between SYN and RST is not in the capture";
    }
    return recording.lostPackets() > 0
        ? "the capture dropped " + Words.count(recording.lostPackets(), "packet")
        : null;
  }
}
