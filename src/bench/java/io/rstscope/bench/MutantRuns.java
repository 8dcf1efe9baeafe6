package io.rstscope.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.rstscope.capture.CaptureFiles;
import io.rstscope.capture.CapturedPacket;
import io.rstscope.capture.PacketSource;
import io.rstscope.cli.Run;
import io.rstscope.testing.mutants.CaptureFormat;
import io.rstscope.testing.mutants.FileNoise;
import io.rstscope.testing.mutants.Mutants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Takes mutants through the whole command with all outputs, and says what went wrong. */
final class MutantRuns {
  private static final long LIMIT_SECONDS = 20;

  /** One in so many captures is left for runs of the command as a process. */
  private static final int KEPT = 100;

  /** Standard output takes them in turn. */
  private static final String[] FORMATS = {"text", "json", "csv"};

  private final Path folder;
  private final Map<String, Integer> outcomes = new TreeMap<>();
  private long slowestMillis;
  private int failures;

  private MutantRuns(Path folder) {
    this.folder = folder;
  }

  /**
   * Prints how the runs ended. The exit status is 1 when one crashed, hung or ran out of memory;
   * its capture is left in the folder.
   *
   * @param args number of mutants, seed, folder
   */
  public static void main(String[] args) throws Exception {
    Mutants mutants = new Mutants(Run.CAPTURES, Long.parseLong(args[1]));
    MutantRuns runs = new MutantRuns(Path.of(args[2]));
    int count = Integer.parseInt(args[0]);
    for (int number = 0; number < count; number++) {
      runs.run(mutants, number);
    }
    System.out.printf(
        "%d mutants, %d failures, slowest %d ms: %s%n",
        count, runs.failures, runs.slowestMillis, runs.outcomes);
    System.exit(runs.failures == 0 ? 0 : 1);
  }

  private void run(Mutants mutants, int number) throws IOException, InterruptedException {
    Random random = new Random(number);
    CaptureFormat format = CaptureFormat.any(random);
    byte[] whole = format.write(mutants.get(number, format.linkType()).packets());
    Path capture = Files.write(folder.resolve("mutant-" + number), FileNoise.any(whole, random));
    ExecutorService executor = Executors.newSingleThreadExecutor(MutantRuns::daemon);
    long started = System.nanoTime();
    Future<String> outcome = executor.submit(() -> analyze(capture, FORMATS[number % 3]));
    String ended;
    try {
      ended = outcome.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      ended = "FAILED: hung";
    } catch (ExecutionException e) {
      ended = "FAILED: " + e.getCause();
    }
    executor.shutdownNow();
    slowestMillis = Math.max(slowestMillis, (System.nanoTime() - started) / 1_000_000);
    outcomes.merge(ended, 1, Integer::sum);
    if (ended.startsWith("FAILED")) {
      failures++;
      System.out.println(capture + ": " + ended);
    } else if (number % KEPT != 0) {
      Files.delete(capture);
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    return thread;
  }

  /** Runs the command; all it wrote has to be whole. */
  private String analyze(Path capture, String format) throws Exception {
    Path json = folder.resolve("json");
    Path excerpt = folder.resolve("pcapng");
    Files.deleteIfExists(json);
    Files.deleteIfExists(excerpt);
    Run run =
        Run.of(
            "analyze",
            "--all-flows",
            "--verbose",
            "--force",
            "--format",
            format,
            "--json",
            json,
            "--csv",
            folder.resolve("csv"),
            "--hgrm",
            folder.resolve("hgrm"),
            "--html",
            folder.resolve("html"),
            "--pcapng",
            excerpt,
            "--payload",
            capture);
    if (run.status() != 0 && run.status() != 3) {
      return "FAILED: status " + run.status() + ": " + run.err();
    }
    if (run.status() == 3 && !Files.exists(json)) {
      return "nothing readable";
    }
    JsonNode summary = new Run(0, Files.readString(json), "").summary();
    read(excerpt);
    return summary.get("complete").asBoolean() ? "complete" : "read in part";
  }

  private static void read(Path excerpt) throws Exception {
    try (PacketSource source =
        CaptureFiles.read(excerpt.toString(), Files.newInputStream(excerpt))) {
      CapturedPacket packet = new CapturedPacket();
      while (source.next(packet)) {
        if (packet.capturedLength > packet.originalLength) {
          throw new IllegalStateException("lengths of the excerpt");
        }
      }
    }
  }
}
