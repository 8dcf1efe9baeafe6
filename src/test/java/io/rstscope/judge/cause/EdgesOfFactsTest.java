package io.rstscope.judge.cause;

import static io.rstscope.judge.cause.Stories.*;
import static io.rstscope.judge.cause.Story.assertHolds;
import static io.rstscope.judge.cause.Story.assertHoldsNot;
import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.testing.IdleTimeout;
import io.rstscope.testing.Packets;
import io.rstscope.testing.Talk;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From where on facts hold: the last story that tells one, and the first that does not. */
class EdgesOfFactsTest {
  /** Each packet takes that long. */
  private static final Duration PACKET = Duration.ofNanos(10_000);

  private static void assertHoldsIf(boolean holds, Fact fact, Talk talk, Talk... others) {
    if (holds) {
      assertHolds(fact, talk, others);
    } else {
      assertHoldsNot(fact, talk, others);
    }
  }

  // ---- silences

  /** The FIN comes exactly that long after the packet before it. */
  private static Talk finAfter(long millis) {
    return new Talk().open(0).pause(Duration.ofMillis(millis).minus(PACKET)).fin(CLIENT);
  }

  @ParameterizedTest
  @CsvSource({"999, true", "1000, false"})
  void shouldCallAConnectionIdleFromOneSecondOn(long millis, boolean busy) {
    assertHoldsIf(busy, Fact.BUSY, finAfter(millis));
    assertHoldsIf(!busy, Fact.IDLE, finAfter(millis));
  }

  @ParameterizedTest
  @CsvSource({"29999, false", "30000, true"})
  void shouldKnowThatDevicesWaitForHalfAMinute(long millis, boolean asLong) {
    assertHoldsIf(asLong, Fact.IDLE_AS_LONG_AS_TIMERS, finAfter(millis));
  }

  @ParameterizedTest
  @CsvSource({"60.9, false", "62, true"})
  void shouldHoldAgainstATimerOnlyWhatSurvivedClearlyLonger(double silence, boolean outlived) {
    Talk forgotten = IdleTimeout.forgotten(client(0).open(0), seconds(60));
    Talk survivor = IdleTimeout.survivor(client(1).open(0), seconds(silence));

    assertHoldsIf(outlived, Fact.OUTLIVED, forgotten, survivor);
  }

  /** Three others ended by a timer of five minutes, an hour apart. */
  private static Talk[] timer() {
    return talks(3, i -> finOf(i, 300.01));
  }

  private static Talk finOf(int port, double silence) {
    Duration start = Duration.ofHours(port);
    return client(port).pause(start).open(0).pause(seconds(silence)).fin(CLIENT);
  }

  @ParameterizedTest
  @CsvSource({"290.37, true", "296.37, false", "304.37, false", "309.37, true"})
  void shouldAllowATimerToBeAFiftiethOff(double silence, boolean off) {
    assertHoldsIf(off, Fact.OFF_TIMER, finOf(9, silence), timer());
  }

  // ---- how soon a host answers

  /** The host answers exactly that long after its last packet. */
  private static Talk answersAfter(long millis) {
    Duration silence = Duration.ofMillis(millis).minus(PACKET.multipliedBy(2));
    return new Talk().open(0).pause(silence).data(BROKER, BEAT).bareReset(CLIENT);
  }

  @ParameterizedTest
  @CsvSource({
    "999, true, true, false",
    "1000, false, true, false",
    "1999, false, true, false",
    "2000, false, false, true",
    "9999, false, false, true",
    "10000, false, false, false"
  })
  void shouldTellByItsLastPacketWhetherAHostCanHaveBooted(
      long millis, boolean amid, boolean tooSoon, boolean soon) {
    assertHoldsIf(amid, Fact.AMID_ITS_TRAFFIC, answersAfter(millis));
    assertHoldsIf(tooSoon, Fact.TOO_SOON_FOR_A_REBOOT, answersAfter(millis));
    assertHoldsIf(soon, Fact.SOON_FOR_A_REBOOT, answersAfter(millis));
  }

  // ---- heartbeats whose interval is not in the capture

  /** The broker's small packets come every 5 s; it ends the connection so long after the last. */
  private static Talk beating(int beats, double last) {
    Talk talk = new Talk().client(BEAT).broker(BEAT);
    for (int i = 0; i < beats; i++) {
      talk.pause(seconds(5)).broker(BEAT);
    }
    return talk.pause(seconds(last)).socketReset(BROKER);
  }

  @ParameterizedTest
  @CsvSource({"0, true", "0.2, false", "3.4, false", "3.6, true", "6.4, true", "6.6, false"})
  void shouldKnowABrokerThatGivesUpAtTheTickOfItsHeartbeats(double last, boolean ranOut) {
    assertHoldsIf(ranOut, Fact.BEATS_RAN_OUT, beating(4, last));
  }

  @ParameterizedTest
  @CsvSource({"18, true", "20, false"})
  void shouldNotWaitForHeartbeatsForLongerThanAnyClient(int beats, boolean ranOut) {
    assertHoldsIf(ranOut, Fact.BEATS_RAN_OUT, beating(beats, 5));
  }

  @ParameterizedTest
  @CsvSource({"4.4, false", "4.6, true", "5.4, true", "5.6, false"})
  void shouldTellThePauseBetweenHeartbeatsByATenthOfIt(double last, boolean between) {
    assertHoldsIf(between, Fact.BETWEEN_BEATS, beating(4, last));
  }

  // ---- giving up

  private static Talk asking(int times, Duration every) {
    Talk talk = new Talk().open(0).pause(SECOND).data(CLIENT, AmqpBytes.publish(10));
    for (int i = 0; i < times; i++) {
      talk.pause(every).again(CLIENT);
    }
    return talk.pause(Duration.ofMillis(100)).socketReset(CLIENT);
  }

  @Test
  void shouldCallItGivingUpWhereWhoEndsItAskedTwiceAgainAndWaited() {
    assertHolds(Fact.GAVE_UP, asking(2, SECOND));
    assertHoldsNot(Fact.GAVE_UP, asking(1, SECOND));
    assertHoldsNot(Fact.GAVE_UP, asking(4, Duration.ofMillis(200)));
  }

  // ---- the kernel of Windows

  /** RST,ACK with that window, to a packet that follows after so much silence. */
  private static Talk answered(double silence, int window, int again) {
    Talk talk = new Talk().withoutTimestamps().open(0).pause(seconds(silence)).data(BROKER, BEAT);
    for (int i = 0; i < again; i++) {
      talk.pause(seconds(0.3)).again(BROKER);
    }
    return talk.answerDelay(CLIENT)
        .packet(CLIENT, Packets.RST | Packets.ACK, p -> p.window(window));
  }

  @Test
  void shouldKnowThatWindowsAnswersWithRstAckWhatItDoesNotKnow() {
    assertHolds(Fact.RESET_BY_CLIENT_HOST, answered(21.37, 0, 0));
    assertHolds(Fact.RESET_BY_CLIENT_HOST, answered(0.2, 0, 1));
    assertHoldsNot(Fact.RESET_BY_CLIENT, answered(21.37, 0, 0));
  }

  @Test
  void shouldTakeARstAckForALivingSocketsWithAWindowOrAmidTraffic() {
    assertHolds(Fact.RESET_BY_CLIENT, answered(21.37, 500, 0));
    assertHolds(Fact.RESET_BY_CLIENT, answered(0.2, 0, 0));
    assertHoldsNot(Fact.RESET_BY_CLIENT_HOST, answered(21.37, 500, 0));
    assertHoldsNot(Fact.RESET_BY_CLIENT_HOST, answered(0.2, 0, 0));
  }

  @Test
  void shouldTakeARstAckThatAnswersNothingForALivingSockets() {
    Talk unprompted = new Talk().withoutTimestamps().open(0).pause(seconds(21.37));
    unprompted.packet(CLIENT, Packets.RST | Packets.ACK, p -> p.window(0));

    assertHoldsNot(Fact.RESET_BY_CLIENT_HOST, unprompted);
  }

  // ---- who was blocked

  private static Talk blocked() {
    return new Talk().open(0).broker(AmqpBytes.blocked("low on memory")).pause(seconds(20));
  }

  @Test
  void shouldCountABlockOnlyWhereTheClientItselfEndedItWithoutAWord() {
    Talk told = blocked().client(AmqpBytes.close(541, "INTERNAL_ERROR", 0, 0)).fin(CLIENT);

    assertHolds(Fact.BLOCKED, blocked().socketReset(CLIENT));
    assertHoldsNot(Fact.BLOCKED, told.socketReset(BROKER));
    assertHoldsNot(Fact.BLOCKED, unanswered(blocked(), CLIENT, 4));
    assertHoldsNot(Fact.BLOCKED, blocked().ttl(CLIENT, 63).craftedReset(CLIENT));
  }

  // ---- the end of a process

  @Test
  void shouldNotTakeDropsAndBareResetsTogetherForTheEndOfAProcess() {
    Talk[] gone =
        talks(3, i -> client(i).pause(seconds(7.37 * i)).open(0).pause(seconds(61 - 7.37 * i)));
    for (Talk each : gone) {
      each.data(BROKER, BEAT).bareReset(CLIENT);
    }
    Talk[] killed =
        talks(3, i -> client(i).pause(seconds(7.37 * i)).open(0).pause(seconds(61 - 7.37 * i)));
    for (Talk each : killed) {
      each.socketReset(CLIENT);
    }

    assertHolds(Fact.TOGETHER_DIFFERING, killed[0], killed[1], killed[2]);
    assertHoldsNot(Fact.TOGETHER_DIFFERING, gone[0], gone[1], gone[2]);
  }
}
