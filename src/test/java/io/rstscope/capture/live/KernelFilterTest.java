package io.rstscope.capture.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.capture.BpfFilter;
import io.rstscope.capture.CapturedPacket;
import io.rstscope.capture.FilterException;
import io.rstscope.capture.LinkType;
import io.rstscope.testing.Needs;
import io.rstscope.testing.Packets;
import org.junit.jupiter.api.Test;

/** What the kernel lets through. */
class KernelFilterTest {
  private static boolean passes(KernelFilter filter, Packets packet) {
    CapturedPacket captured = new CapturedPacket();
    captured.data = packet.bytes();
    captured.capturedLength = captured.data.length;
    captured.originalLength = captured.data.length;
    captured.linkType = LinkType.ETHERNET;
    try (BpfFilter bpf = BpfFilter.compile(filter.withVlans())) {
      return bpf.matches(captured);
    } catch (FilterException e) {
      Needs.LIBPCAP.require(!e.libraryMissing(), e.getMessage());
      throw new AssertionError(e);
    }
  }

  private static Packets segment(Packets below, int port) {
    return below.ipv4("10.0.0.1", "10.0.0.2").tcp(40_000, port).flags(Packets.RST);
  }

  @Test
  void shouldLetThePortThrough() {
    KernelFilter filter = new KernelFilter("5672", null);
    assertTrue(passes(filter, segment(Packets.ethernet(), 5672)));
    assertFalse(passes(filter, segment(Packets.ethernet(), 5673)));
  }

  @Test
  void shouldLookBehindOneAndTwoVlanTags() {
    KernelFilter filter = new KernelFilter("5672", null);
    assertTrue(passes(filter, segment(Packets.ethernet().vlan(5), 5672)));
    assertTrue(passes(filter, segment(Packets.ethernet().vlan(5).vlan(6), 5672)));
    assertFalse(passes(filter, segment(Packets.ethernet().vlan(5), 5673)));
  }

  @Test
  void shouldTakeRangesAndSeveralPorts() {
    KernelFilter filter = new KernelFilter("5671, 5680-5690", null);
    assertTrue(passes(filter, segment(Packets.ethernet(), 5671)));
    assertTrue(passes(filter, segment(Packets.ethernet(), 5685)));
    assertFalse(passes(filter, segment(Packets.ethernet(), 5672)));
    assertTrue(passes(filter, segment(Packets.ethernet().vlan(7), 5685)));
  }

  @Test
  void shouldTakeAnyPort() {
    assertTrue(passes(new KernelFilter("any", null), segment(Packets.ethernet(), 80)));
  }

  @Test
  void shouldAskForTheFurtherConditionBehindTagsToo() {
    KernelFilter filter = new KernelFilter("5671,5672", "host 10.0.0.1");
    assertTrue(passes(filter, segment(Packets.ethernet(), 5672)));
    assertTrue(passes(filter, segment(Packets.ethernet().vlan(5), 5671)));
    KernelFilter other = new KernelFilter("5671,5672", "host 10.9.9.9");
    assertFalse(passes(other, segment(Packets.ethernet(), 5672)));
    assertFalse(passes(other, segment(Packets.ethernet().vlan(5), 5672)));
  }

  @Test
  void shouldBePlainWhereThereAreNoTags() {
    assertEquals("tcp port 5672", new KernelFilter("5672", null).withoutVlans());
  }
}
