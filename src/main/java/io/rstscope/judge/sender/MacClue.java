package io.rstscope.judge.sender;

import io.rstscope.flow.Segment;
import io.rstscope.judge.context.FlowCase;
import io.rstscope.judge.context.Surroundings;
import io.rstscope.reset.EndpointState;
import io.rstscope.reset.ResetObservation;
import io.rstscope.wire.MacAddress;
import java.util.List;

/**
 * The source MAC address against the baseline: tells on a shared segment; a router's is always the
 * same.
 */
public final class MacClue implements Clue {
  @Override
  public Evidence examine(ResetObservation reset, FlowCase flow, Surroundings surroundings) {
    EndpointState sender = reset.sender();
    long mac = reset.packet().mac();
    if (sender.mac() == Segment.NO_MAC || mac == Segment.NO_MAC) {
      return null;
    }
    List<Long> frames = List.of(sender.lastFrame(), reset.packet().frame());
    if (mac == sender.mac()) {
      return new Evidence(
          ClueKind.MAC,
          Sender.endpoint(reset.fromClient()),
          Weights.MAC_SAME,
          true,
          () -> "source MAC address " + MacAddress.text(mac) + " as before",
          frames);
    }
    boolean steady = sender.otherMacCount() == 0;
    return new Evidence(
        ClueKind.MAC,
        steady ? Sender.MIDDLEBOX : Sender.UNDETERMINED,
        steady ? Weights.MAC_DIFFERS : 0,
        false,
        () ->
            "source MAC address "
                + MacAddress.text(mac)
                + ", before "
                + MacAddress.text(sender.mac())
                + (steady ? "" : ", but that has changed before too"),
        frames);
  }
}
