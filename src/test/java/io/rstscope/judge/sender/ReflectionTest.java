package io.rstscope.judge.sender;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.testing.Analysis;
import io.rstscope.testing.Packets;
import io.rstscope.testing.Talk;
import org.junit.jupiter.api.Test;

/** A reset that carries fields of the packet that it answers. */
class ReflectionTest {
  private static final int BROKERS_ID = 30_000;

  private static Talk asked() {
    return new Talk().open(60).ipId(BROKER, BROKERS_ID).data(BROKER, new byte[9]);
  }

  @Test
  void shouldPointToTheMiddleboxWhenTheAnswerHasItsIdentification() {
    Talk talk = asked();
    int id = talk.lastIpId(BROKER);

    Evidence evidence =
        Analysis.clue(
            ClueKind.REFLECTION, talk.packet(CLIENT, Packets.RST, p -> p.id(id).window(0)));

    assertEquals(Sender.MIDDLEBOX, evidence.pointsTo());
    assertEquals(Weights.REFLECTED_ID, evidence.weight());
    assertFalse(evidence.imitable());
    assertTrue(evidence.says().contains("IP ID " + id), evidence.says());
  }

  @Test
  void shouldNotApplyWhenTheSenderHasThatIdentificationByItself() {
    Talk talk = new Talk().open(60).ipId(BROKER, BROKERS_ID).data(BROKER, new byte[9]);
    talk.ipId(CLIENT, BROKERS_ID - 1).ack(CLIENT);

    assertNull(Analysis.clue(ClueKind.REFLECTION, talk.socketReset(CLIENT)));
  }

  @Test
  void shouldNotApplyWhenTheIdentificationIsTheSendersNext() {
    assertNull(Analysis.clue(ClueKind.REFLECTION, asked().socketReset(CLIENT)));
  }

  private static final int WINDOW = 12_345;

  /** The broker's last packet has that window, which is not the client's. */
  private static Talk windowed() {
    return new Talk().open(60).packet(BROKER, Packets.ACK, p -> p.window(WINDOW));
  }

  private static Evidence reflection(Talk talk) {
    return Analysis.clue(ClueKind.REFLECTION, talk);
  }

  @Test
  void shouldPointToTheMiddleboxWhenTheAnswerHasItsWindow() {
    Evidence evidence = reflection(windowed().bareReset(CLIENT, p -> p.window(WINDOW)));

    assertEquals(Sender.MIDDLEBOX, evidence.pointsTo());
    assertEquals(Weights.REFLECTED_WINDOW, evidence.weight());
    assertTrue(evidence.says().startsWith("it carries the window 12345 of the other side's"));
    assertNull(reflection(windowed().bareReset(CLIENT, p -> p.window(WINDOW + 1))));
  }

  @Test
  void shouldNotTakeAWindowForReflectedThatIsTheSendersOwn() {
    Talk talk = windowed().packet(CLIENT, Packets.ACK, p -> p.window(WINDOW));

    assertNull(reflection(talk.bareReset(CLIENT, p -> p.window(WINDOW))));
  }

  @Test
  void shouldSayWhenBothAreReflected() {
    Talk talk = windowed();
    int id = talk.lastIpId(BROKER);

    assertEquals(
        "it carries the IP ID "
            + id
            + " and the window 12345 of the other side's last packet: a device turned"
            + " that packet around",
        reflection(talk.bareReset(CLIENT, p -> p.id(id).window(WINDOW))).says());
  }

  @Test
  void shouldNotApplyWhereBothLackNumberAndWindow() {
    Talk talk = new Talk().open(60).ipId(BROKER, 0).packet(BROKER, Packets.ACK, p -> p.window(0));

    assertNull(reflection(talk.bareReset(CLIENT)));
  }

  @Test
  void shouldNeedNumberAndWindowWhereNothingIsKnownOfTheSender() {
    Talk one = new Talk().ipId(BROKER, BROKERS_ID).data(BROKER, new byte[9]);
    Talk both = new Talk().ipId(BROKER, BROKERS_ID);
    both.packet(BROKER, Packets.ACK, p -> p.window(WINDOW));

    assertNull(reflection(one.bareReset(CLIENT, p -> p.id(BROKERS_ID))));
    assertEquals(
        Weights.REFLECTED_ID,
        reflection(both.bareReset(CLIENT, p -> p.id(BROKERS_ID).window(WINDOW))).weight());
  }

  @Test
  void shouldNotApplyWhenTheSenderCountsToThatNumberSoon() {
    Talk near = asked();
    Talk far = asked();
    near.ipId(CLIENT, near.lastIpId(BROKER) - 64).ack(CLIENT);
    far.ipId(CLIENT, far.lastIpId(BROKER) - 65).ack(CLIENT);

    assertNull(reflection(near.bareReset(CLIENT, p -> p.id(BROKERS_ID))));
    assertEquals(
        Sender.MIDDLEBOX, reflection(far.bareReset(CLIENT, p -> p.id(BROKERS_ID))).pointsTo());
  }
}
