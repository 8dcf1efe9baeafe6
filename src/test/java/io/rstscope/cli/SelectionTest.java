package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports of some of the connections. */
class SelectionTest {
  private static final Path FIREWALL = Run.CAPTURES.resolve("firewall-forgets-idle-flows.pcapng");

  /** The lost ones end at 17:58:38.7332 and 38.7334, the harmless one at 38.7 and more. */
  private static final String FLOW = "10.77.40.11:49722-10.77.60.20:5672";

  @Test
  void shouldShowAFlowInFullWithItsLadder() {
    Run run = Run.of("analyze", "--flow", FLOW, FIREWALL);

    assertAll(
        () -> assertEquals(0, run.status(), run.err()),
        () -> assertTrue(run.out().startsWith("1   state-lost, ended by middlebox"), run.out()),
        () ->
            assertTrue(
                run.out().contains("      1     0.000000                61  |- SYN ---"),
                run.out()),
        () ->
            assertTrue(
                run.out().contains("72     3.099746       3.03 s   64  |<- basic.deliver"),
                run.out()),
        () -> assertTrue(run.out().contains("63  |- RST seq 445 win 0 ---"), run.out()),
        () -> run.out().lines().forEach(line -> assertTrue(line.length() <= 80, line)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        FLOW,
        "10.77.60.20:5672-10.77.40.11:49722",
        "10.77.40.11:49722 -> 10.77.60.20:5672"
      })
  void shouldTakeTheEndsInEitherOrderAndAsReportsPrintThem(String ends) {
    Run run = Run.of("analyze", "--format", "json", "--flow", ends, FIREWALL);

    assertEquals(1, run.flows().size(), run.err());
    assertEquals(49722, run.flows().get(0).get("client").get("port").asInt());
    assertEquals(1, run.summary().get("lost_connections").asInt());
  }

  @Test
  void shouldShowAFlowThatEndedWell() {
    Run run =
        Run.of(
            "analyze",
            "--flow",
            "10.77.2.1:60456-10.77.60.20:5672",
            Run.CAPTURES.resolve("proxy-idle-timeout.pcap"));

    assertEquals(0, run.status(), run.err());
  }

  @Test
  void shouldSayThatThereIsNoSuchFlow() {
    Run run = Run.of("analyze", "--flow", "10.0.0.1:1-10.0.0.2:5672", FIREWALL);

    assertEquals(2, run.status());
    assertEquals("rstscope: no connection 10.0.0.1:1-10.0.0.2:5672 in what was read\n", run.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "10.0.0.1", "10.0.0.1:1", "host:1-10.0.0.2:2", "10.0.0.1:1-10.0.0.2:99999"})
  void shouldRefuseWhatIsNotTwoEnds(String ends) {
    assertEquals(2, Run.of("analyze", "--flow", ends, FIREWALL).status());
  }

  @ParameterizedTest
  @CsvSource({
    "--since, 17:58:38, 2",
    "--since, 17:58:38.7333, 1",
    "--since, 17:58:39, 0",
    "--until, 17:58:38.7333, 1",
    "--until, 17:58, 0",
    "--since, 2026-11-20T17:58:38.7333Z, 1",
    "--since, 2026-11-20T18:58:38.7333+01:00, 1",
    "--since, 2026-11-20 17:58:38.7333 UTC, 1",
    "--since, 2026-11-20, 2",
    "--until, 2026-11-20, 0",
  })
  void shouldReportConnectionsThatEndedInTheRange(String option, String time, int lost) {
    Run run = Run.of("analyze", "--format", "json", option, time, FIREWALL);

    assertEquals(0, run.status(), run.err());
    assertEquals(lost, run.summary().get("lost_connections").asInt());
  }

  @Test
  void shouldSayThatNothingWasLostOnlyInTheTimeAskedFor() {
    Run run = Run.of("analyze", "--since", "17:58:39", FIREWALL);

    assertEquals(
        "No connection lost in the time that --since leaves; 1 closed normally",
        run.out().lines().findFirst().orElse(""));
  }

  @Test
  void shouldCountWhatConnectionsSayTogetherForThoseReported() {
    Path proxy = Run.CAPTURES.resolve("haproxy-idle-30-x4.broker.pcap");
    Run run = Run.of("analyze", "--format", "json", "--since", "00:08:31.7", proxy);

    assertEquals(1, run.summary().get("heartbeats").get(0).get("lost").asInt());
    assertEquals(
        0,
        Run.of("analyze", "--format", "json", "--since", "00:08:32", proxy)
            .summary()
            .get("idle_timers")
            .size());
  }

  @Test
  void shouldTakeATimeOfDayBeforeTheOtherForThatOfTheNextDay() {
    Run run =
        Run.of("analyze", "--format", "json", "--since", "17:58:38", "--until", "00:10", FIREWALL);

    assertEquals(2, run.summary().get("lost_connections").asInt());
  }

  @ParameterizedTest
  @ValueSource(strings = {"noon", "25:00", "2026-13-01T00:00:00Z", "9999-01-01T00:00:00Z"})
  void shouldRefuseWhatIsNoTime(String time) {
    List<Run> runs =
        List.of(
            Run.of("analyze", "--since", time, FIREWALL),
            Run.of("analyze", "--until", time, FIREWALL));

    runs.forEach(run -> assertEquals(2, run.status(), run.err()));
  }
}
