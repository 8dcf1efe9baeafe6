package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A capture that began after its connections, and the lists that RabbitMQ 3.10.8 gave meanwhile:
 * three without heartbeats through HAProxy with timers of 8 s, and one over TLS.
 */
class ConnectionsOptionTest {
  private static final Path RECORDED = Path.of("src/test/resources/io/rstscope/connections");
  private static final Path LATE = RECORDED.resolve("late.broker.pcap");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"rabbitmqctl.json", "api.json", "paged.json"})
  void shouldNameConnectionsThatBeganBeforeTheCapture(String list) {
    Run run = Run.of("analyze", "--format", "json", "--connections", RECORDED.resolve(list), LATE);

    assertEquals(0, run.status());
    assertEquals("", run.err());
    assertEquals(3, run.flows().size());
    for (JsonNode flow : run.flows()) {
      assertEquals("guest", flow.at("/amqp/user").asText());
      assertEquals("/", flow.at("/amqp/vhost").asText());
      assertEquals(0, flow.at("/amqp/heartbeat_s").asInt(-1));
      assertTrue(flow.at("/amqp/connection_name").asText().startsWith("orders-"));
      assertTrue(texts(flow.at("/amqp/listed")).contains("heartbeat_s"));
      assertTrue(evidence(flow).contains("heartbeats-off"), flow.toString());
    }
  }

  @Test
  void shouldAdviseOnTheHeartbeatThatTheListKnows() {
    String without = Run.of("analyze", LATE).out();
    String with =
        Run.of("analyze", "--connections", RECORDED.resolve("rabbitmqctl.json"), LATE).out();

    assertTrue(without.contains("(now not seen): heartbeat 60 s in the"), without);
    assertTrue(with.contains("(now off): heartbeat=60 in"), with);
    assertTrue(with.contains("listed as Pika Python Client Library 1.2.0"), with);
    assertFalse(without.contains("guest"), without);
    assertFalse(
        evidence(Run.of("analyze", "--format", "json", LATE).flows().get(0))
            .contains("heartbeats-off"));
  }

  @Test
  void shouldSayThatAListIsOfAnotherBroker() throws IOException {
    String rows =
        Files.readString(RECORDED.resolve("api.json")).replace("10.88.0.20", "10.88.0.21");
    Path other = Files.writeString(folder.resolve("other.json"), rows);

    Run run = Run.of("analyze", "--connections", other, LATE);

    assertEquals(0, run.status());
    assertEquals(
        "rstscope: "
            + other
            + ": none of its connections (4) was reset or lost in what was read: is it of this"
            + " broker and time?\n",
        run.err());
    assertEquals(Run.of("analyze", LATE).out(), run.out());
  }

  @Test
  void shouldReportWithoutAListThatCannotBeRead() throws IOException {
    Path text = Files.writeString(folder.resolve("a.json"), "Error: unable to connect to node\n");

    Run run = Run.of("analyze", "--connections", text, LATE);
    Run missing = Run.of("analyze", "--connections", folder.resolve("none"), LATE);

    assertEquals(3, run.status());
    assertTrue(run.err().startsWith("rstscope: " + text + ": is no list of connections in JSON"));
    assertEquals(Run.of("analyze", LATE).out(), run.out());
    assertEquals(3, missing.status());
    assertEquals("rstscope: " + folder.resolve("none") + ": no such file\n", missing.err());
  }

  @Test
  void shouldShowNothingOfAListButWhatItIsAskedFor() throws IOException {
    String rows =
        Files.readString(RECORDED.resolve("api.json"))
            .replace("\"vhost\"", "\"password\":\"Tr0ub4dor\",\"vhost\"")
            .replace("\"platform\"", "\"token\":\"Tr0ub4dor\",\"platform\"");
    Path list = Files.writeString(folder.resolve("a.json"), rows);
    assertTrue(rows.contains("Tr0ub4dor"));

    for (String format : List.of("text", "json", "csv")) {
      Run run = Run.of("analyze", "-v", "--format", format, "--connections", list, LATE);
      assertFalse((run.out() + run.err()).contains("Tr0ub4dor"), run.out());
    }
  }

  /** Its FIN looks like that of any other; the log says that nothing was sent before. */
  @Test
  void shouldCountALossInTlsThatOnlyTheLogKnows() throws IOException {
    Path log = RECORDED.resolve("late.log");
    Path other =
        Files.writeString(
            folder.resolve("a.log"),
            Files.readString(log)
                .lines()
                .filter(line -> !line.contains("<0.821.0>"))
                .collect(Collectors.joining("\n")));

    Run known = Run.of("analyze", "-p", "5671", "--format", "json", "--broker-log", log, LATE);
    Run unknown = Run.of("analyze", "-p", "5671", "--format", "json", "--broker-log", other, LATE);

    assertEquals(1, known.summary().get("lost_connections").asInt());
    assertEquals("secret", known.flows().get(0).at("/broker_log/connection_name").asText());
    assertEquals(0, known.summary().at("/broker_logs/0/not_captured").size());
    assertEquals(0, unknown.summary().get("lost_connections").asInt());
  }

  private static List<String> evidence(JsonNode flow) {
    return texts(flow.at("/ending/evidence").findValues("id"));
  }

  private static List<String> texts(Iterable<JsonNode> values) {
    return StreamSupport.stream(values.spliterator(), false).map(JsonNode::asText).toList();
  }
}
