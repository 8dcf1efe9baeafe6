package io.rstscope.watch;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.engine.BrokerAccounts;
import io.rstscope.judge.cause.Cause;
import io.rstscope.net.HostPort;
import io.rstscope.report.model.Notice;
import io.rstscope.report.model.Summary;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.LoggedEnd;
import io.rstscope.reset.ObserverLimits;
import io.rstscope.reset.ResetObserver;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is told of the flows that are sighted. */
class VerdictTrackerTest {
  private static final int MOST = 20;

  private final Summary summary = new Summary();
  private final List<Cause> counted = new ArrayList<>();
  private final VerdictTracker cases = cases(false);

  private VerdictTracker cases(boolean withHarmless) {
    return cases(withHarmless, BrokerAccounts.NONE);
  }

  private VerdictTracker cases(boolean withHarmless, BrokerAccounts accounts) {
    return new VerdictTracker(
        MOST,
        withHarmless,
        summary,
        (before, now, verdict) -> counted.add(now.cause()),
        source -> new ResetObserver(false, ObserverLimits.within(1 << 28), flow -> {}).bystanders(),
        source -> false,
        accounts);
  }

  private static Talk abort(int port) {
    return new Talk("10.0.1.1", port).open(60).pause(Duration.ofSeconds(2)).socketReset(CLIENT);
  }

  /** An intruder's reset, that the connection does not heed. */
  private static Talk livedOn() {
    return abort(40_000)
        .pause(Duration.ofSeconds(1))
        .data(CLIENT, new byte[9])
        .data(BROKER, new byte[9])
        .data(CLIENT, new byte[9]);
  }

  private static Talk probe() {
    return new Talk().connect().fin(CLIENT).socketReset(BROKER);
  }

  private static FlowEvent flowEvent(long flow, boolean last, Talk talk) {
    FlowObservation observation = Analysis.of(talk).flow();
    return new FlowEvent("eth0", flow, observation, last, List.of());
  }

  private List<Notice> judge(FlowEvent... flowEvents) {
    return cases.judge(List.of(flowEvents)).stream().map(VerdictTracker.Told::notice).toList();
  }

  /** Before they are judged, as it counts for the cause. */
  @Test
  void shouldAskWhatTheBrokerSaysOfAConnection() {
    BrokerAccounts timedOut =
        new BrokerAccounts() {
          @Override
          public boolean mayKnowLoss(HostPort client, HostPort broker) {
            return false;
          }

          @Override
          public List<FlowObservation> addTo(List<FlowObservation> flows) {
            return flows.stream().map(each -> each.logged(LoggedEnd.SEND_TIMED_OUT)).toList();
          }
        };
    Talk killed = new Talk().open(60).pause(Duration.ofSeconds(2)).socketReset(BROKER);

    cases(false, timedOut).judge(List.of(flowEvent(1, true, killed)));
    cases(false).judge(List.of(flowEvent(1, true, killed)));

    assertEquals(List.of(Cause.SLOW_CONSUMER, Cause.UNDETERMINED), counted);
  }

  @Test
  void shouldTellALossOnce() {
    List<Notice> first = judge(flowEvent(1, false, abort(40_000)));
    assertEquals(1, first.size());
    assertEquals(1, first.get(0).number());
    assertEquals(0, first.get(0).revision());
    assertEquals(Cause.CLIENT_ABORT, first.get(0).verdict().ending().cause());
    assertEquals(List.of(), judge(flowEvent(1, true, abort(40_000))));
  }

  @Test
  void shouldReviseWhatTurnsOutToBeOtherwise() {
    judge(flowEvent(1, false, abort(40_000)));

    List<Notice> revision = judge(flowEvent(1, true, livedOn()));

    assertEquals(1, revision.size());
    assertEquals(1, revision.get(0).number());
    assertEquals(1, revision.get(0).revision());
    assertEquals(Cause.STILL_OPEN, revision.get(0).verdict().ending().cause());
  }

  @Test
  void shouldCountWhatItIsAtLast() {
    judge(flowEvent(1, false, abort(40_000)));
    judge(flowEvent(1, true, livedOn()));
    assertEquals(0, summary.lost());
    assertEquals(1, summary.harmless());
    assertEquals(1, summary.resets());
    assertEquals(List.of(Cause.CLIENT_ABORT, Cause.STILL_OPEN), counted);
  }

  @Test
  void shouldNumberConnectionsAsTheyAreTold() {
    List<Notice> told =
        judge(
            flowEvent(8, false, abort(40_000)),
            flowEvent(9, false, probe()),
            flowEvent(10, false, abort(40_001)));
    assertEquals(List.of(1L, 2L), told.stream().map(Notice::number).toList());
  }

  @Test
  void shouldBeSilentAboutWhatIsHarmlessUnlessAsked() {
    assertEquals(List.of(), judge(flowEvent(1, true, probe())));
    assertEquals(1, summary.harmless());
    assertEquals(1, cases(true).judge(List.of(flowEvent(1, true, probe()))).size());
  }

  @Test
  void shouldTellFlowsOfDifferentInterfacesApart() {
    FlowEvent one = flowEvent(1, false, abort(40_000));
    FlowEvent other = new FlowEvent("eth1", 1, one.observation(), false, List.of());
    assertEquals(2, judge(one, other).size());
  }

  @Test
  void shouldNoLongerHoldWhatWasSightedForTheLastTime() {
    judge(flowEvent(1, false, abort(40_000)), flowEvent(2, true, abort(40_001)));
    assertEquals(1, cases.open());
  }

  @Test
  void shouldHoldNoMoreThanThereIsRoomFor() {
    for (int flow = 0; flow <= MOST; flow++) {
      judge(flowEvent(flow, false, abort(40_000 + flow)));
    }
    assertEquals(MOST, cases.open());
  }

  @Test
  void shouldJudgeInTheLightOfWhatEndedBefore() {
    Cause alone = judge(flowEvent(1, true, crash(40_000))).get(0).verdict().ending().cause();
    List<Notice> second = judge(flowEvent(2, true, crash(40_001)));
    assertTrue(
        second.get(0).verdict().ending().says().contains("2 connections")
            || alone == Cause.BROKER_ABORT,
        second.get(0).verdict().ending().says());
  }

  private static Talk crash(int port) {
    return new Talk("10.0.1.1", port).open(60).socketReset(BROKER);
  }

  /** A proxy's timer closes what was used for a time, and idle for so long; begun later. */
  private static Talk cutByProxy(int port, Duration later, Duration idle) {
    Talk talk = new Talk("10.0.1.1", port).pause(later).open(60).pause(Duration.ofSeconds(port));
    return talk.client(AmqpBytes.heartbeat()).pause(idle).fin(CLIENT).socketReset(BROKER);
  }

  private static final Duration TIMER = Duration.ofSeconds(20);

  private static final FlowEvent FIRST_CUT =
      flowEvent(1, true, cutByProxy(1, Duration.ZERO, TIMER));

  @Test
  void shouldBecomeSurerOfAnEarlierCutWhenTheSameIdleTimeRecurs() {
    Notice alone = judge(FIRST_CUT).get(0);
    assertEquals(Cause.IDLE_TIMEOUT, alone.verdict().ending().cause());
    assertTrue(alone.verdict().ending().confidence() < 0.9, alone.verdict().ending().says());

    List<Notice> later = judge(flowEvent(2, true, cutByProxy(2, Duration.ofMinutes(3), TIMER)));

    assertEquals(List.of(2L, 1L), later.stream().map(Notice::number).toList());
    assertEquals(List.of(0, 1), later.stream().map(Notice::revision).toList());
    Notice revised = later.get(1);
    assertEquals(Cause.IDLE_TIMEOUT, revised.verdict().ending().cause());
    assertTrue(revised.verdict().ending().confidence() > 0.95, revised.verdict().ending().says());
    assertNull(revised.verdict().ending().runnerUp());
    List<Notice> third = judge(flowEvent(3, true, cutByProxy(3, Duration.ofMinutes(9), TIMER)));
    assertEquals(List.of(3L), third.stream().map(Notice::number).toList());
  }

  @Test
  void shouldCountAnEarlierCutOnceHoweverOftenItIsJudged() {
    judge(FIRST_CUT);
    judge(flowEvent(2, true, cutByProxy(2, Duration.ofMinutes(3), TIMER)));

    assertEquals(2, summary.lost());
    assertEquals(2, summary.connections());
    assertEquals(Map.of(Cause.IDLE_TIMEOUT, 2L), summary.endings());
  }

  @Test
  void shouldNotReviseForALossAfterAnotherIdleTimeNorForAProbe() {
    judge(FIRST_CUT);

    Duration other = Duration.ofMillis(8_630);
    List<Notice> later = judge(flowEvent(2, true, cutByProxy(2, Duration.ofMinutes(3), other)));

    assertEquals(List.of(2L), later.stream().map(Notice::number).toList());
    assertEquals(List.of(), judge(flowEvent(3, true, probe())));
  }

  @Test
  void shouldTakeBackACauseThatLaterCompanyRefutes() {
    Duration idle = Duration.ofMillis(41_370);
    Notice alone = judge(flowEvent(1, true, cutByProxy(1, Duration.ZERO, idle))).get(0);
    assertEquals(Cause.CLIENT_ABORT, alone.verdict().ending().cause());

    judge(flowEvent(2, true, cutByProxy(2, Duration.ofMinutes(3), idle)));
    judge(flowEvent(3, true, cutByProxy(3, Duration.ofMinutes(7), idle)));
    judge(flowEvent(4, true, cutByProxy(4, Duration.ofMinutes(16), idle)));

    assertEquals(Map.of(Cause.IDLE_TIMEOUT, 4L), summary.endings());
    assertEquals(Cause.CLIENT_ABORT, counted.get(0));
    assertEquals(Cause.IDLE_TIMEOUT, counted.get(counted.size() - 1));
  }

  @Test
  void shouldPassOnWhatMayHaveHiddenSomething() {
    FlowEvent troubled = flowEvent(1, false, abort(40_000)).with(new Trouble(12, 5, 0), Map.of());
    Notice notice = judge(troubled).get(0);
    assertEquals(12, notice.dropped());
    assertEquals(5, notice.clockStepNanos());
  }
}
