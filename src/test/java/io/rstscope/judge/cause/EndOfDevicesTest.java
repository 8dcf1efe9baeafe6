package io.rstscope.judge.cause;

import static io.rstscope.judge.cause.Stories.*;
import static io.rstscope.judge.cause.Story.assertHolds;
import static io.rstscope.judge.cause.Story.assertHoldsNot;
import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static io.rstscope.testing.IdleTimeout.forgotten;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.testing.IdleTimeout;
import io.rstscope.testing.Packets;
import io.rstscope.testing.Talk;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Devices in the path: what forgets, what acts on its own, what forges. */
class EndOfDevicesTest {
  private static final Duration SILENCE = Duration.ofSeconds(400);

  /** By a tool next to the broker, in a form that no kernel uses. */
  private static Talk crafted(Talk talk) {
    return talk.ttl(CLIENT, 63).craftedReset(CLIENT);
  }

  @Test
  void shouldTellADeviceThatForgotFromOneThatActsOnItsOwn() {
    Talk forgot = forgotten(new Talk().open(0), SILENCE);
    Talk acts = crafted(new Talk().open(0).pause(SILENCE));

    assertHolds(Fact.ANSWERS_AFTER_SILENCE, forgot);
    assertHolds(Fact.UNPROMPTED, acts);
    assertHoldsNot(Fact.ANSWERS_AFTER_SILENCE, acts);
    assertHoldsNot(Fact.UNPROMPTED, forgot);
  }

  @Test
  void shouldNotSayThatAToolForgotWhichAnswersAmidTraffic() {
    Talk busy = new Talk().open(60).client(AmqpBytes.publish(100));

    assertHoldsNot(Fact.ANSWERS_AFTER_SILENCE, crafted(busy));
  }

  @Test
  void shouldKnowThatWhatWasAnsweredBeforeHadNotComeThroughEither() {
    Talk lost = unanswered(new Talk().open(0), BROKER, 2).ttl(CLIENT, 63).bareReset(CLIENT);

    assertHolds(Fact.AMID_RETRANSMISSION, lost);
    assertHoldsNot(Fact.AMID_RETRANSMISSION, forgotten(new Talk().open(0), SILENCE));
  }

  @Test
  void shouldKnowADeviceThatResetsBothSides() {
    assertHolds(Fact.BOTH_SIDES, IdleTimeout.resetByDevice(new Talk().open(0), SILENCE));
    assertHoldsNot(Fact.BOTH_SIDES, crafted(new Talk().open(0).pause(SILENCE)));
  }

  private static Talk saying(String words) {
    return new Talk()
        .open(60)
        .pause(SILENCE)
        .ttl(CLIENT, 254)
        .packet(CLIENT, Packets.RST | Packets.ACK, p -> p.window(0).payload(words));
  }

  @Test
  void shouldReadTheDevicesOwnWords() {
    assertHolds(Fact.SAID_IDLE, saying("BIG-IP: [0x2408720:2226] Flow expired (sweeper)"));
    assertHoldsNot(Fact.SAID_IDLE, saying("BIG-IP: [0x2408720:1234] No local listener"));
  }

  /** Its number is not the client's next, so that it is known to be forged. */
  private static Talk forged(int ttl, int off) {
    Talk talk = new Talk().open(60).pause(ODD).ttl(CLIENT, ttl).missing(CLIENT, off);
    talk.craftedReset(CLIENT).missing(CLIENT, -off).ttl(CLIENT, Talk.CLIENT_TTL);
    return talk;
  }

  @Test
  void shouldTellAnImitatedTtlFromADevicesOwn() {
    assertHolds(Fact.SET_TTL_ON_PURPOSE, forged(Talk.CLIENT_TTL, 9));
    assertHoldsNot(Fact.SET_TTL_ON_PURPOSE, forged(63, 9));
  }

  @Test
  void shouldTellGuessedNumbersFromThoseOfOneWhoSawThem() {
    assertHolds(Fact.FORGED_NUMBERS, forged(63, 9));
    assertHoldsNot(Fact.FORGED_NUMBERS, forged(63, 0));
  }

  @Test
  void shouldTellALostTableFromAPoolThatWasSilentTogether() {
    Talk[] pool = talks(5, i -> forgotten(client(i).open(0), SILENCE));
    Talk[] hosts = talks(5, i -> forgotten(host(i).open(0), SILENCE));

    assertHolds(Fact.TABLE_LOST, hosts[0], hosts[1], hosts[2]);
    assertHoldsNot(Fact.TABLE_LOST, pool[0], pool[1], pool[2], pool[3]);
    assertHoldsNot(Fact.TABLE_LOST, hosts[0], hosts[1]);
  }

  /** A device answers the broker in the client's name, {@code gap} after the client spoke. */
  private static Talk rejected(int port, double after, double gap) {
    Talk talk = client(port).open(0).pause(seconds(after)).data(CLIENT, BEAT);
    return forgotten(talk, seconds(gap));
  }

  @Test
  void shouldTellARuleForOneDirectionFromALostTable() {
    assertHolds(Fact.ONE_WAY_ONLY, rejected(0, 5, 0.01), rejected(1, 3, 1.5));
    assertHoldsNot(Fact.ONE_WAY_ONLY, rejected(0, 3, 1.6), rejected(1, 3, 1.5));
    assertHoldsNot(Fact.ONE_WAY_ONLY, rejected(0, 5, 0.01));
    String says = Story.of(rejected(0, 5, 0.01), rejected(1, 3, 1.5)).ending().says();
    assertTrue(says.contains("let through what the client sent, and rejected the replies"), says);
  }

  /** In the broker's name, by a device two hops nearer to the client. */
  private static Talk rejectedAtOnce(int port) {
    Talk talk = client(port).ttl(BROKER, 61).open(60).pause(seconds(5.37));
    return talk.data(CLIENT, BEAT).ttl(BROKER, 63).bareReset(BROKER);
  }

  @Test
  void shouldTellARuleThatRefusesNewConnectionsTooFromALostTable() {
    Talk refused = client(8).pause(seconds(6)).syn().ttl(BROKER, 63).refusal();
    Talk taken = client(8).ttl(BROKER, 61).pause(seconds(6)).open(60);

    assertHolds(Fact.REFUSES_NEW_TOO, rejectedAtOnce(0), rejectedAtOnce(1), refused);
    assertHoldsNot(Fact.REFUSES_NEW_TOO, rejectedAtOnce(0), rejectedAtOnce(1), taken);
    assertEquals(
        Cause.INJECTED_RESET,
        Story.of(rejectedAtOnce(0), rejectedAtOnce(1), refused).ending().cause());
    assertEquals(
        Cause.STATE_LOST, Story.of(rejectedAtOnce(0), rejectedAtOnce(1), taken).ending().cause());
  }

  private static Talk busyAndReset(int port) {
    return crafted(client(port).open(60).client(AmqpBytes.publish(100)));
  }

  @Test
  void shouldTellOneEventOfADeviceFromOneConnectionThatItResets() {
    assertHolds(Fact.BUSY_AND_MANY, busyAndReset(0), busyAndReset(1), busyAndReset(2));
    assertHoldsNot(Fact.BUSY_AND_MANY, busyAndReset(0), busyAndReset(1));
  }

  @Test
  void shouldTellAShortSilenceFromOneAsLongAsTimersOfDevicesWait() {
    assertHolds(Fact.BRIEFLY_IDLE, forgotten(new Talk().open(0), Duration.ofSeconds(10)));
    assertHoldsNot(Fact.BRIEFLY_IDLE, forgotten(new Talk().open(0), SILENCE));
  }

  @Test
  void shouldTellAnUnpromptedResetAfterALongSilenceFromAShortOne() {
    assertHolds(Fact.UNPROMPTED_AFTER_LONG, crafted(new Talk().open(0).pause(SILENCE)));
    assertHoldsNot(Fact.UNPROMPTED_AFTER_LONG, crafted(new Talk().open(0).pause(seconds(9.37))));
  }

  /** Ends in the same moment as all such, silent since that time. */
  private static Talk sweptAfter(int port, int silentSince) {
    Talk talk = client(port).open(0).pause(seconds(silentSince)).client(AmqpBytes.publish(9));
    return crafted(talk.pause(seconds(100 - silentSince)));
  }

  @Test
  void shouldTellASweepOfAllThatAreIdleFromATimerOfEach() {
    assertHolds(Fact.SWEPT, sweptAfter(0, 10), sweptAfter(1, 30), sweptAfter(2, 50));
    assertHoldsNot(Fact.SWEPT, sweptAfter(0, 10), sweptAfter(1, 10), sweptAfter(2, 10));
    assertHoldsNot(Fact.SWEPT, sweptAfter(0, 10), sweptAfter(1, 99));
  }

  /** A flush of the table would have met the one in use first. */
  @Test
  void shouldTellATimerFromAFlushByTheOneThatIsKept() {
    Talk kept = busy(client(2));
    Talk late = busy(client(2).pause(seconds(9)));

    assertHolds(Fact.ONLY_IDLE_ONES_FORGOTTEN, idle(0, 9.95), idle(1, 9.95), kept);
    assertHoldsNot(Fact.ONLY_IDLE_ONES_FORGOTTEN, idle(0, 0, 9.95), idle(1, 0, 9.95), kept);
    assertHoldsNot(Fact.ONLY_IDLE_ONES_FORGOTTEN, idle(0, 9.95), idle(1, 9.95), late);
    assertHoldsNot(Fact.ONLY_IDLE_ONES_FORGOTTEN, idle(0, 9.95), idle(1, 9.95));
    assertHoldsNot(Fact.ONLY_IDLE_ONES_FORGOTTEN, idle(0, 3), idle(1, 3), kept);
    Ending ending = Story.of(idle(0, 9.95), idle(1, 9.95), kept).ending();
    assertEquals(Cause.IDLE_TIMEOUT, ending.cause(), ending::says);
  }

  /** An operator, or a device that is short of room, may delete one. */
  @Test
  void shouldNotTakeOneForgottenAloneForATimers() {
    assertHoldsNot(Fact.ONLY_IDLE_ONES_FORGOTTEN, idle(0, 9.95), busy(client(2)));
  }

  private static Talk idle(int port, double silence) {
    return idle(port, port, silence);
  }

  private static Talk idle(int port, double begins, double silence) {
    return forgotten(client(port).pause(seconds(0.5 + begins)).open(20), seconds(silence));
  }

  /** An event is noticed at the next heartbeat of each, and ends busy ones sooner. */
  @Test
  void shouldKnowThatOthersWereForgottenAfterTheSamePauseAtOtherMoments() {
    assertHolds(Fact.FORGOTTEN_ALIKE, idle(0, 0, 7.95), idle(1, 1.6, 7.95));
    assertHoldsNot(Fact.FORGOTTEN_ALIKE, idle(0, 0, 7.95), idle(1, 0, 7.95));
    assertHoldsNot(Fact.FORGOTTEN_ALIKE, idle(0, 0, 7.95), idle(1, 1.6, 6.95));
    assertHoldsNot(Fact.FORGOTTEN_ALIKE, idle(0, 0, 2.95), idle(1, 1.6, 2.95));
    Ending ending = Story.of(idle(0, 0, 7.95), idle(1, 1.6, 7.95)).ending();
    assertTrue(ending.likelihood(Cause.IDLE_TIMEOUT) > 0.3, ending::says);
    assertTrue(ending.likelihood(Cause.STATE_LOST) > 0.3, ending::says);
  }

  /** A device that looks at what passes resets at its own moments, not after one idle time. */
  @Test
  void shouldKnowThatOthersWereResetUnpromptedAfterTheSamePauseAtOtherMoments() {
    assertHolds(Fact.RESET_ALIKE, resetAfter(0, 0, 4.44), resetAfter(1, 1.4, 4.5));
    assertHoldsNot(Fact.RESET_ALIKE, resetAfter(0, 0, 4.44), resetAfter(1, 0, 4.5));
    assertHoldsNot(Fact.RESET_ALIKE, resetAfter(0, 0, 4.44), resetAfter(1, 1.4, 3.9));
    assertHoldsNot(Fact.RESET_ALIKE, resetAfter(0, 0, 0.44), resetAfter(1, 1.4, 0.44));
    Ending ending = Story.of(resetAfter(0, 0, 4.44), resetAfter(1, 1.4, 4.5)).ending();
    assertTrue(ending.likelihood(Cause.IDLE_TIMEOUT) > 0.5, ending::says);
  }

  private static Talk resetAfter(int port, double begins, double silence) {
    return crafted(client(port).pause(seconds(0.5 + begins)).open(0).pause(seconds(silence)));
  }

  private static Talk busy(Talk talk) {
    talk.open(20);
    for (int i = 0; i < 12; i++) {
      talk.pause(SECOND).client(BEAT);
    }
    return talk;
  }
}
