package io.rstscope.pairing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.rstscope.decode.Segment;
import io.rstscope.decode.Tuple;
import io.rstscope.net.HostPort;
import io.rstscope.pairing.ClockSample.Sampled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which packets overtake others between the client's capture and this one at the broker. */
class PacketOrderTest {
  private static final long MILLISECOND = 1_000_000L;
  private static final Tuple FLOW =
      Tuple.of(HostPort.ofIpv4(0x0a000001, 40_000), HostPort.ofIpv4(0x0a000002, 5672));

  private final List<SeenPacket> packets = new ArrayList<>();
  private final List<long[]> there = new ArrayList<>();

  /** Adds a packet of the client, in the order of this capture. */
  private SeenPacket packet(int flags, double arrivedMillis, double sentMillis, int frameThere) {
    SeenPacket packet =
        new SeenPacket(
            packets.size() + 1L,
            nanos(arrivedMillis),
            true,
            flags,
            0,
            (packets.size() + 1L) * 0x9e3779b97f4a7c15L);
    packets.add(packet);
    there.add(new long[] {nanos(sentMillis), frameThere});
    return packet;
  }

  private static long nanos(double millis) {
    return Math.round(millis * MILLISECOND);
  }

  private SeenPacket overtaken(SeenPacket reset) {
    PacketTable table =
        new PacketTable(List.of(), packets.stream().map(each -> new Sampled(each, FLOW)).toList());
    for (int i = 0; i < packets.size(); i++) {
      long[] seen = there.get(i);
      table.found(table.slot(packets.get(i).identity()), seen[0], seen[1]);
    }
    return new PacketOrder(table, true).overtaken(reset, packets);
  }

  @Test
  void shouldNameThePacketThatAResetOvertook() {
    packet(Segment.ACK, 10, 0, 1);
    SeenPacket reset = packet(Segment.RST, 20, 15, 3);
    SeenPacket late = packet(Segment.ACK, 22, 12, 2);

    assertEquals(late, overtaken(reset));
  }

  @Test
  void shouldNameNoneWhereTheOrderIsKept() {
    packet(Segment.ACK, 10, 0, 1);
    packet(Segment.ACK, 22, 12, 2);
    SeenPacket reset = packet(Segment.RST, 25, 15, 3);

    assertNull(overtaken(reset));
  }

  /** Of several queues of one host. */
  @Test
  void shouldNotMindPacketsThatAreCloseTogether() {
    packet(Segment.ACK, 10, 0, 1);
    SeenPacket reset = packet(Segment.RST, 22, 12.05, 3);
    packet(Segment.ACK, 22.05, 12, 2);

    assertNull(overtaken(reset));
  }

  @Test
  void shouldClaimNothingOfAPathThatDoesNotKeepTheOrder() {
    packet(Segment.ACK, 10, 5, 2);
    packet(Segment.ACK, 13, 0, 1);
    SeenPacket reset = packet(Segment.RST, 20, 15, 4);
    packet(Segment.ACK, 22, 12, 3);

    assertNull(overtaken(reset));
  }

  @Test
  void shouldNotTakeAClockThatWasSetBackForIt() {
    packet(Segment.ACK, 10, 0, 1);
    packet(Segment.ACK, 22, 12, 2);
    SeenPacket reset = packet(Segment.RST, 15, 15, 3);

    assertNull(overtaken(reset));
  }
}
