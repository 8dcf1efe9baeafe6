package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rstscope.fleet.Fleet;
import io.rstscope.report.model.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code rstscope fleet}: the page on an archive, and the queries that it is made from. */
class FleetTest {
  private static final Path QUERIES = Path.of("src/main/resources/io/rstscope/fleet");

  @TempDir private static Path shared;
  private static Path store;
  private static Run analyzed;

  @TempDir private Path folder;

  @BeforeAll
  static void archiveTheLabelledCaptures() throws IOException {
    Path captures = Files.createDirectories(shared.resolve("captures"));
    try (Stream<Path> files = Files.list(Run.CAPTURES)) {
      for (Path file :
          files.filter(f -> f.toString().matches(".*\\.pcap(ng)?")).limit(60).toList()) {
        Files.copy(file, captures.resolve(file.getFileName()));
      }
    }
    store = shared.resolve("store");
    assertEquals(0, Run.of("archive", captures, "-o", store).status());
    analyzed = Run.of("analyze", "--format=json", captures);
  }

  private static Table table(Fleet.Page page, String title) {
    return page.tables().stream()
        .filter(table -> table.title().equals(title))
        .findFirst()
        .orElseThrow();
  }

  private static Fleet.Page page(Path of) throws IOException {
    return Fleet.page(new Fleet.Options(of, null, null));
  }

  /** As many as the report of the same captures counts. */
  @Test
  void shouldCountEachLossOnce() throws IOException {
    Fleet.Page page = page(store);

    long lost = analyzed.summary().get("lost_connections").asLong();
    assertTrue(page.headline().startsWith(lost + " connections lost at "), page.headline());
    for (String title : List.of("By cause", "By broker", "By week", "By hour of the day")) {
      Table table = table(page, title);
      int column = table.columns().stream().map(Table.Column::head).toList().indexOf("lost");
      long sum = table.rows().stream().mapToLong(row -> Long.parseLong(row.get(column))).sum();
      assertTrue(table.more() > 0 ? sum < lost : sum == lost, title);
    }
  }

  @Test
  void shouldCountLossesByCauseAsTheReportDoes() throws IOException {
    Map<String, Long> expected = new TreeMap<>();
    for (JsonNode flow : analyzed.flows()) {
      boolean lost =
          !flow.at("/ending/benign").asBoolean()
              && !flow.at("/ending/cause").asText().equals("refused")
              && flow.get("other_leg").isNull();
      if (lost) {
        expected.merge(flow.at("/ending/cause").asText(), 1L, Long::sum);
      }
    }

    Map<String, Long> counted = new TreeMap<>();
    Table causes = table(page(store), "By cause");
    causes.rows().forEach(row -> counted.merge(row.get(0), Long.parseLong(row.get(2)), Long::sum));

    assertEquals(0, causes.more());
    assertEquals(expected, counted);
  }

  static List<Path> queries() throws IOException {
    try (Stream<Path> files = Files.list(QUERIES)) {
      return files
          .filter(file -> file.toString().endsWith(".sql"))
          .filter(file -> !file.getFileName().toString().matches("(tables-.*|losses).sql"))
          .toList();
    }
  }

  /** As somebody runs them who has an archive and DuckDB. */
  @ParameterizedTest
  @MethodSource("queries")
  void shouldHaveQueriesThatDuckDbRuns(Path query) throws Exception {
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      statement.execute(
          Files.readString(QUERIES.resolve("tables-duckdb.sql"))
              .replace("STORE", store.toString()));
      statement.execute(Files.readString(QUERIES.resolve("losses.sql")));
      ResultSet rows = statement.executeQuery(Files.readString(query));
      assertTrue(rows.next(), "no row");
    }
  }

  /** Without what only one engine has. */
  @ParameterizedTest
  @MethodSource("queries")
  void shouldHaveQueriesInTheCommonDialect(Path query) throws IOException {
    String text = Files.readString(query);

    assertFalse(
        text.matches("(?s).*(::|epoch_|EXCLUDE|QUALIFY|FILTER|GROUP BY ALL|\\[|`).*"), text);
  }

  /** Two captures, each with one witness too few: only both together show the timer. */
  @Test
  void shouldJudgeTimersByTheWitnessesOfAllCaptures() throws Exception {
    JsonNode flow = idleTimeout();
    Path captures = Files.createDirectories(folder.resolve("captures"));
    List<String> lines = new ArrayList<>();
    for (int broker = 1; broker <= 4; broker++) {
      for (int i = 0; i < 2; i++) {
        lines.add(at(flow, "10.0.0." + broker, i, 350));
      }
    }
    Files.write(captures.resolve("first.ndjson"), lines.subList(0, 5));
    Files.write(captures.resolve("second.ndjson"), lines.subList(5, 8));
    Path own = folder.resolve("own");
    assertEquals(0, Run.of("archive", captures, "-o", own).status());

    Table timers = table(page(own), "Idle timers of the paths");

    assertEquals(1, timers.rows().size(), timers::toString);
    assertEquals(List.of("resets", "4", "8"), timers.rows().get(0).subList(0, 3));
    assertTrue(timers.rows().get(0).get(3).startsWith("the same timer at 4 brokers"));
  }

  /** Innocent: nobody was idle equally long. */
  @Test
  void shouldFindNoTimerWhereIdleTimesDiffer() throws Exception {
    JsonNode flow = idleTimeout();
    Path captures = Files.createDirectories(folder.resolve("captures"));
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      lines.add(at(flow, "10.0.0." + i, i, 100 + 37 * i));
    }
    Files.write(captures.resolve("notices.ndjson"), lines);
    Path own = folder.resolve("own");
    assertEquals(0, Run.of("archive", captures, "-o", own).status());

    assertEquals(List.of(), table(page(own), "Idle timers of the paths").rows());
  }

  private static JsonNode idleTimeout() {
    return analyzed.flows().stream()
        .filter(flow -> flow.at("/ending/cause").asText().equals("idle-timeout"))
        .findFirst()
        .orElseThrow();
  }

  /** The same at another broker and hour, with a witness that shows nothing by itself. */
  private static String at(JsonNode flow, String broker, int hour, int idleSeconds)
      throws IOException {
    ObjectNode copy = flow.deepCopy();
    ((ObjectNode) copy.get("broker")).put("address", broker);
    copy.put("longest_idle_s", 0.5);
    String time = "2026-11-2" + hour + "T0" + hour + ":00:00Z";
    ((ObjectNode) copy.get("ending")).put("time", time);
    copy.set(
        "timer_witness",
        new ObjectMapper()
            .readTree(
                "{\"expiry\":\"resets\",\"idle_s\":%d,\"ended\":\"%s\",\"sure\":false}"
                    .formatted(idleSeconds, time)));
    return copy.toString();
  }

  @Test
  void shouldSayWhatChangedSinceLastWeek() throws Exception {
    assertEquals(
        List.of(List.of("10.0.0.1", "idle-timeout", "18", "2")),
        table(page(sinceDay(7)), "Changed since last week").rows());
  }

  @Test
  void shouldNotCompareWithAWeekThatIsNotWholeInTheArchive() throws Exception {
    Table changed = table(page(sinceDay(8)), "Changed since last week");

    assertEquals(List.of(), changed.rows());
    assertTrue(changed.note().contains("no week to compare with"), changed.note());
  }

  /** Of two brokers, the last losses on the 20th. */
  private Path sinceDay(int day) throws Exception {
    JsonNode flow = idleTimeout();
    Path captures = Files.createDirectories(folder.resolve("captures"));
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      lines.add(on(flow, "10.0.0.1", i < 18 ? 20 : 12));
      lines.add(on(flow, "10.0.0.2", i < 11 ? 20 : 12));
    }
    lines.add(on(flow, "10.0.0.3", day));
    Files.write(captures.resolve("notices.ndjson"), lines);
    Path own = folder.resolve("own");
    assertEquals(0, Run.of("archive", captures, "-o", own).status());
    return own;
  }

  private static String on(JsonNode flow, String broker, int day) throws IOException {
    ObjectNode copy = (ObjectNode) new ObjectMapper().readTree(at(flow, broker, 0, 5));
    ((ObjectNode) copy.get("ending")).put("time", "2026-11-%02dT08:00:00Z".formatted(day));
    return copy.toString();
  }

  @Test
  void shouldLeaveOutWhatEndedOnOtherDays() throws IOException {
    Fleet.Page later =
        Fleet.page(new Fleet.Options(store, LocalDate.of(2100, 1, 1), LocalDate.of(2100, 1, 2)));

    assertEquals("0 connections lost", later.headline());
  }

  /** What a year's archive holds of other days would take most of the time. */
  @Test
  void shouldNotOpenFilesOfOtherDays() throws Exception {
    JsonNode flow = idleTimeout();
    Path captures = Files.createDirectories(folder.resolve("captures"));
    List<String> lines = new ArrayList<>();
    for (int day = 12; day < 15; day++) {
      lines.add(on(flow, "10.0.0.1", day));
    }
    Files.write(captures.resolve("notices.ndjson"), lines);
    Path own = folder.resolve("own");
    assertEquals(0, Run.of("archive", captures, "-o", own).status());
    LocalDate day = LocalDate.of(2026, 11, 13);
    Fleet.Page before = Fleet.page(new Fleet.Options(own, day, day));
    for (String other : List.of("flows/day=2026-11-12", "flows/day=2026-11-14")) {
      for (Path file : new Stored(own).files(other)) {
        Files.writeString(file, "damaged");
      }
    }

    Fleet.Page page = Fleet.page(new Fleet.Options(own, day, day));

    assertEquals(before, page);
    assertTrue(page.headline().startsWith("1 connection lost"), page.headline());
    assertThrows(IOException.class, () -> page(own));
  }

  @Test
  void shouldWriteThePageAsHtmlToo() throws IOException {
    Path html = folder.resolve("fleet.html");

    Run run = Run.of("fleet", store, "--html", html);

    assertEquals(0, run.status(), run.err());
    String page = Files.readString(html);
    String headline = run.out().lines().limit(2).reduce((a, b) -> a + " " + b).orElseThrow();
    assertTrue(page.contains("<h1>" + page(store).headline() + "</h1>"), headline);
    assertTrue(page.contains("<h2>By path</h2>"));
    assertTrue(page.contains("default-src 'none'"));
    assertFalse(page.contains("<script"));
    assertEquals(3, Run.of("fleet", store, "--html", html).status());
  }

  /** What a client calls itself is text, and steers nothing. */
  @Test
  void shouldNotTakeNamesForHtml() throws Exception {
    ObjectNode flow = idleTimeout().deepCopy();
    ((ObjectNode) flow.get("amqp")).put("connection_name", "<script>alert(1)</script>\u001b[31m");
    Path captures = Files.createDirectories(folder.resolve("captures"));
    Files.writeString(captures.resolve("notices.ndjson"), flow + "\n");
    Path own = folder.resolve("own");
    assertEquals(0, Run.of("archive", captures, "-o", own).status());
    Path html = folder.resolve("fleet.html");

    Run run = Run.of("fleet", own, "--html", html);

    assertTrue(run.out().contains("<script>alert"), run.out());
    assertFalse(run.out().contains("\u001b"));
    assertFalse(Files.readString(html).contains("<script>"));
  }

  /** The first file of its table has fewer columns than the others, or more. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void shouldReadAStoreThatVersionsWroteWithOtherColumns(int older) throws Exception {
    JsonNode flow = idleTimeout();
    Path captures = Files.createDirectories(folder.resolve("captures"));
    Files.writeString(captures.resolve("a.ndjson"), on(flow, "10.0.0.1", 20) + "\n");
    Files.writeString(captures.resolve("b.ndjson"), on(flow, "10.0.0.1", 21) + "\n");
    Stored own = new Stored(folder.resolve("own"));
    assertEquals(0, Run.of("archive", captures, "-o", own.store()).status());
    own.rewrite(
        own.files("flows").get(older),
        "* EXCLUDE (other_leg) REPLACE ({'time': ending.time, 'cause': ending.cause, 'benign': ending.benign} AS ending)");

    assertTrue(page(own.store()).headline().startsWith("2 connections lost at 1 broker"));
  }

  @Test
  void shouldSayWhichNoticesAreOfACaptureThatIsThereToo() throws Exception {
    Path captures = Files.createDirectories(folder.resolve("captures"));
    Path capture = captures.resolve("a.pcap");
    Files.copy(Run.CAPTURES.resolve("proxy-idle-timeout.broker.pcap"), capture);
    Run report = Run.of("analyze", "--format=json", capture);
    Path notices = captures.resolve("notices.ndjson");
    Files.write(notices, report.flows().stream().map(JsonNode::toString).toList());
    Path own = folder.resolve("own");
    assertEquals(0, Run.of("archive", captures, "-o", own).status());

    assertEquals(
        List.of(
            List.of(notices.toString(), capture.toString(), String.valueOf(report.flows().size()))),
        table(page(own), "Archived twice").rows());
    assertEquals(List.of(), table(page(store), "Archived twice").rows());
  }

  @Test
  void shouldSayWhenThereIsNoArchive() {
    Run run = Run.of("fleet", folder);

    assertEquals(3, run.status());
    assertTrue(run.err().contains("is no archive"), run.err());
  }
}
