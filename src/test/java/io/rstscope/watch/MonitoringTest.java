package io.rstscope.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.report.model.VerdictCounts;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.IdleTimeout;
import io.rstscope.testing.Needs;
import io.rstscope.testing.Talk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alerts and the dashboard ask for what the agent serves. */
class MonitoringTest {
  private static final Path ALERTS = Path.of("src/main/dist/etc/rstscope-alerts.yml");
  private static final Path DASHBOARD = Path.of("src/main/dist/etc/grafana/rstscope.json");
  private static final Pattern METRIC = Pattern.compile("\\brstscope_\\w+");

  private static String served;

  @BeforeAll
  static void serve() throws IOException {
    AgentMetrics metrics =
        new AgentMetrics("1.2.3", () -> Map.of("eth0", MetricsTest.STATUS), Map::of, () -> 0);
    FlowVerdict lost = Analysis.of(IdleTimeout.forgotten(new Talk().open(0), Duration.ofHours(1)));
    metrics.count(null, VerdictCounts.of(lost), lost);
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(text, metrics.registry().scrape());
    served = text.toString(StandardCharsets.UTF_8);
  }

  private static Set<String> metrics(String text) {
    return METRIC.matcher(text).results().map(m -> m.group()).collect(Collectors.toSet());
  }

  private static List<String> expressions() throws IOException {
    List<String> expressions = new ArrayList<>();
    for (JsonNode panel : new ObjectMapper().readTree(DASHBOARD.toFile()).get("panels")) {
      panel.path("targets").forEach(target -> expressions.add(target.get("expr").asText()));
    }
    return expressions;
  }

  /** Exit status 0 of promtool, or what it said. */
  private static String promtool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(List.of(arguments));
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      Needs.PROMTOOL.require(false, "promtool is not installed");
      throw new UncheckedIOException(e);
    }
    process.getOutputStream().write(served.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? "" : said;
  }

  @Test
  void shouldAskForNoMetricThatIsNotServed() throws IOException {
    Set<String> asked = new TreeSet<>(metrics(Files.readString(ALERTS)));
    expressions().forEach(expression -> asked.addAll(metrics(expression)));
    assertFalse(asked.isEmpty());
    asked.removeAll(metrics(served));
    assertEquals(Set.of(), asked);
  }

  @Test
  void shouldDescribeEachPanel() throws IOException {
    for (JsonNode panel : new ObjectMapper().readTree(DASHBOARD.toFile()).get("panels")) {
      if (!panel.get("type").asText().equals("row")) {
        assertFalse(panel.path("description").asText().isBlank(), panel.get("title").asText());
      }
    }
  }

  @Test
  void shouldAskInPromQl(@TempDir Path folder) throws Exception {
    StringBuilder rules = new StringBuilder("groups: [{name: dashboard, rules: [\n");
    int number = 0;
    for (String expression : expressions()) {
      String asked = expression.replace("$__rate_interval", "5m").replace("$__range", "6h");
      String quoted = new ObjectMapper().writeValueAsString(asked);
      rules.append("{record: 'panel:%d', expr: %s},%n".formatted(number++, quoted));
    }
    Path file = Files.writeString(folder.resolve("dashboard.yml"), rules.append("]}]\n"));
    assertEquals("", promtool("check", "rules", file.toString()));
  }

  @Test
  void shouldAlertAboutLossesAndKeepSilentOtherwise() throws Exception {
    assertEquals("", promtool("check", "rules", ALERTS.toString()));
    assertEquals("", promtool("test", "rules", "src/test/promtool/alerts-test.yml"));
  }

  @Test
  void shouldServeMetricsAsPrometheusWantsThem() throws Exception {
    assertEquals("", promtool("check", "metrics"));
  }
}
