package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Captures and logs of one RabbitMQ 3.10.8, recorded together by the lab (captures/lab). */
class BrokerLogOptionTest {
  private static final Path RECORDED = Path.of("src/test/resources/io/rstscope/brokerlog");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "client-abort.broker.pcap|client-abort.log|2|client unexpectedly closed TCP connection",
        "firewall-forgot.broker.pcapng|firewall-forgot.log|1|client unexpectedly closed TCP"
            + " connection",
        "proxy-protocol.broker.pcapng|proxy-protocol.log|2|client unexpectedly closed TCP"
            + " connection",
        "missed-heartbeats.broker.pcap|missed-heartbeats.json.log|2|missed heartbeats from client,"
            + " timeout: 2s",
        "closed-by-operator.broker.pcap|closed-by-operator.log|1|operation none caused a"
            + " connection exception connection_forced: \"maintenance of queue lab\"",
        "rmq4-missed-heartbeats-amqp10.broker.pcap|rmq4-missed-heartbeats-amqp10.log|4|no frame"
            + " received from client within idle timeout threshold",
      })
  void shouldFindEachLostConnectionInTheLogOfARealBroker(
      String capture, String log, int lost, String words) {
    Run run = json(RECORDED.resolve(capture), RECORDED.resolve(log));

    JsonNode summary = run.summary().get("broker_logs").get(0);
    assertEquals(lost, run.summary().get("lost_connections").asInt());
    assertEquals(lost, summary.get("matched").asInt(), summary.toString());
    assertEquals(0, summary.get("not_logged").size(), summary.toString());
    assertEquals(0, summary.get("not_captured").size(), summary.toString());
    assertTrue(Math.abs(summary.get("clock_offset_s").asDouble()) < 0.01, summary.toString());
    for (JsonNode flow : run.flows()) {
      if (!flow.get("ending").get("benign").asBoolean()) {
        assertEquals(words, flow.get("broker_log").get("says").asText());
        assertEquals("guest", flow.get("broker_log").get("user").asText());
        assertEquals("/", flow.get("broker_log").get("vhost").asText());
      }
    }
  }

  /** RabbitMQ 4.0 logs it 3 s after the packets: that is no difference of the clocks. */
  @Test
  void shouldNotTakeTheWaitAfterARefusedLoginForAnotherClock() {
    String story = "rmq4-wrong-password";
    Run run = json(RECORDED.resolve(story + ".broker.pcap"), RECORDED.resolve(story + ".log"));

    JsonNode summary = run.summary().get("broker_logs").get(0);
    assertEquals(6, summary.get("matched").asInt(), summary.toString());
    assertTrue(summary.get("clock_offset_s").isNull(), summary.toString());
    for (JsonNode flow : run.flows()) {
      String says = flow.get("broker_log").get("says").asText();
      assertTrue(says.contains("PLAIN login refused: user 'guest' - invalid credentials"), says);
    }
  }

  @Test
  void shouldMeasureHowTheClocksDiffer() throws IOException {
    String log = Files.readString(RECORDED.resolve("client-abort.log"));
    Path late = Files.writeString(folder.resolve("late.log"), log.replace(" 00:10:", " 01:12:"));

    Run run = json(RECORDED.resolve("client-abort.broker.pcap"), late);

    JsonNode summary = run.summary().get("broker_logs").get(0);
    assertEquals(3720, summary.get("clock_offset_s").asDouble(), 0.01);
    assertEquals(2, summary.get("clock_connections").asInt());
    assertEquals(2, summary.get("matched").asInt());
  }

  @Test
  void shouldSuspectAWrongZone() throws IOException {
    String log = Files.readString(RECORDED.resolve("client-abort.log"));
    Path local = Files.writeString(folder.resolve("a.log"), log.replaceAll("\\+00:00", ""));
    Path capture = RECORDED.resolve("client-abort.broker.pcap");

    Run wrong = Run.of("analyze", "--broker-log", local, "--log-zone", "+05:30", capture);
    Run right = Run.of("analyze", "--broker-log", local, capture);

    assertTrue(unwrapped(wrong).contains("another time zone? see --log-zone"), wrong.out());
    assertFalse(right.out().contains("--log-zone"), right.out());
  }

  @Test
  void shouldListWhatOnlyOneOfTheTwoHas() throws IOException {
    List<String> lines = Files.readAllLines(RECORDED.resolve("client-abort.log"));
    String other =
        String.join("\n", lines.subList(4, 6)).replace("[fd60:1::11]:48118", "[fd60:1::11]:50000");
    Path changed = Files.writeString(folder.resolve("a.log"), other + "\n");
    Path capture = RECORDED.resolve("client-abort.broker.pcap");

    JsonNode summary = json(capture, changed).summary().get("broker_logs").get(0);
    String text = unwrapped(Run.of("analyze", "--broker-log", changed, capture));

    assertEquals(0, summary.get("matched").asInt());
    assertEquals(2, summary.get("not_logged").size());
    assertEquals("[fd60:1::11]:48118", summary.get("not_logged").get(0).get("client").asText());
    assertEquals("[fd60:1::11]:50000", summary.get("not_captured").get(0).get("client").asText());
    assertTrue(summary.get("clock_offset_s").isNull());
    assertTrue(
        text.contains("has 0 of 2 lost connections: are log and capture of the same broker"));
    assertTrue(text.contains("lost, and not in the log: [fd60:1::11]:48118 at 2026-11-21"), text);
    assertTrue(text.contains("in the log, and not lost in the capture: [fd60:1::11]:50000"), text);
  }

  @Test
  void shouldTellTheBrokersWordsInTextAndCsv() {
    Path capture = RECORDED.resolve("proxy-protocol.broker.pcapng");
    Path log = RECORDED.resolve("proxy-protocol.log");

    String text = unwrapped(Run.of("analyze", "--broker-log", log, capture));
    String csv = Run.of("analyze", "--format", "csv", "--broker-log", log, capture).out();

    assertTrue(
        text.contains(
            "Broker's log: user guest, vhost /, \"orders\": client unexpectedly closed TCP"
                + " connection"),
        text);
    assertTrue(csv.contains(",guest,/,orders,client unexpectedly closed TCP connection"), csv);
  }

  @Test
  void shouldSayNothingOfALogWithoutOne() {
    Run run = Run.of("analyze", "--format", "json", RECORDED.resolve("client-abort.broker.pcap"));

    assertNull(run.flows().get(0).get("broker_log"));
    assertNull(run.summary().get("broker_logs"));
  }

  /** The report comes all the same, as if no log had been given. */
  @Test
  void shouldSayThatNotOneLineOfALogWasUnderstood() throws IOException {
    Path strange = Files.writeString(folder.resolve("nginx.log"), "GET / HTTP/1.1 200\n");
    Path capture = RECORDED.resolve("client-abort.broker.pcap");

    Run run = json(capture, strange);
    Run both =
        Run.of(
            "analyze",
            "--broker-log",
            strange,
            "--broker-log",
            RECORDED.resolve("client-abort.log"),
            capture);

    String said = "rstscope: " + strange + ": not one line of this log was understood\n";
    assertEquals(said, run.err());
    assertEquals(3, run.status());
    assertEquals(2, run.summary().get("lost_connections").asInt());
    assertNull(run.summary().get("broker_logs"));
    assertEquals(said, both.err());
    assertTrue(unwrapped(both).contains("has 2 of 2 lost connections"), both.out());
  }

  /** Joins that rest on less than usual are said to. */
  @Test
  void shouldSayWhatItJoinsBy() throws IOException {
    Path capture = RECORDED.resolve("client-abort.broker.pcap");
    String log = Files.readString(RECORDED.resolve("client-abort.log"));
    Path names =
        Files.writeString(
            folder.resolve("a.log"),
            log.replaceAll("\\(\\[fd60[^]]*]", "(c.lan").replaceAll("\\[fd60[^]]*]", "b.lan"));
    Path untimed =
        Files.writeString(folder.resolve("b.log"), log.replaceAll("(?m)^\\S+ \\S+ ", ""));

    String byPort = unwrapped(Run.of("analyze", "--broker-log", names, capture));
    String byAddress = unwrapped(Run.of("analyze", "--broker-log", untimed, capture));
    String usual =
        unwrapped(Run.of("analyze", "--broker-log", RECORDED.resolve("client-abort.log"), capture));

    assertTrue(byPort.contains("found by port and time, as the log has host names: 2"), byPort);
    assertTrue(byAddress.contains("no times: found by addresses and ports alone"), byAddress);
    assertTrue(byAddress.contains("has 2 of 2 lost connections"), byAddress);
    assertFalse(usual.contains("found by"), usual);
  }

  /** What the log knows of ports that were not asked for is no gap in the capture. */
  @Test
  void shouldNotMissLossesOnOtherPortsInTheCapture() throws IOException {
    Path capture = RECORDED.resolve("client-abort.broker.pcap");
    String log = Files.readString(RECORDED.resolve("client-abort.log"));
    String other = log.replaceAll("\\]:\\d+ -> ", "]:40000 -> ");
    Path amqp = Files.writeString(folder.resolve("a.log"), log + other);
    Path amqps = Files.writeString(folder.resolve("b.log"), log + other.replace(":5672", ":5671"));

    assertEquals(
        2, notCaptured(Run.of("analyze", "--format", "json", "--broker-log", amqp, capture)));
    assertEquals(
        0, notCaptured(Run.of("analyze", "--format", "json", "--broker-log", amqps, capture)));
    assertEquals(
        2,
        notCaptured(
            Run.of("analyze", "-p", "any", "--format", "json", "--broker-log", amqps, capture)));
  }

  private static int notCaptured(Run run) {
    return run.summary().get("broker_logs").get(0).get("not_captured").size();
  }

  @Test
  void shouldSayHowManyLinesOfALogAreLeftOut() throws IOException {
    Path log =
        Files.writeString(folder.resolve("a.json"), "{\"msg\":\"" + "x".repeat(70_000) + "\"}\n");

    Run run = json(RECORDED.resolve("client-abort.broker.pcap"), log);

    assertEquals(0, run.status());
    assertEquals(
        "rstscope: broker's log, lines of JSON left out as longer than 64 KiB: 1\n", run.err());
  }

  @Test
  void shouldNameALogThatCannotBeRead() {
    Run run = json(RECORDED.resolve("client-abort.broker.pcap"), folder.resolve("missing.log"));

    assertEquals(3, run.status());
    assertEquals("rstscope: " + folder.resolve("missing.log") + ": no such file\n", run.err());
    assertEquals("", run.out());
    assertEquals(
        2, Run.of("analyze", "--log-zone", "Nowhere", RECORDED.resolve("x.pcap")).status());
  }

  private static Run json(Path capture, Path log) {
    return Run.of("analyze", "--format", "json", "--broker-log", log, capture);
  }

  private static String unwrapped(Run run) {
    return run.out().replaceAll("\\s+", " ");
  }
}
