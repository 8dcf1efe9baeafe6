package io.rstscope.judge.cause;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What was said before the end may be missing from the capture. */
class MissingWordsTest {
  private static final byte[] BYTES = AmqpBytes.heartbeat();

  @Test
  void shouldLeaveTheCauseOpenWhenTheCaptureBeginsJustBeforeTheFin() {
    Talk talk = new Talk().ack(CLIENT).ack(BROKER);

    Ending ending = Analysis.ending(talk.fin(CLIENT).socketReset(BROKER));

    assertEquals(Cause.UNDETERMINED, ending.cause());
    assertTrue(ending.says().contains("is not in the capture"), ending.says());
  }

  @Test
  void shouldTellTheCauseWhenTheCaptureBeganLongBeforeTheFin() {
    Talk talk = new Talk().ack(CLIENT).ack(BROKER).pause(Duration.ofMillis(3_370));

    assertEquals(Cause.CLIENT_ABORT, Analysis.ending(talk.fin(CLIENT).socketReset(BROKER)).cause());
  }

  @Test
  void shouldLeaveTheCauseOpenWhenTheBrokersWordsAreNotInTheCapture() {
    Talk talk = new Talk().data(CLIENT, BYTES).pause(Duration.ofSeconds(3));

    Ending ending = Analysis.ending(talk.data(CLIENT, BYTES).socketReset(BROKER));

    assertEquals(Cause.UNDETERMINED, ending.cause());
    assertTrue(ending.says().contains("one direction alone"), ending.says());
  }

  @Test
  void shouldBeLessSureOfAnAbortWhenBytesAreMissing() {
    Talk whole = new Talk().open(60).client(BYTES).fin(CLIENT).socketReset(BROKER);
    Talk gap = new Talk().open(60).missing(CLIENT, 500).client(BYTES).fin(CLIENT);

    Ending ending = Analysis.ending(gap.socketReset(BROKER));

    assertEquals(Cause.CLIENT_ABORT, ending.cause());
    assertTrue(ending.confidence() < Analysis.ending(whole).confidence());
    assertTrue(
        ending.evidence().stream()
            .anyMatch(
                each ->
                    each.fact() == Fact.BYTES_MISSING && each.pointsTo() == Cause.UNDETERMINED));
  }

  /** Sends the same thing again and again, before it resets. */
  private static Talk insisting(Talk talk) {
    talk.data(CLIENT, BYTES);
    for (int i = 0; i < 5; i++) {
      talk.pause(Duration.ofSeconds(2)).again(CLIENT);
    }
    return talk.socketReset(CLIENT);
  }

  @Test
  void shouldNotMissTheAnswersOfASideThatWasNotRecorded() {
    Story.assertHolds(Fact.GAVE_UP, insisting(new Talk().open(0)));
    Story.assertHoldsNot(Fact.GAVE_UP, insisting(new Talk().ack(CLIENT)));
    assertEquals(Cause.UNDETERMINED, Analysis.ending(insisting(new Talk().ack(CLIENT))).cause());
  }

  @Test
  void shouldNotCallTheSilenceOfOneSideThatOfTheConnection() {
    Duration round = Duration.ofSeconds(60);
    Talk both = new Talk().client(BYTES).pause(round).fin(CLIENT);
    Talk one = new Talk().data(CLIENT, BYTES).pause(round).fin(CLIENT);

    Story.assertHolds(Fact.ROUND_LONG, both);
    Story.assertHoldsNot(Fact.ROUND_LONG, one);
    assertEquals(-1, Analysis.ending(one).idleNanos());
  }

  @Test
  void shouldStillSayThatASynWasNeverAnswered() {
    Talk syn = new Talk().syn();
    for (int i = 0; i < 5; i++) {
      syn.pause(Duration.ofSeconds(2)).missing(CLIENT, -1).syn();
    }

    assertEquals(Cause.SILENT_DROP, Analysis.ending(syn).cause());
  }
}
