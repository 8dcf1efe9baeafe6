package io.rstscope.judge.sender;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.testing.Analysis;
import io.rstscope.testing.Packets;
import io.rstscope.testing.Talk;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A socket resets with exactly its next sequence number. */
class SequenceClueTest {
  private static final Duration SILENCE = Duration.ofSeconds(5);

  private static Evidence sequence(Talk talk) {
    return Analysis.clue(ClueKind.SEQUENCE, talk);
  }

  private static Talk open() {
    return new Talk().open(60).pause(SILENCE);
  }

  @ParameterizedTest
  @ValueSource(ints = {502, 3_000, -400})
  void shouldPointToTheMiddleboxWhenTheNumberIsNotTheNextOne(int offset) {
    Evidence evidence = sequence(open().missing(CLIENT, offset).socketReset(CLIENT));

    assertEquals(Sender.MIDDLEBOX, evidence.pointsTo());
    assertEquals(Weights.SEQUENCE_OFF, evidence.weight());
    assertTrue(evidence.says().contains(Math.abs(offset) + (offset > 0 ? " beyond" : " before")));
  }

  @Test
  void shouldPointToTheMiddleboxWhenItAcknowledgesWhatWasNotSent() {
    Talk talk = open().packet(CLIENT, Packets.RST | Packets.ACK, p -> p.ack(0x7000_0000));

    Evidence evidence = sequence(talk);

    assertEquals(Sender.MIDDLEBOX, evidence.pointsTo());
    assertEquals(Weights.ACKNOWLEDGEMENT_OFF, evidence.weight());
  }

  @Test
  void shouldPointToTheMiddleboxWhenItAcknowledgesLessThanItsSenderHad() {
    Talk talk = open().packet(CLIENT, Packets.RST | Packets.ACK, p -> p.ack(9_000_001));

    assertEquals("it acknowledges less than earlier packets from this side", sequence(talk).says());
  }

  @Test
  void shouldNotApplyWhenTheNumberIsTheNextOne() {
    assertNull(sequence(open().socketReset(CLIENT)));
  }

  @Test
  void shouldNotApplyToTheNumberBeforeWhichKeepAliveExpiryUses() {
    assertNull(sequence(open().missing(CLIENT, -1).socketReset(CLIENT)));
  }

  @Test
  void shouldNotApplyToAnAnswerNumberedByWhatItAnswers() {
    Talk talk = open().data(BROKER, new byte[9]);

    assertNull(sequence(talk.bareReset(CLIENT)));
  }

  @Test
  void shouldNotApplyWhenBytesOfThatSideAreMissingFromTheCapture() {
    Talk talk = open().missing(CLIENT, 1000).client(new byte[9]).missing(CLIENT, 1000);

    assertNull(sequence(talk.socketReset(CLIENT)));
  }

  @Test
  void shouldSayWhichOfTheTwoNumbersIsWrong() {
    Talk unsent = open().packet(CLIENT, Packets.RST | Packets.ACK, p -> p.ack(0x7000_0000));

    assertEquals("it acknowledges what the other side has not sent", sequence(unsent).says());
    assertEquals(
        "its sequence number is 502 beyond the sender's next one",
        sequence(open().missing(CLIENT, 502).socketReset(CLIENT)).says());
  }

  @Test
  void shouldNotWonderAtAnAcknowledgementOfBytesNotCaptured() {
    Talk talk = open().missing(BROKER, 1000).broker(new byte[9]).missing(BROKER, 1000);

    assertNull(sequence(talk.socketReset(CLIENT)));
  }

  @Test
  void shouldPointToTheMiddleboxWhenAnUnaskedResetHasAWrongNumber() {
    assertEquals(
        Weights.SEQUENCE_OFF, sequence(open().missing(CLIENT, 502).bareReset(CLIENT)).weight());
  }
}
