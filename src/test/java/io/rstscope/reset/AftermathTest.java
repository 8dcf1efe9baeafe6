package io.rstscope.reset;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.testing.Talk;
import io.rstscope.testing.Tap;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts as life after a reset, and what was only under way. */
class AftermathTest {
  private static final long MILLISECOND = 1_000_000L;

  private final Observing observing = Observing.usual();
  private final Talk talk = new Talk().seenBy(observing.tap).roundTrip(Duration.ZERO);

  /** The next packet comes so long after the last one. */
  private Talk after(long nanos) {
    return talk.pause(Duration.ofNanos(nanos - Tap.GAP_NANOS));
  }

  private void forgeResetOfBroker() {
    talk.bareReset(BROKER, p -> p.id(31_337));
  }

  private Aftermath aftermath() {
    return observing.resets().get(0).aftermath();
  }

  // ---- what was captured after the reset, though sent before

  @ParameterizedTest(name = "last {0}, reset {1}, then {2}: overtaken {3}")
  @CsvSource({
    "200, 204, 201, true",
    "200, 204, 203, true",
    "200, 204, 204, false", // that is the reset's own
    "200, 204, 205, false", // it was sent after the reset
    "200, 204, 200, false", // it was not sent after the packet before
    "200, 264, 263, true",
    "200, 265, 264, false", // a host does not number so many in between
    "65530, 5, 2, true", // the numbers begin anew
    "65530, 0, 65533, false", // 0 is no number, neither the reset's
    "65530, 5, 0, false" // nor the packet's
  })
  void shouldBeNoLifeWhenTheResetOvertookIt(int last, int reset, int then, boolean overtaken) {
    talk.connect();
    talk.ipId(CLIENT, last)
        .data(CLIENT, "last")
        .ipId(CLIENT, reset)
        .socketReset(CLIENT)
        .ipId(CLIENT, then)
        .data(CLIENT, "then");

    assertEquals(overtaken, aftermath().lifeFrame() == -1);
    assertEquals(overtaken ? 0 : 1, aftermath().sameDirection());
  }

  @Test
  void shouldBeLifeWhateverItsNumberWhereTheHostIsNotKnownToCount() {
    talk.ipId(CLIENT, 200)
        .data(CLIENT, "last")
        .ipId(CLIENT, 204)
        .socketReset(CLIENT)
        .ipId(CLIENT, 203)
        .data(CLIENT, "then");

    assertTrue(aftermath().lifeFrame() > 0);
  }

  // ---- what both sides may have sent before the reset came to them

  /** The broker acknowledges so long after the reset what the client sent after it. */
  private boolean livedOn(long nanos) {
    forgeResetOfBroker();
    after(1).data(CLIENT, "question");
    after(nanos - 1).ack(BROKER);
    return aftermath().livedOn();
  }

  @ParameterizedTest(name = "round trips {0} ms and {1} ms, after {2} ns: {3}")
  @CsvSource({
    "10, 20, 61000000, false", // two of each, and 1 ms
    "10, 20, 61000001, true",
    "0, 20, 41000000, false", // captured where the broker runs
    "0, 20, 41000001, true",
    "10, 0, 21000000, false", // captured where the client runs
    "10, 0, 21000001, true"
  })
  void shouldLiveOnOnceAnAnswerCannotHaveBeenUnderWay(
      long broker, long client, long nanos, boolean livedOn) {
    talk.syn();
    after(broker * MILLISECOND).synAck();
    after(client * MILLISECOND).ack(CLIENT);

    assertEquals(livedOn, livedOn(nanos));
  }

  @ParameterizedTest
  @CsvSource({"1000000000, false", "1000000001, true"})
  void shouldLiveOnAfterASecondWhereRoundTripsAreNotKnown(long nanos, boolean livedOn) {
    talk.ack(CLIENT).ack(BROKER);

    assertEquals(livedOn, livedOn(nanos));
  }

  @Test
  void shouldNotLiveOnByAnAcknowledgementOfWhatCameBeforeTheReset() {
    talk.connect().data(CLIENT, "question");
    forgeResetOfBroker();
    after(2_000 * MILLISECOND).ack(BROKER);

    assertFalse(aftermath().livedOn());
    assertEquals(2_000 * MILLISECOND, aftermath().lifeNanos());
  }

  @Test
  void shouldLiveOnThoughLifeIsOfTheSameInstant() {
    talk.connect();
    forgeResetOfBroker();
    after(0).data(BROKER, "alive");
    talk.ack(CLIENT);

    assertEquals(0, aftermath().lifeNanos());
    assertTrue(aftermath().livedOn());
  }

  // ---- what is measured of it

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0", // the host numbers none
    "0, 7, 7",
    "65530, 4, 10", // the numbers begin anew
    "65530, 0, 6"
  })
  void shouldMeasureTheStepOfIdentifications(int before, int after, int step) {
    talk.ipId(CLIENT, before)
        .data(CLIENT, "before")
        .bareReset(CLIENT)
        .ipId(CLIENT, after)
        .data(CLIENT, "after");

    assertEquals(step, aftermath().lifeIpIdStep());
  }

  @Test
  void shouldKnowNoStepWhereNothingCameBefore() {
    talk.bareReset(CLIENT).data(CLIENT, "first");

    assertEquals(-1, aftermath().lifeIpIdStep());
    assertEquals(-1, aftermath().lifeTsStep());
  }

  @Test
  void shouldCountForEachResetWhatCameAfterIt() {
    talk.connect();
    forgeResetOfBroker();
    talk.data(BROKER, "one").ack(CLIENT).ack(CLIENT);
    forgeResetOfBroker();
    talk.data(BROKER, "two").ack(CLIENT).ack(CLIENT).ack(CLIENT);
    List<ResetObservation> resets = observing.resets();

    assertEquals(2, resets.get(0).aftermath().sameDirection());
    assertEquals(5, resets.get(0).aftermath().opposite());
    assertEquals(1, resets.get(1).aftermath().sameDirection());
    assertEquals(3, resets.get(1).aftermath().opposite());
  }

  // ---- whether the claimed sender itself goes on

  private static Aftermath life(int sequenceOffset, long nanos) {
    return new Aftermath(1, 0, 9, nanos, sequenceOffset, -1, -1, 64, false);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, true", // new bytes, at once
    "1048576, 0, true",
    "1048577, 0, false", // of another connection
    "-1, 999999, false", // may have been under way for 1 ms
    "-1, 1000000, true",
    "-1048576, 1000000, true",
    "-1048577, 1000000, false"
  })
  void shouldGoOnByMoreThanWhatWasUnderWay(int sequenceOffset, long nanos, boolean goesOn) {
    assertEquals(goesOn, life(sequenceOffset, nanos).goesOn(-1));
  }

  @Test
  void shouldAllowOldBytesTheRoundTripOfTheSender() {
    assertFalse(life(-1, 40 * MILLISECOND - 1).goesOn(40 * MILLISECOND));
    assertTrue(life(-1, 40 * MILLISECOND).goesOn(40 * MILLISECOND));
  }

  @Test
  void shouldNotGoOnWithoutAPacket() {
    assertFalse(new Aftermath(0, 3, -1, -1, 0, -1, -1, -1, false).goesOn(-1));
  }
}
