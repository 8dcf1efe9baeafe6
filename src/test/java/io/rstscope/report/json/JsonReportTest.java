package io.rstscope.report.json;

import static io.rstscope.net.Side.BROKER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import io.rstscope.cli.Run;
import io.rstscope.report.NoticesTest;
import io.rstscope.report.Reports;
import io.rstscope.report.Samples;
import io.rstscope.report.model.CaptureReport;
import io.rstscope.report.model.HostTcp;
import io.rstscope.report.model.TcpCounter;
import io.rstscope.testing.Damage;
import io.rstscope.testing.Recorded;
import io.rstscope.testing.Talk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonReportTest {
  @TempDir private Path folder;

  /** Their keys are words, not names of fields. */
  private static final Set<String> MAPS =
      Set.of(
          "causes",
          "resets_by_sender",
          "lost_by",
          "idle_before_reset_s",
          "min_rtt_ms",
          "host_tcp.kernel");

  /** The record that others were promised. */
  private static final String PROMISED =
      """
      {"type":"flow","schema":1,"capture":"t014.pcap",
       "client":{"address":"10.77.2.1","port":60456},"broker":{"address":"10.77.60.20","port":5672},
       "started":"2026-11-20T17:38:28.1187Z","last":"…","handshake_seen":true,"history":"ShADadFr",
       "amqp":{"protocol":"0-9-1","state":"open","heartbeat_s":0,"vhost":"/","product":"…","version":"…",
         "platform":"…","connection_name":null,"close":null,"blocked":false},
       "resets":[{"frame":49,"time":"…","direction":"client-to-broker","sender":"client","confidence":0.62,
         "peer_may_be_proxy":true,"role":"ends-connection","shape":"socket",
         "idle_s":{"same_direction":0.0006,"opposite":4.2,"payload":4.2,"before_trigger":null},
         "trigger_frame":null,
         "observed":{"ttl":63,"mac":"…","ip_id":1,"flags":"RA","window":502,"timestamps":true,"seq_offset":0},
         "baseline":{"ttl":63,"mac":"…","timestamps":true,"min_rtt_ms":0.2},
         "evidence":[{"id":"socket-continuity","points_to":"client","weight":3.1,"says":"…","frames":[47,49]}]}],
       "ending":{"ended_by":"middlebox","cause":"idle-timeout","confidence":0.7,"benign":false,"idle_s":4.2,
         "says":"…","advice":["…"]}}
      """;

  /** A record within another one. */
  private static final String FLOW = "flow";

  /** The types seen at each path; objects and lists of objects count as their parts. */
  private static Map<String, Set<JsonNodeType>> paths(List<JsonNode> records) {
    Map<String, Set<JsonNodeType>> paths = new TreeMap<>();
    records.forEach(each -> collect("", each, paths));
    return paths;
  }

  private static void collect(String path, JsonNode node, Map<String, Set<JsonNodeType>> paths) {
    if (path.equals(FLOW)) {
      paths.put(path, EnumSet.of(node.getNodeType()));
    }
    if (node.isObject() && !MAPS.contains(path)) {
      boolean record = path.isEmpty() || path.equals(FLOW);
      String prefix = record ? "" : path + ".";
      node.properties().forEach(e -> collect(prefix + e.getKey(), e.getValue(), paths));
    } else if (node.isArray() && !node.isEmpty() && node.get(0).isObject()) {
      node.forEach(element -> collect(path + "[]", element, paths));
    } else if (!(node.isArray() && node.isEmpty())) {
      paths.computeIfAbsent(path, p -> EnumSet.noneOf(JsonNodeType.class)).add(node.getNodeType());
    }
  }

  private static Set<String> documented() {
    return Arrays.stream(Field.values()).map(Field::word).collect(Collectors.toSet());
  }

  /** A part that is absent as a whole is explained by its own parts. */
  private static boolean isPartOf(String path, Set<String> fields) {
    return fields.contains(path) || fields.stream().anyMatch(field -> field.startsWith(path + "."));
  }

  @Test
  void shouldDocumentEveryFieldThatItWrites() throws IOException {
    Set<String> documented = documented();
    List<CaptureReport> captures = new ArrayList<>(Reports.labelled());
    assertFalse(captures.isEmpty());
    captures.add(Samples.logged());

    List<JsonNode> records = new ArrayList<>(Reports.json(captures.toArray(CaptureReport[]::new)));
    records.addAll(otherSide("nat-lost-mappings.broker.pcap", "nat-lost-mappings.client.pcapng"));
    records.add(Reports.incident(NoticesTest.incident()));

    Set<String> unknown = new TreeSet<>(paths(records).keySet());
    unknown.removeIf(path -> isPartOf(path, documented));

    assertEquals(Set.of(), unknown);
  }

  @Test
  void shouldWriteEveryFieldThatIsDocumented() throws IOException {
    List<JsonNode> records = new ArrayList<>(Reports.json(Samples.logged()));
    records.addAll(Reports.notices(NoticesTest.notice(0)));
    records.add(Reports.incident(NoticesTest.incident()));
    records.add(Reports.summaryOf(new HostTcp(Map.of(TcpCounter.OUT_RSTS, 12L), 13)));
    records.addAll(otherSide("nat-lost-mappings.broker.pcap", "nat-lost-mappings.client.pcapng"));
    records.addAll(
        otherSide(
            "missed-heartbeats-path-down.client.pcapng",
            "missed-heartbeats-path-down.broker.pcap"));
    records.addAll(otherSide("proxy-idle-timeout.client.pcap", "proxy-idle-timeout.broker.pcap"));
    records.addAll(besideClockStep("firewall-forgot.broker.pcapng", "firewall-forgot.client.pcap"));
    Set<String> written = paths(records).keySet();

    Set<String> missing = documented();
    missing.removeIf(
        field -> written.stream().anyMatch(p -> p.equals(field) || p.startsWith(field + "[]")));

    assertEquals(Set.of(), missing);
  }

  /** The records of one capture held against another. */
  private static List<JsonNode> otherSide(String here, String there) {
    return beside(here, Run.CAPTURES.resolve(there));
  }

  /** The same, with the clock of the other one set amid the capture. */
  private List<JsonNode> besideClockStep(String here, String there) throws IOException {
    List<Recorded> packets = Recorded.read(Run.CAPTURES.resolve(there));
    Path stepping = folder.resolve("stepping.pcap");
    return beside(here, Recorded.capture(Damage.clockStep(1.4).apply(packets)).writeTo(stepping));
  }

  private static List<JsonNode> beside(String here, Path there) {
    Run run = Run.of("analyze", "--format=json", Run.CAPTURES.resolve(here), "--other-side", there);
    List<JsonNode> records = new ArrayList<>(run.flows());
    records.add(run.summary());
    return records;
  }

  @Test
  void shouldKeepThePromisedNamesNestingAndTypes() throws IOException {
    Map<String, Set<JsonNodeType>> written = paths(Reports.json(Samples.series()));

    JsonNode promised = new ObjectMapper().readTree(PROMISED);

    paths(List.of(promised))
        .forEach(
            (path, types) -> {
              Set<JsonNodeType> allowed = EnumSet.of(JsonNodeType.NULL);
              allowed.addAll(written.getOrDefault(path, Set.of()));
              boolean absentAsAWhole =
                  types.equals(EnumSet.of(JsonNodeType.NULL)) && isPartOf(path, written.keySet());
              assertTrue(absentAsAWhole || written.containsKey(path), "missing: " + path);
              assertTrue(allowed.containsAll(types), path + " is " + allowed);
            });
  }

  @Test
  void shouldWriteOneObjectALineAndTheSummaryLast() {
    String report = Reports.write(JsonReport::new, Samples.all());
    List<JsonNode> records = Reports.json(Samples.all());

    assertTrue(report.endsWith("}\n"));
    assertEquals(Samples.all().flows().size() + 1, records.size());
    for (JsonNode record : records.subList(0, records.size() - 1)) {
      assertEquals("flow", record.get("type").asText());
    }
    assertEquals("summary", records.get(records.size() - 1).get("type").asText());
  }

  @Test
  void shouldListTheIncidentsThatItsFlowsReferTo() {
    List<JsonNode> records =
        Reports.json(
            Reports.capture("a", Samples.clientAbort(1), Samples.probe(2), Samples.clientAbort(3)));

    JsonNode incident = records.get(3).at("/incidents/0");
    assertEquals("a", incident.get("capture").asText());
    assertEquals(2, incident.get("connections").asInt());
    assertEquals("10.0.1.1", incident.at("/shared/client_host").asText());
    assertEquals(1, incident.at("/distinct/client_host").asInt());
    for (JsonNode flow : records.subList(0, 3)) {
      boolean lost = !flow.at("/ending/benign").asBoolean();
      assertEquals(lost ? incident.get("incident").asInt() : 0, flow.get("incident").asInt(0));
    }
  }

  @Test
  void shouldGiveTheCommandsThatConfirmACauseEachWithItsPlace() {
    JsonNode checks =
        Reports.json(Reports.capture("a", Samples.clientAbort(1))).get(0).at("/ending/checks");

    assertEquals("client 10.0.1.1", checks.at("/0/on").asText());
    assertTrue(checks.at("/0/command").asText().startsWith("TZ=UTC dmesg -T"), checks::toString);
  }

  @Test
  void shouldSayWhenItIsAGuessWhoIsTheClient() {
    JsonNode flow = Reports.json(Reports.capture("a", Samples.guessedRoles())).get(0);

    assertTrue(flow.get("roles_guessed").asBoolean());
    assertTrue(flow.at("/resets/0/confidence").asDouble() <= 0.7);
  }

  @Test
  void shouldNotSayWhetherThereWereTimestampsWhereTheCaptureCutThem() {
    Talk cut = new Talk("10.0.1.1", 40_000).snapLength(60).connect().ack(BROKER);
    cut.snapLength(66).socketReset(BROKER);

    JsonNode reset = Reports.json(Reports.capture("a", cut)).get(0).at("/resets/0");

    assertTrue(reset.at("/observed/timestamps").asBoolean());
    assertTrue(reset.at("/baseline/timestamps").isNull());
    assertEquals("socket", reset.get("shape").asText());
  }

  @Test
  void shouldGiveTimesToTheNanosecondInUtc() {
    CaptureReport capture = Reports.capture("a", Samples.clientAbort(40_000));
    long nanos = capture.flows().get(0).flow().resets().get(0).packet().timeNanos();

    String time = Reports.json(capture).get(0).at("/resets/0/time").asText();

    assertTrue(time.endsWith("Z"), time);
    Instant instant = Instant.parse(time);
    assertEquals(nanos, instant.getEpochSecond() * 1_000_000_000L + instant.getNano());
  }

  @Test
  void shouldKeepJsonValidWhateverTheClientCallsItself() {
    String hostile = "\"}\n\r\t\\u0000 <script>alert(1)</script> \u001b[31m 🐇 \u2028 é";

    String report =
        Reports.write(
            JsonReport::new,
            Reports.capture("\"quoted\"\n.pcap", Samples.named(40_000, hostile, hostile)));

    assertEquals(2, report.lines().count());
    assertFalse(report.contains("\u001b"));
    JsonNode flow =
        Reports.json(Reports.capture("\"quoted\"\n.pcap", Samples.named(40_000, hostile, hostile)))
            .get(0);
    assertEquals("\"quoted\"\n.pcap", flow.get("capture").asText());
    String name = flow.at("/amqp/connection_name").asText();
    assertTrue(name.contains("<script>alert(1)</script>"), name);
    assertTrue(name.contains("🐇"), name);
  }

  @Test
  void shouldKeepJsonValidWhenANameHoldsHalfACharacter() {
    CaptureReport capture = Reports.empty("half \ud83d.pcap", Reports.quality(1, "cut \udc07"));

    JsonNode summary = Reports.json(capture).get(0);

    assertTrue(summary.at("/captures/0/capture").asText().startsWith("half "));
  }

  @Test
  void shouldWriteTheSummaryAloneWhenNothingWasReset() {
    List<JsonNode> records = Reports.json(Reports.empty("quiet.pcap", Reports.quality(7, null)));

    assertEquals(1, records.size());
    assertEquals(0, records.get(0).get("resets").asLong());
    assertTrue(records.get(0).get("complete").asBoolean());
    assertEquals(0, records.get(0).at("/idle_before_reset_s/count").asLong());
  }

  @Test
  void shouldSayThatTheReportIsIncompleteWhenOneOfSeveralCapturesIs() {
    JsonNode summary =
        Reports.json(
                Reports.empty("whole.pcap", Reports.quality(7, null)),
                Reports.empty("cut.pcap", Reports.quality(7, "ends within a packet")))
            .get(0);

    assertFalse(summary.get("complete").asBoolean());
    assertTrue(summary.at("/captures/0/complete").asBoolean());
    assertEquals("ends within a packet", summary.at("/captures/1/problem").asText());
  }
}
