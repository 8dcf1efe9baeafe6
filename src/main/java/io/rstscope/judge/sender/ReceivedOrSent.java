package io.rstscope.judge.sender;

import io.rstscope.capture.CapturedPacket;
import io.rstscope.judge.context.CaptureContext;
import io.rstscope.judge.context.FlowContext;
import io.rstscope.judge.context.InitialTtl;
import io.rstscope.reset.EndpointState;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Shape;
import java.util.List;

/**
 * Linux cooked captures and pcapng flags tell whether the capturing host received or sent a packet.
 * What it received in its own name is forged.
 */
public final class ReceivedOrSent implements Clue {
  @Override
  public Evidence examine(ResetObservation reset, FlowContext flow, CaptureContext captureContext) {
    EndpointState sender = reset.sender();
    boolean forwarded = sender.inboundSeen() && sender.outboundSeen();
    int direction = reset.packet().direction();
    if (direction == CapturedPacket.DIRECTION_UNKNOWN
        || forwarded
        || reset.shape() == Shape.REFUSAL
        || !sender.inboundSeen() && !sender.outboundSeen()) {
      return null;
    }
    boolean sent = direction == CapturedPacket.OUTBOUND;
    String who = reset.from().word();
    if (sent == sender.outboundSeen()) {
      return sent && InitialTtl.hops(sender.ttl()) == 0
          ? evidence(
              reset,
              Sender.of(reset.from()),
              Weights.SENT_HERE,
              "the capturing host sent it, as it sends all packets of the " + who)
          : null;
    }
    return evidence(
        reset,
        Sender.MIDDLEBOX,
        Weights.WRONG_SIDE,
        sent
            ? "the capturing host sent it, but receives the packets of the " + who
            : "the capturing host is the " + who + " and received it: it came from elsewhere");
  }

  private static Evidence evidence(
      ResetObservation reset, Sender pointsTo, double weight, String says) {
    return new Evidence(
        ClueKind.RECEIVED_OR_SENT,
        pointsTo,
        weight,
        false,
        says,
        List.of(reset.sender().lastFrame(), reset.packet().frame()));
  }
}
