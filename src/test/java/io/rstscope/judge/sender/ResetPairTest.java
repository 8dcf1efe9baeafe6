package io.rstscope.judge.sender;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Both sides are reset at once, and neither answers the other. */
class ResetPairTest {
  private static final Duration SILENCE = Duration.ofSeconds(300);

  private static Evidence pair(Talk talk) {
    return Analysis.clue(ClueKind.RESET_PAIR, talk);
  }

  @Test
  void shouldPointToTheMiddleboxWhenBothSidesAreResetAtTheSameMoment() {
    Talk talk = new Talk().open(0).pause(SILENCE).bareReset(CLIENT).bareReset(BROKER);

    Evidence evidence = pair(talk);

    assertEquals(Sender.MIDDLEBOX, evidence.pointsTo());
    assertEquals(Weights.PAIR, evidence.weight());
  }

  @Test
  void shouldNotApplyWhenTheResetsLieApart() {
    Talk talk = new Talk().open(0).pause(SILENCE).bareReset(CLIENT).pause(Duration.ofSeconds(2));

    assertNull(pair(talk.bareReset(BROKER)));
  }

  @Test
  void shouldNotApplyWhenOneAnswersAPacket() {
    Talk talk = new Talk().open(0).pause(SILENCE).bareReset(CLIENT).data(CLIENT, new byte[9]);

    assertNull(pair(talk.bareReset(BROKER)));
  }

  @Test
  void shouldNotApplyToOneResetAlone() {
    assertNull(pair(new Talk().open(0).pause(SILENCE).bareReset(CLIENT)));
  }

  @Test
  void shouldSayHowShortlyAfterEachOtherBothWereReset() {
    Talk talk = new Talk().open(0).pause(SILENCE).bareReset(CLIENT).pause(Duration.ofMillis(5));

    assertEquals(
        "both sides were reset within 5.01 ms, both unprompted",
        pair(talk.bareReset(BROKER)).says());
  }
}
