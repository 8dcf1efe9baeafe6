package io.rstscope.judge.sender;

import io.rstscope.reset.Term;

/** The clues by the names that reports give them. */
public enum ClueKind implements Term {
  LIFE_AFTER_RESET(
      "life-after-reset",
      "the claimed sender goes on sending after its reset: then it did not send it"),
  SOCKET_CONTINUITY(
      "socket-continuity",
      "TCP timestamps and IP identification go on, or do not, from the claimed sender's previous"
          + " packet: its socket knows both, and who sees its packets can copy them"),
  TTL(
      "ttl",
      "the TTL or hop limit is, or is not, that of the same direction of the same flow before"),
  MAC("mac", "the source MAC address is, or is not, that of the same direction of the flow before"),
  RECEIVED_OR_SENT(
      "received-or-sent",
      "the capture says whether its host received or sent each packet: a reset that a host receives"
          + " in its own name is forged"),
  ROUND_TRIP(
      "round-trip",
      "the reset came back faster than the claimed sender has ever answered, or just as fast"),
  SHAPE("shape", "what kind of sender writes resets of this form"),
  SEQUENCE(
      "sequence",
      "whether sequence and acknowledgement numbers are those that the claimed sender would use"),
  EARLIER_RESET(
      "earlier-reset",
      "an earlier reset to the claimed sender had ended its socket, so that its kernel must answer"
          + " what comes next with a reset"),
  VANTAGE(
      "vantage",
      "the capture was taken at the claimed sender: then hardly anything can lie in between"),
  REASON_TO_RESET(
      "reason-to-reset",
      "what came before gives the claimed sender a reason to reset now: a FIN, AMQP's close, missed"
          + " heartbeats, or the end of its process"),
  SILENCE_AFTERWARDS(
      "silence-afterwards",
      "the claimed sender fell silent with its reset, though it had heartbeats to send: who did not"
          + " send it would have gone on"),
  FLOW_LABEL(
      "flow-label",
      "the IPv6 flow label is, or is not, that of the sender's socket, or of a host that sets them"
          + " at all"),
  REFLECTION(
      "reflection",
      "the reset carries the identification or the window of the packet that it answers: a device"
          + " turned that packet round"),
  LADDER(
      "ladder",
      "several resets at once in one name at several sequence numbers: somebody who does not know the"
          + " right one"),
  DEVICE_CODE(
      "device-code",
      "a device wrote its reason into the payload (F5 BIG-IP, diagnostic payloads) or into the window"
          + " (NetScaler)"),
  MISSING_PACKETS(
      "missing-packets",
      "what is missing from the capture: it points to nobody, but makes the verdict less sure"),
  RESET_PAIR(
      "reset-pair",
      "both sides are reset at the same moment, and neither answers the other: a device between them"
          + " ended the connection");

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
