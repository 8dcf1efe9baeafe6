package io.rstscope.tshark;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Why tshark sees a TCP packet on the broker's port and we do not, or not as we do. What the
 * receiver's kernel would make of the packet decides who is right; as a capture is evidence, we
 * also read what a receiver might refuse, as long as the bytes leave no doubt.
 *
 * <p>Both of us read packets whose checksums are wrong (cards fill them in later), whose IP length
 * is larger than what was captured (a snap length cut it) or 0 (segmentation offload). Of a TCP
 * header cut before its window neither is asked: we do not decode it.
 */
enum Difference {
  QUOTED(
      "an ICMP error quotes the header of a packet: nobody sent that packet here (RFC 792)",
      Seen.BY_TSHARK,
      packet -> packet.protocols.contains("icmp") || packet.protocols.contains("icmpv6")),
  NESTED(
      "a tunnel within two others: tshark is right, we take off two",
      Seen.BY_TSHARK,
      packet -> packet.count("ip") + packet.count("ipv6") > 3),
  OTHER_ENVELOPE(
      "a tunnel or link that we do not decode: tshark is right",
      Seen.BY_TSHARK,
      packet -> !packet.isOfHeadersWeDecode()),
  OTHER_PORT(
      "a tunnel told by the source port: receivers go by the destination port (RFC 7348, section 5)",
      Seen.BY_TSHARK,
      packet ->
          packet.has("udp.dstport")
              && Collections.disjoint(packet.all("udp.dstport"), List.of("4789", "8472", "6081"))),
  HEADER_BEYOND_PACKET(
      "a TCP header longer than its packet: Linux drops it (tcp_v4_rcv)",
      Seen.BY_TSHARK,
      packet -> !packet.isFragment() && !packet.has("tcp.len")),
  VXLAN_WITHOUT_NETWORK(
      "a VXLAN header without a valid network: Linux drops it (vxlan_rcv)",
      Seen.BY_TSHARK,
      packet -> packet.has("vxlan.flags") && (packet.number("vxlan.flags") & 0x0800) == 0),
  OTHER_GRE(
      "a GRE header of another version, or with source routing: to be discarded (RFC 2784, section 2.3)",
      Seen.BY_TSHARK,
      packet -> (packet.number("gre.flags_and_version") & 0x4007) != 0),
  OTHER_GENEVE(
      "a GENEVE header of another version: to be dropped (RFC 8926, section 3.4)",
      Seen.BY_TSHARK,
      packet -> packet.number("geneve.version") > 0),
  AFTER_SIGNALLING(
      "TCP after a header for mobility, host identity or Shim6: no receiver takes it (RFC 6275,"
          + " section 6.1.1), we read it all the same",
      Seen.BY_US,
      packet -> !Collections.disjoint(packet.protocols, Set.of("mipv6", "hip", "shim6"))),
  LINUX_FAMILY(
      "IPv6 by the number of Linux on a BSD loopback: we are right, its first bits say so too",
      Seen.BY_US,
      packet -> Set.of(10, 0x0a00_0000).contains(packet.number("null.family"))),
  EXTENSION_OPTIONS(
      "options of an extension header that do not fit into it: a receiver drops them, we do not"
          + " look (RFC 8200, section 4.2)",
      Seen.BY_US,
      packet ->
          packet.protocols.contains("ipv6.hopopts") || packet.protocols.contains("ipv6.dstopts")),
  LYING_TCP_OPTION(
      "timestamps after a TCP option of a wrong length: Linux skips any (tcp_parse_options), we"
          + " skip those whose kind we do not read, tshark gives up at SACK",
      Seen.BY_BOTH,
      packet -> packet.has("_ws.malformed") || packet.has("tcp.option.len.invalid"));

  private enum Seen {
    BY_TSHARK,
    BY_US,
    BY_BOTH
  }

  /** Who is right, and by which source. */
  final String reason;

  private final Seen seen;
  private final Predicate<Dissected> applies;

  Difference(String reason, Seen seen, Predicate<Dissected> applies) {
    this.reason = reason;
    this.seen = seen;
    this.applies = applies;
  }

  /** The first one that explains why we do not see the same, or null. */
  static Difference of(Dissected theirs, TcpPacket ours) {
    Seen seen = ours == null ? Seen.BY_TSHARK : theirs.packet == null ? Seen.BY_US : Seen.BY_BOTH;
    if (seen == Seen.BY_BOTH && !ours.differsInTimestampsOnly(theirs.packet)) {
      return null;
    }
    for (Difference difference : values()) {
      if (difference.seen == seen && difference.applies.test(theirs)) {
        return difference;
      }
    }
    return null;
  }
}
