package io.rstscope.watch;

import static io.rstscope.testing.Talk.BROKER;
import static io.rstscope.testing.Talk.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.judge.cause.Cause;
import io.rstscope.report.Notice;
import io.rstscope.report.Summary;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ObserverLimits;
import io.rstscope.reset.ResetObserver;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told of the flows that are sighted. */
class OpenCasesTest {
  private static final int MOST = 20;

  private final Summary summary = new Summary();
  private final List<Cause> counted = new ArrayList<>();
  private final OpenCases cases = cases(false);

  private OpenCases cases(boolean withHarmless) {
    return new OpenCases(
        MOST,
        withHarmless,
        summary,
        (before, now, verdict) -> counted.add(now.cause()),
        source ->
            new ResetObserver(false, ObserverLimits.within(1 << 28), flow -> {}).bystanders());
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

  private static Sighting sighting(long flow, boolean last, Talk talk) {
    FlowObservation observation = Analysis.of(talk).flow();
    return new Sighting("eth0", flow, observation, last, List.of());
  }

  private List<Notice> judge(Sighting... sightings) {
    return cases.judge(List.of(sightings)).stream().map(OpenCases.Told::notice).toList();
  }

  @Test
  void shouldTellALossOnce() {
    List<Notice> first = judge(sighting(1, false, abort(40_000)));
    assertEquals(1, first.size());
    assertEquals(1, first.get(0).number());
    assertEquals(0, first.get(0).revision());
    assertEquals(Cause.CLIENT_ABORT, first.get(0).verdict().ending().cause());
    assertEquals(List.of(), judge(sighting(1, true, abort(40_000))));
  }

  @Test
  void shouldReviseWhatTurnsOutToBeOtherwise() {
    judge(sighting(1, false, abort(40_000)));

    List<Notice> revision = judge(sighting(1, true, livedOn()));

    assertEquals(1, revision.size());
    assertEquals(1, revision.get(0).number());
    assertEquals(1, revision.get(0).revision());
    assertEquals(Cause.STILL_OPEN, revision.get(0).verdict().ending().cause());
  }

  @Test
  void shouldCountWhatItIsAtLast() {
    judge(sighting(1, false, abort(40_000)));
    judge(sighting(1, true, livedOn()));
    assertEquals(0, summary.lost());
    assertEquals(1, summary.harmless());
    assertEquals(1, summary.resets());
    assertEquals(List.of(Cause.CLIENT_ABORT, Cause.STILL_OPEN), counted);
  }

  @Test
  void shouldNumberConnectionsAsTheyAreTold() {
    List<Notice> told =
        judge(
            sighting(8, false, abort(40_000)),
            sighting(9, false, probe()),
            sighting(10, false, abort(40_001)));
    assertEquals(List.of(1L, 2L), told.stream().map(Notice::number).toList());
  }

  @Test
  void shouldBeSilentAboutWhatIsHarmlessUnlessAsked() {
    assertEquals(List.of(), judge(sighting(1, true, probe())));
    assertEquals(1, summary.harmless());
    assertEquals(1, cases(true).judge(List.of(sighting(1, true, probe()))).size());
  }

  @Test
  void shouldTellFlowsOfDifferentInterfacesApart() {
    Sighting one = sighting(1, false, abort(40_000));
    Sighting other = new Sighting("eth1", 1, one.observation(), false, List.of());
    assertEquals(2, judge(one, other).size());
  }

  @Test
  void shouldNoLongerHoldWhatWasSightedForTheLastTime() {
    judge(sighting(1, false, abort(40_000)), sighting(2, true, abort(40_001)));
    assertEquals(1, cases.open());
  }

  @Test
  void shouldHoldNoMoreThanThereIsRoomFor() {
    for (int flow = 0; flow <= MOST; flow++) {
      judge(sighting(flow, false, abort(40_000 + flow)));
    }
    assertEquals(MOST, cases.open());
  }

  @Test
  void shouldJudgeInTheLightOfWhatEndedBefore() {
    Cause alone = judge(sighting(1, true, crash(40_000))).get(0).verdict().ending().cause();
    List<Notice> second = judge(sighting(2, true, crash(40_001)));
    assertTrue(
        second.get(0).verdict().ending().says().contains("2 connections")
            || alone == Cause.BROKER_ABORT,
        second.get(0).verdict().ending().says());
  }

  private static Talk crash(int port) {
    return new Talk("10.0.1.1", port).open(60).socketReset(BROKER);
  }

  @Test
  void shouldPassOnWhatMayHaveHiddenSomething() {
    Sighting troubled = sighting(1, false, abort(40_000)).with(new Trouble(12, 5));
    Notice notice = judge(troubled).get(0);
    assertEquals(12, notice.dropped());
    assertEquals(5, notice.clockStepNanos());
  }
}
