package io.rstscope.judge.sender;

import io.rstscope.judge.context.CaptureContext;
import io.rstscope.judge.context.FlowContext;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.ResetPacket;
import java.util.Arrays;
import java.util.List;

/**
 * The sender's MPTCP wrote into the reset why it ends this subflow. Linux does (mptcp_write_options
 * in net/mptcp/options.c), and no device that forges resets is known to; but whoever can forge one
 * can write it, as nothing in it is secret (RFC 8684, section 3.6).
 */
final class MptcpReason implements Clue {
  /** The registry "MPTCP MP_TCPRST Reason Codes". */
  enum Code {
    UNSPECIFIED(0, "EUNSPEC", "unspecified error"),
    MPTCP_SPECIFIC(1, "EMPTCP", "MPTCP-specific error"),
    RESOURCES(2, "ERESOURCE", "lack of resources"),
    PROHIBITED(3, "EPROHIBIT", "administratively prohibited"),
    TOO_MUCH_DATA(4, "EWQ2BIG", "too much outstanding data"),
    PERFORMANCE(5, "EBADPERF", "unacceptable performance"),
    MIDDLEBOX(6, "EMIDDLEBOX", "middlebox interference detected");

    private final int number;
    private final String ofLinux;
    private final String words;

    Code(int number, String ofLinux, String words) {
      this.number = number;
      this.ofLinux = "MPTCP_RST_" + ofLinux;
      this.words = words;
    }

    /** The meaning of a number, 0 to 255. */
    static String words(int number) {
      return Arrays.stream(values())
          .filter(code -> code.number == number)
          .map(code -> code.words)
          .findFirst()
          .orElse("reason " + number + ", not assigned");
    }

    /** The meaning of a reason as Linux traces it (enum sk_rst_reason), or null. */
    static String wordsOfLinux(String reason) {
      return Arrays.stream(values())
          .filter(code -> code.ofLinux.equals(reason))
          .map(code -> "MPTCP: " + code.words)
          .findFirst()
          .orElse(null);
    }
  }

  @Override
  public Evidence examine(ResetObservation reset, FlowContext flow, CaptureContext captureContext) {
    ResetPacket packet = reset.packet();
    if (packet.mptcpReason() < 0) {
      return null;
    }
    String says =
        "MPTCP wrote its reason into the RST: "
            + Code.words(packet.mptcpReason())
            + (packet.isMptcpTransient() ? ", for now" : "")
            + "; it ends one subflow, and the others go on";
    return new Evidence(
        ClueKind.MPTCP_REASON,
        Sender.of(reset.from()),
        Weights.MPTCP_REASON,
        true,
        says,
        List.of(packet.frame()));
  }
}
