package io.rstscope.judge.sender;

import io.rstscope.judge.context.CaptureContext;
import io.rstscope.judge.context.FlowContext;
import io.rstscope.judge.context.OwnRule;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.witness.KernelRecord;
import io.rstscope.reset.witness.SocketError;
import java.util.List;
import java.util.Map;

/**
 * The kernel of the capturing host records each reset that it sends, with its reason. A rule of its
 * packet filter sends resets without such a record (nf_send_reset).
 */
public final class KernelClue implements Clue {
  /** By the kernel's words (include/net/rstreason.h), which stay from release to release. */
  private static final Map<String, String> REASONS =
      Map.ofEntries(
          Map.entry("NO_SOCKET", "no socket had these addresses and ports"),
          Map.entry("TCP_ABORT_ON_CLOSE", "its program closed the socket with data unread"),
          Map.entry("TCP_ABORT_ON_DATA", "data came after its program had closed the socket"),
          Map.entry("TCP_ABORT_ON_LINGER", "its program closed the socket with a linger time"),
          Map.entry("TCP_ABORT_ON_MEMORY", "the kernel had no memory left for closed sockets"),
          Map.entry("TCP_STATE", "its program closed the socket so that it resets (SO_LINGER 0)"),
          Map.entry("TCP_KEEPALIVE_TIMEOUT", "keep-alive probes or data got no ACK for too long"),
          Map.entry("TCP_TIMEWAIT_SOCKET", "the packet met a socket in TIME-WAIT"),
          Map.entry("TCP_DISCONNECT_WITH_DATA", "its program disconnected with data unsent"),
          Map.entry("INVALID_SYN", "a SYN came within the window of a synchronized connection"),
          Map.entry("TCP_TOO_OLD_ACK", "the packet's ACK was too old"),
          Map.entry("TCP_ACK_UNSENT_DATA", "the packet's ACK was of data never sent"));

  @Override
  public Evidence examine(ResetObservation reset, FlowContext flow, CaptureContext captureContext) {
    KernelRecord kernel = captureContext.recording().kernel(reset);
    if (kernel == null) {
      return null;
    }
    return switch (kernel.kind()) {
      case SENT ->
          evidence(
              reset,
              Sender.of(reset.from()),
              Weights.KERNEL,
              "this host's kernel sent it" + because(kernel.reason()));
      case TAKEN ->
          evidence(
              reset,
              Sender.UNDETERMINED,
              0,
              "a socket of this host took it: in sequence" + told(reset, flow.observation()));
      case NOT_SENT -> notSent(reset, flow, captureContext);
    };
  }

  private static String told(ResetObservation reset, FlowObservation flow) {
    SocketError error = flow.account().error();
    return error != null
            && error.meaning() == SocketError.Meaning.RESET
            && error.of() == reset.from().other()
        ? "; its program got " + error.name()
        : "";
  }

  private static Evidence notSent(
      ResetObservation reset, FlowContext flow, CaptureContext captureContext) {
    if (OwnRule.isByKernel(reset, flow.observation(), captureContext.recording())) {
      return evidence(
          reset,
          Sender.of(reset.from()),
          OwnRule.isOutbound(reset) ? Weights.KERNEL : 0,
          "no socket of this host sent it, by its kernel: a packet filter on the host did");
    }
    return evidence(
        reset,
        Sender.MIDDLEBOX,
        Weights.KERNEL,
        "this host's kernel sent no such RST: another host sent it with this one's address");
  }

  private static Evidence evidence(
      ResetObservation reset, Sender pointsTo, double weight, String says) {
    return new Evidence(
        ClueKind.KERNEL, pointsTo, weight, false, says, List.of(reset.packet().frame()));
  }

  private static String because(String reason) {
    if (reason == null || reason.equals("NOT_SPECIFIED")) {
      return "";
    }
    String ofMptcp = MptcpReason.Code.wordsOfLinux(reason);
    String meaning = ofMptcp == null ? REASONS.get(reason) : ofMptcp;
    return ": " + (meaning == null ? reason : meaning + " (" + reason + ")");
  }
}
