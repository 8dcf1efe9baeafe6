package io.rstscope.tshark;

import io.rstscope.wire.SequenceNumber;
import java.util.List;

/**
 * Why one of us puts two resets with the same addresses and ports into one connection and the other
 * into two. Without a SYN between them there is no such reason.
 */
enum Division {
  MALFORMED_SYN("a SYN in a TCP header that nobody could read opens a connection of tshark's"),
  SYN_WITH_RESET("a SYN with RST set opens no connection (RFC 9293, section 3.10.7), but tshark's"),
  OWN_SYN("a SYN of bytes that its side sent already is late or repeated; tshark's opens another"),
  OPENED_AFTER_RESET(
      "after a reset another SYN, or the answer to one that was not captured, opens a connection;"
          + " tshark's does so only when it knows another number");

  /** As much can be sent before the answer to a SYN that is late. */
  private static final int FIRST_WINDOW = 0xffff;

  /** Who is right, and why. */
  final String reason;

  Division(String reason) {
    this.reason = reason;
  }

  /**
   * The reason, or null.
   *
   * @param before what the connection's sides sent until the first of the two resets, and that
   * @param after what they sent after it until the second one, and that
   * @param byTshark whether tshark sees two connections, or we
   */
  static Division of(List<TcpPacket> before, List<TcpPacket> after, boolean byTshark) {
    List<TcpPacket> syns = after.stream().filter(packet -> packet.has(TcpPacket.SYN)).toList();
    if (!byTshark) {
      return syns.stream().allMatch(syn -> syn.has(TcpPacket.RST)) ? null : OPENED_AFTER_RESET;
    }
    if (syns.stream().anyMatch(syn -> syn.has(TcpPacket.RST))) {
      return SYN_WITH_RESET;
    }
    boolean own = syns.stream().anyMatch(syn -> isOwn(before, syn) || isOwn(after, syn));
    return own ? OWN_SYN : null;
  }

  private static boolean isOwn(List<TcpPacket> packets, TcpPacket syn) {
    return packets.stream()
        .filter(packet -> packet.frame() < syn.frame() && packet.source().equals(syn.source()))
        .mapToInt(packet -> SequenceNumber.difference(packet.nextSequence(), syn.sequence() + 1))
        .anyMatch(since -> since >= 0 && since <= FIRST_WINDOW);
  }
}
