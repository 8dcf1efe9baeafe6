package io.rstscope.archive;

import io.rstscope.engine.AnalysisOptions;
import io.rstscope.report.words.Format;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Analyses the captures of a folder that are new or changed, several at once, and adds them to a
 * store, a batch a commit.
 */
public final class Archive {
  /** A usual batch: it is lost when the process is killed, and each one writes files of its own. */
  public static final int BATCH = 500;

  private static final long MOST_BYTES = 2L << 30;

  private static final long ENGINE_MEGABYTES = 400;

  /**
   * What to archive, and how.
   *
   * @param series whether the captures of one folder are one capture
   * @param jobs captures at once, 1 or more
   * @param batch captures that come into the store at once, 1 or more
   * @param brokerHost what the user calls the broker of these captures, or null: its address
   * @param analysis options for a capture, asked for by the thread that reads it
   */
  public record Options(
      Path folder,
      Path store,
      boolean series,
      int jobs,
      int batch,
      String brokerHost,
      Supplier<AnalysisOptions> analysis) {}

  /**
   * What there is to do.
   *
   * @param sources captures and files of records found
   * @param pending those that are new or changed, or judged by other rules
   * @param bytes of these
   */
  public record Plan(int sources, List<String> pending, long bytes) {}

  /** What a run came to; {@code failures} says file, offset and reason of each. */
  public record Result(
      int archived, int duplicates, int growing, long flows, List<String> failures) {
    /** What these rows say. */
    public static Result of(List<CaptureRow> rows) {
      List<String> failures = new ArrayList<>();
      for (CaptureRow row : rows) {
        if (row.isFailure()) {
          String at = row.offset() < 0 ? "" : "at byte " + row.offset() + ": ";
          failures.add(row.source() + ": " + at + row.problem());
        }
      }
      return new Result(
          (int) rows.stream().filter(row -> row.state() != State.FAILED).count(),
          count(rows, State.DUPLICATE),
          count(rows, State.GROWING),
          rows.stream().mapToLong(CaptureRow::flows).sum(),
          failures);
    }

    private static int count(List<CaptureRow> rows, State state) {
      return (int) rows.stream().filter(row -> row.state() == state).count();
    }

    /** In words for the user. */
    public String words() {
      return "added "
          + Format.count(archived, "capture")
          + " with "
          + Format.count(flows, "connection")
          + among(duplicates, " with the content of another")
          + among(growing, " still written to, taken again next time")
          + (failures.isEmpty() ? "" : "; " + failures.size() + " could not be read to their end");
    }

    private static String among(int number, String which) {
      return number == 0 ? "" : "; " + number + which;
    }
  }

  /** Is told how far a run is, by the thread that runs it. */
  public interface Progress {
    /** So many captures are in the store, of so many pending. */
    void archived(int captures, int pending);
  }

  /** A capture that is analysed: its row, and the file with its records, if any. */
  private record Running(Future<CaptureRow> row, Path records) {
    void move(OutputStream out) throws IOException {
      if (Files.exists(records)) {
        Files.copy(records, out);
        Files.delete(records);
      }
    }
  }

  private final Options options;
  private final Store store;
  private final StoreWriter writer;
  private final List<Source> pending = new ArrayList<>();
  private final int found;

  private Archive(Options options, Store store, Engine engine) throws IOException {
    this.options = options;
    this.store = store;
    this.writer = new StoreWriter(store, engine);
    List<Source> sources = Sources.in(options.folder(), options.series(), options.store());
    found = sources.size();
    for (Source source : sources) {
      if (writer.index().isPending(source)) {
        pending.add(source);
      }
    }
  }

  /**
   * What a run would do; nothing is written.
   *
   * @throws IOException when the folder or the store cannot be read
   */
  public static Plan plan(Options options) throws IOException {
    requireFolder(options);
    if (!Store.exists(options.store())) {
      List<Source> all = Sources.in(options.folder(), options.series(), options.store());
      return plan(all.size(), all);
    }
    try (Store store = Store.read(options.store());
        Engine engine = Engine.start(options.jobs(), ENGINE_MEGABYTES, store.staging())) {
      Archive archive = new Archive(options, store, engine);
      return plan(archive.found, archive.pending);
    }
  }

  /**
   * Archives what is new or changed.
   *
   * @throws IOException when the store cannot be written: what was committed before is in it. That
   *     a capture cannot be read is part of the result
   */
  public static Result run(Options options, Progress progress) throws IOException {
    requireFolder(options);
    try (Store store = Store.write(options.store());
        Engine engine =
            Engine.start(options.jobs(), ENGINE_MEGABYTES, store.staging().resolve("spill"))) {
      return new Archive(options, store, engine).run(progress);
    }
  }

  private static void requireFolder(Options options) throws IOException {
    if (!Files.isDirectory(options.folder())) {
      throw new IOException(options.folder() + ": is no folder");
    }
  }

  private static Plan plan(int found, List<Source> pending) {
    return new Plan(
        found,
        pending.stream().map(Source::name).toList(),
        pending.stream().mapToLong(Source::bytes).sum());
  }

  private Result run(Progress progress) throws IOException {
    // a day's captures in one batch: what several add to a day is written once more
    pending.sort(Comparator.comparingLong(Source::modifiedMillis));
    List<CaptureRow> rows = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(options.jobs(), Archive::thread);
    try {
      Path records = store.staging().resolve("all.ndjson");
      Map<Source, Future<String>> contents = contents(0, threads);
      for (int from = 0; from < pending.size(); ) {
        int until = from + contents.size();
        List<CaptureRow> batch = analysed(contents, threads, records);
        // the next batch is read for it while one thread writes this one
        contents = contents(until, threads);
        writer.add(batch, records, until == pending.size());
        rows.addAll(batch);
        from = until;
        progress.archived(from, pending.size());
      }
    } finally {
      threads.shutdownNow();
    }
    return Result.of(rows);
  }

  /** One that does not keep the process when the run has failed. */
  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "archive");
    thread.setDaemon(true);
    return thread;
  }

  private int batchEnd(int from) {
    long bytes = 0;
    int until = from;
    while (until < pending.size()
        && until - from < options.batch()
        && (until == from || bytes + pending.get(until).bytes() <= MOST_BYTES)) {
      bytes += pending.get(until).bytes();
      until++;
    }
    return until;
  }

  /** Of a batch, the largest first, so that no long one is left for one thread at the end. */
  private Map<Source, Future<String>> contents(int from, ExecutorService threads) {
    Map<Source, Future<String>> contents = new LinkedHashMap<>();
    pending.subList(from, batchEnd(from)).stream()
        .sorted(Comparator.comparingLong(Source::bytes).reversed().thenComparing(Source::name))
        .forEach(source -> contents.put(source, threads.submit(source::sha256)));
    return contents;
  }

  private Running start(Source source, String content, ExecutorService threads) {
    Path file = store.staging().resolve(content + ".ndjson");
    CaptureTask task =
        new CaptureTask(source, () -> content, options.analysis(), options.brokerHost());
    return new Running(threads.submit(() -> task.run(file)), file);
  }

  /**
   * Each content once. Their records come into one file, as the engine takes as long to open one as
   * to read what a capture says.
   */
  private List<CaptureRow> analysed(
      Map<Source, Future<String>> contents, ExecutorService threads, Path records)
      throws IOException {
    List<CaptureRow> rows = new ArrayList<>();
    Map<String, Running> running = new HashMap<>();
    Map<Source, Running> waiting = new LinkedHashMap<>();
    for (Map.Entry<Source, Future<String>> each : contents.entrySet()) {
      Source source = each.getKey();
      try {
        String content = result(each.getValue());
        CaptureRow known = writer.index().holding(source, content);
        if (known == null) {
          waiting.put(
              source, running.computeIfAbsent(content, key -> start(source, content, threads)));
        } else {
          rows.add(known.as(source));
        }
      } catch (IOException e) {
        rows.add(CaptureTask.failed(source, null, e));
      }
    }
    try (OutputStream out = Files.newOutputStream(records)) {
      for (Map.Entry<Source, Running> each : waiting.entrySet()) {
        CaptureRow row = result(each.getValue().row());
        rows.add(row.source().equals(each.getKey().name()) ? row : row.as(each.getKey()));
        each.getValue().move(out);
      }
    }
    return rows;
  }

  private static <T> T result(Future<T> task) throws IOException {
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
