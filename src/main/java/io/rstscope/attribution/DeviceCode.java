package io.rstscope.attribution;

import io.rstscope.reset.EndpointState;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.ResetPacket;
import java.util.List;

/**
 * A device wrote its reason into the reset: F5 BIG-IP and the draft of diagnostic payloads into the
 * payload, NetScaler a code into the window, with 255 as initial TTL.
 *
 * <p>Whether the device stands between the two or takes the place of one of them tells the TTL:
 * what speaks for a whole connection has one.
 */
final class DeviceCode implements Clue {
  private static final int NETSCALER_INITIAL_TTL = 255;

  @Override
  public Evidence examine(ResetObservation reset, FlowCase flow, Surroundings surroundings) {
    String said = reason(reset.packet());
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
                    + Sender.endpoint(reset.fromClient()).word()
                    + "'s packets, so that device is this side itself"
                : ""),
        List.of(reset.packet().frame()));
  }

  /** What the device says, a clause, or null when the reset is an ordinary one. */
  static String reason(ResetPacket packet) {
    if (packet.diagnostic() != null) {
      return "a device wrote its reason into the payload: \"" + packet.diagnostic() + "\"";
    }
    if (InitialTtl.initial(packet.ttl()) != NETSCALER_INITIAL_TTL) {
      return null;
    }
    return switch (packet.window()) {
      // CTX492010: NSBE_DBG_RST_ZSSSR
      case 9300 -> "window 9300 is NetScaler's code for an idle connection that it cleaned up";
      // CTX695832
      case 8201 -> "window 8201 is NetScaler's code for a first packet out of order";
      default -> null;
    };
  }
}
