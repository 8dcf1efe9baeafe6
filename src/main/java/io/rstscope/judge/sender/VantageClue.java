package io.rstscope.judge.sender;

import io.rstscope.judge.context.FlowCase;
import io.rstscope.judge.context.InitialTtl;
import io.rstscope.judge.context.Surroundings;
import io.rstscope.reset.EndpointState;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.ResetPacket;
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
    boolean bsd = isOfBsd(reset);
    if (!kernelOrRule && !bsd || !surroundings.recording().vantage().isAt(client)) {
      return null;
    }
    String who = Sender.endpoint(client).word();
    return new Evidence(
        ClueKind.VANTAGE,
        Sender.endpoint(client),
        bsd ? Weights.CAPTURED_AT_A_BSD_SENDER : Weights.CAPTURED_AT_THE_SENDER,
        true,
        () -> "the capture was taken at the " + who + ", with hardly anything between",
        List.of(reset.packet().frame()));
  }

  /**
   * A live socket of BSD or macOS resets without timestamps, with a number of its own choice (see
   * {@link ShapeClue}): in a capture of what leaves that host, with the socket's exact numbers,
   * that is likelier than a forger beside it.
   */
  private static boolean isOfBsd(ResetObservation reset) {
    ResetPacket packet = reset.packet();
    EndpointState sender = reset.sender();
    return reset.shape() == Shape.CRAFTED
        && packet.hasAck()
        && packet.window() > 0
        && !packet.timestamps()
        && packet.ttl() == sender.ttl()
        && InitialTtl.hops(packet.ttl()) == 0
        && packet.mac() == sender.mac()
        && packet.dontFragment() == sender.dontFragment()
        && packet.acknowledgement() == sender.lastAcknowledgement()
        && reset.sequenceOffset() != null
        && reset.sequenceOffset() == 0;
  }
}
