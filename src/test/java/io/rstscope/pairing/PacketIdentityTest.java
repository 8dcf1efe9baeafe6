package io.rstscope.pairing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.rstscope.decode.Segment;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What stays the same of a packet on its way, and what does not. */
class PacketIdentityTest {
  private static Segment segment() {
    Segment segment = new Segment();
    segment.ipVersion = 4;
    segment.sourceLow = 0x0a000101;
    segment.destinationLow = 0x0a000002;
    segment.sourcePort = 40_000;
    segment.destinationPort = 5672;
    segment.sequence = 7_000_000;
    segment.acknowledgement = 9_000_000;
    segment.flags = Segment.PSH | Segment.ACK;
    segment.window = 500;
    segment.timestamps = true;
    segment.tsVal = 123_456;
    segment.ipId = 77;
    segment.ttl = 61;
    segment.payloadLength = 8;
    return segment;
  }

  private static long of(Segment segment) {
    return PacketIdentity.of(segment, 0, 0);
  }

  private static long with(Consumer<Segment> change) {
    Segment segment = segment();
    change.accept(segment);
    return of(segment);
  }

  @Test
  void shouldStayTheSameWhateverThePathChanges() {
    List<Consumer<Segment>> changes =
        List.of(
            nat -> {
              nat.sourceLow = 0xc0000201L;
              nat.sourcePort = 61_234;
            },
            forwarded -> forwarded.destinationPort = 30_672,
            router -> {
              router.ttl--;
              router.mac = 0x020000000009L;
            },
            otherCapture -> {
              otherCapture.frame = 99;
              otherCapture.timeNanos = 1;
            },
            cut -> cut.payloadCaptured = 0);

    for (Consumer<Segment> change : changes) {
      assertEquals(of(segment()), with(change));
    }
  }

  @Test
  void shouldDifferInEachNumberThatTheSenderSets() {
    List<Consumer<Segment>> changes =
        List.of(
            other -> other.sequence++,
            other -> other.acknowledgement++,
            other -> other.flags |= Segment.RST,
            other -> other.payloadLength++,
            other -> other.tsVal++,
            other -> other.timestamps = false,
            other -> other.ipId++);

    for (Consumer<Segment> change : changes) {
      assertNotEquals(of(segment()), with(change));
    }
  }

  @Test
  void shouldTakeNoIdentificationForThatOfIpv6() {
    assertEquals(with(ipv6 -> ipv6.ipId = -1), with(unset -> unset.ipId = 0));
  }
}
