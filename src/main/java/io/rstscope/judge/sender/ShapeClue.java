package io.rstscope.judge.sender;

import io.rstscope.judge.context.CaptureContext;
import io.rstscope.judge.context.FlowContext;
import io.rstscope.judge.context.UncapturedBytes;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.ResetPacket;
import io.rstscope.reset.Role;
import java.util.List;

/** What kind of sender writes resets of this form. A forger can write any. */
public final class ShapeClue implements Clue {
  private static final String OF_BSD =
      "RST,ACK without the flow's TCP timestamps: BSD and macOS sockets send it so, Linux sockets"
          + " do not";

  @Override
  public Evidence examine(ResetObservation reset, FlowContext flow, CaptureContext captureContext) {
    Sender claimed = Sender.of(reset.from());
    return switch (reset.shape()) {
      case SOCKET -> socket(reset, claimed);
      case CRAFTED ->
          maybeOfBsd(reset)
              ? evidence(reset, Sender.MIDDLEBOX, Weights.OF_BSD, OF_BSD)
              : crafted(reset);
      case STATELESS ->
          stateless(
              reset,
              captureContext.recording().lostPackets() > 0
                  || reset.other().gapSeen()
                  || UncapturedBytes.betweenSynAndEnd(flow.observation()));
      case REFUSAL ->
          evidence(
              reset, claimed, 0, "RST,ACK answers the SYN: a closed port, or a rule that rejects");
    };
  }

  private static Evidence crafted(ResetObservation reset) {
    boolean baseline = reset.sender().packets() > 0;
    return evidence(
        reset,
        Sender.MIDDLEBOX,
        baseline ? Weights.CRAFTED : Weights.CRAFTED_WITHOUT_BASELINE,
        false,
        "no known TCP stack sends such an RST" + (baseline ? " in this flow" : ""));
  }

  private static Evidence socket(ResetObservation reset, Sender claimed) {
    boolean bare =
        reset.sender().timestampsKnown()
            && reset.sender().timestamps()
            && !reset.packet().timestamps()
            && !reset.packet().optionsCut();
    return bare
        ? evidence(reset, claimed, 0, OF_BSD)
        : evidence(reset, claimed, Weights.SOCKET, "RST,ACK as a live socket sends it");
  }

  /**
   * Whether it may be the reset of a live socket of BSD or macOS, but nothing shows that the
   * sender's socket is one: IPv6 has no identification, or there were few packets.
   */
  private static boolean maybeOfBsd(ResetObservation reset) {
    ResetPacket packet = reset.packet();
    return packet.hasAck()
        && packet.window() > 0
        && !reset.sender().countsIpId()
        && packet.acknowledgement() == reset.sender().lastAcknowledgement()
        && !packet.timestamps()
        && reset.sender().timestamps()
        && packet.dontFragment() == reset.sender().dontFragment()
        && reset.sequenceOffset() != null
        && reset.sequenceOffset() == 0;
  }

  private static Evidence stateless(ResetObservation reset, boolean packetsMissing) {
    if (reset.trigger() == null && reset.other().packets() > 0) {
      return evidence(
          reset,
          packetsMissing ? Sender.UNDETERMINED : Sender.MIDDLEBOX,
          packetsMissing ? 0 : Weights.STATELESS_UNPROMPTED,
          "an unprompted bare RST: kernels send these only as an answer"
              + (packetsMissing ? "; but packets are missing from the capture" : ""));
    }
    if (reset.role() != Role.ANSWERS_CLOSE
        && !reset.sender().finSeen()
        && !reset.other().finSeen()
        && !reset.packet().dontFragment()
        && reset.sender().dontFragment()) {
      return evidence(
          reset,
          Sender.MIDDLEBOX,
          Weights.STATELESS_FRAGMENTABLE,
          "a bare RST without Don't Fragment, which earlier packets from this side have set: macOS"
              + " and devices answer so, Linux does not");
    }
    return evidence(
        reset,
        Sender.UNDETERMINED,
        0,
        "a bare RST that answers a packet: sent by a kernel that knows no such connection, or by a"
            + " firewall's REJECT");
  }

  private static Evidence evidence(
      ResetObservation reset, Sender pointsTo, double weight, String says) {
    return evidence(reset, pointsTo, weight, true, says);
  }

  private static Evidence evidence(
      ResetObservation reset, Sender pointsTo, double weight, boolean imitable, String says) {
    return new Evidence(
        ClueKind.SHAPE, pointsTo, weight, imitable, says, List.of(reset.packet().frame()));
  }
}
