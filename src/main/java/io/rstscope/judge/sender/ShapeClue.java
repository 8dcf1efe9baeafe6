package io.rstscope.judge.sender;

import io.rstscope.judge.context.FlowCase;
import io.rstscope.judge.context.HiddenBytes;
import io.rstscope.judge.context.Surroundings;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.ResetPacket;
import java.util.List;

/** What kind of sender writes resets of this form. A forger can write any. */
public final class ShapeClue implements Clue {
  @Override
  public Evidence examine(ResetObservation reset, FlowCase flow, Surroundings surroundings) {
    Sender claimed = Sender.endpoint(reset.fromClient());
    return switch (reset.shape()) {
      case SOCKET ->
          evidence(reset, claimed, Weights.SOCKET, "RST,ACK in the form of a live socket");
      case CRAFTED -> isOfBsd(reset) ? ofBsd(reset) : crafted(reset);
      case STATELESS ->
          stateless(
              reset,
              surroundings.recording().lostPackets() > 0
                  || reset.other().gapSeen()
                  || HiddenBytes.betweenSynAndEnd(flow.observation()));
      case REFUSAL ->
          evidence(reset, claimed, 0, "RST,ACK answers the SYN, as a closed port does, or a rule");
    };
  }

  private static Evidence crafted(ResetObservation reset) {
    boolean baseline = reset.sender().packets() > 0;
    return evidence(
        reset,
        Sender.MIDDLEBOX,
        baseline ? Weights.CRAFTED : Weights.CRAFTED_WITHOUT_BASELINE,
        false,
        "it has no form in which a kernel would send it" + (baseline ? " in this flow" : ""));
  }

  /**
   * The live sockets of BSD and macOS reset without the timestamps that the flow uses (tcp_output
   * in bsd/netinet/tcp_output.c of XNU).
   */
  private static boolean isOfBsd(ResetObservation reset) {
    ResetPacket packet = reset.packet();
    return packet.hasAck()
        && packet.window() > 0
        && (packet.ipId() == reset.sender().ipId() || packet.isIpv6())
        && packet.acknowledgement() == reset.sender().lastAcknowledgement()
        && !packet.timestamps()
        && reset.sender().timestamps()
        && packet.dontFragment() == reset.sender().dontFragment()
        && reset.sequenceOffset() != null
        && reset.sequenceOffset() == 0;
  }

  private static Evidence ofBsd(ResetObservation reset) {
    return evidence(
        reset,
        Sender.MIDDLEBOX,
        Weights.OF_BSD,
        "RST,ACK without the timestamps of the flow: sockets of BSD and macOS send it so, those of"
            + " Linux do not");
  }

  private static Evidence stateless(ResetObservation reset, boolean packetsMissing) {
    if (reset.trigger() == null && reset.other().packets() > 0) {
      return evidence(
          reset,
          packetsMissing ? Sender.UNDETERMINED : Sender.MIDDLEBOX,
          packetsMissing ? 0 : Weights.STATELESS_UNPROMPTED,
          "a bare RST, which kernels send only as an answer, answers nothing here"
              + (packetsMissing ? ", but packets are missing from the capture" : ""));
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
