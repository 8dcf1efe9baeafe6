package io.rstscope.judge.context;

import static io.rstscope.judge.context.Seen.after;
import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.reset.FlowObservation;
import io.rstscope.testing.Packets;
import io.rstscope.testing.Talk;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a rule on the claimed sender's own host may have answered in place of its socket. */
class OwnRuleTest {
  private static final byte[] BEAT = new byte[9];
  private static final long ROUND_TRIP = 10_000_000L;

  private static boolean mayHaveSent(Talk talk) {
    FlowObservation flow = Seen.flow(talk);
    return OwnRule.mayHaveSent(flow.decisiveReset(), flow);
  }

  /** The broker answers the handshake after exactly 10 ms. */
  private static Talk connected() {
    Talk talk =
        after(new Talk().syn(), ROUND_TRIP).packet(BROKER, Packets.SYN | Packets.ACK, p -> p);
    return talk.missing(BROKER, 1).ack(CLIENT).pause(Duration.ofSeconds(5));
  }

  private static Talk asked() {
    return connected().data(CLIENT, BEAT);
  }

  @ParameterizedTest
  @CsvSource({
    "3999999, false", // sooner than from half of the way
    "4000000, true",
    "10000000, true",
    "21000000, true", // twice the round trip, and a millisecond
    "21000001, false"
  })
  void shouldAnswerWhenItsHostDoes(long nanos, boolean mayBe) {
    assertEquals(mayBe, mayHaveSent(after(asked(), nanos).bareReset(BROKER)));
  }

  @Test
  void shouldAnswerTheOldestPacketNoSooner() {
    Talk talk = after(asked(), 20_000_000).data(CLIENT, BEAT);

    assertTrue(mayHaveSent(after(talk, 2_000_000).bareReset(BROKER)));
  }

  @Test
  void shouldAnswerWheneverWhereTheDistanceIsNotKnown() {
    Talk begunLate = new Talk().ack(CLIENT).ack(BROKER).pause(Duration.ofSeconds(5));
    begunLate.data(CLIENT, BEAT);

    assertTrue(mayHaveSent(after(begunLate, 40_000_000).bareReset(BROKER)));
    assertFalse(mayHaveSent(after(asked(), 40_000_000).bareReset(BROKER)));
  }

  @Test
  void shouldAnswerAPacketAndNotComeOnItsOwn() {
    assertFalse(mayHaveSent(connected().bareReset(BROKER)));
  }

  @Test
  void shouldComeByTheWayOfItsHost() {
    assertFalse(mayHaveSent(after(asked(), ROUND_TRIP).ttl(BROKER, 63).bareReset(BROKER)));
    assertFalse(mayHaveSent(after(asked(), ROUND_TRIP).mac(BROKER, 0x77).bareReset(BROKER)));
  }

  @Test
  void shouldComeByTheNewWayOfItsHostWhenTheRouteHasChanged() {
    Talk talk = after(asked(), ROUND_TRIP).ttl(BROKER, 63).bareReset(BROKER);

    assertTrue(mayHaveSent(talk.pause(Duration.ofSeconds(1)).data(BROKER, BEAT)));
  }

  private static Talk windowsAnswers(int window, boolean timestamps) {
    Talk talk = new Talk().withoutTimestamps();
    after(talk.syn(), ROUND_TRIP).packet(BROKER, Packets.SYN | Packets.ACK, p -> p);
    talk.missing(BROKER, 1).ack(CLIENT).pause(Duration.ofSeconds(5)).data(CLIENT, BEAT);
    return after(talk, ROUND_TRIP)
        .packet(
            BROKER,
            Packets.RST | Packets.ACK,
            p -> timestamps ? p.window(window).timestamps(7, 8) : p.window(window));
  }

  @Test
  void shouldLookLikeTheKernelOfWindowsOrOfOthersThatKnowsNoSocket() {
    assertTrue(mayHaveSent(windowsAnswers(0, false)));
    assertFalse(mayHaveSent(windowsAnswers(502, false)), "a live socket");
    assertFalse(mayHaveSent(windowsAnswers(0, true)));
    assertFalse(mayHaveSent(after(asked(), ROUND_TRIP).socketReset(BROKER)));
    assertFalse(mayHaveSent(after(asked(), ROUND_TRIP).craftedReset(BROKER)));
  }

  // ---- captured there

  private static boolean isHere(Talk talk, Vantage vantage) {
    return OwnRule.isHere(Seen.flow(talk).decisiveReset(), vantage);
  }

  @Test
  void shouldBeHereWhereTheCaptureIsTakenAtItsHost() {
    assertTrue(isHere(asked().bareReset(BROKER), Vantage.BROKER));
    assertFalse(isHere(asked().bareReset(BROKER), Vantage.CLIENT));
    assertFalse(isHere(asked().bareReset(BROKER), Vantage.UNKNOWN));
    assertTrue(
        isHere(new Talk().ttl(CLIENT, 64).data(BROKER, BEAT).bareReset(CLIENT), Vantage.CLIENT));
    assertFalse(isHere(asked().ttl(BROKER, 63).bareReset(BROKER), Vantage.BROKER));
  }

  @Test
  void shouldNotBeHereWhenTheHostReceivedIt() {
    Talk sent = new Talk().cooked().open(0).data(CLIENT, BEAT).bareReset(BROKER);
    Talk received = new Talk().cooked().open(0).data(CLIENT, BEAT).received(BROKER, true);

    assertTrue(isHere(sent, Vantage.BROKER));
    assertFalse(isHere(received.bareReset(BROKER), Vantage.BROKER));
  }
}
