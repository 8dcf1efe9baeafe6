package io.rstscope.judge.sender;

import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who did not send the reset in its name goes on with its heartbeats. */
class SilenceAfterwardsTest {
  private static final int HEARTBEAT = 10;

  private static Verdict afterWatching(int heartbeat, Duration time) {
    Talk talk = new Talk().open(heartbeat).pause(Duration.ofSeconds(3)).socketReset(CLIENT);
    Talk other = new Talk("10.0.1.9", 50_000).open(60).pause(time).socketReset(CLIENT);
    return Analysis.lastReset(talk, other);
  }

  @Test
  void shouldConfirmTheSenderWhenItsHeartbeatsStopWithIt() {
    Verdict verdict = afterWatching(HEARTBEAT, Duration.ofSeconds(30));

    Evidence evidence = Analysis.clue(ClueKind.SILENCE_AFTERWARDS, verdict);
    assertEquals(Sender.CLIENT, evidence.pointsTo());
  }

  @Test
  void shouldNotApplyWhenTheCaptureEndsTooSoon() {
    Verdict verdict = afterWatching(HEARTBEAT, Duration.ofSeconds(8));

    assertNull(Analysis.clue(ClueKind.SILENCE_AFTERWARDS, verdict));
  }

  @Test
  void shouldNotApplyWhenOnlyTheOtherSideHasHeartbeatsToSend() {
    Talk talk = new Talk().open10(HEARTBEAT, 0).pause(Duration.ofSeconds(3)).socketReset(CLIENT);
    Talk other = new Talk("10.0.1.9", 50_000).open(60).pause(Duration.ofSeconds(30));

    Verdict verdict = Analysis.lastReset(talk, other.socketReset(CLIENT));

    assertNull(Analysis.clue(ClueKind.SILENCE_AFTERWARDS, verdict));
  }

  @Test
  void shouldNotApplyWithoutHeartbeats() {
    Verdict verdict = afterWatching(0, Duration.ofSeconds(30));

    assertNull(Analysis.clue(ClueKind.SILENCE_AFTERWARDS, verdict));
  }

  @Test
  void shouldSayForHowLongTheSenderWasSilent() {
    Verdict verdict = afterWatching(HEARTBEAT, Duration.ofSeconds(30));

    assertEquals(
        "the client sent nothing more in 27.0 s, though it had heartbeats of 10 s to send",
        Analysis.clue(ClueKind.SILENCE_AFTERWARDS, verdict).says());
  }

  @Test
  void shouldNotApplyWhereSomethingFollows() {
    Talk talk = new Talk().open(HEARTBEAT).pause(Duration.ofSeconds(3)).socketReset(CLIENT);
    talk.pause(Duration.ofSeconds(30)).data(CLIENT, new byte[9]);

    assertNull(Analysis.clue(ClueKind.SILENCE_AFTERWARDS, Analysis.lastReset(talk)));
  }
}
