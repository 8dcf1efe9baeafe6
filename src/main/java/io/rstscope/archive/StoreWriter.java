package io.rstscope.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.rstscope.report.json.ColumnTypes;
import io.rstscope.report.json.RecordTree;
import io.rstscope.report.json.RecordType;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes captures and their flows into a store, a batch a commit. Used by one thread. */
final class StoreWriter {
  /**
   * As many small files of a partition are made one, so that a long run does not leave hundreds.
   */
  private static final int MOST_FILES = 8;

  /** Files below are joined with others of their partition: some 30,000 connections. */
  private static final long SMALL_BYTES = 2_000_000;

  private final Store store;
  private final Engine engine;
  private final Index index;

  /** Reads which captures are in the store. */
  StoreWriter(Store store, Engine engine) throws IOException {
    this.store = store;
    this.engine = engine;
    this.index = new Index();
    List<Path> files = store.files(Store.CAPTURES);
    if (!files.isEmpty()) {
      engine.query(
          "SELECT " + CaptureRow.SELECTED + " FROM " + Engine.parquet(files) + " ORDER BY added",
          row -> index.add(CaptureRow.read(row)));
    }
  }

  Index index() {
    return index;
  }

  /**
   * Adds captures, in place of what they replace: all of it or nothing.
   *
   * @param records a file of their flows, a line each; empty when there are none
   * @param last whether nothing is added after it in this run: small files are joined
   */
  void add(Collection<CaptureRow> rows, Path records, boolean last) throws IOException {
    Path staged = Files.createTempDirectory(store.staging(), "commit");
    long commit = store.manifest().commit() + 1;
    Index.Change change = index.take(rows);
    if (Files.size(records) > 0) {
      flows(records, staged, commit);
    }
    Set<DataFile> replaced = new HashSet<>();
    for (Set<DataFile> files : toJoin(change, staged, last ? 2 : MOST_FILES)) {
      join(files, notOf(change.deadContent()), staged, commit);
      replaced.addAll(files);
    }
    replaced.addAll(captures(rows, change, staged, commit));
    store.commit(staged, replaced);
  }

  private void flows(Path records, Path staged, long commit) throws IOException {
    String columns =
        ColumnTypes.DUCKDB.of(RecordTree.of(RecordType.FLOW)).entrySet().stream()
            .map(each -> each.getKey() + ": " + Engine.text(each.getValue()))
            .collect(Collectors.joining(", ", "{", "}"));
    String flows =
        "read_json("
            + Engine.text(records.toString())
            + ", format = 'newline_delimited', columns = "
            + columns
            + ")";
    engine.execute(FlowFiles.added(flows, commit, staged.resolve(Store.FLOWS)));
  }

  /**
   * Files of each partition that hold what is replaced, and its small ones, where these are as many
   * together with what this commit adds.
   */
  private Collection<Set<DataFile>> toJoin(Index.Change change, Path staged, int many)
      throws IOException {
    List<DataFile> flows = store.manifest().of(Store.FLOWS);
    Map<String, Set<DataFile>> joined = byFolder(holding(change, flows));
    for (Map.Entry<String, Set<DataFile>> folder :
        byFolder(flows.stream().filter(file -> file.bytes() < SMALL_BYTES).toList()).entrySet()) {
      if (folder.getValue().size() + added(staged, folder.getKey()).size() >= many) {
        joined.computeIfAbsent(folder.getKey(), key -> new HashSet<>()).addAll(folder.getValue());
      }
    }
    return joined.values();
  }

  private static Map<String, Set<DataFile>> byFolder(List<DataFile> files) {
    return files.stream()
        .collect(
            Collectors.groupingBy(
                DataFile::folder, TreeMap::new, Collectors.toCollection(LinkedHashSet::new)));
  }

  private static List<Path> added(Path staged, String folder) throws IOException {
    if (!Files.isDirectory(staged.resolve(folder))) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(staged.resolve(folder))) {
      return files.toList();
    }
  }

  private List<DataFile> holding(Index.Change change, List<DataFile> flows) throws IOException {
    List<DataFile> candidates =
        change.deadContent().isEmpty()
            ? List.of()
            : flows.stream().filter(file -> mayHold(file, change.dead())).toList();
    if (candidates.isEmpty()) {
      return List.of();
    }
    Set<String> found = new HashSet<>();
    engine.query(
        "SELECT DISTINCT filename FROM read_parquet("
            + Engine.texts(candidates.stream().map(file -> store.path(file).toString()).toList())
            + ", filename = true, union_by_name = true, hive_partitioning = false) WHERE NOT "
            + notOf(change.deadContent()),
        row -> found.add(row.getString(1)));
    return candidates.stream().filter(file -> found.contains(store.path(file).toString())).toList();
  }

  /** By its day: an end is never outside of its capture's time, a day for clocks that were set. */
  private static boolean mayHold(DataFile file, Set<CaptureRow> dead) {
    LocalDate of = file.day();
    if (of == null) {
      return true;
    }
    return dead.stream()
        .anyMatch(
            row ->
                row.firstNanos() < 0
                    || !of.isBefore(day(row.firstNanos()).minusDays(1))
                        && !of.isAfter(day(row.lastNanos()).plusDays(1)));
  }

  private static LocalDate day(long nanos) {
    return LocalDate.ofInstant(
        Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L)), ZoneOffset.UTC);
  }

  private static String notOf(Set<String> content) {
    return content.isEmpty()
        ? "true"
        : "sha256 NOT IN "
            + content.stream().map(Engine::text).collect(Collectors.joining(", ", "(", ")"));
  }

  /** Makes one file of those of a partition, without what is replaced, and of what is added. */
  private void join(Set<DataFile> files, String kept, Path staged, long commit) throws IOException {
    String folder = files.iterator().next().folder();
    List<Path> added = added(staged, folder);
    String rows =
        "SELECT * FROM "
            + Engine.parquet(files.stream().map(store::path).toList())
            + " WHERE "
            + kept
            + (added.isEmpty() ? "" : " UNION ALL BY NAME SELECT * FROM " + Engine.parquet(added));
    long[] left = {0};
    engine.query("SELECT count(*) FROM (" + rows + ")", row -> left[0] = row.getLong(1));
    if (left[0] > 0) {
      Files.createDirectories(staged.resolve(folder));
      engine.execute(
          FlowFiles.joined(
              "(" + rows + ")", staged.resolve(folder).resolve(commit + "-joined.parquet")));
    }
    for (Path file : added) {
      Files.delete(file);
    }
  }

  private void copy(String query, Path file) throws IOException {
    engine.execute(
        "COPY ("
            + query
            + ") TO "
            + Engine.text(file.toString())
            + " (FORMAT parquet, COMPRESSION zstd)");
  }

  /**
   * Writes the rows of captures, and anew those of failures.
   *
   * @return the files that these replace
   */
  private Set<DataFile> captures(
      Collection<CaptureRow> rows, Index.Change change, Path staged, long commit)
      throws IOException {
    Path lines = staged.resolveSibling(staged.getFileName() + ".captures");
    try (Writer out = Files.newBufferedWriter(lines, UTF_8);
        JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.setRootValueSeparator(null);
      for (CaptureRow row : rows) {
        row.write(json);
      }
    }
    String columns =
        CaptureRow.columns(ColumnTypes.DUCKDB).entrySet().stream()
            .map(each -> each.getKey() + ": " + Engine.text(each.getValue()))
            .collect(Collectors.joining(", ", "{", "}"));
    String query =
        "SELECT *, "
            + commit
            + "::BIGINT AS added FROM read_json("
            + Engine.text(lines.toString())
            + ", format = 'newline_delimited', columns = "
            + columns
            + ")";
    List<DataFile> before = store.manifest().of(Store.CAPTURES);
    boolean anew = !change.dead().isEmpty() || before.size() >= MOST_FILES;
    if (anew && !before.isEmpty()) {
      query +=
          " UNION ALL BY NAME SELECT * FROM "
              + Engine.parquet(before.stream().map(store::path).toList())
              + " WHERE "
              + notAmong(change.dead());
    }
    Path file =
        Files.createDirectories(staged.resolve(Store.CAPTURES)).resolve(commit + ".parquet");
    copy(query, file);
    Set<DataFile> replaced = new HashSet<>(anew ? before : List.of());
    replaced.addAll(failures(staged, commit, anew ? List.of() : before, file));
    return replaced;
  }

  private static String notAmong(Set<CaptureRow> dead) {
    return dead.isEmpty()
        ? "true"
        : "(source, coalesce(sha256, '')) NOT IN "
            + dead.stream()
                .map(
                    row ->
                        "("
                            + Engine.text(row.source())
                            + ", "
                            + Engine.text(row.sha256() == null ? "" : row.sha256())
                            + ")")
                .collect(Collectors.joining(", ", "(", ")"));
  }

  /** A table of their own, small, since who runs the archive reads it first. */
  private List<DataFile> failures(Path staged, long commit, List<DataFile> before, Path added)
      throws IOException {
    List<Path> captures = new ArrayList<>(before.stream().map(store::path).toList());
    captures.add(added);
    Path folder = Files.createDirectories(staged.resolve(Store.FAILURES));
    copy(
        "SELECT source, state, byte_offset, problem AS reason FROM "
            + Engine.parquet(captures)
            + " WHERE problem IS NOT NULL AND state IN ('failed', 'incomplete') ORDER BY source",
        folder.resolve(commit + ".parquet"));
    return store.manifest().of(Store.FAILURES);
  }
}
