package io.rstscope.judge.timer;

import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.IdleTimeout;
import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What connections that died of silence, and those that did not, tell of the path's timer. */
class IdleTimerTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private static Duration seconds(double seconds) {
    return Duration.ofNanos((long) (seconds * 1e9));
  }

  private static Talk forgotten(Talk talk, double silence) {
    return IdleTimeout.forgotten(talk.open(0), seconds(silence));
  }

  private static Talk resetByDevice(Talk talk, double silence) {
    return IdleTimeout.resetByDevice(talk.open(0), seconds(silence));
  }

  private static Talk survivor(String client, int port, double silence) {
    return IdleTimeout.survivor(new Talk(client, port).open(0), seconds(silence));
  }

  private static Talk at(int hours, int port) {
    return new Talk("10.0.1.1", port).pause(HOUR.multipliedBy(hours));
  }

  private static List<IdleTimer> timers(Talk... talks) {
    return Analysis.together(Talk.capture(talks)).idleTimers();
  }

  private static IdleTimer timer(Talk... talks) {
    List<IdleTimer> timers = timers(talks);
    assertEquals(1, timers.size(), timers::toString);
    return timers.get(0);
  }

  // ---- the interval

  @Test
  void shouldTakeTheSilenceItselfWhenTheDeviceActsOnItsOwn() {
    IdleTimer timer =
        timer(
            resetByDevice(at(0, 1), 349.8),
            resetByDevice(at(1, 2), 350.3),
            resetByDevice(at(2, 3), 350.1));

    assertEquals(Expiry.RESETS_BOTH, timer.expiry());
    assertEquals(349.8, timer.atLeastNanos() / 1e9, 0.01);
    assertEquals(350.3, timer.atMostNanos() / 1e9, 0.01);
    assertEquals(3, timer.witnesses());
    assertEquals(
        "350 s, 3 connections from 10.0.1.1 to 10.0.0.2; no longer idle period survived",
        timer.says());
  }

  @Test
  void shouldBoundTheTimerByWhatSurvivedWhenTheDeviceWaitsForWords() {
    IdleTimer timer =
        timer(
            forgotten(at(0, 1), 400),
            forgotten(at(1, 2), 360),
            survivor("10.0.1.1", 3, 340),
            survivor("10.0.1.1", 4, 12));

    assertEquals(Expiry.REJECTS_LATER, timer.expiry());
    assertEquals(340, timer.atLeastNanos() / 1e9, 0.01);
    assertEquals(360, timer.atMostNanos() / 1e9, 0.01);
    assertEquals(340, timer.longestSurvivedNanos() / 1e9, 0.01);
    assertFalse(timer.contradicted());
    assertTrue(timer.says().startsWith("between 340 s (survived) and 360 s, 2 connections"));
  }

  @Test
  void shouldGiveNoLowerBoundWhenNoSilenceSurvived() {
    IdleTimer timer = timer(forgotten(at(0, 1), 400));

    assertEquals(-1, timer.atLeastNanos());
    assertEquals(-1, timer.longestSurvivedNanos());
    assertTrue(timer.says().startsWith("at most 400 s, 1 connection"), timer.says());
  }

  @Test
  void shouldShowNoTimerThatALongerSilenceOnTheSamePathSurvived() {
    assertEquals(List.of(), timers(forgotten(at(0, 1), 60), survivor("10.0.1.1", 2, 500)));
  }

  @Test
  void shouldNotHoldAgainstATimerWhatSurvivedOnAnotherPath() {
    assertFalse(timer(forgotten(at(0, 1), 60), survivor("10.0.1.2", 2, 500)).contradicted());
  }

  @Test
  void shouldKeepThePathsOfClientsApartWhereTheyDiffer() {
    Talk far = new Talk("10.0.1.2", 2);
    List<IdleTimer> timers =
        timers(forgotten(at(0, 1), 60), forgotten(far, 400), survivor("10.0.1.2", 3, 300));

    assertEquals(2, timers.size());
    assertEquals(List.of("10.0.1.1"), timers.get(0).clients());
    assertEquals(List.of("10.0.1.2"), timers.get(1).clients());
  }

  @Test
  void shouldSeeOneTimerWhereThePathsOfClientsAgree() {
    Talk other = new Talk("10.0.1.2", 2);
    IdleTimer timer =
        timer(forgotten(at(0, 1), 360), forgotten(other, 400), survivor("10.0.1.2", 3, 300));

    assertEquals(2, timer.clientHosts());
    assertEquals(300, timer.atLeastNanos() / 1e9, 0.01);
    assertEquals(360, timer.atMostNanos() / 1e9, 0.01);
  }

  @Test
  void shouldKeepSilencesApartThatNoSingleTimerMakes() {
    assertEquals(2, timers(resetByDevice(at(0, 1), 300), resetByDevice(at(1, 2), 600)).size());
  }

  @Test
  void shouldNotChainSilencesThatDifferALittleToOneTimer() {
    Talk[] talks = new Talk[6];
    for (int i = 0; i < talks.length; i++) {
      talks[i] = resetByDevice(at(i, i + 1), 300 + 4.5 * i);
    }

    for (IdleTimer timer : timers(talks)) {
      assertTrue(timer.atMostNanos() <= timer.atLeastNanos() * 1.02, timer::says);
    }
  }

  @Test
  void shouldFindTheTimerOfAProxyThatCloses() {
    Talk talk = new Talk().open(0).client(AmqpBytes.heartbeat()).pause(seconds(50)).fin(CLIENT);

    IdleTimer timer = timer(talk.pause(Duration.ofNanos(100_000)).socketReset(CLIENT));

    assertEquals(Expiry.CLOSES, timer.expiry());
    assertEquals(50, timer.atMostNanos() / 1e9, 0.01);
  }

  @Test
  void shouldFindNoTimerWhenSilentConnectionsEndForAnotherReason() {
    assertEquals(List.of(), timers(at(0, 1).open(0).pause(seconds(101.37)).socketReset(CLIENT)));
  }

  // ---- who is independent of whom

  @Test
  void shouldCountWitnessesThatNoSingleEventExplains() {
    assertEquals(1, timer(forgotten(at(0, 1), 400), forgotten(at(0, 2), 420)).independent());
    assertEquals(2, timer(forgotten(at(0, 1), 400), forgotten(at(1, 2), 400)).independent());
    assertEquals(
        1, timer(resetByDevice(at(0, 1), 300), resetByDevice(at(0, 2), 300)).independent());
  }

  @Test
  void shouldBeSurerOfAnIdleTimeoutThatOthersMetIndependently() {
    double alone = Analysis.ending(forgotten(at(0, 1), 400)).confidence();
    FlowVerdict twice = Analysis.of(forgotten(at(0, 1), 400), forgotten(at(1, 2), 400));
    double confirmed = twice.ending().confidence();
    double contradicted =
        Analysis.ending(forgotten(at(0, 1), 400), survivor("10.0.1.1", 2, 800)).confidence();

    assertTrue(confirmed > alone, alone + " " + confirmed);
    assertTrue(contradicted < alone, alone + " " + contradicted);
    assertTrue(confirmed <= twice.verdicts().get(0).confidence(), "no surer than of the sender");
  }

  private static Talk[] pool(int hours, int size) {
    Talk[] talks = new Talk[size];
    for (int i = 0; i < size; i++) {
      talks[i] = forgotten(at(hours, 1000 * (hours + 1) + i), 400);
    }
    return talks;
  }

  @Test
  void shouldTellATimerWhenPoolsDieOfTheSameSilenceAgainAndAgain() {
    List<Talk> talks = new ArrayList<>(List.of(pool(0, 5)));
    talks.addAll(List.of(pool(1, 5)));

    List<FlowVerdict> flows = Analysis.of(Talk.capture(talks.toArray(Talk[]::new)));

    for (FlowVerdict flow : flows) {
      assertEquals(Cause.IDLE_TIMEOUT, flow.ending().cause(), flow.ending().says());
      assertEquals(10, flow.idleTimer().witnesses());
    }
  }

  private static Talk dropped(Talk talk, double silence) {
    return IdleTimeout.dropped(talk.open(0), seconds(silence));
  }

  @Test
  void shouldTakeDropsForATimerOnlyWhenNoDeadHostExplainsThem() {
    assertEquals(List.of(), timers(dropped(at(0, 1), 400), dropped(at(0, 2), 500)));

    IdleTimer timer = timer(dropped(at(0, 1), 400), dropped(at(1, 2), 500));

    assertEquals(Expiry.DROPS_LATER, timer.expiry());
    assertEquals(400, timer.atMostNanos() / 1e9, 0.01);
  }

  @Test
  void shouldNotTakeHostsThatAreGoneOneAfterTheOtherForATimer() {
    Talk other = new Talk("10.0.1.2", 2).pause(HOUR);

    assertEquals(List.of(), timers(dropped(at(0, 1), 400), dropped(other, 400)));
  }

  // ---- devices

  @Test
  void shouldNameDevicesThatHaveThisTimerByDefaultAndBehaveLikeThis() {
    IdleTimer timer = timer(resetByDevice(at(0, 1), 300.2), resetByDevice(at(1, 2), 300.4));

    assertEquals(List.of(KnownDevice.F5_BIG_IP), timer.mayBe());
    assertTrue(timer.says().endsWith("the default of F5 BIG-IP: a hint, not proof"));
  }

  @Test
  void shouldNameTheDevicesWhoseDefaultLiesWithinTheBounds() {
    IdleTimer timer = timer(forgotten(at(0, 1), 360), survivor("10.0.1.1", 2, 340));

    assertEquals(List.of(KnownDevice.AWS_NLB, KnownDevice.AWS_NAT_GATEWAY), timer.mayBe());
  }

  @Test
  void shouldHaveAllWordsOfADeviceFromASourceThatCanBeNamed() {
    for (KnownDevice device : KnownDevice.values()) {
      assertFalse(device.explanation().contains("memory"), device.explanation());
    }
  }

  @Test
  void shouldKnowDevicesByWhatTheyDo() {
    long second = 1_000_000_000L;
    assertEquals(
        List.of(KnownDevice.ENVOY_TCP_PROXY),
        KnownDevice.fitting(3600 * second, 3600 * second, Expiry.CLOSES));
    assertEquals(
        List.of(KnownDevice.IPVS),
        KnownDevice.fitting(870 * second, 905 * second, Expiry.DROPS_LATER));
    assertEquals(
        List.of(KnownDevice.IPVS),
        KnownDevice.fitting(870 * second, 905 * second, Expiry.REJECTS_LATER));
    assertEquals(
        List.of(KnownDevice.NETSCALER),
        KnownDevice.fitting(9000 * second, 9000 * second, Expiry.RESETS));
    assertEquals(List.of(), KnownDevice.fitting(-1, 905 * second, Expiry.DROPS_LATER));
  }

  @Test
  void shouldNameNoDeviceWhenTheBoundsAreTooWide() {
    assertEquals(List.of(), timer(forgotten(at(0, 1), 400)).mayBe());
    assertEquals(List.of(), timer(forgotten(at(0, 1), 400), survivor("10.0.1.1", 2, 100)).mayBe());
  }
}
