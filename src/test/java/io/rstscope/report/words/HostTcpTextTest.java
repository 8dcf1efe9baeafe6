package io.rstscope.report.words;

import static io.rstscope.report.model.TcpCounter.ABORT_ON_CLOSE;
import static io.rstscope.report.model.TcpCounter.ABORT_ON_DATA;
import static io.rstscope.report.model.TcpCounter.OUT_RSTS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.report.model.HostTcp;
import io.rstscope.report.model.TcpCounter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the kernel's count of its resets says beside what was captured. */
class HostTcpTextTest {
  private static List<String> of(Map<TcpCounter, Long> counted, long captured) {
    return HostTcpText.of(new HostTcp(counted, captured));
  }

  @Test
  void shouldConcludeNothingFromMoreThanWereCaptured() {
    assertEquals(
        List.of(
            "The sockets of this host sent 12 RSTs meanwhile, on all ports of its network namespace;"
                + " captured with its address: 10"),
        of(Map.of(OUT_RSTS, 12L), 10));
  }

  @Test
  void shouldKnowThatSocketsSentNoMoreThanTheKernelCounted() {
    List<String> said = of(Map.of(OUT_RSTS, 12L), 15);

    assertTrue(
        said.get(1).startsWith("At least 3 RSTs with its address came from no socket of it:"),
        said.get(1));
  }

  @Test
  void shouldSayWhatEndedItsSockets() {
    List<String> said = of(Map.of(OUT_RSTS, 3L, ABORT_ON_CLOSE, 3L, ABORT_ON_DATA, 0L), 3);

    assertEquals("Its sockets by what ended them: 3 closed with data unread", said.get(1));
  }

  @Test
  void shouldConcludeNothingWhereTheKernelDoesNotCount() {
    assertEquals(List.of(), of(Map.of(), 7));
    assertEquals(0, new HostTcp(Map.of(), 7).notOfSockets());
  }
}
