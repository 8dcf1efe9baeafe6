package io.rstscope.watch;

import io.rstscope.report.json.JsonReport;
import io.rstscope.report.model.Notice;
import io.rstscope.report.model.NoticeWriter;
import io.rstscope.report.model.Summary;
import io.rstscope.watch.output.WriteFailure;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/**
 * Where notices go: to standard output, and if wanted to a file and to a folder of evidence.
 *
 * <p>A full disk costs what could not be written, and no more: it is said, and tried again with the
 * next notice. Standard output that nobody reads costs what is written there. Used by one thread.
 */
final class Outputs implements AutoCloseable {
  private static final long WORDS_APART_NANOS = 60_000_000_000L;
  private static final String NOTICES = "the notices";

  /** At the end standard output is given up when it takes nothing for so long. */
  private static final long PATIENCE_MILLIS = 2_000;

  private final AsyncNoticeWriter console;
  private final RotatingFile file;
  private final EvidenceFolder evidence;
  private final Clocks clocks;
  private final Consumer<String> words;
  private JsonReport json;
  private volatile long failures;

  /** What failed when it was last tried, by what was to be written. */
  private final Map<String, String> failing = new ConcurrentSkipListMap<>();

  private long saidAtNanos;

  /**
   * @param file takes NDJSON, or null
   * @param evidence or null
   * @param words is told of what cannot be written
   */
  Outputs(
      NoticeWriter console,
      RotatingFile file,
      EvidenceFolder evidence,
      Clocks clocks,
      Consumer<String> words)
      throws IOException {
    this.console = new AsyncNoticeWriter(console, words, PATIENCE_MILLIS);
    this.file = file;
    this.evidence = evidence;
    this.clocks = clocks;
    this.words = words;
    json = file == null ? null : new JsonReport(file);
  }

  /**
   * Writes a notice everywhere.
   *
   * @throws IOException when standard output cannot be written: nobody listens any more
   */
  void write(Notice notice, List<EvidencePacket> packets) throws IOException {
    if (json != null) {
      toFile(() -> json.notice(notice));
    }
    if (evidence != null && !notice.verdict().ending().benign()) {
      attempt("evidence", () -> evidence.write(notice, packets));
    }
    console.notice(notice);
  }

  /**
   * Returns while somebody listens.
   *
   * @throws IOException when standard output could not be written
   */
  void check() throws IOException {
    console.check();
  }

  /** How often something could not be written; for any thread. */
  long failures() {
    return failures;
  }

  /** What cannot be written now, and why; null when all can. For any thread. */
  String problem() {
    return failing.entrySet().stream()
        .map(each -> "cannot write " + each.getKey() + ": " + each.getValue())
        .findFirst()
        .orElse(null);
  }

  /** Writes what was counted. */
  void finish(Summary summary) throws IOException {
    if (json != null) {
      toFile(() -> json.finish(summary));
    }
    console.finish(summary);
  }

  /** Opens the file anew. */
  void reopen() {
    if (file != null) {
      attempt(NOTICES, file::reopen);
    }
  }

  private interface Attempt {
    void make() throws IOException;
  }

  private void toFile(Attempt attempt) {
    if (!attempt(NOTICES, attempt)) {
      try {
        // the generator of the failed line may be in the middle of it
        json = new JsonReport(file);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  private boolean attempt(String what, Attempt attempt) {
    try {
      attempt.make();
      failing.remove(what);
      return true;
    } catch (IOException e) {
      long now = clocks.steadyNanos();
      failing.put(what, String.valueOf(WriteFailure.reason(e)));
      if (failures++ == 0 || now - saidAtNanos > WORDS_APART_NANOS) {
        saidAtNanos = now;
        words.accept(
            "cannot write %s: %s (failures so far: %d)"
                .formatted(what, WriteFailure.reason(e), failures));
      }
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    console.close();
    if (evidence != null) {
      evidence.close();
    }
    if (file != null) {
      file.close();
    }
  }
}
