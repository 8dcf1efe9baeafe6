package io.rstscope.judge;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.context.Recording;
import io.rstscope.judge.sender.Verdict;
import io.rstscope.reset.Bystanders;
import io.rstscope.reset.FlowObservation;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.IdleTimeout;
import io.rstscope.testing.Packets;
import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the flows of a capture, and the resets of a flow, say of each other. */
class JudgedTogetherTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final byte[] BEAT = AmqpBytes.heartbeat();

  private final List<FlowObservation> flows = new ArrayList<>();

  private CaptureVerdict backwards(Talk... talks) {
    Bystanders bystanders = Analysis.observe(flows, talks);
    Collections.reverse(flows);
    return Attribution.judge(flows, Recording.of(null, flows, 0, 0), bystanders);
  }

  private static Talk at(int hour) {
    return new Talk("10.0.1.1", 40_000 + hour).pause(HOUR.multipliedBy(hour)).open(0);
  }

  @Test
  void shouldBeInTheOrderInWhichTheFlowsBegan() {
    CaptureVerdict verdict =
        backwards(at(0).socketReset(CLIENT), at(1).socketReset(CLIENT), at(2).socketReset(CLIENT));

    assertEquals(
        List.of(40_000, 40_001, 40_002),
        verdict.flows().stream().map(flow -> flow.flow().client().port()).toList());
  }

  @Test
  void shouldTellWhichTimerEndedAFlowInWhateverOrderTheyCome() {
    CaptureVerdict verdict =
        backwards(
            IdleTimeout.forgotten(at(0), Duration.ofSeconds(400)),
            at(1).socketReset(BROKER),
            IdleTimeout.forgotten(at(2), Duration.ofSeconds(400)));

    assertSame(verdict.idleTimers().get(0), verdict.flows().get(0).idleTimer());
    assertNull(verdict.flows().get(1).idleTimer());
    assertSame(verdict.idleTimers().get(0), verdict.flows().get(2).idleTimer());
  }

  @Test
  void shouldJudgeSomeFlowsInTheLightOfOthersAsItDoesTogether() {
    Bystanders bystanders =
        Analysis.observe(
            flows,
            IdleTimeout.forgotten(at(0), Duration.ofSeconds(400)),
            IdleTimeout.forgotten(at(2), Duration.ofSeconds(400)));
    Recording recording = Recording.of(null, flows, 0, 0);
    List<FlowVerdict> together = Attribution.judge(flows, List.of(), recording, bystanders);
    List<FlowVerdict> others = together.subList(1, 2);

    List<FlowVerdict> one = Attribution.judge(flows.subList(0, 1), others, recording, bystanders);

    assertEquals(together.subList(0, 1), one);
    assertEquals(2, one.get(0).idleTimer().witnesses());
  }

  /** A NAT on the capturing host: the same reset before it and behind it. */
  @Test
  void shouldCountTheTwoLegsOfAConnectionOnce() {
    Talk before = new Talk("10.0.1.1", 40_000).open(0).pause(HOUR).socketReset(CLIENT);
    Talk behind = new Talk("10.0.9.9", 40_000);
    behind.pause(Duration.ofNanos(before.now() - behind.now())).missing(CLIENT, -1);
    List<FlowVerdict> legs =
        backwards(before, behind.packet(CLIENT, Packets.RST, p -> sameAs(p, before))).flows();

    assertNull(legs.get(0).otherLeg());
    assertEquals("10.0.1.1:40000", String.valueOf(legs.get(1).otherLeg()));
  }

  private static Packets sameAs(Packets reset, Talk other) {
    FlowObservation flow = Analysis.of(other).flow();
    return reset.seq(flow.decisiveReset().packet().sequence());
  }

  // ---- a reset that was captured twice

  private static List<Verdict> verdicts(Talk talk) {
    return Analysis.of(talk).verdicts();
  }

  @Test
  void shouldJudgeAResetOnceThatWasCapturedTwice() {
    List<Verdict> verdicts = verdicts(at(0).bareReset(CLIENT).ttl(CLIENT, 60).bareReset(CLIENT));

    assertEquals(2, verdicts.size());
    assertSame(verdicts.get(0), verdicts.get(1));
  }

  @Test
  void shouldGiveACopyTheVerdictOfItsOriginalAndNotOfAnotherReset() {
    Talk talk = at(0).socketReset(CLIENT).pause(Duration.ofSeconds(3));
    List<Verdict> verdicts =
        verdicts(
            talk.bareReset(BROKER).pause(Duration.ofNanos(9)).ttl(BROKER, 63).bareReset(BROKER));

    assertEquals(3, verdicts.size());
    assertSame(verdicts.get(1), verdicts.get(2));
    assertNotEquals(verdicts.get(0), verdicts.get(2));
  }

  @Test
  void shouldFindTheOriginalBehindAnotherReset() {
    Talk talk = at(0).craftedReset(CLIENT).bareReset(CLIENT).ttl(CLIENT, 60).craftedReset(CLIENT);

    List<Verdict> verdicts = verdicts(talk);

    assertSame(verdicts.get(0), verdicts.get(2));
    assertNotEquals(verdicts.get(0), verdicts.get(1));
  }

  @Test
  void shouldJudgeTwoResetsApartThatAreNoCopies() {
    List<Verdict> verdicts =
        verdicts(at(0).bareReset(CLIENT).pause(Duration.ofSeconds(3)).craftedReset(CLIENT));

    assertEquals(2, verdicts.size());
    assertNotEquals(verdicts.get(0), verdicts.get(1));
  }

  // ---- which ends may share a timer

  private static double timerIsLikely(Talk talk, Talk other) {
    return Analysis.ending(talk, other).likelihood(Cause.IDLE_TIMEOUT);
  }

  private static Talk silent(int hour) {
    return at(hour).client(BEAT).pause(Duration.ofMillis(300_010));
  }

  private static final Talk OTHER_SILENCE =
      at(3).client(BEAT).pause(Duration.ofMillis(171_370)).fin(CLIENT);

  @Test
  void shouldTakeTheSameSilenceBeforeTwoEndsForATimer() {
    double once = timerIsLikely(silent(0).fin(CLIENT), OTHER_SILENCE);

    assertTrue(timerIsLikely(silent(0).fin(CLIENT), silent(1).fin(CLIENT)) > once);
  }

  @Test
  void shouldTakeTheSameSilenceBeforeTwoResetsForATimer() {
    Talk other = at(3).client(BEAT).pause(Duration.ofMillis(171_370)).socketReset(CLIENT);
    double once = timerIsLikely(silent(0).socketReset(CLIENT), other);

    assertTrue(timerIsLikely(silent(0).socketReset(CLIENT), silent(1).socketReset(CLIENT)) > once);
  }

  @Test
  void shouldNotTakeTheSameSilenceBeforeACloseForATimer() {
    Talk closed = silent(1).client(AmqpBytes.close(200, "bye", 0, 0)).broker(AmqpBytes.closeOk());
    double once = timerIsLikely(silent(0).fin(CLIENT), OTHER_SILENCE);

    assertEquals(once, timerIsLikely(silent(0).fin(CLIENT), closed.fin(CLIENT)), 1e-3);
  }
}
