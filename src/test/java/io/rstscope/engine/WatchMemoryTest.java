package io.rstscope.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.cli.JavaProcess;
import io.rstscope.cli.Run;
import io.rstscope.watch.Flood;
import io.rstscope.watch.WatchOptions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What fits into the heap of an agent. */
class WatchMemoryTest {
  private static final long MEBIBYTE = 1 << 20;
  private static final int SNAP_LENGTH = 256;
  private static final long HEADERS = evidence(false);
  private static final long PAYLOAD = evidence(true);

  private static long evidence(boolean payload) {
    return new WatchOptions.Evidence(null, payload, 1, 1).bytesPerFlow(SNAP_LENGTH);
  }

  private static int flows(long mebibytes, int interfaces, long evidenceBytes) {
    return WatchMemory.of(mebibytes * MEBIBYTE, interfaces, evidenceBytes).flows();
  }

  @Test
  void shouldFollowManyConnectionsWhereThereIsRoom() {
    assertEquals(200_000, flows(4_096, 1, PAYLOAD));
    assertEquals(200_000, WatchMemory.of(4_096 * MEBIBYTE, 1, PAYLOAD).openCases());
  }

  @Test
  void shouldFollowFewerTheMoreIsKeptOfEach() {
    assertEquals(135_149, flows(256, 1, 0));
    assertEquals(232 * MEBIBYTE / 3 / (600 + 8 * (118 + 24) + 4), flows(256, 1, HEADERS));
    assertEquals(232 * MEBIBYTE / 3 / (600 + 8 * (256 + 24) + 4), flows(256, 1, PAYLOAD));
  }

  @Test
  void shouldShareTheHeapAmongInterfaces() {
    WatchMemory one = WatchMemory.of(256 * MEBIBYTE, 1, HEADERS);
    WatchMemory four = WatchMemory.of(256 * MEBIBYTE, 4, HEADERS);
    assertTrue(4 * four.flows() <= one.flows());
    assertTrue(4 * four.observer().amqpBytes() <= one.observer().amqpBytes());
    assertEquals(one.openCases(), four.openCases());
  }

  @Test
  void shouldFollowOneConnectionAtLeast() {
    assertEquals(1, flows(64, 1, 1L << 40));
  }

  @Test
  @Timeout(60)
  void shouldOutlastAFloodOfConnectionsInASmallHeap() throws Exception {
    int most = flows(64, 1, HEADERS);
    List<String> heap = List.of("-Xmn16m", "-Xmx64m");
    Run run =
        JavaProcess.finish(JavaProcess.running(Flood.class, heap, String.valueOf(most), "60000"));
    assertEquals(0, run.status(), run.err());
    int held = Integer.parseInt(run.out().strip());
    assertTrue(held > most / 2 && held <= most, held + " of " + most);
  }
}
