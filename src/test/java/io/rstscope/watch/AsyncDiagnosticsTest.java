package io.rstscope.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Standard error, and whoever reads it or does not. */
@Timeout(30)
class AsyncDiagnosticsTest {
  private static final long PATIENCE_MILLIS = 20_000;

  /** Nothing is said before it is open. */
  private final CountDownLatch reader = new CountDownLatch(1);

  private final List<String> said = Collections.synchronizedList(new ArrayList<>());

  private void say(String sentence) {
    awaitQuietly(reader);
    said.add(sentence);
  }

  @Test
  void shouldSayAllInItsOrderBeforeItEnds() {
    try (AsyncDiagnostics words = new AsyncDiagnostics(said::add, PATIENCE_MILLIS)) {
      words.accept("one");
      words.accept("two");
    }
    assertEquals(List.of("one", "two"), said);
  }

  @Test
  void shouldKeepNobodyWaitingAndTellHowMuchIsMissing() {
    int sentences = AsyncDiagnostics.WAITING + 11;
    try (AsyncDiagnostics words = new AsyncDiagnostics(this::say, PATIENCE_MILLIS)) {
      for (int i = 0; i < sentences; i++) {
        words.accept("sentence");
      }
      reader.countDown();
      while (said.size() < AsyncDiagnostics.WAITING) {
        Thread.onSpinWait();
      }
    }
    int told = Collections.frequency(said, "sentence");
    assertEquals(said.size() - 1, told);
    assertTrue(
        said.stream().anyMatch(each -> each.endsWith(": " + (sentences - told))), said.toString());
  }

  @Test
  void shouldEndThoughNobodyListens() {
    CountDownLatch never = new CountDownLatch(1);
    try (AsyncDiagnostics words = new AsyncDiagnostics(sentence -> awaitQuietly(never), 20)) {
      words.accept("unheard");
    }
    assertEquals(List.of(), said);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    boolean open = false;
    while (!open) {
      try {
        latch.await();
        open = true;
      } catch (InterruptedException e) {
        // as a write to a pipe, which takes no notice of it
      }
    }
  }
}
