package io.rstscope.capture;

import static io.rstscope.capture.CaptureBuilder.littleEndian;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.testing.Needs;
import java.io.ByteArrayInputStream;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BpfFilterTest {
  /** An IPv4 header without options, and the ports of TCP. */
  private static byte[] ipv4(int port) {
    return littleEndian()
        .raw((byte) 0x45, (byte) 0, (byte) 0, (byte) 40)
        .raw((byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 64, (byte) 6, (byte) 0, (byte) 0)
        .raw((byte) 10, (byte) 0, (byte) 0, (byte) 1, (byte) 10, (byte) 0, (byte) 0, (byte) 2)
        .raw((byte) 0x90, (byte) 1, (byte) (port >> 8), (byte) port)
        .raw(new byte[16])
        .bytes();
  }

  private static byte[] ethernet(int port) {
    return littleEndian().raw(new byte[12]).raw((byte) 8, (byte) 0).raw(ipv4(port)).bytes();
  }

  private static byte[] capture(int linkType, byte[]... packets) {
    CaptureBuilder builder = littleEndian().section().interfaceDescription(linkType);
    for (byte[] packet : packets) {
      CaptureBuilder oneDropped = littleEndian().option(4, littleEndian().u64(1));
      builder.enhancedPacket(0, 1, packet.length, packet, oneDropped);
    }
    return builder.bytes();
  }

  private static Reading filtered(String expression, byte[] capture) throws Exception {
    try (BpfFilter filter = BpfFilter.compile(expression);
        PacketSource source = CaptureFiles.read("test", new ByteArrayInputStream(capture));
        PacketSource filtered = new FilteredSource(source, filter)) {
      return Reading.of(filtered);
    }
  }

  @BeforeAll
  static void needsLibpcap() {
    try {
      BpfFilter.compile("tcp").close();
    } catch (FilterException e) {
      Needs.LIBPCAP.require(false, e.getMessage());
    }
  }

  @Test
  void shouldKeepTheFrameNumbersOfMatchingPackets() throws Exception {
    byte[] capture =
        capture(LinkType.ETHERNET, ethernet(80), ethernet(5672), ethernet(81), ethernet(5672));

    Reading reading = filtered("tcp port 5672", capture);

    assertEquals(List.of(2L, 4L), reading.frames());
    assertEquals(List.of(), reading.warnings());
  }

  @Test
  void shouldAddTheLossesToldByPacketsLeftOut() throws Exception {
    byte[] capture = capture(LinkType.ETHERNET, ethernet(80), ethernet(81), ethernet(5672));

    assertEquals(3, filtered("tcp port 5672", capture).only().dropped());
  }

  @ParameterizedTest
  @ValueSource(ints = {LinkType.RAW, LinkType.RAW_BSD, LinkType.RAW_OPENBSD, LinkType.IPV4})
  void shouldCompileForAllNumbersOfRawIp(int linkType) throws Exception {
    byte[] capture = capture(linkType, ipv4(80), ipv4(5672));

    assertEquals(List.of(2L), filtered("tcp port 5672", capture).frames());
  }

  @Test
  void shouldCompileForEachLinkTypeOfACapture() throws Exception {
    byte[] capture =
        littleEndian()
            .section()
            .interfaceDescription(LinkType.ETHERNET)
            .interfaceDescription(LinkType.RAW)
            .enhancedPacket(0, 1, 54, ethernet(5672))
            .enhancedPacket(1, 1, 40, ipv4(5672))
            .enhancedPacket(1, 1, 40, ipv4(80))
            .enhancedPacket(0, 1, 54, ethernet(5672))
            .bytes();

    assertEquals(List.of(1L, 2L, 4L), filtered("tcp port 5672", capture).frames());
  }

  @Test
  void shouldLeaveOutLinkTypesThatTheExpressionMakesNoSenseFor() throws Exception {
    Reading reading = filtered("vlan 5", capture(LinkType.RAW, ipv4(80)));

    assertEquals(List.of(), reading.packets());
    assertEquals(
        List.of("the filter makes no sense for link type 101: its packets are left out"),
        reading.warnings());
  }

  @Test
  void shouldNotLookBeyondTheCapturedBytes() throws Exception {
    CapturedPacket packet = new CapturedPacket();
    packet.data = ethernet(5672);
    packet.originalLength = packet.data.length;
    packet.linkType = LinkType.ETHERNET;
    try (BpfFilter filter = BpfFilter.compile("tcp dst port 5672")) {
      packet.capturedLength = 38;
      assertTrue(filter.matches(packet));
      packet.capturedLength = 37;
      assertFalse(filter.matches(packet));
      packet.capturedLength = 0;
      assertFalse(filter.matches(packet));
    }
  }

  @Test
  void shouldSayWhyAnExpressionIsWrong() {
    FilterException e =
        assertThrows(FilterException.class, () -> BpfFilter.compile("tcp prt 5672").close());

    assertTrue(e.getMessage().startsWith("the filter 'tcp prt 5672' is wrong: "), e::getMessage);
    assertTrue(e.getMessage().contains("syntax error"), e::getMessage);
  }
}
