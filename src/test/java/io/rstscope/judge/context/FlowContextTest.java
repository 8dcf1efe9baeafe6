package io.rstscope.judge.context;

import static io.rstscope.judge.context.Seen.after;
import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.rstscope.net.Side;
import io.rstscope.reset.ResetObservation;
import io.rstscope.testing.Packets;
import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The resets of a flow, by what they have to do with each other. */
class FlowContextTest {
  private static final long ROUTER = 0x02_00_00_00_00_77L;
  private static final long SECOND = 1_000_000_000L;

  private FlowContext flow;
  private List<ResetObservation> resets;

  private void see(Talk talk) {
    flow = new FlowContext(Seen.flow(talk));
    resets = flow.observation().resets();
  }

  /** Silent for so long that a reset answers nothing. */
  private static Talk silent() {
    return new Talk().open(0).pause(Duration.ofSeconds(50));
  }

  @Test
  void shouldKnowTheFirstResetInEachName() {
    see(silent().bareReset(BROKER).craftedReset(BROKER));

    assertSame(resets.get(0), flow.firstReset(BROKER));
    assertNull(flow.firstReset(CLIENT));
  }

  // ---- one packet at several points of the capture

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldLookAtTheCopyThatWasSeenWhereThePacketsBeforeWere(boolean routerFirst) {
    long first = routerFirst ? ROUTER : Packets.CLIENT_MAC;
    long second = routerFirst ? Packets.CLIENT_MAC : ROUTER;
    see(silent().mac(CLIENT, first).craftedReset(CLIENT).mac(CLIENT, second).craftedReset(CLIENT));
    ResetObservation usual = resets.get(routerFirst ? 1 : 0);

    assertEquals(2, resets.size());
    assertSame(usual, flow.atBaseline(resets.get(0)));
    assertSame(usual, flow.atBaseline(usual));
  }

  @Test
  void shouldLookAtAResetItselfWhenNoCopyWasSeenThere() {
    see(silent().mac(CLIENT, ROUTER).craftedReset(CLIENT).ttl(CLIENT, 60).craftedReset(CLIENT));

    assertSame(resets.get(0), flow.atBaseline(resets.get(0)));
    assertSame(resets.get(1), flow.atBaseline(resets.get(1)));
  }

  @Test
  void shouldNotLookAtAnotherResetInPlaceOfACopy() {
    Talk talk = silent().mac(CLIENT, ROUTER).craftedReset(CLIENT);
    see(talk.mac(CLIENT, Packets.CLIENT_MAC).bareReset(CLIENT));

    assertSame(resets.get(0), flow.atBaseline(resets.get(0)));
  }

  /** What a bridge of the capturing host takes in, it sends out again. */
  @ParameterizedTest
  @EnumSource
  void shouldLookAtTheCopyOfTheDirectionThatThePacketsBeforeHad(Side side) {
    Talk talk = new Talk().cooked().open(0).pause(Duration.ofSeconds(50));
    boolean usual = side == CLIENT;
    see(talk.received(side, !usual).craftedReset(side).received(side, usual).craftedReset(side));

    assertEquals(2, resets.size());
    assertSame(resets.get(1), flow.atBaseline(resets.get(0)));
    assertSame(resets.get(1), flow.atBaseline(resets.get(1)));
  }

  // ---- both sides reset at once

  @ParameterizedTest
  @CsvSource({"20000000, true", "20000001, false"})
  void shouldFindTheResetOfTheOtherSideAtTheSameMoment(long apart, boolean twins) {
    see(after(silent().bareReset(CLIENT), apart).bareReset(BROKER));

    assertSame(twins ? resets.get(1) : null, flow.twinOf(resets.get(0)));
    assertSame(twins ? resets.get(0) : null, flow.twinOf(resets.get(1)));
  }

  @Test
  void shouldFindNoTwinOfTheSameSide() {
    see(silent().bareReset(CLIENT).craftedReset(CLIENT));

    assertNull(flow.twinOf(resets.get(0)));
  }

  @Test
  void shouldFindNoTwinOfAResetThatAnswersAPacket() {
    see(silent().data(BROKER, new byte[9]).bareReset(CLIENT).bareReset(BROKER));

    assertNotNull(resets.get(0).trigger());
    assertNull(flow.twinOf(resets.get(0)));
    assertNull(flow.twinOf(resets.get(1)));
  }

  @Test
  void shouldFindNoTwinOfALiveSocket() {
    see(silent().socketReset(CLIENT).bareReset(BROKER));

    assertNull(flow.twinOf(resets.get(0)));
    assertNull(flow.twinOf(resets.get(1)));
  }

  @Test
  void shouldFindTheEarliestOfSeveralTwins() {
    Talk talk = after(silent().bareReset(BROKER), 5_000_000).craftedReset(BROKER);
    see(after(talk, 5_000_000).bareReset(CLIENT));

    assertSame(resets.get(0), flow.twinOf(resets.get(2)));
  }

  // ---- who does not know the number tries several

  private static final UnaryOperator<Packets> AS_IT_IS = packet -> packet;

  /** A bare reset, and one so many bytes further on. */
  private void rungs(long apart, int offset, UnaryOperator<Packets> second) {
    Talk talk = after(silent().bareReset(CLIENT), apart);
    see(talk.missing(CLIENT, offset).bareReset(CLIENT, second).missing(CLIENT, -offset));
  }

  @ParameterizedTest
  @CsvSource({"1000000000, true", "1000000001, false"})
  void shouldFindAnotherNumberThatLiesBeyondWhatWasSent(long apart, boolean found) {
    rungs(apart, 5_000, AS_IT_IS);

    assertSame(found ? resets.get(1) : null, flow.otherRung(resets.get(0), SECOND));
    assertSame(found ? resets.get(0) : null, flow.otherRung(resets.get(1), SECOND));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, -5_000})
  void shouldFindNoneWhereBothNumbersWereSent(int offset) {
    rungs(1_000_000, offset, AS_IT_IS);

    assertNull(flow.otherRung(resets.get(0), SECOND));
    assertNull(flow.otherRung(resets.get(1), SECOND));
  }

  @Test
  void shouldFindNoneOfTheSameNumber() {
    Talk talk = after(silent().missing(CLIENT, 5_000).bareReset(CLIENT), 1_000_000);
    see(talk.bareReset(CLIENT));

    assertNull(flow.otherRung(resets.get(0), SECOND));
  }

  @Test
  void shouldFindNoneOfTheOtherSide() {
    see(silent().bareReset(CLIENT).missing(BROKER, 5_000).bareReset(BROKER));

    assertNull(flow.otherRung(resets.get(0), SECOND));
  }

  @Test
  void shouldFindNoneThatAnotherHandWrote() {
    for (UnaryOperator<Packets> other :
        List.<UnaryOperator<Packets>>of(
            p -> p.ttl(60), p -> p.df(false), p -> p.timestamps(7, 8))) {
      rungs(1_000_000, 5_000, other);

      assertNull(flow.otherRung(resets.get(0), SECOND));
      assertNull(flow.otherRung(resets.get(1), SECOND));
    }
  }

  @Test
  void shouldFindNoneWithAnAcknowledgement() {
    Talk talk = after(silent().bareReset(CLIENT), 1_000_000).missing(CLIENT, 5_000);
    see(talk.packet(CLIENT, Packets.RST | Packets.ACK, p -> p.id(0)));

    assertNull(flow.otherRung(resets.get(0), SECOND));
  }
}
