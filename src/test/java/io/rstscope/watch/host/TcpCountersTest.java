package io.rstscope.watch.host;

import static io.rstscope.report.model.TcpCounter.ABORT_ON_DATA;
import static io.rstscope.report.model.TcpCounter.ABORT_ON_TIMEOUT;
import static io.rstscope.report.model.TcpCounter.OUT_RSTS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.report.model.TcpCounter;
import io.rstscope.testing.Needs;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made of the kernel's counters, whatever their files hold. */
class TcpCountersTest {
  @TempDir private Path net;

  private final List<String> words = new ArrayList<>();

  private void snmp(String outRsts) throws IOException {
    Files.writeString(
        net.resolve("snmp"),
        "Ip: Forwarding DefaultTTL\nIp: 1 64\nTcp: InSegs OutRsts\nTcp: 7 " + outRsts + "\n");
  }

  private TcpCounters since(long outRsts) throws IOException {
    snmp(outRsts + "");
    return new TcpCounters(net, words::add);
  }

  @Test
  void shouldSayByHowMuchEachRose() throws IOException {
    Files.writeString(
        net.resolve("netstat"),
        "TcpExt: TCPAbortOnData TCPAbortOnTimeout\nTcpExt: 5 1\nIpExt: InOctets\nIpExt: 9\n");
    TcpCounters counters = since(100);
    assertEquals(Map.of(OUT_RSTS, 0L, ABORT_ON_DATA, 0L, ABORT_ON_TIMEOUT, 0L), counters.risen());
    snmp("112");

    assertEquals(12, counters.risen().get(OUT_RSTS));
    assertEquals(12, counters.risen().get(OUT_RSTS));
    assertEquals(List.of(), words);
  }

  @Test
  void shouldGoOnWhereACounterOf32BitsBeginsAgain() throws IOException {
    TcpCounters counters = since((1L << 32) - 3);
    snmp("4");

    assertEquals(7, counters.risen().get(OUT_RSTS));
  }

  @Test
  void shouldCountFromZeroWhereACounterWentBack() throws IOException {
    TcpCounters counters = since(1_000);
    snmp("1005");
    counters.risen();
    snmp("4");

    assertEquals(9, counters.risen().get(OUT_RSTS));
  }

  @Test
  void shouldKeepWhatItHasWhileTheFileIsAway() throws IOException {
    TcpCounters counters = since(10);
    snmp("12");
    counters.risen();
    Files.delete(net.resolve("snmp"));
    assertEquals(2, counters.risen().get(OUT_RSTS));
    snmp("13");

    assertEquals(3, counters.risen().get(OUT_RSTS));
  }

  @Test
  void shouldSayOnceThatThereIsNothingToCount() {
    TcpCounters counters = new TcpCounters(net.resolve("none"), words::add);

    assertEquals(Map.of(), counters.risen());
    assertEquals(
        List.of("the RSTs of this host's sockets cannot be counted: " + net + "/none/snmp"), words);
  }

  @Test
  void shouldTakeNothingFromLinesThatLie() throws IOException {
    for (String number : List.of("", "-3", "x", "99999999999999999999", "1e3")) {
      words.clear();
      snmp(number);
      assertEquals(Map.of(), new TcpCounters(net, words::add).risen(), number);
      assertEquals(1, words.size());
    }
  }

  /** Others on this machine may send some, too. */
  @Test
  void shouldCountAResetOfThisHost() throws IOException {
    Needs.LIVE.require(Files.exists(Path.of("/proc/self/net/snmp")), "there is no /proc/self/net");
    TcpCounters counters = new TcpCounters(words::add);
    try (ServerSocket server = new ServerSocket(0)) {
      Socket client = new Socket("127.0.0.1", server.getLocalPort());
      client.setSoLinger(true, 0);
      client.close();
    }
    Map<TcpCounter, Long> risen = counters.risen();

    assertTrue(risen.get(OUT_RSTS) >= 1, risen + "");
    assertTrue(risen.get(ABORT_ON_DATA) >= 1, risen + "");
  }
}
