package io.rstscope.judge.sender;

import io.rstscope.net.Term;

/** The clues by the names that reports give them. */
public enum ClueKind implements Term {
  LIFE_AFTER_RESET(
      "life-after-reset",
      "the claimed sender keeps sending after the RST: then it did not send it"),
  SOCKET_CONTINUITY(
      "socket-continuity",
      "whether TSval and IP ID continue from the claimed sender's previous packet: its socket knows"
          + " both, and whoever sees its packets can copy them"),
  TTL("ttl", "whether the TTL or hop limit is that of earlier packets from this side"),
  MAC("mac", "whether the source MAC address is that of earlier packets from this side"),
  RECEIVED_OR_SENT(
      "received-or-sent",
      "whether the capturing host received or sent it: an RST that a host receives with its own"
          + " source address is spoofed"),
  ROUND_TRIP(
      "round-trip", "whether the RST came back faster than the claimed sender has ever answered"),
  SHAPE("shape", "what kind of sender builds RSTs of this form"),
  SEQUENCE(
      "sequence",
      "whether sequence and acknowledgement numbers are those that the claimed sender would use"),
  EARLIER_RESET(
      "earlier-reset",
      "an earlier RST had ended the claimed sender's socket, so its kernel must answer later"
          + " packets with an RST"),
  VANTAGE(
      "vantage",
      "the capture was made on the claimed sender's own host or segment, with hardly any room for a"
          + " middlebox"),
  REASON_TO_RESET(
      "reason-to-reset",
      "what came before gives the claimed sender a reason to reset now: a FIN, connection.close,"
          + " missed heartbeats, or the end of its process"),
  SILENCE_AFTERWARDS(
      "silence-afterwards",
      "the claimed sender sent nothing after the RST, though it had heartbeats to send: had it not"
          + " sent the RST, it would have kept sending them"),
  FLOW_LABEL(
      "flow-label",
      "whether the IPv6 flow label is that of the sender's socket, or of a host that sets one at"
          + " all"),
  REFLECTION(
      "reflection",
      "the RST carries the IP ID or window of the packet it answers: a device turned that packet"
          + " around"),
  LADDER(
      "ladder",
      "several RSTs at once with one source address and different sequence numbers: a sender that"
          + " does not know the right one"),
  DEVICE_CODE(
      "device-code",
      "a device wrote its reason into the payload (F5 BIG-IP, diagnostic payloads) or into the"
          + " window (NetScaler)"),
  MPTCP_REASON(
      "mptcp-reason",
      "Multipath TCP wrote its reason into the RST (RFC 8684, section 3.6), as a socket does; a"
          + " forger could"),
  OTHER_SIDE(
      "other-side",
      "with --other-side: whether a capture at the other end has the RST, too; one that never was"
          + " at the end it claims to come from was made in between"),
  MISSING_PACKETS(
      "missing-packets",
      "what is missing from the capture: it points to no sender, but lowers the confidence"),
  KERNEL(
      "kernel",
      "what the kernel of the capturing host recorded: the RSTs that it sent, with the reason, and"
          + " that it did not send this one (watch --kernel)"),
  RESET_PAIR(
      "reset-pair",
      "both sides are reset at the same moment, and neither answers the other: a device between"
          + " them ended the connection");

  private final String word;
  private final String explanation;

  ClueKind(String word, String explanation) {
    this.word = word;
    this.explanation = explanation;
  }

  @Override
  public String word() {
    return word;
  }

  @Override
  public String explanation() {
    return explanation;
  }
}
