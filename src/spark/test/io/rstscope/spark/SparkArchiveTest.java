package io.rstscope.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.archive.Archive;
import io.rstscope.archive.CaptureTask;
import io.rstscope.archive.Engine;
import io.rstscope.archive.Store;
import io.rstscope.fleet.Fleet;
import io.rstscope.net.PortSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive that Spark writes is the one that {@code rstscope archive} writes. */
class SparkArchiveTest {
  private static final Path CAPTURES = Path.of(System.getProperty("rstscope.captures"));
  private static final String PROXY = "proxy-idle-timeout.broker.pcap";
  private static final String FORGOT = "firewall-forgot.broker.pcapng";
  private static final String VHOST = "wrong-vhost.client.pcap";
  private static final String PORTS = "5672,5671";

  private static SparkSession spark;

  @TempDir private Path folder;
  private Path captures;
  private Path store;

  @BeforeAll
  static void startSpark() {
    spark =
        SparkArchive.session()
            .master("local[2]")
            .config("spark.ui.enabled", false)
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "localhost")
            .config("spark.sql.shuffle.partitions", 2)
            .config("spark.hadoop.fs.remote.impl", RemoteFiles.class.getName())
            .getOrCreate();
  }

  @AfterAll
  static void stopSpark() throws IOException {
    spark.close();
  }

  @BeforeEach
  void makeFolder() throws IOException {
    captures = Files.createDirectories(folder.resolve("captures"));
    store = folder.resolve("store");
  }

  private Path copy(String capture, String name) throws IOException {
    Path to = captures.resolve(name);
    Files.createDirectories(to.getParent());
    return Files.copy(CAPTURES.resolve(capture), to);
  }

  private static byte[] whole(String capture) throws IOException {
    return Files.readAllBytes(CAPTURES.resolve(capture));
  }

  private Archive.Result spark(boolean series) throws IOException {
    return spark(captures.toString(), series);
  }

  private Archive.Result spark(String from, boolean series) throws IOException {
    return new SparkArchive(
            spark, new SparkArchive.Options(from, store.toString(), series, PORTS, null))
        .run();
  }

  private Archive.Options archive(Path to, boolean series) {
    return new Archive.Options(
        captures,
        to,
        series,
        1,
        Archive.BATCH,
        null,
        () -> CaptureTask.options(PortSet.parse(PORTS), 1));
  }

  private Archive.Result archived(Path to, boolean series) throws IOException {
    return Archive.run(archive(to, series), (done, pending) -> {});
  }

  private List<String> column(String expression, String table) throws IOException {
    return query("SELECT " + expression + " FROM " + table(store, table) + " ORDER BY 1");
  }

  private List<String> query(String query) throws IOException {
    List<String> rows = new ArrayList<>();
    try (Engine engine = Engine.start(1, 300, folder.resolve("spill"))) {
      engine.query(query, row -> rows.add(row.getString(1)));
    }
    return rows;
  }

  private static String table(Path store, String table) throws IOException {
    try (Store read = Store.read(store)) {
      return Engine.parquet(read.files(table));
    }
  }

  private void assertSameRows(Path expected, String table) throws IOException {
    String theirs = table(expected, table);
    String ours = table(store, table);
    String columns = "SELECT column_name || ' ' || column_type FROM (DESCRIBE SELECT * FROM %s)";
    assertEquals(query(columns.formatted(theirs)), query(columns.formatted(ours)));
    String rows = "SELECT s FROM (SELECT * FROM %s EXCEPT ALL SELECT * FROM %s) AS s";
    assertEquals(List.of(), query(rows.formatted(theirs, ours)), "missing in " + table);
    assertEquals(List.of(), query(rows.formatted(ours, theirs)), "too many in " + table);
  }

  private static List<String> partitions(Path store) throws IOException {
    try (Store read = Store.read(store)) {
      return read.manifest().of(Store.FLOWS).stream()
          .map(file -> file.partition("day") + " " + file.partition("host"))
          .distinct()
          .sorted()
          .toList();
    }
  }

  @Test
  void shouldBeReadByFleetAsTheOtherStore() throws IOException {
    copy(PROXY, "a.pcap");
    copy(FORGOT, "b.pcapng");
    spark(false);
    Path other = folder.resolve("other");
    archived(other, false);

    assertEquals(
        Fleet.page(new Fleet.Options(other, null, null)),
        Fleet.page(new Fleet.Options(store, null, null)));
  }

  @Test
  void shouldGiveTheRowsThatRstscopeArchiveGives() throws IOException {
    try (Stream<Path> all = Files.list(CAPTURES)) {
      for (Path capture : all.filter(Files::isRegularFile).toList()) {
        Files.copy(capture, captures.resolve(capture.getFileName()));
      }
    }
    copy(PROXY, "other-name.pcap");
    copy(PROXY, "day-2/eth0.pcap");
    byte[] proxy = whole(PROXY);
    Files.write(captures.resolve("cut.pcap"), Arrays.copyOf(proxy, proxy.length - 7));
    Files.writeString(captures.resolve("foreign.pcap"), "This is no capture, by any name.");
    Files.createFile(captures.resolve("empty.pcap"));
    Files.writeString(captures.resolve("notes.ndjson"), "{\"type\":\"flow\"}\n");
    Path expected = folder.resolve("expected");

    Archive.Result result = spark(false);

    assertEquals(archived(expected, false).words(), result.words());
    assertTrue(result.flows() > 500, result.words());
    for (String table : List.of(Store.FLOWS, Store.CAPTURES, Store.FAILURES)) {
      assertSameRows(expected, table);
    }
    assertEquals(partitions(expected), partitions(store));
    assertEquals(List.of(), Archive.plan(archive(store, false)).pending());
  }

  @Test
  void shouldReadRotatedFilesOfAFolderAsOneCapture() throws IOException {
    copy(VHOST, "broker/1.pcap");
    copy(PROXY, "broker/2.pcap");
    Path expected = folder.resolve("expected");

    Archive.Result result = spark(true);

    assertEquals(1, result.archived());
    archived(expected, true);
    assertSameRows(expected, Store.FLOWS);
    assertSameRows(expected, Store.CAPTURES);
  }

  @Test
  void shouldAddToAStoreOfRstscopeArchiveAndItToSparks() throws IOException {
    copy(PROXY, "a.pcap");
    archived(store, false);
    copy(FORGOT, "b.pcapng");

    assertEquals(1, spark(false).archived());
    copy(VHOST, "c.pcap");
    assertEquals(1, archived(store, false).archived());

    assertEquals(0, spark(false).archived());
    assertEquals(List.of("1", "2", "3"), column("added", Store.CAPTURES));
    Path expected = folder.resolve("expected");
    archived(expected, false);
    assertSameRows(expected, Store.FLOWS);
  }

  @Test
  void shouldReplaceTheRowsOfACaptureThatHasGrown() throws IOException {
    byte[] whole = whole(PROXY);
    Path capture = captures.resolve("a.pcap");
    Files.write(capture, Arrays.copyOf(whole, whole.length * 2 / 3));
    copy(FORGOT, "b.pcapng");
    spark(false);
    Files.write(capture, whole);

    spark(false);

    Path expected = folder.resolve("expected");
    archived(expected, false);
    assertSameRows(expected, Store.FLOWS);
    assertEquals(List.of("done", "done"), column("state", Store.CAPTURES));
    assertEquals(List.of(), column("source", Store.FAILURES));
  }

  @Test
  void shouldListWhatTimesOutAndTakeItAgainNextTime() throws IOException {
    copy(FORGOT, "good.pcapng");
    Path slow = copy(PROXY, "timeout.pcap");
    String remote = "remote://" + captures;

    Archive.Result first = spark(remote, false);

    assertEquals(1, first.archived());
    String source = "remote:" + slow;
    assertEquals(List.of(source), column("source", Store.FAILURES));
    assertEquals(List.of("failed"), column("state", Store.FAILURES));
    assertEquals(List.of("cannot be read: Read timed out"), column("reason", Store.FAILURES));
    long offset = Long.parseLong(column("byte_offset", Store.FAILURES).get(0));
    assertTrue(offset > 0 && offset <= RemoteFiles.BYTES_BEFORE, "at byte " + offset);
    assertEquals(
        List.of("remote:" + captures + "/good.pcapng"), column("DISTINCT source", Store.FLOWS));

    RemoteFiles.answers = true;
    assertEquals(1, spark(remote, false).archived());
    RemoteFiles.answers = false;
    assertEquals(List.of(), column("source", Store.FAILURES));
    assertTrue(column("DISTINCT source", Store.FLOWS).contains(source));
  }

  @Test
  void shouldCommitCapturesInWhichNothingWasLost() throws IOException {
    Files.write(captures.resolve("quiet.pcap"), Arrays.copyOf(whole(PROXY), 24));

    assertEquals(1, spark(false).archived());

    assertEquals(List.of("0"), column("flows", Store.CAPTURES));
  }

  /** And each of them is a task of its own. */
  @Test
  void shouldStartWithTheLargest() throws IOException {
    for (int i = 0; i < 6; i++) {
      Files.write(captures.resolve(i + ".pcap"), new byte[100 + 10 * i]);
    }
    List<Integer> started = Collections.synchronizedList(new ArrayList<>());
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onTaskStart(SparkListenerTaskStart task) {
            started.add(task.taskInfo().index());
          }
        };
    spark.sparkContext().addSparkListener(listener);
    try {
      spark(false);
    } finally {
      spark.sparkContext().removeSparkListener(listener);
    }

    assertEquals(List.of(0, 1, 2, 3, 4, 5), started.subList(0, 6));
    assertEquals(
        List.of("5.pcap", "4.pcap", "3.pcap", "2.pcap", "1.pcap", "0.pcap"),
        query(
            "SELECT parse_filename(source) FROM "
                + table(store, Store.CAPTURES)
                + " ORDER BY bytes DESC"));
  }

  @Test
  void shouldRefuseAStoreThatAnotherProcessWritesTo() throws IOException {
    copy(PROXY, "a.pcap");
    try (Store other = Store.write(store)) {
      IOException refused = assertThrows(IOException.class, () -> spark(false));

      assertTrue(refused.getMessage().contains("another archive writes to it"));
      assertEquals(List.of(), other.manifest().files());
    }
    assertEquals(1, spark(false).archived());
  }

  /** Where nothing locks the store, as in an object store. */
  @Test
  void shouldGiveUpWhenAnotherRunHasCommittedMeanwhile() throws IOException {
    Configuration settings = spark.sparkContext().hadoopConfiguration();
    String remote = "remote://" + store;
    try (HadoopStore one = HadoopStore.write(remote, settings);
        HadoopStore other = HadoopStore.write(remote, settings)) {
      other.commit(staged("2"), Set.of());

      IOException refused =
          assertThrows(IOException.class, () -> one.commit(staged("1"), Set.of()));

      assertTrue(refused.getMessage().contains("another run has written to it meanwhile"));
    }
    assertEquals(1, commits(remote));
    Files.move(store.resolve("manifest.json"), store.resolve(".manifest.json"));
    assertEquals(1, commits(remote), "killed when the old manifest was gone");
  }

  private org.apache.hadoop.fs.Path staged(String name) throws IOException {
    Path flows = Files.createDirectories(folder.resolve(name).resolve(Store.FLOWS));
    Files.write(flows.resolve("part.parquet"), new byte[10]);
    return new org.apache.hadoop.fs.Path("remote://" + folder.resolve(name));
  }

  private static long commits(String store) throws IOException {
    try (HadoopStore read = HadoopStore.write(store, spark.sparkContext().hadoopConfiguration())) {
      return read.manifest().commit();
    }
  }

  @Test
  void shouldNotWriteIntoAFolderOfSomethingElse() throws IOException {
    copy(PROXY, "a.pcap");
    Files.createDirectories(store);
    Files.writeString(store.resolve("thesis.tex"), "");

    IOException refused = assertThrows(IOException.class, () -> spark(false));

    assertTrue(refused.getMessage().contains("neither empty nor an archive"));
  }

  @Test
  void shouldLeaveNothingBesideTheStore() throws IOException {
    copy(PROXY, "a.pcap");
    spark(false);

    try (Stream<Path> all = Files.walk(store);
        Store read = Store.read(store)) {
      List<String> left =
          all.filter(Files::isRegularFile)
              .map(file -> store.relativize(file).toString())
              .filter(
                  file ->
                      read.manifest().files().stream().noneMatch(each -> each.path().equals(file)))
              .sorted()
              .toList();
      assertEquals(List.of(".lock", "manifest.json"), left);
    }
    assertFalse(Files.exists(store.resolve(".rstscope-staging").resolve("records")));
  }
}
