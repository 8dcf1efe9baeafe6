package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.testing.Pages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of the captures whose truth is known: {@code captures/README.md}. */
class LabelledCapturesTest {
  private static final double DECIDED = 0.985;
  private static final double CAUSES = 0.975;

  /**
   * Connections lost without a reset whose cause is wrong: of 70, and all of them told as a silent
   * drop, which is what the capture shows where a NAT or the other side's timer had forgotten them.
   */
  private static final int WRONG_LOSSES = 12;

  static List<Path> captures() throws IOException {
    return Truth.labelled(Run.CAPTURES);
  }

  @ParameterizedTest
  @MethodSource("captures")
  void shouldFindEachResetInItsDirectionAndNoOther(Path capture) throws IOException {
    Score score = new Score();

    add(score, capture);

    assertAll(
        () -> assertEquals(List.of(), score.missed(), "missed"),
        () -> assertEquals(List.of(), score.invented(), "invented"),
        () -> assertEquals(List.of(), score.turnedRound(), "turned round"));
  }

  @Test
  void shouldJudgeAsWellAsItDid() throws IOException {
    Score score = new Score();
    for (Path capture : captures()) {
      add(score, capture);
    }
    System.out.print(score);

    assertAll(
        score.toString(),
        () -> assertEquals(1, score.defensible(), "senders that can be defended"),
        () -> assertTrue(score.decided() >= DECIDED, "senders that are decided"),
        () -> assertEquals(0, score.wrongAndSure(), "senders that are wrong and sure"),
        () -> assertTrue(score.causes() >= CAUSES, "causes that are right"),
        () -> assertTrue(score.wrongLosses().size() <= WRONG_LOSSES, "losses told wrong"),
        () -> assertEquals(List.of(), score.miscalibrated(), "confidences that mislead"),
        () ->
            Pages.assertHolds(
                Pages.SITE.resolve("accuracy.md"), "labelled captures", score.table().indent(4)));
  }

  private static void add(Score score, Path capture) throws IOException {
    List<Truth> truth = Truth.of(capture);
    assertFalse(truth.isEmpty(), "no truth beside " + capture);

    Run run = Run.of("analyze", "-p", "5672,5671", "--format", "json", "--all-flows", capture);

    assertEquals(0, run.status(), run.err());
    score.add(run.flows(), truth);
  }
}
