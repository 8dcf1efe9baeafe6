package io.rstscope.judge.sender;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Packets;
import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several resets at several sequence numbers, as tcpkill writes them. */
class LadderTest {
  private static final int WINDOW = 500;

  private static Talk rung(Talk talk, int beyond) {
    return talk.missing(CLIENT, beyond).craftedReset(CLIENT);
  }

  @Test
  void shouldPointToTheMiddleboxWhenResetsStepThroughTheWindow() {
    Talk talk = new Talk().open(60).craftedReset(CLIENT);
    FlowVerdict verdict = Analysis.of(rung(rung(talk, WINDOW), 2 * WINDOW));

    for (Verdict each : verdict.verdicts()) {
      Evidence evidence = Analysis.clue(ClueKind.LADDER, each);
      assertEquals(Sender.MIDDLEBOX, evidence.pointsTo());
      assertFalse(evidence.imitable());
    }
  }

  @Test
  void shouldNotApplyWhenAHostAnswersEachPacketThatWasUnderWay() {
    Talk talk = new Talk().open(60).socketReset(CLIENT);
    for (int i = 0; i < 3; i++) {
      talk.data(BROKER, new byte[100]).bareReset(CLIENT);
    }

    assertNull(Analysis.clue(ClueKind.LADDER, talk));
  }

  @Test
  void shouldNotApplyToASingleReset() {
    Talk talk = new Talk().open(60);

    assertNull(
        Analysis.clue(
            ClueKind.LADDER,
            talk.missing(CLIENT, WINDOW).packet(CLIENT, Packets.RST, p -> p.window(0))));
  }

  @Test
  void shouldNotTakeResetsThatDifferInTheirTtlForOneLadder() {
    Talk talk = new Talk().open(60).craftedReset(CLIENT);
    FlowVerdict verdict = Analysis.of(rung(talk.ttl(CLIENT, 63), WINDOW));

    for (Verdict each : verdict.verdicts()) {
      assertNull(Analysis.clue(ClueKind.LADDER, each));
    }
  }

  @Test
  void shouldSayHowFarTheOtherRungIs() {
    Talk talk = new Talk().open(60).pause(Duration.ofSeconds(5)).craftedReset(CLIENT);
    talk.pause(Duration.ofMillis(2));
    FlowVerdict verdict = Analysis.of(rung(talk, WINDOW));

    List<String> says =
        verdict.verdicts().stream()
            .map(each -> Analysis.clue(ClueKind.LADDER, each).says())
            .toList();

    assertEquals(
        List.of(
            "within 2.01 ms another RST came with the same source address, 500 higher in sequence:"
                + " the sender is trying several numbers",
            "within 2.01 ms another RST came with the same source address, 500 lower in sequence:"
                + " the sender is trying several numbers"),
        says);
  }

  @Test
  void shouldNotTakeResetsForOneLadderThatLieApart() {
    Talk talk = new Talk().open(60).craftedReset(CLIENT).pause(Duration.ofMillis(101));

    assertNull(Analysis.clue(ClueKind.LADDER, rung(talk, WINDOW)));
  }

  @Test
  void shouldNotApplyWhereBytesOfThatSideAreMissing() {
    Talk talk = new Talk().open(60).missing(CLIENT, 1000).client(new byte[9]).craftedReset(CLIENT);

    assertNull(Analysis.clue(ClueKind.LADDER, rung(talk, WINDOW)));
  }
}
