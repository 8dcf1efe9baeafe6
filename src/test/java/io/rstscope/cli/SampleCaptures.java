package io.rstscope.cli;

import io.rstscope.capture.LinkType;
import io.rstscope.testing.Packets;
import io.rstscope.testing.PcapFile;
import io.rstscope.testing.PcapngFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;

/** Small captures made by hand, one of each kind that tools must agree on. */
public final class SampleCaptures {
  static final long START_NANOS = 1_795_197_548_123_456_789L;
  static final int CLIENT_PORT = 40_001;
  static final int BROKER_PORT = 5672;

  private static final long STEP_NANOS = 1_000_000_007L;

  private SampleCaptures() {}

  /** Puts the IP layer of one direction on a link layer. */
  private interface Network {
    Packets packet(boolean fromClient);
  }

  /** File names with their contents. */
  public static Map<String, byte[]> all() {
    Map<String, byte[]> captures = new LinkedHashMap<>();
    captures.put("ethernet.pcap", pcap(LinkType.ETHERNET, v4(Packets::ethernet)));
    captures.put("raw.pcap", pcap(LinkType.RAW, v4(Packets::raw)));
    captures.put("raw-ipv6.pcap", pcap(LinkType.RAW, v6(Packets::raw)));
    captures.put("ipv4.pcap", pcap(LinkType.IPV4, v4(Packets::raw)));
    captures.put("ipv6.pcap", pcap(LinkType.IPV6, v6(Packets::raw)));
    captures.put("null.pcap", pcap(LinkType.NULL, v4(() -> Packets.loopback(2))));
    captures.put("null-macos-ipv6.pcap", pcap(LinkType.NULL, v6(() -> Packets.loopback(30))));
    captures.put("loop.pcap", pcap(LinkType.LOOP, v4(() -> Packets.loopbackNetworkOrder(2))));
    captures.put("sll.pcap", pcap(LinkType.LINUX_SLL, v4(() -> Packets.cooked(0))));
    captures.put("sll2.pcap", pcap(LinkType.LINUX_SLL2, v6(() -> Packets.cookedV2(4, 3))));
    captures.put("ppp.pcap", pcap(LinkType.PPP, v4(Packets::framedPpp)));
    captures.put("ppp-not-framed.pcap", pcap(LinkType.PPP, v6(() -> Packets.ppp(false))));
    captures.put("ppp-compressed.pcap", pcap(LinkType.PPP, v4(() -> Packets.ppp(true))));
    captures.put("ppp-hdlc.pcap", pcap(LinkType.PPP_HDLC, v6(Packets::framedPpp)));
    captures.put("cisco-hdlc.pcap", pcap(LinkType.PPP_HDLC, v4(Packets::ciscoHdlc)));
    captures.put("pktap-raw.pcap", pcap(LinkType.PKTAP, v6(() -> Packets.pktap(12, 1))));
    captures.put(
        "pktap-ethernet.pcap",
        pcap(
            LinkType.PKTAP,
            v4(
                () ->
                    Packets.pktap(LinkType.ETHERNET, 2)
                        .innerEthernet(Packets.CLIENT_MAC, Packets.BROKER_MAC))));
    captures.put("vlan.pcap", pcap(LinkType.ETHERNET, v4(() -> Packets.ethernet().vlan(7))));
    captures.put(
        "qinq.pcap", pcap(LinkType.ETHERNET, v6(() -> Packets.ethernet().serviceVlan(7).vlan(9))));
    captures.put(
        "extension-headers.pcap",
        pcap(
            LinkType.ETHERNET,
            with(v6(Packets::ethernet), ip -> ip.hopByHop(8).destinationOptions(16))));
    captures.put(
        "ip-options.pcap",
        pcap(LinkType.ETHERNET, with(v4(Packets::ethernet), ip -> ip.ipOptions(12))));
    captures.put(
        "vxlan.pcap",
        pcap(
            LinkType.ETHERNET,
            v4(
                () ->
                    Packets.ethernet()
                        .ipv4("192.0.2.1", "192.0.2.2")
                        .udp(50_000, 4789)
                        .vxlan(42)
                        .innerEthernet(Packets.CLIENT_MAC, Packets.BROKER_MAC))));
    captures.put(
        "vxlan-in-gre.pcap",
        pcap(
            LinkType.ETHERNET,
            v6(
                () ->
                    Packets.ethernet()
                        .ipv4("192.0.2.1", "192.0.2.2")
                        .gre(0x2000)
                        .ipv4("198.51.100.1", "198.51.100.2")
                        .udp(50_000, 4789)
                        .vxlan(42)
                        .innerEthernet(Packets.CLIENT_MAC, Packets.BROKER_MAC))));
    captures.put("cut.pcap", cut());
    captures.put("interfaces.pcapng", interfaces());
    captures.put("ethernet.pcap.gz", gzip(captures.get("ethernet.pcap")));
    captures.put("interfaces.pcapng.gz", gzip(captures.get("interfaces.pcapng")));
    return captures;
  }

  /** A connection and its two resets, among packets that are neither. */
  static byte[] pcap() {
    return pcap(LinkType.ETHERNET, v4(Packets::ethernet));
  }

  /** The same over several interfaces. */
  static byte[] interfaces() {
    Network ethernet = v4(Packets::ethernet);
    Network raw = v6(Packets::raw);
    PcapngFile file =
        new PcapngFile()
            .addInterface(LinkType.ETHERNET, 9)
            .addInterface(LinkType.RAW, 3)
            .addInterface(LinkType.ETHERNET, 0x80 | 10)
            .addInterface(LinkType.LINUX_SLL2, 6);
    long seconds = START_NANOS / 1_000_000_000L;
    file.add(0, START_NANOS, syn(ethernet));
    file.add(0, START_NANOS + 17, reset(ethernet, false));
    file.add(1, seconds * 1000 + 125, syn(raw));
    file.add(1, seconds * 1000 + 377, reset(raw, false));
    file.add(2, (seconds << 10) + 513, reset(ethernet, true));
    file.add(3, seconds * 1_000_000 + 999_999, reset(v4(() -> Packets.cookedV2(0, 2)), true));
    return file.bytes();
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }

  private static byte[] pcap(int linkType, Network network) {
    PcapFile file = new PcapFile(linkType);
    long time = START_NANOS;
    file.add(time, syn(network));
    file.add(time += STEP_NANOS, synAck(network));
    file.add(time += STEP_NANOS, network.packet(true).udp(BROKER_PORT, BROKER_PORT));
    file.add(time += STEP_NANOS, reset(network, true));
    file.add(time += STEP_NANOS, network.packet(true).tcp(80, 8080).flags(Packets.RST));
    return file.add(time + STEP_NANOS, reset(network, false)).bytes();
  }

  /** Of the resets so much was captured that their ports and flags can be read, and no more. */
  private static byte[] cut() {
    Network network = v4(Packets::ethernet);
    PcapFile file = new PcapFile(LinkType.ETHERNET).add(START_NANOS, syn(network));
    byte[] reset = reset(network, true).payload("reason of the reset").bytes();
    byte[] captured = new byte[54];
    System.arraycopy(reset, 0, captured, 0, captured.length);
    return file.add(START_NANOS + STEP_NANOS, captured, reset.length).bytes();
  }

  private static Packets syn(Network network) {
    return network.packet(true).tcp(CLIENT_PORT, BROKER_PORT).flags(Packets.SYN).seq(99).mss(1460);
  }

  private static Packets synAck(Network network) {
    return network
        .packet(false)
        .tcp(BROKER_PORT, CLIENT_PORT)
        .flags(Packets.SYN | Packets.ACK)
        .seq(199)
        .ack(100)
        .mss(1460);
  }

  private static Packets reset(Network network, boolean fromClient) {
    Packets packet = network.packet(fromClient);
    return fromClient
        ? packet.tcp(CLIENT_PORT, BROKER_PORT).flags(Packets.RST).seq(100)
        : packet.tcp(BROKER_PORT, CLIENT_PORT).flags(Packets.RST | Packets.ACK).seq(200).ack(100);
  }

  private static Network v4(Supplier<Packets> link) {
    return fromClient ->
        link.get().ipv4(fromClient ? "10.0.0.1" : "10.0.0.2", fromClient ? "10.0.0.2" : "10.0.0.1");
  }

  private static Network v6(Supplier<Packets> link) {
    return fromClient ->
        link.get()
            .ipv6(
                fromClient ? "2001:db8::1" : "2001:db8::2",
                fromClient ? "2001:db8::2" : "2001:db8::1");
  }

  private static Network with(Network network, UnaryOperator<Packets> more) {
    return fromClient -> more.apply(network.packet(fromClient));
  }
}
