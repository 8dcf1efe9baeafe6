package io.rstscope.judge.context;

import io.rstscope.reset.ResetPacket;

/**
 * The reason that a device wrote into a reset: F5 BIG-IP and the draft of diagnostic payloads into
 * the payload, NetScaler a code into the window, with 255 as initial TTL.
 */
public final class DeviceReason {
  private static final int NETSCALER_INITIAL_TTL = 255;

  private DeviceReason() {}

  /** What the device says, a clause, or null when the reset is an ordinary one. */
  public static String of(ResetPacket packet) {
    if (packet.diagnostic() != null) {
      return "a device wrote its reason into the RST's payload: \"" + packet.diagnostic() + "\"";
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
