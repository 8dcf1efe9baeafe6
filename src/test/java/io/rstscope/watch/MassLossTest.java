package io.rstscope.watch;

import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.report.model.Notice;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
import io.rstscope.watch.VerdictTracker.Told;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class MassLossTest {
  private static final long SECOND = 1_000_000_000L;
  private static final FlowVerdict LOST = Analysis.of(new Talk().open(60).socketReset(CLIENT));
  private static final FlowVerdict HARMLESS = Analysis.of(new Talk().connect().socketReset(CLIENT));

  private final List<String> words = new ArrayList<>();
  private final MassLoss massLoss = new MassLoss(words::add);

  private static List<Told> told(int count, int revision, FlowVerdict verdict) {
    Notice notice = new Notice(1, revision, "eth0", verdict, 0, 0);
    return Collections.nCopies(count, new Told(notice, null));
  }

  @Test
  void shouldBeSaidOnceFirstAndCountedAtItsEnd() {
    massLoss.note(told(512, 0, LOST), SECOND);
    massLoss.note(told(512, 0, LOST), 2 * SECOND);
    massLoss.endAfterPause(3 * SECOND);
    assertEquals(1, words.size(), words.toString());
    massLoss.endAfterPause(60 * SECOND);
    massLoss.endAfterPause(61 * SECOND);
    assertEquals(
        List.of(
            "mass loss: 512 connections so far, most of them client-abort; each is reported",
            "mass loss: 1024 connections in all, most of them client-abort"),
        words);
  }

  @Test
  void shouldNotBeMadeOfRevisionsAndHarmlessEnds() {
    massLoss.note(told(512, 1, LOST), SECOND);
    massLoss.note(told(512, 0, HARMLESS), SECOND);
    massLoss.endAfterPause(60 * SECOND);
    assertEquals(List.of(), words);
  }

  @Test
  void shouldNotBeMadeOfLossesFarApart() {
    for (int i = 0; i < 200; i++) {
      massLoss.note(told(1, 0, LOST), 60L * i * SECOND);
    }
    assertEquals(List.of(), words);
  }
}
