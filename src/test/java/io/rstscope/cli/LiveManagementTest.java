package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code watch --management} beside a real RabbitMQ. */
@Timeout(240)
class LiveManagementTest {
  private static final String PASSWORD = "Tr0ub4dor";
  private static final String USER_AND_PASSWORD =
      Base64.getEncoder().encodeToString(("monitor:" + PASSWORD).getBytes(StandardCharsets.UTF_8));

  private static final long LOOK_AGAIN_MILLIS = 50;

  @TempDir private static Path home;
  @TempDir private Path folder;
  private static LiveBroker broker;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = LiveBroker.start(home, PASSWORD);
  }

  @AfterAll
  static void stopBroker() {
    if (broker != null) {
      broker.close();
    }
  }

  private Path password(String password) throws IOException {
    Path file =
        Files.createFile(
            folder.resolve("password"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(file, password + "\n");
  }

  private LiveProcess watch(Path password, String url, Object... more) throws IOException {
    List<Object> options = new ArrayList<>();
    options.addAll(List.of("-i", "lo", "-v", "--format", "json", "--management", url));
    options.addAll(List.of("--management-user", "monitor", "--management-password-file", password));
    options.addAll(List.of(more));
    return LiveProcess.watch(broker.prefix(), folder.resolve("out"), options.toArray());
  }

  private JsonNode awaitLoss() throws Exception {
    Path out = folder.resolve("out");
    while (true) {
      String lines = Files.readString(out);
      for (JsonNode record : Run.records(lines.substring(0, lines.lastIndexOf('\n') + 1))) {
        if (record.get("type").asText().equals("flow")) {
          return record;
        }
      }
      Thread.sleep(LOOK_AGAIN_MILLIS);
    }
  }

  private static void assertKnown(JsonNode loss, String name) {
    JsonNode amqp = loss.get("amqp");
    assertFalse(loss.get("handshake_seen").asBoolean());
    assertEquals("shop", amqp.get("user").asText());
    assertEquals("/", amqp.get("vhost").asText());
    assertEquals(41, amqp.get("heartbeat_s").asInt());
    assertEquals("Pika Python Client Library", amqp.get("product").asText());
    assertEquals(name, amqp.get("connection_name").asText());
    assertTrue(amqp.get("listed").toString().contains("\"heartbeat_s\""), amqp.toString());
  }

  @Test
  void shouldKnowConnectionsThatBeganBefore() throws Exception {
    Process client = broker.connect("orders", PASSWORD);
    Path password = password(PASSWORD);
    Path metrics = folder.resolve("metrics");
    Object[] more = {
      "--json", folder.resolve("notices"), "-w", folder.resolve("evidence"), "--metrics", ":9419"
    };
    try (LiveProcess process = watch(password, "http://localhost:15672", more)) {
      assertTrue(process.await("management API").endsWith(": answers, connections: 1"));
      String arguments = process.arguments();
      assertTrue(arguments.contains("--management-password-file"), arguments);

      client.destroyForcibly();
      assertKnown(awaitLoss(), "orders");
      scrape(metrics);
      process.signal("USR1");
      process.await("connections lost");
      process.end("TERM");

      Scrape scrape = Scrape.of(metrics);
      assertTrue(scrape.lines().contains("rstscope_management_failures_total 0.0"));
      assertTrue(scrape.lines().contains("rstscope_management_connections 1.0"));
      Files.writeString(folder.resolve("said"), process.said());
      Files.writeString(folder.resolve("arguments"), arguments);
      assertNoPasswordBut(password, 6);
    }
  }

  private void scrape(Path metrics) throws Exception {
    String[] command = {
      "/usr/bin/python3",
      "-c",
      "import sys, urllib.request as u;"
          + " open(sys.argv[1], 'wb').write(u.urlopen('http://127.0.0.1:9419/metrics').read())",
      metrics.toString()
    };
    assertEquals(0, broker.start(command).waitFor());
  }

  private void assertNoPasswordBut(Path password, int files) throws IOException {
    int looked = 0;
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertEquals(file.equals(password), text.contains(PASSWORD), file + " holds the password");
        assertFalse(text.contains(USER_AND_PASSWORD), file + " holds the password");
        looked++;
      }
    }
    assertTrue(looked > files, looked + " files");
  }

  @Test
  void shouldAskThroughTls() throws Exception {
    Process client = broker.connect("invoices", PASSWORD);
    Object[] more = {"--management-ca", home.resolve("broker.pem")};
    try (LiveProcess process = watch(password(PASSWORD), "https://localhost:15671", more)) {
      process.await(": answers, connections: ");
      client.destroyForcibly();
      assertKnown(awaitLoss(), "invoices");
      process.end("TERM");
    }
  }

  @Test
  void shouldJudgeWithoutABrokerThatRefusesThePassword() throws Exception {
    Process client = broker.connect("returns", PASSWORD);
    Path password = password("Wr0ng-one");
    try (LiveProcess process = watch(password, "http://localhost:15672")) {
      String said = process.await("management API");
      assertTrue(said.contains("status 401: wrong user or password"), said);
      assertTrue(said.endsWith("; losses are judged without it"), said);
      client.destroyForcibly();

      JsonNode loss = awaitLoss();
      assertTrue(loss.at("/amqp/user").isNull() || loss.at("/amqp/user").isMissingNode());
      process.end("TERM");
      assertFalse((said + process.said()).contains("Wr0ng-one"));
    }
  }

  @Test
  void shouldTrustNoCertificateThatItWasNotTold() throws Exception {
    try (LiveProcess process = watch(password(PASSWORD), "https://localhost:15671")) {
      String said = process.await("management API");
      assertTrue(said.contains("its certificate is not trusted: name its CA"), said);
      process.end("TERM");
    }
  }
}
