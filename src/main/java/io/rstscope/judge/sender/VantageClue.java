package io.rstscope.judge.sender;

import io.rstscope.judge.context.CaptureContext;
import io.rstscope.judge.context.FlowContext;
import io.rstscope.judge.context.InitialTtl;
import io.rstscope.net.Side;
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
  public Evidence examine(ResetObservation reset, FlowContext flow, CaptureContext captureContext) {
    Side from = reset.from();
    boolean kernelOrRule = reset.shape() == Shape.STATELESS || reset.shape() == Shape.REFUSAL;
    boolean bsd = isOfBsd(reset);
    if (!kernelOrRule && !bsd || !captureContext.recording().vantage().isAt(from)) {
      return null;
    }
    return new Evidence(
        ClueKind.VANTAGE,
        Sender.of(from),
        bsd ? Weights.CAPTURED_AT_A_BSD_SENDER : Weights.CAPTURED_AT_THE_SENDER,
        true,
        () -> "captured on the " + from.word() + "'s own host or segment",
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
