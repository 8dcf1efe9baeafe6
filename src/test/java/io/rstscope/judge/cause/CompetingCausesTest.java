package io.rstscope.judge.cause;

import static io.rstscope.judge.cause.Stories.*;
import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.judge.sender.Sender;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.IdleTimeout;
import io.rstscope.testing.Talk;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Causes share out what is probable; the likeliest is named, and who comes next. */
class CompetingCausesTest {
  private static Ending finAfter(int heartbeat, double silence) {
    return Analysis.ending(
        new Talk().open(heartbeat).pause(seconds(silence)).fin(CLIENT).socketReset(BROKER));
  }

  @Test
  void shouldShareOutOneInAll() {
    double all = finAfter(0, 5).likelihoods().stream().mapToDouble(Alternative::probability).sum();

    assertEquals(1, all, 1e-9);
  }

  @Test
  void shouldNameThoseThatComeNextLikeliestFirst() {
    Ending ending = finAfter(60, 5.01);
    List<Alternative> alternatives = ending.alternatives();

    assertFalse(alternatives.isEmpty(), ending.likelihoods()::toString);
    assertTrue(alternatives.stream().allMatch(each -> each.probability() >= 0.1));
    assertTrue(alternatives.stream().noneMatch(each -> each.cause() == ending.cause()));
    assertEquals(
        alternatives,
        alternatives.stream()
            .sorted(Comparator.comparingDouble(each -> -each.probability()))
            .toList());
  }

  @Test
  void shouldCallASingleCutAfterAConfiguredTimeProbablyATimer() {
    Talk used = new Talk().open(0).pause(seconds(10)).client(BEAT);
    Ending ending = Analysis.ending(used.pause(seconds(60.01)).fin(CLIENT).socketReset(BROKER));

    assertEquals(Cause.IDLE_TIMEOUT, ending.cause(), ending.says());
    assertEquals(Sender.MIDDLEBOX, ending.endedBy());
    assertTrue(ending.confidence() >= 0.7, () -> "" + ending.confidence());
  }

  @Test
  void shouldCallADeathAtAnOddMomentADeath() {
    Ending ending = finAfter(0, 61.37);

    assertEquals(Cause.CLIENT_ABORT, ending.cause(), ending.says());
    assertEquals(Sender.CLIENT, ending.endedBy());
  }

  @Test
  void shouldNotCallItATimerWhereHeartbeatsKeptThePathBusy() {
    Talk talk = new Talk().open(10);
    for (int i = 0; i < 12; i++) {
      talk.pause(seconds(5)).client(BEAT).broker(BEAT);
    }

    Ending ending = Analysis.ending(talk.pause(seconds(3.37)).fin(CLIENT).socketReset(BROKER));

    assertEquals(Cause.CLIENT_ABORT, ending.cause(), ending.says());
    assertTrue(ending.likelihood(Cause.IDLE_TIMEOUT) < 0.05);
  }

  @Test
  void shouldNeverBeSurerOfACauseThanOfTheSenderItRestsOn() {
    FlowVerdict verdict = Analysis.of(IdleTimeout.forgotten(new Talk().open(0), seconds(400)));
    Ending ending = verdict.ending();

    assertTrue(ending.confidence() <= verdict.verdicts().get(0).confidence());
    assertTrue(ending.confidence() <= ending.likelihood(ending.cause()) + 1e-9);
  }

  @Test
  void shouldLeaveItOpenWhenNoCauseIsLikelierThanTheRest() {
    Ending ending = Analysis.ending(new Talk().bareReset(CLIENT));

    assertEquals(Cause.UNDETERMINED, ending.cause());
    assertEquals(0.5, ending.confidence());
    assertTrue(ending.alternatives().stream().noneMatch(e -> e.cause() == Cause.UNDETERMINED));
  }

  @Test
  void shouldShowWhatSpeaksForTheTwoLikeliestStrongestFirst() {
    Ending ending = finAfter(0, 60.01);
    List<CauseEvidence> evidence = ending.evidence();

    assertEquals(Fact.ROUND_LONG, evidence.get(0).fact());
    assertEquals(Cause.IDLE_TIMEOUT, evidence.get(0).pointsTo());
    assertTrue(
        evidence.stream()
            .anyMatch(e -> e.fact() == Fact.FIN_BY_CLIENT && e.pointsTo() == Cause.CLIENT_ABORT));
    assertTrue(evidence.stream().noneMatch(each -> each.fact() == Fact.ANY_END));
    assertTrue(evidence.stream().allMatch(each -> each.weight() > 0));
    assertEquals(List.of(16L), evidence.get(0).frames(), "the FIN");
  }

  @Test
  void shouldNotLetWhatComesLaterUndoAnEnd() {
    Talk hung = new Talk().open(2).client(BEAT);
    for (int i = 0; i < 5; i++) {
      hung.pause(SECOND).broker(BEAT);
    }
    hung.pause(SECOND).fin(BROKER).ack(CLIENT).pause(seconds(10));

    Ending ending =
        Analysis.ending(hung.data(CLIENT, AmqpBytes.close(200, "Bye", 0, 0)).bareReset(BROKER));

    assertEquals(Cause.MISSED_HEARTBEATS, ending.cause(), ending.says());
  }

  @Test
  void shouldCallOneProcessThatEndsManyConnectionsNoTimer() {
    Talk[] talks =
        talks(4, i -> client(i).pause(seconds(7.37 * i)).open(0).pause(seconds(91 - 7.37 * i)));
    for (Talk talk : talks) {
      talk.fin(CLIENT);
    }

    Ending ending = Analysis.ending(talks[0], talks[1], talks[2], talks[3]);

    assertTrue(ending.likelihood(Cause.IDLE_TIMEOUT) < 0.05, ending.likelihoods()::toString);
  }
}
