package io.rstscope.connections;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.amqp.AmqpProtocol;
import io.rstscope.amqp.AmqpState;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.net.Side;
import io.rstscope.report.Reports;
import io.rstscope.report.Samples;
import io.rstscope.reset.FlowObservation;
import io.rstscope.testing.Talk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which flows a broker's list of connections is of, and what it adds to them. */
class ConnectionListTest {
  private static final long OPENED = Talk.START / 1_000_000 - 3_600_000;

  /** As RabbitMQ 3.10 writes it, by its management API and by rabbitmqctl. */
  private static final String API =
      """
      {"client_properties":{"capabilities":{"basic.nack":true},"connection_name":"orders","product":"Pika","version":"1.2.0"},
       "connected_at":%d,"host":"%s","name":"x","peer_host":"10.0.1.1","peer_port":40001,"port":5672,
       "protocol":"AMQP 0-9-1","ssl":false,"state":"running","timeout":0,"user":"shop","vhost":"/s"}""";

  private static final String CONTROL =
      """
      {"client_properties":[["capabilities","table",[["basic.nack","bool",true]]],["product","longstr","Pika"],
       ["version","longstr","1.2.0"],["connection_name","longstr","orders"]],"connected_at":%d,"host":"%s",
       "peer_host":[0,0,0,0,0,65535,2560,257],"peer_port":40001,"port":5672,"protocol":[0,9,1],"ssl":false,
       "state":"running","timeout":0,"user":"shop","vhost":"/s"}""";

  @ParameterizedTest
  @ValueSource(strings = {API, CONTROL})
  void shouldAddWhatThePacketsDoNotSay(String row) throws IOException {
    FlowObservation flow = only(list(row(row)), late());

    assertEquals(0, flow.amqp().heartbeatSeconds());
    assertEquals("/s", flow.amqp().vhost());
    assertEquals(
        "Pika 1.2.0", flow.amqp().client().product() + " " + flow.amqp().client().version());
    assertEquals("orders", flow.amqp().client().connectionName());
    assertEquals("shop", flow.account().user());
    assertEquals(
        List.of("heartbeat_s", "vhost", "product", "version", "connection_name", "user"),
        flow.account().listed());
    assertEquals(0, flow.resets().get(0).amqp().heartbeatSeconds());
  }

  @Test
  void shouldBelieveThePacketsFirst() throws IOException {
    Talk talk = new Talk("10.0.1.1", 40_001).open(60).socketReset(Side.CLIENT);

    FlowObservation flow = only(list(API.formatted(Talk.START / 1_000_000, "10.0.0.2")), talk);

    assertEquals(60, flow.amqp().heartbeatSeconds());
    assertEquals("/orders", flow.amqp().vhost());
    assertEquals("shop", flow.account().user());
    assertFalse(flow.account().listed().contains("heartbeat_s"));
    assertFalse(flow.account().listed().contains("vhost"));
  }

  /** Nothing of a silent connection says that it is AMQP, let alone that it is open. */
  @Test
  void shouldKnowAConnectionWithoutAnyPayloadToBeOpen() throws IOException {
    Talk talk = new Talk("10.0.1.1", 40_001).ack(Side.CLIENT).ack(Side.BROKER);
    talk.pause(Duration.ofSeconds(400)).socketReset(Side.CLIENT);

    FlowObservation listed = only(list(row(API)), talk);
    FlowObservation opening = only(list(row(API).replace("running", "tuning")), talk);

    assertEquals(AmqpProtocol.AMQP_0_9_1, listed.amqp().protocol());
    assertEquals(AmqpState.OPEN, listed.amqp().state());
    assertEquals(AmqpState.NONE, opening.amqp().state());
  }

  /** Whether AMQP had closed it before cannot be read. */
  @Test
  void shouldNotSayHowFarAMQPCameInTls() throws IOException {
    FlowObservation flow =
        only(
            list(row(API).replace("\"ssl\":false", "\"ssl\":true")),
            new Talk("10.0.1.1", 40_001)
                .ack(Side.CLIENT)
                .ack(Side.BROKER)
                .socketReset(Side.CLIENT));

    assertEquals(AmqpProtocol.TLS, flow.amqp().protocol());
    assertEquals(AmqpState.NONE, flow.amqp().state());
    assertEquals(0, flow.amqp().heartbeatSeconds());
  }

  @ParameterizedTest
  @CsvSource({"0, true", "399, true", "401, false"})
  void shouldLeaveAPortAloneThatWasUsedAgainLater(int secondsAfterStart, boolean joined)
      throws IOException {
    long opened = Talk.START / 1_000_000 + secondsAfterStart * 1_000L;

    assertEquals(joined, isJoined(only(list(API.formatted(opened, "10.0.0.2")), late())));
  }

  @ParameterizedTest
  @CsvSource({"0, true", "-5, true", "-3600, false"})
  void shouldLeaveAPortAloneThatWasUsedBefore(int secondsAfterSyn, boolean joined)
      throws IOException {
    Talk talk = new Talk("10.0.1.1", 40_001).open(60).socketReset(Side.CLIENT);
    long opened = Talk.START / 1_000_000 + secondsAfterSyn * 1_000L;

    assertEquals(joined, isJoined(only(list(API.formatted(opened, "10.0.0.2")), talk)));
  }

  @Test
  void shouldLeaveAConnectionOfAnotherBrokerAlone() throws IOException {
    ConnectionList other = list(API.formatted(OPENED, "10.0.0.3"));
    ConnectionList unnamed = list(row(API).replace("\"host\"", "\"h\""));

    assertFalse(isJoined(only(other, late())));
    assertEquals(0, other.joined());
    assertTrue(isJoined(only(unnamed, late())));
    assertEquals(1, unnamed.joined());
  }

  /** Without the time of its opening it may be that of either. */
  @Test
  void shouldNotGuessWhichOfTwoConnectionsOfAPortItIs() throws IOException {
    Talk again = new Talk("10.0.1.1", 40_001).pause(Duration.ofSeconds(500)).open(60);
    List<FlowObservation> flows =
        observed(late(), again.pause(Duration.ofSeconds(1)).socketReset(Side.CLIENT));
    String row = row(API).replace("connected_at", "c");

    assertEquals(2, flows.size());
    assertTrue(list(row).addTo(flows).stream().noneMatch(ConnectionListTest::isJoined));
    assertTrue(isJoined(list(row(API)).addTo(flows).get(0)));
    assertFalse(isJoined(list(row(API)).addTo(flows).get(1)));
  }

  @Test
  void shouldFindTheClientBehindAProxyByItsHeader() throws IOException {
    String behind = API.formatted(Talk.START / 1_000_000, "192.0.2.1");
    String row = behind.replace("10.0.1.1", "203.0.113.7").replace("40001", "5555");

    assertEquals("shop", only(list(row), Samples.everything(40_008)).account().user());
    assertNull(
        only(list(row.replace("5555", "5556")), Samples.everything(40_008)).account().user());
  }

  @Test
  void shouldTakePagesAndWhatSeveralOfThemRepeat() throws IOException {
    String page = "{\"page\":1,\"items\":[" + row(API) + "],\"total_count\":1}";

    ConnectionList list = read(page + "\n" + page);

    assertNull(list.problem());
    assertEquals(1, list.size());
    assertTrue(isJoined(only(list, late())));
  }

  @Test
  void shouldUseWhatIsCompleteBeforeAListBreaksOff() throws IOException {
    String two = "[" + row(API) + ",\n" + row(API).replace("40001", "40002");

    ConnectionList list = read(two.substring(0, two.length() - 30));

    assertTrue(list.problem().startsWith("breaks off at line "), list.problem());
    assertTrue(list.problem().endsWith("connections before that, which are used: 1"));
    assertTrue(isJoined(only(list, late())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Error: unable to connect",
        "{\"error\":\"x\"}",
        "7",
        "\u0000\u0001",
        "\u0000\u0000\u0000 \u0000"
      })
  void shouldSayThatSomethingElseIsNoList(String text) throws IOException {
    ConnectionList list = read(text);

    assertTrue(list.problem().startsWith("is no list of connections in JSON"), list.problem());
    assertEquals(0, list.size());
  }

  @Test
  void shouldTakeAnEmptyListForOne() throws IOException {
    assertNull(read("[]").problem());
  }

  @Test
  void shouldReadAHundredThousandConnections() throws IOException {
    String one = row(API);
    StringBuilder rows = new StringBuilder("[").append(one);
    for (int i = 0; i < 100_000; i++) {
      String address = "10." + (16 + i / 65_536) + "." + i / 256 % 256 + "." + i % 256;
      rows.append(",\n").append(one.replace("10.0.1.1", address));
    }

    ConnectionList list = read(rows.append("]").toString());

    assertNull(list.problem());
    assertEquals(100_001, list.size());
    assertTrue(isJoined(only(list, late())));
  }

  @Test
  void shouldSurviveAnyBytes() throws IOException {
    Random random = new Random(11);
    byte[] bytes = ("[" + row(API) + "," + row(CONTROL) + "]").getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 2_000; i++) {
      byte[] damaged = bytes.clone();
      for (int j = 0; j < 1 + i % 8; j++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      assertTrue(ConnectionList.read(new ByteArrayInputStream(damaged)).size() <= 2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"peer_port\":70000",
        "\"peer_port\":-1",
        "\"peer_port\":99999999999999999999",
        "\"peer_port\":null",
        "\"peer_port\":[1,2]",
        "\"peer_host\":\"example.com\"",
        "\"peer_host\":[999,1,1,1]",
        "\"peer_host\":\"1,2,3,4,5,6,7,x\"",
        "\"peer_host\":\".:1\"",
        "\"peer_host\":[1,2,3,4,5,6,7,99999999999999999999999999]",
        "\"peer_host\":[0,0,0,0,0,65536,2560,257]"
      })
  void shouldTakeNoEndThatIsNone(String column) throws IOException {
    String name = column.substring(0, column.indexOf(':'));
    String row = row(API).replaceFirst(name + ":[^,]*", column);

    assertEquals(0, list(row).size());
  }

  @Test
  void shouldKeepNoTextThatCouldSteerATerminal() throws IOException {
    FlowObservation flow =
        only(list(row(API).replace("shop", "a\\u001b[2Jb" + "c".repeat(999))), late());

    assertTrue(flow.account().user().startsWith("a\uFFFD[2Jb"));
    assertEquals(255, flow.account().user().length());
  }

  /** Of a connection that began before the capture, idle for 400 s. */
  private static Talk late() {
    Talk talk = new Talk("10.0.1.1", 40_001).client(AmqpBytes.heartbeat());
    return talk.broker(AmqpBytes.heartbeat())
        .pause(Duration.ofSeconds(400))
        .socketReset(Side.CLIENT);
  }

  private static String row(String form) {
    return form.formatted(OPENED, "10.0.0.2");
  }

  private static ConnectionList list(String... rows) throws IOException {
    return read("[" + String.join(",", rows) + "]");
  }

  private static ConnectionList read(String json) throws IOException {
    return ConnectionList.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }

  private static FlowObservation only(ConnectionList list, Talk talk) {
    List<FlowObservation> flows = list.addTo(observed(talk));
    assertEquals(1, flows.size());
    return flows.get(0);
  }

  private static List<FlowObservation> observed(Talk... talks) {
    return Reports.capture("a.pcap", talks).flows().stream().map(FlowVerdict::flow).toList();
  }

  private static boolean isJoined(FlowObservation flow) {
    return !flow.account().listed().isEmpty();
  }

  /** Two of AMQP 0-9-1, and one of 1.0 that says less. */
  @Test
  void shouldReadWhatRabbitMq4Answers() throws IOException {
    try (InputStream in = getClass().getResourceAsStream("api-4.0.json")) {
      ConnectionList list = ConnectionList.read(in);
      Talk talk = new Talk("127.0.0.1", 44_646, "127.0.0.1");
      talk.pause(Duration.ofDays(30)).ack(Side.CLIENT).ack(Side.BROKER).socketReset(Side.CLIENT);
      FlowObservation flow = only(list, talk);

      assertNull(list.problem());
      assertEquals(3, list.size());
      assertEquals(AmqpProtocol.AMQP_1_0, flow.amqp().protocol());
      assertEquals(60, flow.amqp().heartbeatSeconds());
      assertEquals("guest", flow.account().user());
    }
  }

  /** As with management_agent.disable_metrics_collector: their names hold their ends. */
  @Test
  void shouldReadWhatABrokerAnswersThatCollectsNoMetrics() throws IOException {
    ConnectionList list = new ConnectionList();
    answer(
        list,
        "{\"page_count\":1,\"items\":[{\"name\":\"10.0.1.1:40001 -> 10.0.0.2:5672\",\"vhost\":\"/s\","
            + "\"user\":\"shop\",\"node\":\"rabbit@a\"}]}");

    assertEquals("shop", only(list, late()).account().user());
  }

  /** Its end is told of a moment after the broker has forgotten it. */
  @Test
  void shouldKeepWhatWasClosedUntilTwoAnswersAreWithoutIt() throws IOException {
    ConnectionList list = new ConnectionList();
    answer(list, "[" + row(API) + "]");
    answer(list, "[]");
    assertTrue(isJoined(only(list, late())));

    answer(list, "[]");
    assertFalse(isJoined(only(list, late())));
    assertEquals(0, list.size());
  }

  @Test
  void shouldTakeTheLatestOfAConnectionThatChanges() throws IOException {
    ConnectionList list = new ConnectionList();
    answer(list, "[" + row(API).replace("running", "tuning") + "]");
    answer(list, "[" + row(API) + "]");

    assertEquals(1, list.size());
    assertEquals(AmqpState.OPEN, only(list, late()).amqp().state());
  }

  /** An answer that breaks off says nothing of what it did not come to. */
  @Test
  void shouldForgetNothingForAnAnswerThatBreaksOff() throws IOException {
    ConnectionList list = new ConnectionList();
    answer(list, "[" + row(API) + "]");
    for (int i = 0; i < 3; i++) {
      list.take(new ByteArrayInputStream("[{".getBytes(StandardCharsets.UTF_8)));
    }

    assertTrue(isJoined(only(list, late())));
  }

  private static void answer(ConnectionList list, String json) throws IOException {
    list.take(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    list.endAnswer();
  }
}
