package io.rstscope.judge.sender;

import io.rstscope.judge.context.CaptureContext;
import io.rstscope.judge.context.FlowContext;
import io.rstscope.judge.context.OwnRule;
import io.rstscope.judge.context.Thresholds;
import io.rstscope.judge.context.Words;
import io.rstscope.net.Durations;
import io.rstscope.reset.Aftermath;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Role;
import java.util.List;

/**
 * The "dead" sender goes on sending. A socket that has reset its connection is gone (RFC 9293,
 * section 3.10.4, ABORT), so somebody else reset it in its name.
 */
public final class LifeAfterReset implements Clue {
  /**
   * From here on no packet was under way any more. One with exactly the sequence number of the
   * reset then comes from the socket: a new connection begins with another (RFC 9293, section
   * 3.4.1).
   */
  private static final long LATER_NANOS = Thresholds.SILENCE_NANOS;

  private static final String RULE =
      "; but a packet filter rule on its own host does not end the socket either";

  @Override
  public Evidence examine(ResetObservation reset, FlowContext flow, CaptureContext captureContext) {
    Aftermath after = reset.aftermath();
    if (!after.goesOn(reset.minRttNanos())
        || reset.role() == Role.REFUSES
        || captureContext.isOfAnotherServer(flow.observation(), reset)
        || !wasConnected(reset)) {
      return null;
    }
    boolean sameStream = after.lifeSequenceOffset() == 0 && after.lifeNanos() >= LATER_NANOS;
    boolean continuous =
        sameStream
            || after.lifeTsStep() > 0
            || after.lifeIpIdStep() > 0 && after.lifeIpIdStep() <= Thresholds.IP_ID_STEPS;
    boolean ownRule = OwnRule.mayHaveSent(reset, flow.observation());
    boolean here = ownRule && OwnRule.isHere(reset, captureContext.recording().vantage());
    double weight = continuous ? Weights.LIFE_WITH_CONTINUITY : Weights.LIFE;
    return new Evidence(
        ClueKind.LIFE_AFTER_RESET,
        here ? Sender.UNDETERMINED : Sender.MIDDLEBOX,
        here ? 0 : ownRule ? Math.min(weight, Weights.LIFE_BESIDE_A_RULE) : weight,
        ownRule,
        () -> says(reset, continuous) + (ownRule ? RULE : ""),
        List.of(reset.packet().frame(), after.lifeFrame()));
  }

  private static String says(ResetObservation reset, boolean continuous) {
    return "the "
        + reset.from().word()
        + " keeps sending "
        + Durations.text(reset.aftermath().lifeNanos())
        + " later ("
        + Words.count(reset.aftermath().sameDirection(), "packet")
        + (continuous ? ", sequence numbers continue)" : ")");
  }

  /**
   * A client that gets an old ACK for its SYN resets that and sends the SYN again (RFC 9293,
   * section 3.5.1).
   */
  private static boolean wasConnected(ResetObservation reset) {
    return reset.sender().hasAcknowledgement() || !reset.sender().synSeen();
  }
}
