package io.rstscope.judge.sender;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.rstscope.testing.Analysis;
import io.rstscope.testing.Packets;
import io.rstscope.testing.Talk;
import org.junit.jupiter.api.Test;

/** What the broker's host received in its own name is forged. */
class ReceivedOrSentTest {
  private static Evidence direction(Talk talk) {
    return Analysis.clue(ClueKind.RECEIVED_OR_SENT, talk);
  }

  @Test
  void shouldPointToTheMiddleboxWhenTheHostReceivedItInItsOwnName() {
    Evidence evidence =
        direction(new Talk().cooked().open(60).received(BROKER, true).socketReset(BROKER));

    assertEquals(Sender.MIDDLEBOX, evidence.pointsTo());
    assertEquals(Weights.WRONG_SIDE, evidence.weight());
    assertFalse(evidence.imitable());
  }

  @Test
  void shouldPointToTheMiddleboxWhenTheHostSentItInAnothersName() {
    Evidence evidence =
        direction(new Talk().cooked().open(60).received(CLIENT, false).bareReset(CLIENT));

    assertEquals(Sender.MIDDLEBOX, evidence.pointsTo());
  }

  @Test
  void shouldPointToTheBrokerWhenItsHostSentItAsAllItsPackets() {
    Evidence evidence = direction(new Talk().cooked().open(60).socketReset(BROKER));

    assertEquals(Sender.BROKER, evidence.pointsTo());
    assertEquals(Weights.SENT_HERE, evidence.weight());
  }

  @Test
  void shouldNotApplyToTheClientsResetThatWasReceivedAsAllItsPackets() {
    assertNull(direction(new Talk().cooked().open(60).socketReset(CLIENT)));
  }

  @Test
  void shouldNotApplyWhenTheHostForwardsPacketsAndSeesEachTwice() {
    Talk talk = new Talk().cooked().open(60).received(BROKER, true).ack(BROKER);

    assertNull(direction(talk.socketReset(BROKER)));
  }

  @Test
  void shouldNotApplyWhenTheCaptureDoesNotTellDirections() {
    assertNull(direction(new Talk().open(60).socketReset(BROKER)));
  }

  @Test
  void shouldNotApplyToARefusalBehindASynProxyWhichAnsweredBeforeIt() {
    Talk talk = new Talk().cooked().syn();
    talk.packet(BROKER, Packets.SYN | Packets.ACK, p -> p.window(0)).ack(CLIENT);
    talk.received(BROKER, true).withoutTimestamps();
    talk.packet(BROKER, Packets.RST | Packets.ACK, p -> p.id(0).window(0));

    assertNull(Analysis.clue(ClueKind.RECEIVED_OR_SENT, talk));
  }

  @Test
  void shouldSayWhatTheCapturingHostDidWithIt() {
    assertEquals(
        "the capturing host is the broker and received it: it came from elsewhere",
        direction(new Talk().cooked().open(60).received(BROKER, true).socketReset(BROKER)).says());
    assertEquals(
        "the capturing host sent it, but receives the packets of the client",
        direction(new Talk().cooked().open(60).received(CLIENT, false).bareReset(CLIENT)).says());
    assertEquals(
        "the capturing host sent it, as it sends all packets of the broker",
        direction(new Talk().cooked().open(60).socketReset(BROKER)).says());
  }

  @Test
  void shouldNotApplyToWhatAHostSendsThatIsNoEndOfThePath() {
    Talk talk = new Talk().cooked().ttl(BROKER, 62).open(60);

    assertNull(direction(talk.socketReset(BROKER)));
  }

  @Test
  void shouldNotApplyWithoutAPacketOfThatDirection() {
    assertNull(direction(new Talk().cooked().data(CLIENT, new byte[9]).socketReset(BROKER)));
  }
}
