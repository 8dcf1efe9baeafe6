package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.testing.Recorded;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Labelled captures whose waits are as long as in real networks: who recorded them could not wait
 * for an hour. Those in which nothing can be stretched are left to {@link LabelledCapturesTest}.
 */
class RealWaitsTest {
  private static final int CAPTURES = 70;

  @TempDir private Path folder;

  /** What holds at least; the number of wrong ones, at most. */
  @ParameterizedTest(name = "{0} s")
  @CsvSource({
    // seconds, defensible, decided, wrong and sure, causes, wrong losses
    "60,   0.99, 0.98, 0, 0.96, 1",
    "240,  0.99, 0.98, 0, 0.96, 1",
    "350,  0.99, 0.98, 0, 0.96, 1",
    "600,  0.99, 0.98, 0, 0.96, 1",
    "900,  0.99, 0.98, 0, 0.96, 1",
    "3600, 0.99, 0.98, 0, 0.96, 1",
  })
  void shouldJudgeAsWellAsWithShortWaits(
      int seconds, double defensible, double decided, int wrongAndSure, double causes, int losses)
      throws IOException {
    Score score = new Score();
    int stretched = 0;
    for (Path capture : LabelledCapturesTest.captures()) {
      stretched += add(score, capture, seconds) ? 1 : 0;
    }
    System.out.println("---- " + stretched + " captures with waits of " + seconds + " s\n" + score);

    int captures = stretched;
    assertAll(
        score.toString(),
        () -> assertTrue(captures >= CAPTURES, "captures that can be stretched"),
        () -> assertEquals(List.of(), score.missed(), "missed"),
        () -> assertTrue(score.defensible() >= defensible, "senders that can be defended"),
        () -> assertTrue(score.decided() >= decided, "senders that are decided"),
        () -> assertTrue(score.wrongAndSure() <= wrongAndSure, "senders wrong and sure"),
        () -> assertTrue(score.causes() >= causes, "causes that are right"),
        () -> assertTrue(score.wrongLosses().size() <= losses, "losses told wrong"));
  }

  /** Adds what is said of the capture with such waits, if it can have them. */
  private boolean add(Score score, Path capture, int seconds) throws IOException {
    Optional<Stretched> stretched = Stretched.of(capture, seconds);
    if (stretched.isEmpty()) {
      return false;
    }
    Path file = folder.resolve(capture.getFileName());
    Recorded.capture(stretched.get().packets()).writeTo(file);

    Run run = Run.of("analyze", "-p", "5672,5671", "--format", "json", "--all-flows", file);

    assertEquals(0, run.status(), run.err());
    score.add(run.flows(), stretched.get().truth());
    return true;
  }
}
