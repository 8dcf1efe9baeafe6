package io.rstscope.tshark;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What tshark says of a packet: for each field the values in all headers that have it. */
final class Dissected {
  static final List<String> FIELDS =
      List.of(
          "frame.number",
          "frame.time_epoch",
          "frame.protocols",
          "eth.src",
          "sll.src.eth",
          "null.family",
          "ip.src",
          "ip.dst",
          "ip.ttl",
          "ip.id",
          "ip.flags.mf",
          "ipv6.src",
          "ipv6.dst",
          "ipv6.hlim",
          "ipv6.fraghdr.more",
          "udp.dstport",
          "gre.flags_and_version",
          "vxlan.flags",
          "geneve.version",
          "tcp.stream",
          "tcp.srcport",
          "tcp.dstport",
          "tcp.flags",
          "tcp.seq_raw",
          "tcp.ack_raw",
          "tcp.window_size_value",
          "tcp.option.len.invalid",
          "_ws.malformed",
          "tcp.options.timestamp.tsval",
          "tcp.options.timestamp.tsecr",
          "tcp.len");

  /** tshark's names of what {@link io.rstscope.decode.SegmentDecoder} takes off. */
  private static final Set<String> DECODED =
      Set.of(
          "eth",
          "ethertype",
          "null",
          "raw",
          "sll",
          "vlan",
          "ieee8021ad",
          "mpls",
          "pppoes",
          "ppp",
          "chdlc",
          "pktap",
          "pcap_pktdata",
          "ip",
          "ipv6",
          "ipv6.hopopts",
          "ipv6.dstopts",
          "ipv6.routing",
          "ipv6.fraghdr",
          "ah",
          "udp",
          "vxlan",
          "geneve",
          "gre",
          "erspan",
          "tcp",
          "data");

  private final Map<String, String> values = new HashMap<>();

  /** The protocols of its headers, from the outside in. */
  final List<String> protocols;

  final long frame;

  /** The connection that tshark puts it into, or -1. */
  final int stream;

  /** The TCP packet on the broker's port that it is, or null. */
  final TcpPacket packet;

  /**
   * @param line of tshark's output: the fields, and within them the values
   */
  Dissected(String line) {
    String[] columns = line.split("\t", -1);
    for (int i = 0; i < FIELDS.size(); i++) {
      values.put(FIELDS.get(i), columns[i]);
    }
    protocols = List.of(last("frame.protocols").split(":"));
    frame = Long.parseLong(last("frame.number"));
    stream = number("tcp.stream");
    packet = isOnPort() && has("tcp.window_size_value") ? packet() : null;
  }

  boolean has(String field) {
    return !values.get(field).isEmpty();
  }

  /** The values of a field, from the outside in. */
  List<String> all(String field) {
    return List.of(values.get(field).split(","));
  }

  /** The value of the innermost header, or -1. */
  int number(String field) {
    return has(field) ? Long.decode(last(field)).intValue() : -1;
  }

  /** How many headers of that protocol there are. */
  int count(String protocol) {
    return Collections.frequency(protocols, protocol);
  }

  boolean isOfHeadersWeDecode() {
    return DECODED.containsAll(protocols);
  }

  /** Whether it is the first of several fragments, at whichever level. */
  boolean isFragment() {
    return all("ip.flags.mf").contains("1") || all("ipv6.fraghdr.more").contains("1");
  }

  private String last(String field) {
    String all = values.get(field);
    return all.substring(all.lastIndexOf(',') + 1);
  }

  /** Whether it is a TCP packet on the broker's port, maybe without the end of its header. */
  boolean isOnPort() {
    return number("tcp.srcport") == 5672 || number("tcp.dstport") == 5672;
  }

  private TcpPacket packet() {
    boolean ipv4 = protocols.lastIndexOf("ip") > protocols.lastIndexOf("ipv6");
    return new TcpPacket(
        frame,
        new BigDecimal(last("frame.time_epoch")).movePointRight(9).longValue(),
        mac(),
        TcpPacket.address(last(ipv4 ? "ip.src" : "ipv6.src")),
        number("tcp.srcport"),
        TcpPacket.address(last(ipv4 ? "ip.dst" : "ipv6.dst")),
        number("tcp.dstport"),
        number(ipv4 ? "ip.ttl" : "ipv6.hlim"),
        ipv4 ? number("ip.id") : -1,
        number("tcp.flags") & 0xff,
        number("tcp.seq_raw"),
        number("tcp.ack_raw"),
        number("tcp.window_size_value"),
        has("tcp.options.timestamp.tsecr")
            ? Long.parseLong(all("tcp.options.timestamp.tsval").get(0))
            : -1,
        number("tcp.len"));
  }

  private long mac() {
    // macOS's header is followed by a name for what is in it, then the frame
    String link = protocols.get(protocols.get(0).equals("pktap") ? 2 : 0);
    String field = link.equals("sll") ? "sll.src.eth" : "eth.src";
    return has(field) && Set.of("eth", "sll").contains(link)
        ? Long.parseLong(all(field).get(0).replace(":", ""), 16)
        : -1;
  }

  @Override
  public String toString() {
    return protocols + " " + packet;
  }
}
