package io.rstscope.attribution;

import static io.rstscope.testing.Talk.BROKER;
import static io.rstscope.testing.Talk.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class VantageTest {
  private static final Duration SILENCE = Duration.ofSeconds(30);

  @Test
  void shouldBelieveABareResetOfTheBrokerWhenTheCaptureIsTakenThere() {
    Talk talk = new Talk().ttl(CLIENT, 61).open(0).pause(SILENCE);

    Verdict verdict = Analysis.lastReset(talk.client(new byte[9]).bareReset(BROKER));

    assertEquals(Sender.BROKER, verdict.sender());
  }
}
