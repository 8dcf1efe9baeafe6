package io.rstscope.watch;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.report.model.LeftOut;
import io.rstscope.report.model.TcpCounter;
import io.rstscope.report.model.VerdictCounts;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.IdleTimeout;
import io.rstscope.testing.Talk;
import io.rstscope.watch.incident.IncidentStatus;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What monitoring reads. */
class MetricsTest {
  static final InterfaceStatus STATUS =
      new InterfaceStatus(
          true,
          1000,
          990,
          40,
          7,
          new LeftOut(1, 0, 9, 10, 11),
          2,
          0,
          3,
          4,
          5,
          6,
          8,
          250_000_000L,
          1,
          2,
          0,
          1);

  private final AgentMetrics metrics =
      new AgentMetrics(
          "1.2.3", () -> Map.of("eth0", STATUS), () -> Map.of(TcpCounter.OUT_RSTS, 12L), () -> 3);
  private String problem;
  private MetricsServer server;

  @BeforeEach
  void serve() throws Exception {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server = new MetricsServer(anyPort, metrics.registry(), () -> problem);
  }

  @Test
  void shouldTellHowTheManagementApiIs() throws Exception {
    assertFalse(get("/metrics").body().contains("rstscope_management"));

    metrics.add(() -> new ManagementStatus(7, 31.5, 3));

    assertEquals("7.0", value("rstscope_management_connections"));
    assertEquals("31.5", value("rstscope_management_age_seconds"));
    assertEquals("3.0", value("rstscope_management_failures_total"));
  }

  @Test
  void shouldTellHowOftenTheProgramForIncidentsWasRun() throws Exception {
    assertFalse(get("/metrics").body().contains("rstscope_incident"));

    metrics.addIncidents(() -> new IncidentStatus(5, 2, 3));

    assertEquals("5.0", value("rstscope_incident_calls_total"));
    assertEquals("2.0", value("rstscope_incident_call_failures_total"));
    assertEquals("3.0", value("rstscope_incident_missed_total"));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private HttpResponse<String> get(String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.address().getPort() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  private String value(String metric) throws Exception {
    return get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(metric + " "))
        .map(line -> line.substring(metric.length() + 1))
        .findFirst()
        .orElse("absent");
  }

  private static FlowVerdict idleTimeout() {
    return Analysis.of(IdleTimeout.forgotten(new Talk().open(0), Duration.ofSeconds(400)));
  }

  private static FlowVerdict probe() {
    return Analysis.of(new Talk().connect().fin(CLIENT).socketReset(BROKER));
  }

  @Test
  void shouldTellWhatAnInterfaceGave() throws Exception {
    assertEquals("1000.0", value("rstscope_packets_total{interface=\"eth0\"}"));
    assertEquals("7.0", value("rstscope_flows{interface=\"eth0\"}"));
    assertEquals("1.0", value("rstscope_evicted_flows_total{interface=\"eth0\"}"));
    assertEquals("6.0", value("rstscope_kernel_dropped_packets_total{interface=\"eth0\"}"));
    assertEquals("8.0", value("rstscope_interface_dropped_packets_total{interface=\"eth0\"}"));
    assertEquals("0.25", value("rstscope_capture_lag_seconds{interface=\"eth0\"}"));
    assertEquals("12.0", value("rstscope_host_tcp_total{counter=\"out_rsts\"}"));
    assertEquals("3.0", value("rstscope_write_failures_total"));
    assertEquals("1", value("rstscope_build_info{version=\"1.2.3\"}"));
  }

  @Test
  void shouldCountALossByWhoAndWhy() throws Exception {
    FlowVerdict verdict = idleTimeout();
    metrics.count(null, VerdictCounts.of(verdict), verdict);
    String labels = "{cause=\"idle-timeout\",ended_by=\"middlebox\",harmless=\"false\"}";
    assertEquals("1.0", value("rstscope_connections_ended_total" + labels));
    assertEquals(
        "1.0", value("rstscope_resets_total{cause=\"idle-timeout\",sender=\"middlebox\"}"));
    assertEquals("0", value("rstscope_idle_before_reset_seconds_bucket{le=\"350.0\"}"));
    assertEquals("1", value("rstscope_idle_before_reset_seconds_bucket{le=\"600.0\"}"));
  }

  @Test
  void shouldCountARevisionWithoutFalling() throws Exception {
    FlowVerdict before = idleTimeout();
    FlowVerdict after = probe();
    metrics.count(null, VerdictCounts.of(before), before);
    metrics.count(VerdictCounts.of(before), VerdictCounts.of(after), after);
    String was = "{cause=\"idle-timeout\",ended_by=\"middlebox\",harmless=\"false\"}";
    String is = "{cause=\"probe\",ended_by=\"client\",harmless=\"true\"}";
    assertEquals("1.0", value("rstscope_connections_ended_total" + was));
    assertEquals("1.0", value("rstscope_revised_connections_total" + was));
    assertEquals("1.0", value("rstscope_connections_ended_total" + is));
  }

  @Test
  void shouldBeginLossesWithZeroSoThatTheFirstIsAnIncrease() throws Exception {
    String labels = "{cause=\"idle-timeout\",ended_by=\"middlebox\",harmless=\"false\"}";
    assertEquals("0.0", value("rstscope_connections_ended_total" + labels));
    assertEquals("0.0", value("rstscope_revised_connections_total" + labels));
  }

  @Test
  void shouldHaveARevisedSeriesForEachOfThoseItIsTakenFrom() throws Exception {
    FlowVerdict verdict = probe();
    metrics.count(null, VerdictCounts.of(verdict), verdict);
    String labels = "{cause=\"probe\",ended_by=\"client\",harmless=\"true\"}";
    assertEquals("0.0", value("rstscope_revised_connections_total" + labels));
  }

  @Test
  void shouldNotCountTheSameVerdictTwice() throws Exception {
    FlowVerdict verdict = idleTimeout();
    metrics.count(null, VerdictCounts.of(verdict), verdict);
    metrics.count(VerdictCounts.of(verdict), VerdictCounts.of(verdict), verdict);
    assertEquals(
        "1.0", value("rstscope_resets_total{cause=\"idle-timeout\",sender=\"middlebox\"}"));
  }

  @Test
  void shouldBeHealthyUntilSomethingIsWrong() throws Exception {
    assertEquals(200, get("/healthz").statusCode());
    problem = "eth0 is not being captured";
    assertEquals(503, get("/healthz").statusCode());
    assertTrue(get("/healthz").body().contains("eth0"));
  }

  @Test
  void shouldListenOnLoopbackOnlyWhenToldSo() {
    assertTrue(server.address().getAddress().isLoopbackAddress());
  }
}
