package io.rstscope.reset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The silence before the first FIN, whatever comes after it. */
class ClosingTest {
  private static final Duration SILENCE = Duration.ofSeconds(4);

  private static Closing closing(Talk talk) {
    return Analysis.of(talk).flow().closing();
  }

  @Test
  void shouldHoldTheSilencesThatEndedWithTheFirstFin() {
    Talk talk = new Talk().open(60).broker(new byte[9]).pause(SILENCE).client(new byte[9]);
    talk.fin(Talk.CLIENT).pause(SILENCE).broker(new byte[9]).socketReset(Talk.BROKER);

    Closing closing = closing(talk);

    assertEquals(SILENCE.toMillis(), closing.brokerSilentNanos() / 1_000_000, 5);
    assertTrue(closing.silenceNanos() < 10_000_000, () -> "" + closing.silenceNanos());
  }

  @Test
  void shouldKeepTheFirstOfTwoFins() {
    Talk talk = new Talk().open(60).fin(Talk.BROKER).pause(SILENCE).fin(Talk.CLIENT);

    Closing closing = closing(talk.socketReset(Talk.BROKER));

    assertTrue(closing.silenceNanos() < SILENCE.toNanos(), () -> "" + closing.silenceNanos());
  }

  @Test
  void shouldBeNullWithoutAFin() {
    assertNull(closing(new Talk().open(60).socketReset(Talk.CLIENT)));
  }
}
