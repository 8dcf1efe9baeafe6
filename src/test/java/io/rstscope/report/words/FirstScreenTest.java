package io.rstscope.report.words;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.incident.Losses;
import io.rstscope.report.Reports;
import io.rstscope.report.Samples;
import io.rstscope.report.model.CaptureReport;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What whoever opens a report must find at once, in every capture that lies beside the sources. */
class FirstScreenTest {
  private static final int FIX_WITHIN = 14;

  private static List<String> lines(CaptureReport capture) {
    return Reports.text(capture).lines().toList();
  }

  private static List<CaptureReport> withLosses() throws IOException {
    List<CaptureReport> captures =
        Reports.labelled().stream().filter(capture -> losses(capture).total() > 0).toList();
    assertTrue(captures.size() > 100, captures.size() + " captures with losses");
    return captures;
  }

  private static Losses losses(CaptureReport capture) {
    return Reports.summary(capture).outcome().losses();
  }

  @Test
  void shouldNameTheNumberLostAndTheCauseInTheFirstLine() throws IOException {
    for (CaptureReport capture : withLosses()) {
      Losses losses = losses(capture);
      Cause main = losses.causes().get(0);
      CauseNoun noun = CauseNoun.of(main);
      boolean alone = losses.causes().size() == 1;

      String first = lines(capture).get(0);

      assertTrue(first.startsWith(losses.total() + " "), capture.name() + ": " + first);
      assertTrue(
          first.contains(alone ? noun.alone() : noun.counted(losses.of(main))),
          capture.name() + ": " + first);
    }
  }

  /** A proxy is not named as the one that closed where a pool may have. */
  @Test
  void shouldNameThePoolAsOneWhoMayHaveClosedWhereWhyDoes() throws IOException {
    int pools = 0;
    for (CaptureReport capture : withLosses()) {
      String text = Reports.text(capture).replaceAll("\\s+", " ");
      if (text.contains(" at that address, or of the program's own pool of connections")) {
        assertTrue(text.contains("; or the client's own pool of connections there Why "), text);
        pools++;
      }
    }
    assertTrue(pools > 0);
  }

  @Test
  void shouldFixWithinFourteenLines() throws IOException {
    for (CaptureReport capture : withLosses()) {
      assertFixed(capture);
    }
  }

  @Test
  void shouldFixWithinFourteenLinesWhateverNamesAre() {
    for (String letter : List.of("界", "a", "\u202e", "a ")) {
      String name = letter.repeat(250);
      CaptureReport capture = Reports.capture(name, Samples.named(40_000, name, name));

      assertFixed(capture);
      assertFixed(Reports.report(name, name, Reports.quality(9, name + name), capture.verdict()));
    }
  }

  private static void assertFixed(CaptureReport capture) {
    List<String> lines = lines(capture);
    assertTrue(
        IntStream.range(0, Math.min(FIX_WITHIN, lines.size()))
            .anyMatch(i -> lines.get(i).startsWith("  Fix    ")),
        capture.name() + ":\n" + String.join("\n", lines));
    assertTrue(lines.stream().allMatch(line -> line.length() <= 80), capture.name());
  }

  @Test
  void shouldPointToTheFirstConnectionsPackets() throws IOException {
    for (CaptureReport capture : withLosses()) {
      String text = String.join(" ", lines(capture)).replaceAll("\\s+", " ");
      assertTrue(text.contains("Evidence: -v. Packets: --flow "), text);
    }
  }
}
