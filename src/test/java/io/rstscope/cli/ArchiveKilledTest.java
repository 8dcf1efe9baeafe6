package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.archive.Archive;
import io.rstscope.archive.DataFile;
import io.rstscope.archive.Store;
import io.rstscope.engine.AnalysisOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that archives is killed, again and again. */
class ArchiveKilledTest {
  private static final int TIMES = 20;
  private static final int BATCH = 3;

  @TempDir private Path folder;

  private static Archive.Options options(Path captures, Path store) {
    return new Archive.Options(captures, store, false, 2, BATCH, null, AnalysisOptions::defaults);
  }

  /** Archives in small batches, and says so after each. */
  public static void main(String[] arguments) throws IOException {
    System.out.println("begins");
    Archive.run(
        options(Path.of(arguments[0]), Path.of(arguments[1])),
        (done, pending) -> System.out.println(done));
    System.out.println("ends");
  }

  @Test
  void shouldLoseNothingAndKeepNothingTwice() throws Exception {
    Path captures = Files.createDirectories(folder.resolve("captures"));
    Stored stored = new Stored(folder.resolve("store"));
    List<Path> files = labelled();
    // some of them are there already, and have grown since
    for (Path file : files.subList(0, files.size() / 3)) {
      byte[] bytes = Files.readAllBytes(file);
      Files.write(captures.resolve(file.getFileName()), Arrays.copyOf(bytes, bytes.length * 3 / 4));
    }
    Archive.run(options(captures, stored.store()), (done, pending) -> {});
    for (Path file : files) {
      Files.write(captures.resolve(file.getFileName()), Files.readAllBytes(file));
    }
    Random random = new Random(20261130);

    int killed = 0;
    for (int i = 0; i < TIMES; i++) {
      killed += kill(captures, stored.store(), random) ? 1 : 0;
      assertReadable(stored);
    }
    Archive.run(options(captures, stored.store()), (done, pending) -> {});

    Stored once = new Stored(folder.resolve("once"));
    Archive.run(options(captures, once.store()), (done, pending) -> {});
    assertEquals(once.connections(), stored.connections());
    assertEquals(
        once.column("source || state || flows", Stored.CAPTURES),
        stored.column("source || state || flows", Stored.CAPTURES));
    assertTrue(killed > TIMES / 2, killed + " were killed before they had ended");
  }

  private static List<Path> labelled() throws IOException {
    try (Stream<Path> files = Files.list(Run.CAPTURES)) {
      return files.filter(f -> f.toString().matches(".*\\.pcap(ng)?")).sorted().limit(90).toList();
    }
  }

  /**
   * @return whether it was killed before its end
   */
  private static boolean kill(Path captures, Path store, Random random) throws Exception {
    Process process =
        JavaProcess.running(
                ArchiveKilledTest.class, List.of(), captures.toString(), store.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = out.readLine();
      assertNotNull(line);
      for (int batches = random.nextInt(3); batches > 0 && line != null; batches--) {
        line = out.readLine();
      }
      // anywhere: between two batches, while captures are read, or amid a commit
      Thread.sleep(random.nextInt(400));
      process.destroyForcibly();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      return process.exitValue() != 0;
    }
  }

  /** What its manifest lists is there and can be read, and no connection is in it twice. */
  private static void assertReadable(Stored stored) throws Exception {
    HashSet<String> seen = new HashSet<>();
    try (Store store = Store.read(stored.store())) {
      for (DataFile file : store.manifest().files()) {
        assertEquals(file.bytes(), Files.size(store.path(file)));
        if (file.table().equals("flows")) {
          for (String each : stored.column(Stored.EACH, file.path())) {
            assertTrue(seen.add(each), each);
          }
        }
      }
    }
  }
}
