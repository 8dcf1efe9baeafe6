package io.rstscope.judge.sender;

import io.rstscope.judge.context.CaptureContext;
import io.rstscope.judge.context.DeviceReason;
import io.rstscope.judge.context.FlowContext;
import io.rstscope.reset.EndpointState;
import io.rstscope.reset.ResetObservation;
import java.util.List;

/**
 * A device wrote its reason into the reset: F5 BIG-IP and the draft of diagnostic payloads into the
 * payload, NetScaler a code into the window, with 255 as initial TTL.
 *
 * <p>Whether the device stands between the two or takes the place of one of them tells the TTL:
 * what speaks for a whole connection has one.
 */
public final class DeviceCode implements Clue {
  @Override
  public Evidence examine(ResetObservation reset, FlowContext flow, CaptureContext captureContext) {
    String said = DeviceReason.of(reset.packet());
    if (said == null) {
      return null;
    }
    EndpointState sender = reset.sender();
    boolean itself = sender.packets() > 0 && sender.ttl() == reset.packet().ttl();
    return new Evidence(
        ClueKind.DEVICE_CODE,
        itself ? Sender.UNDETERMINED : Sender.MIDDLEBOX,
        itself ? 0 : Weights.DEVICE_CODE,
        true,
        said
            + (itself
                ? "; its TTL is that of the "
                    + reset.from().word()
                    + "'s packets, so the device itself is this side of the connection"
                : ""),
        List.of(reset.packet().frame()));
  }
}
