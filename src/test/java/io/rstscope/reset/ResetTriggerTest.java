package io.rstscope.reset;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.rstscope.testing.Packets;
import io.rstscope.testing.Talk;
import io.rstscope.testing.Tap;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which packet a reset may answer: by its numbers, and by how soon it came. */
class ResetTriggerTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long MILLISECOND = 1_000_000L;
  private static final int RST_ACK = Packets.RST | Packets.ACK;

  private final Observing observing = Observing.usual();
  private final Talk talk = new Talk().seenBy(observing.tap).roundTrip(Duration.ZERO);

  /** The next packet comes so long after the last one. */
  private Talk after(long nanos) {
    return talk.pause(Duration.ofNanos(nanos - Tap.GAP_NANOS));
  }

  /** The broker answers the SYN after the first time, the client the broker after the second. */
  private void handshake(long broker, long client) {
    talk.syn();
    after(broker).synAck();
    after(client).ack(CLIENT);
  }

  private boolean answers() {
    return observing.reset().trigger() != null;
  }

  // ---- how soon

  @ParameterizedTest
  @CsvSource({"0, true", "1000000000, true", "1000000001, false"})
  void shouldAnswerWithinASecondWhereNoRoundTripIsKnown(long nanos, boolean answers) {
    talk.data(CLIENT, "question");
    after(nanos).bareReset(BROKER);

    assertEquals(answers, answers());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 50000000, true", // ms: that much is allowed to hosts nearby
    "0, 50000001, false",
    "5000000, 50000000, true",
    "5000000, 50000001, false",
    "20000000, 200000000, true", // ten round trips
    "20000000, 200000001, false"
  })
  void shouldAnswerWithinTenRoundTripsOfItsSender(long roundTrip, long nanos, boolean answers) {
    handshake(roundTrip, MILLISECOND);
    talk.data(CLIENT, "question");
    after(nanos).bareReset(BROKER);

    assertEquals(answers, answers());
  }

  @Test
  void shouldAnswerNothingWhereTheOtherSideHasSentNothing() {
    talk.data(BROKER, "to whom").bareReset(BROKER);

    assertFalse(answers());
  }

  // ---- a bare reset has the number that the packet acknowledged

  private void resetBehind(int bytes) {
    talk.bareReset(BROKER, p -> p.seq(talk.next(BROKER) - bytes));
  }

  @ParameterizedTest
  @CsvSource({
    "0, true",
    "1, true", // a packet that was under way with the last one
    "1048576, true",
    "1048577, false", // so much is not under way
    "-1, false" // nobody has acknowledged that yet
  })
  void shouldAnswerAnAcknowledgementThatWasUnderWayAmidData(int behind, boolean answers) {
    talk.connect().data(BROKER, "data").ack(CLIENT);
    resetBehind(behind);

    assertEquals(answers, answers());
  }

  @ParameterizedTest
  @CsvSource({"0, true", "1, false"})
  void shouldAnswerTheLastAcknowledgementOnlyWhereItHasSentNoData(int behind, boolean answers) {
    talk.connect();
    resetBehind(behind);

    assertEquals(answers, answers());
  }

  @ParameterizedTest
  @CsvSource({"0, true", "50000000, true", "50000001, false"})
  void shouldBeAmidDataOnlyAsLongAsAnAnswerTakes(long sinceData, boolean answers) {
    talk.connect().ack(CLIENT).data(BROKER, "data");
    after(sinceData / 2).data(CLIENT, "more");
    after(sinceData - sinceData / 2);
    resetBehind(3);

    assertEquals(answers, answers());
  }

  // ---- a device's RST,ACK has both numbers of the packet

  private void deviceResets(int sequence, int acknowledgement) {
    talk.bareReset(BROKER, p -> p.df(false).flags(RST_ACK).seq(sequence).ack(acknowledgement));
    assertEquals(Shape.CRAFTED, observing.reset().shape());
  }

  @Test
  void shouldAnswerAPacketWhoseNumbersItHas() {
    talk.connect().data(CLIENT, "question");
    deviceResets(talk.next(BROKER), talk.next(CLIENT));

    assertEquals(4, observing.reset().trigger().frame());
  }

  @Test
  void shouldAnswerAKeepAliveWithTheNumberOfItsProbe() {
    talk.connect().keepAlive(CLIENT, 0);
    deviceResets(talk.next(BROKER), talk.next(CLIENT) - 1);

    assertEquals(4, observing.reset().trigger().frame());
  }

  @ParameterizedTest
  @CsvSource({"7, 0", "0, 1", "0, -2"})
  void shouldNotAnswerAPacketWithOtherNumbers(int sequence, int acknowledgement) {
    talk.connect().data(CLIENT, "question");
    deviceResets(talk.next(BROKER) + sequence, talk.next(CLIENT) + acknowledgement);

    assertFalse(answers());
  }

  @Test
  void shouldNotAnswerABareAcknowledgementThatWantsNoAnswer() {
    talk.connect().ack(CLIENT);
    deviceResets(talk.next(BROKER), talk.next(CLIENT));

    assertFalse(answers());
  }

  /** Nothing tells which number the answer has to have. */
  @Test
  void shouldAnswerASynWhateverItsNumbers() {
    talk.syn();
    deviceResets(7, 7);

    assertEquals(1, observing.reset().trigger().frame());
  }

  // ---- the silence before

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldTakeTheLaterPayloadOfEitherSideThoughItIsOfTheSameInstant(boolean ofSender) {
    talk.connect().data(ofSender ? CLIENT : BROKER, "earlier");
    after(SECOND);
    talk.data(ofSender ? BROKER : CLIENT, "later");
    after(0).socketReset(BROKER);

    assertEquals(0, observing.reset().idle().payload());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldTakeThePayloadOfTheOnlySideThatSentAny(boolean ofSender) {
    talk.connect().data(ofSender ? BROKER : CLIENT, "only");
    after(7 * SECOND).socketReset(BROKER);

    assertEquals(7 * SECOND, observing.reset().idle().payload());
  }
}
