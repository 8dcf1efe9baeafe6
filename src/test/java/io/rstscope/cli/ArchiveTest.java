package io.rstscope.cli;

import static io.rstscope.cli.Stored.CAPTURES;
import static io.rstscope.cli.Stored.FAILURES;
import static io.rstscope.cli.Stored.FLOWS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rstscope.archive.Archive;
import io.rstscope.archive.Store;
import io.rstscope.engine.AnalysisOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rstscope archive}: what comes into a store, and what does not. */
class ArchiveTest {
  private static final String PROXY = "proxy-idle-timeout.broker.pcap";
  private static final String FORGOT = "firewall-forgot.broker.pcapng";
  private static final String VHOST = "wrong-vhost.client.pcap";

  private static final String FLOWS_OF = "flows/*/host=%s/*.parquet";

  @TempDir private Path folder;
  private Path captures;
  private Stored stored;

  @BeforeEach
  void makeFolder() throws IOException {
    captures = Files.createDirectories(folder.resolve("captures"));
    stored = new Stored(folder.resolve("store"));
  }

  private Path copy(String capture, String name) throws IOException {
    Path to = captures.resolve(name);
    Files.createDirectories(to.getParent());
    return Files.copy(Run.CAPTURES.resolve(capture), to);
  }

  private Run archive(Object... options) {
    Object[] all =
        Arrays.copyOf(new Object[] {"archive", captures, "-o", stored.store()}, 4 + options.length);
    System.arraycopy(options, 0, all, 4, options.length);
    return Run.of(all);
  }

  private void assertArchived(Run run) {
    assertEquals(0, run.status(), run.err());
  }

  private static Set<String> connections(Path capture) {
    return Run.of("analyze", "--format=json", capture).flows().stream()
        .map(flow -> flow.at("/client/address").asText() + flow.at("/client/port").asText())
        .collect(Collectors.toSet());
  }

  @Test
  void shouldKeepEveryConnectionWithItsCaptureAndBroker() throws Exception {
    Path capture = copy(PROXY, "a/eth0.pcap");
    copy(FORGOT, "b/eth0.pcap");

    assertArchived(archive());

    Run analyzed = Run.of("analyze", "--format=json", captures.resolve("a"), captures.resolve("b"));
    List<JsonNode> flows = analyzed.flows();
    assertEquals(flows.size(), stored.connections().size());
    for (String expression : List.of("ending.cause", "ending.says", "broker_host", "history")) {
      assertEquals(
          flows.stream().map(flow -> text(flow, expression)).sorted().toList(),
          stored.column(expression, FLOWS));
    }
    assertEquals(
        Set.of(capture.toString(), captures.resolve("b/eth0.pcap").toString()),
        new HashSet<>(stored.column("source", FLOWS)));
    assertEquals(List.of("eth0.pcap"), stored.column("DISTINCT capture", FLOWS));
    assertEquals(Collections.nCopies(flows.size(), "64"), stored.column("len(sha256)", FLOWS));
    assertEquals(
        stored.column("DISTINCT CAST(ending.time AS DATE)", FLOWS),
        stored.column("DISTINCT day", FLOWS));
  }

  /** Each file costs as much as hundreds of connections, for its columns. */
  @Test
  void shouldKeepBrokersTogetherThatLostFewOnADay() throws Exception {
    copy(PROXY, "a.pcap");
    copy(FORGOT, "b.pcapng");

    assertArchived(archive());

    assertEquals(2, stored.column("DISTINCT broker_host", FLOWS).size());
    assertEquals(List.of("other"), stored.column("DISTINCT host", FLOWS));
    assertEquals(
        stored.column("DISTINCT day", FLOWS).size(), stored.files("flows").size(), "files");
  }

  @Test
  void shouldKeepABrokerByItselfThatLostManyOnADay() throws Exception {
    JsonNode flow = Run.of("analyze", "--format=json", copy(PROXY, "a.pcap")).flows().get(0);
    List<String> lines =
        new ArrayList<>(Collections.nCopies(Store.LARGE_PARTITION, at(flow, "many")));
    lines.addAll(Collections.nCopies(Store.LARGE_PARTITION - 1, at(flow, "fewer")));
    Files.write(captures.resolve("notices.ndjson"), lines);

    assertArchived(archive());

    assertEquals(List.of("many"), stored.column("DISTINCT host", FLOWS_OF.formatted("many")));
    assertEquals(
        List.of("many|" + Store.LARGE_PARTITION),
        stored.column("any_value(broker_host) || '|' || count(*)", FLOWS_OF.formatted("many")));
    assertTrue(
        stored.column("DISTINCT broker_host", FLOWS_OF.formatted("other")).contains("fewer"));
  }

  private static String at(JsonNode flow, String broker) {
    ObjectNode copy = flow.deepCopy();
    copy.remove("number");
    ((ObjectNode) copy.get("broker")).put("address", broker);
    return copy.toString();
  }

  /** Each batch adds a file to the day, the last one makes them one. */
  @Test
  void shouldLeaveOneFileOfEachDayWhenItEnds() throws Exception {
    for (int i = 0; i < 5; i++) {
      byte[] capture = Files.readAllBytes(Run.CAPTURES.resolve(PROXY));
      capture[capture.length - 1] += (byte) i;
      Files.write(captures.resolve(i + ".pcap"), capture);
    }
    Archive.Options one =
        new Archive.Options(captures, stored.store(), false, 1, 1, null, AnalysisOptions::defaults);

    Archive.run(one, (done, pending) -> {});

    assertEquals(5, stored.column("DISTINCT source", FLOWS).size());
    assertEquals(5 * connections(captures.resolve("0.pcap")).size(), stored.connections().size());
    assertEquals(1, stored.files("flows").size());
  }

  /** So that captures of one day come into one batch, whatever brokers they are of. */
  @Test
  void shouldTakeTheOldestFirst() throws Exception {
    List<String> captured = List.of(VHOST, PROXY, FORGOT);
    for (int i = 0; i < captured.size(); i++) {
      Path capture = copy(captured.get(i), "broker-" + (9 - i) + "/eth0.pcap");
      Files.setLastModifiedTime(capture, FileTime.fromMillis(1_000_000L * (i + 1)));
    }
    Archive.Options one =
        new Archive.Options(captures, stored.store(), false, 1, 1, null, AnalysisOptions::defaults);

    Archive.run(one, (done, pending) -> {});

    assertEquals(
        List.of("1 broker-9", "2 broker-8", "3 broker-7"),
        stored.column("added || ' ' || split_part(source, '/', -2)", CAPTURES));
  }

  private static String text(JsonNode flow, String path) {
    return flow.at("/" + path.replace('.', '/')).asText();
  }

  @Test
  void shouldAddNothingWhenNothingIsNew() throws Exception {
    copy(PROXY, "a.pcap");
    assertArchived(archive());
    List<Path> files = stored.files("flows");

    Run again = archive();

    assertTrue(again.err().contains("added 0 captures"), again.err());
    assertEquals(files, stored.files("flows"));
  }

  @Test
  void shouldStoreTheSameContentUnderTwoNamesOnce() throws Exception {
    Path capture = copy(PROXY, "a.pcap");
    copy(PROXY, "b.pcap");

    Run run = archive();

    assertArchived(run);
    assertTrue(run.err().contains("1 with the content of another"), run.err());
    assertEquals(connections(capture).size(), stored.connections().size());
    assertEquals(List.of("done", "duplicate"), stored.column("state", CAPTURES));
  }

  /** Its first name is gone, and its content is still that of the other one. */
  @Test
  void shouldKeepContentThatIsStillThereUnderAnotherName() throws Exception {
    Path capture = copy(PROXY, "a.pcap");
    copy(PROXY, "b.pcap");
    assertArchived(archive());
    List<String> before = stored.connections();

    Files.write(capture, new byte[0]);
    archive();

    assertEquals(before, stored.connections());
  }

  @Test
  void shouldReplaceTheRowsOfACaptureThatHasGrown() throws Exception {
    byte[] whole = Files.readAllBytes(Run.CAPTURES.resolve(PROXY));
    Path capture = captures.resolve("a.pcap");
    Files.write(capture, Arrays.copyOf(whole, whole.length * 2 / 3));
    archive();
    Files.write(capture, whole);

    assertArchived(archive());

    assertEquals(connections(capture).size(), stored.connections().size());
    assertEquals(1, new HashSet<>(stored.column("sha256", FLOWS)).size());
    assertEquals(List.of("done"), stored.column("state", CAPTURES));
    assertEquals(List.of(), stored.column("source", FAILURES));
  }

  /** As the files of a ring are: they have the same name, and packets of another time. */
  @Test
  void shouldKeepEarlierPacketsOfAFileThatIsWrittenAnew() throws Exception {
    Path capture = copy(PROXY, "ring.pcap");
    assertArchived(archive());
    int before = stored.connections().size();
    Files.copy(Run.CAPTURES.resolve(VHOST), capture, StandardCopyOption.REPLACE_EXISTING);

    assertArchived(archive());

    assertEquals(before + connections(capture).size(), stored.connections().size());
    assertEquals(List.of("done", "done"), stored.column("state", CAPTURES));
  }

  @Test
  void shouldReplaceWhatOlderRulesHaveJudged() throws Exception {
    copy(PROXY, "a.pcap");
    copy(FORGOT, "b.pcap");
    assertArchived(archive());
    List<String> before = stored.connections();
    for (String table : List.of("captures", "flows")) {
      for (Path file : stored.files(table)) {
        stored.rewrite(file, "* REPLACE ('0.9' AS rules)");
      }
    }

    assertArchived(archive());

    assertEquals(before, stored.connections());
    assertFalse(stored.column("DISTINCT rules", FLOWS).contains("0.9"));
    assertFalse(stored.column("DISTINCT rules", CAPTURES).contains("0.9"));
  }

  @Test
  void shouldListWhatCannotBeReadAndDoTheRest() throws Exception {
    byte[] whole = Files.readAllBytes(Run.CAPTURES.resolve(PROXY));
    Files.write(captures.resolve("cut.pcap"), Arrays.copyOf(whole, whole.length - 7));
    Files.writeString(
        captures.resolve("foreign.pcap"), "This is no capture, whatever it is called.");
    Files.writeString(captures.resolve("notes.txt"), "This is not called like one.");
    Files.createFile(captures.resolve("empty.pcap"));
    Path good = copy(FORGOT, "good.pcapng");

    Run run = archive();

    assertEquals(3, run.status());
    assertEquals(
        List.of("cut.pcap", "empty.pcap", "foreign.pcap"),
        stored.column("parse_filename(source)", FAILURES));
    assertEquals(List.of("failed", "failed", "incomplete"), stored.column("state", FAILURES));
    String offset = stored.column("max(byte_offset)", FAILURES).get(0);
    assertTrue(Long.parseLong(offset) > whole.length / 2, offset);
    assertTrue(run.err().contains("cut.pcap: at byte " + offset + ": cut short"), run.err());
    assertTrue(stored.column("source", FLOWS).contains(good.toString()));
    assertTrue(stored.column("source", FLOWS).contains(captures.resolve("cut.pcap").toString()));
  }

  @Test
  void shouldTakeACaptureAgainThatIsWrittenToMeanwhile() throws Exception {
    Path capture = copy(PROXY, "a.pcap");
    Archive.Options growing = options(() -> append(capture));

    Archive.Result result = Archive.run(growing, (done, pending) -> {});

    assertEquals(List.of(), result.failures());
    assertEquals(1, result.growing());
    assertEquals(1, Archive.plan(growing).pending().size());
    Files.write(capture, Files.readAllBytes(Run.CAPTURES.resolve(PROXY)));
    assertArchived(archive());
    assertEquals(List.of("done"), stored.column("state", CAPTURES));
    assertEquals(connections(capture).size(), stored.connections().size());
  }

  private Archive.Options options(Runnable first) {
    return new Archive.Options(
        captures,
        stored.store(),
        false,
        1,
        Archive.BATCH,
        null,
        () -> {
          first.run();
          return AnalysisOptions.defaults();
        });
  }

  /** The beginning of another packet. */
  private static void append(Path capture) {
    try {
      Files.write(capture, new byte[] {1, 2, 3}, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void shouldReadRotatedFilesOfAFolderAsOneCapture() throws Exception {
    copy(PROXY, "broker/1.pcap");
    copy(VHOST, "broker/2.pcap");

    assertArchived(archive("--series"));

    assertEquals(List.of(captures.resolve("broker").toString()), stored.column("source", CAPTURES));
    assertEquals(2, new HashSet<>(stored.column("resets[1].file", FLOWS)).size());
  }

  @Test
  void shouldTakeTheLastRevisionOfEachNotice() throws Exception {
    JsonNode flow = Run.of("analyze", "--format=json", Run.CAPTURES.resolve(PROXY)).flows().get(0);
    String first = notice(flow, 1, 0).replace("idle-timeout", "client-abort");
    Files.write(
        captures.resolve("notices.ndjson"),
        List.of(
            first, notice(flow, 2, 0), notice(flow, 1, 1), "{\"type\":\"summary\",\"schema\":1}"));

    assertArchived(archive());

    assertEquals(List.of("1", "2"), stored.column("number", FLOWS));
    assertEquals(List.of("0", "1"), stored.column("revision", FLOWS));
    assertEquals(List.of("idle-timeout", "idle-timeout"), stored.column("ending.cause", FLOWS));
    assertEquals(
        List.of(captures.resolve("notices.ndjson").toString()),
        stored.column("DISTINCT source", FLOWS));
  }

  private static String notice(JsonNode flow, int number, int revision) {
    String text = flow.toString();
    return text.substring(0, text.length() - 1)
        + ",\"number\":"
        + number
        + ",\"revision\":"
        + revision
        + "}";
  }

  @Test
  void shouldLeaveOutLinesThatAreNoRecords() throws Exception {
    String flow =
        Run.of("analyze", "--format=json", Run.CAPTURES.resolve(PROXY)).flows().get(0).toString();
    List<String> lines =
        List.of(
            flow,
            flow.replace("\"port\":5672", "\"port\":\"5672\""),
            flow.replace("\"benign\":false", "\"benign\":[{}]"),
            flow.replaceFirst("\"started\":\"[^\"]*\"", "\"started\":\"once\""),
            flow.substring(0, flow.length() / 2),
            "{\"type\":\"flow\"}",
            "{\"type\":\"flow\",\"last\":\"+99999-01-01T00:00:00Z\",\"broker\":{\"address\":\"../..\"}}",
            "{\"type\":\"other\"}",
            "\u0000\u0001",
            flow.replace("\"type\":\"flow\"", "\"type\":\"flow\",\"later\":{\"a\":[1]}"),
            flow.replaceFirst("\"address\":\"10.60.4.20\"", "\"address\":\"../../x'*?[\""));
    Files.write(captures.resolve("watch.ndjson"), lines);

    Run run = archive();

    assertEquals(3, run.status());
    assertEquals(3, stored.connections().size(), run.err());
    assertEquals(
        List.of(Integer.toString(flow.length() + 1)), stored.column("byte_offset", FAILURES));
  }

  @Test
  void shouldCallTheBrokerWhatTheUserCallsIt() throws Exception {
    copy(PROXY, "a.pcap");

    assertArchived(archive("--broker-host", "rabbit-1"));

    assertEquals(List.of("rabbit-1"), stored.column("DISTINCT broker_host", FLOWS));
    assertEquals(List.of("10.60.4.20"), stored.column("DISTINCT broker.address", FLOWS));
  }

  @Test
  void shouldListWhatItWouldDoAndDoNothing() throws Exception {
    Path capture = copy(PROXY, "a.pcap");

    Run run = archive("--dry-run");

    assertArchived(run);
    assertEquals(capture + "\n", run.out());
    assertFalse(Files.exists(stored.store()));
    assertArchived(archive());
    assertEquals("", archive("--dry-run").out());
  }

  @Test
  void shouldRefuseAStoreThatAnotherProcessWritesTo() throws Exception {
    copy(PROXY, "a.pcap");
    try (Store other = Store.write(stored.store())) {
      Run run = archive();

      assertEquals(3, run.status());
      assertTrue(run.err().contains("process " + ProcessHandle.current().pid()), run.err());
      assertEquals(List.of(), other.manifest().files());
    }
    assertArchived(archive());
  }

  @Test
  void shouldTakeAwayWhatAKilledRunLeft() throws Exception {
    copy(PROXY, "a.pcap");
    assertArchived(archive());
    List<String> before = stored.connections();
    Path flows = stored.files("flows").get(0);
    Files.copy(flows, flows.resolveSibling("9-0.parquet"));
    Files.createDirectories(stored.store().resolve(".rstscope-staging/commit7/flows"));

    copy(VHOST, "b.pcap");
    assertArchived(archive());

    assertTrue(stored.connections().containsAll(before));
    assertEquals(stored.connections().size(), new HashSet<>(stored.connections()).size());
    assertFalse(Files.exists(stored.store().resolve(".rstscope-staging")));
  }

  @Test
  void shouldReadAStoreThatAnOlderVersionWrote() throws Exception {
    copy(PROXY, "a.pcap");
    assertArchived(archive());
    for (Path file : stored.files("flows")) {
      stored.rewrite(
          file,
          "* EXCLUDE (timer_witness, other_leg) REPLACE ({'cause': ending.cause, 'benign': ending.benign} AS ending)");
    }
    copy(VHOST, "b.pcap");

    assertArchived(archive());

    assertEquals(2, new HashSet<>(stored.column("source", FLOWS)).size());
    assertTrue(stored.column("ending.time", FLOWS).contains(null));
  }

  @Test
  void shouldRefuseAStoreThatANewerVersionWrote() throws Exception {
    copy(PROXY, "a.pcap");
    assertArchived(archive());
    Path manifest = stored.store().resolve("manifest.json");
    Files.writeString(manifest, Files.readString(manifest).replace("\"format\":1", "\"format\":2"));

    Run run = archive();

    assertEquals(3, run.status());
    assertTrue(run.err().contains("format 2, of a newer rstscope"), run.err());
  }

  @Test
  void shouldLeaveCapturesAloneThatLieWhereAStoreHasATable() throws Exception {
    Path captures = Files.createDirectories(stored.store().resolve("captures"));
    Path capture = Files.copy(Run.CAPTURES.resolve(PROXY), captures.resolve("a.pcap"));

    Run run = Run.of("archive", captures, "-o", stored.store());

    assertEquals(3, run.status());
    assertTrue(run.err().contains("neither empty nor an archive"), run.err());
    assertTrue(Files.exists(capture));
  }

  @Test
  void shouldDeleteNothingInAStoreThatIsNotItsOwn() throws Exception {
    copy(PROXY, "a.pcap");
    assertEquals(0, archive().status());
    Path capture =
        Files.copy(Run.CAPTURES.resolve(PROXY), stored.store().resolve("captures/b.pcap"));

    assertEquals(0, archive().status());

    assertTrue(Files.exists(capture));
  }

  @Test
  void shouldNotWriteIntoAFolderOfSomethingElse() throws Exception {
    copy(PROXY, "a.pcap");
    Files.createDirectories(stored.store());
    Files.writeString(stored.store().resolve("thesis.tex"), "");

    Run run = archive();

    assertEquals(3, run.status());
    assertTrue(run.err().contains("neither empty nor an archive"), run.err());
  }

  @Test
  void shouldLeaveTheStoreWholeWhenTheDiskIsFull() throws Exception {
    copy(PROXY, "a.pcap");
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"))) {
      Stored small = new Stored(disk.folder().resolve("store"));
      assertArchived(Run.of("archive", captures, "-o", small.store()));
      List<String> before = small.connections();
      copy(VHOST, "b.pcap");
      disk.fill();

      Run run = Run.of("archive", captures, "-o", small.store());

      assertEquals(3, run.status());
      assertTrue(run.err().contains("No space left"), run.err());
      assertEquals(before, small.connections());
      disk.makeRoom();
      assertArchived(Run.of("archive", captures, "-o", small.store()));
      assertTrue(small.connections().size() > before.size());
    }
  }

  @Test
  void shouldSayWhereTheEngineIsToBeHad() throws Exception {
    copy(PROXY, "a.pcap");
    String others =
        Stream.of(System.getProperty("java.class.path").split(":"))
            .filter(jar -> !jar.contains("duckdb"))
            .collect(Collectors.joining(":"));

    Run run =
        JavaProcess.finish(
            new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                others,
                Main.class.getName(),
                "archive",
                captures.toString(),
                "-o",
                stored.store().toString()));

    assertEquals(4, run.status());
    assertTrue(run.err().contains("the package rstscope-fleet brings"), run.err());
    assertEquals(1, run.err().lines().count());
  }
}
