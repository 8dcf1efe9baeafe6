package io.rstscope.judge.sender;

import io.rstscope.decode.Segment;
import io.rstscope.judge.context.CaptureContext;
import io.rstscope.judge.context.FlowContext;
import io.rstscope.net.MacAddress;
import io.rstscope.reset.EndpointState;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Shape;
import java.util.List;

/**
 * The source MAC address against the baseline: tells on a shared segment; a router's is always the
 * same.
 */
public final class MacClue implements Clue {
  @Override
  public Evidence examine(ResetObservation reset, FlowContext flow, CaptureContext captureContext) {
    EndpointState sender = reset.sender();
    long mac = reset.packet().mac();
    if (sender.mac() == Segment.NO_MAC || mac == Segment.NO_MAC || reset.shape() == Shape.REFUSAL) {
      return null;
    }
    List<Long> frames = List.of(sender.lastFrame(), reset.packet().frame());
    if (mac == sender.mac()) {
      return new Evidence(
          ClueKind.MAC,
          Sender.of(reset.from()),
          Weights.MAC_SAME,
          true,
          () ->
              "source MAC address "
                  + MacAddress.text(mac)
                  + ", as in earlier packets from this side",
          frames);
    }
    if (captureContext.isOfAnotherNeighbour(flow.observation(), reset)) {
      return new Evidence(
          ClueKind.MAC,
          Sender.of(reset.from()),
          Weights.MAC_OF_ANOTHER_SERVER,
          false,
          () ->
              "source MAC address "
                  + MacAddress.text(mac)
                  + "; earlier packets from this side: "
                  + MacAddress.text(sender.mac())
                  + "; who accepts connections to that port has it: another host has the address",
          frames);
    }
    boolean moved = captureContext.othersHaveMac(flow.observation(), reset);
    boolean second = captureContext.isOfSecondHost(flow.observation(), reset);
    boolean takenOver = !moved && isTakenOver(reset, captureContext);
    boolean steady = sender.otherMacCount() == 0 && !moved && !takenOver;
    return new Evidence(
        ClueKind.MAC,
        steady ? Sender.MIDDLEBOX : Sender.UNDETERMINED,
        steady ? Weights.MAC_DIFFERS : 0,
        false,
        () ->
            "source MAC address "
                + MacAddress.text(mac)
                + "; earlier packets from this side: "
                + MacAddress.text(sender.mac())
                + (second ? "; another host uses the same IP address at the same time" : "")
                + (moved && !second ? "; but other flows of that address have it too" : "")
                + (takenOver ? "; that host may have taken over the IP address" : "")
                + (steady || moved || takenOver ? "" : "; but that has changed before too"),
        frames);
  }

  /**
   * Whether a host on the segment, which knows nothing of the connection, answers for an address
   * that it may have taken over.
   */
  private static boolean isTakenOver(ResetObservation reset, CaptureContext captureContext) {
    return reset.shape() == Shape.STATELESS
        && reset.trigger() != null
        && reset.aftermath().lifeFrame() < 0
        && captureContext.isOfNeighbour(reset);
  }
}
