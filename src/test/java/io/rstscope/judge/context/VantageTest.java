package io.rstscope.judge.context;

import static io.rstscope.testing.Talk.BROKER;
import static io.rstscope.testing.Talk.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.sender.Sender;
import io.rstscope.judge.sender.Verdict;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class VantageTest {
  private static final Duration SILENCE = Duration.ofSeconds(30);

  @Test
  void shouldBelieveABareResetOfTheBrokerWhenTheCaptureIsTakenThere() {
    Talk talk = new Talk().ttl(CLIENT, 61).open(0).pause(SILENCE);

    Verdict verdict = Analysis.lastReset(talk.client(new byte[9]).bareReset(BROKER));

    assertEquals(Sender.BROKER, verdict.sender());
  }

  @Test
  void shouldInferTheMiddleWhenRoutersLieOnBothSides() {
    FlowVerdict verdict =
        Analysis.of(new Talk().ttl(CLIENT, 62).ttl(BROKER, 63).open(0).socketReset(CLIENT));

    assertEquals(Vantage.MIDDLE, Vantage.of(List.of(verdict.flow())));
  }

  @Test
  void shouldBelieveItsUserRatherThanThePackets() {
    Recording recording = Recording.of(Vantage.CLIENT, List.of(), 0, 0);

    assertEquals(Vantage.CLIENT, recording.vantage());
    assertEquals("at the client (as given)", recording.place());
  }
}
