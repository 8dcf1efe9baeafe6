package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Narrow terminals, and those that understand lines only. */
class TerminalTest {
  private static final List<String> ON_TERMINALS = List.of("-Drstscope.terminals=out,err");

  private static Run run(String term) throws Exception {
    ProcessBuilder process =
        JavaProcess.program(
            ON_TERMINALS,
            "analyze",
            Run.CAPTURES.resolve("firewall-forgets-idle-flows.pcapng").toString());
    process.environment().remove("NO_COLOR");
    process.environment().put("TERM", term);
    process.environment().put("COLUMNS", "40");
    return JavaProcess.finish(process);
  }

  @Test
  void shouldColourNothingOnATerminalThatKnowsLinesOnly() throws Exception {
    Run dumb = run("dumb");
    Run xterm = run("xterm");

    assertEquals(0, dumb.status(), dumb.err());
    assertFalse(dumb.out().contains("\u001b"), dumb.out());
    assertTrue(xterm.out().contains("\u001b"), xterm.out());
    assertEquals(xterm.out().replaceAll("\u001b\\[[\\d;]*m", ""), dumb.out());
    assertEquals("", dumb.err());
  }

  @ParameterizedTest
  @CsvSource({
    "broker.pcap, 80, 'broker.pcap: 12 of 3456 MiB, 0 %'",
    "/var/tmp/dumps/broker.pcap, 40, '…dumps/broker.pcap: 12 of 3456 MiB, 0 %'",
    "/var/tmp/dumps/broker.pcap, 10, '…: 12 of 3456 MiB, 0 %'",
  })
  void shouldShowProgressInOneRow(String name, int columns, String shown) {
    String line = Progress.line(name, ": 12 of 3456 MiB, 0 %", columns);

    assertEquals(shown, line);
  }
}
