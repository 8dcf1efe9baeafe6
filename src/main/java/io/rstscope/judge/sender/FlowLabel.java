package io.rstscope.judge.sender;

import io.rstscope.judge.context.CaptureContext;
import io.rstscope.judge.context.FlowContext;
import io.rstscope.reset.EndpointState;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Shape;
import java.util.List;
import java.util.function.Supplier;

/**
 * The IPv6 flow label. A Linux socket keeps its own until a timeout makes it try another path
 * (sk_rethink_txhash), and puts it into its reset; for a connection that it does not know the
 * kernel makes one up (ip6_make_flowlabel). The REJECT of nftables leaves it 0
 * (nf_reject_ip6hdr_put). All three were seen so in captures.
 */
public final class FlowLabel implements Clue {
  @Override
  public Evidence examine(ResetObservation reset, FlowContext flow, CaptureContext captureContext) {
    EndpointState sender = reset.sender();
    int label = reset.packet().flowLabel();
    if (label < 0 || sender.flowLabel() <= 0) {
      return null;
    }
    Sender claimed = Sender.of(reset.from());
    if (label == 0) {
      return evidence(
          reset,
          Sender.MIDDLEBOX,
          Weights.NO_FLOW_LABEL,
          () -> "no flow label; " + sendersOwn(sender));
    }
    if (reset.shape() != Shape.SOCKET) {
      return evidence(
          reset,
          claimed,
          Weights.SOME_FLOW_LABEL,
          () ->
              "flow label "
                  + hex(label)
                  + ": the sender's host sets them too; firewalls seldom do");
    }
    if (label == sender.flowLabel()) {
      return evidence(
          reset,
          claimed,
          Weights.FLOW_LABEL_GOES_ON,
          () -> "flow label " + hex(label) + ", as in earlier packets from this side");
    }
    boolean rehashed = sender.unanswered() > 0;
    return evidence(
        reset,
        rehashed ? Sender.UNDETERMINED : Sender.MIDDLEBOX,
        rehashed ? 0 : Weights.FLOW_LABEL_DIFFERS,
        () ->
            "flow label "
                + hex(label)
                + "; "
                + sendersOwn(sender)
                + (rehashed ? "; it had retransmitted, which changes the label" : ""));
  }

  private static String sendersOwn(EndpointState sender) {
    return "earlier packets from this side: " + hex(sender.flowLabel());
  }

  private static String hex(int label) {
    return String.format("0x%05x", label);
  }

  private static Evidence evidence(
      ResetObservation reset, Sender pointsTo, double weight, Supplier<String> says) {
    return new Evidence(
        ClueKind.FLOW_LABEL,
        pointsTo,
        weight,
        true,
        says,
        List.of(reset.sender().lastFrame(), reset.packet().frame()));
  }
}
