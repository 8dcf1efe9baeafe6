package io.rstscope.judge.sender;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.judge.context.Recording;
import io.rstscope.judge.context.Vantage;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Packets;
import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What kind of sender writes resets of this form. */
class ShapeClueTest {
  private static final Duration SILENCE = Duration.ofSeconds(5);

  private static Evidence shape(Talk talk) {
    return Analysis.clue(ClueKind.SHAPE, talk);
  }

  @Test
  void shouldPointToTheClaimedSenderWhenALiveSocketWritesSo() {
    Evidence evidence = shape(new Talk().open(60).pause(SILENCE).socketReset(CLIENT));

    assertEquals(Sender.CLIENT, evidence.pointsTo());
    assertEquals(Weights.SOCKET, evidence.weight());
    assertTrue(evidence.imitable());
  }

  @Test
  void shouldPointToTheMiddleboxWhenNoKernelWritesSo() {
    Evidence evidence = shape(new Talk().open(60).pause(SILENCE).craftedReset(CLIENT));

    assertEquals(Sender.MIDDLEBOX, evidence.pointsTo());
    assertEquals(Weights.CRAFTED, evidence.weight());
  }

  @Test
  void shouldPointToTheMiddleboxWhenABareResetAnswersNothing() {
    Evidence evidence = shape(new Talk().open(60).pause(SILENCE).bareReset(CLIENT));

    assertEquals(Sender.MIDDLEBOX, evidence.pointsTo());
    assertEquals(Weights.STATELESS_UNPROMPTED, evidence.weight());
  }

  @Test
  void shouldOnlyExplainAnUnaskedBareResetWhenPacketsWereLost() {
    Recording lossy = new Recording(Vantage.BROKER, false, 1, 0);
    Talk talk = new Talk().open(60).pause(SILENCE).bareReset(CLIENT);

    Evidence evidence = Analysis.clue(ClueKind.SHAPE, Analysis.lastReset(lossy, talk));

    assertEquals(0, evidence.weight());
    assertTrue(evidence.says().endsWith("packets are missing from the capture"), evidence.says());
  }

  @Test
  void shouldOnlyExplainABareAnswerThatAFirewallsRejectMayBe() {
    Talk talk = new Talk().open(60).pause(SILENCE).data(BROKER, new byte[9]).bareReset(CLIENT);

    assertEquals(0, shape(talk).weight());
  }

  @Test
  void shouldOnlyExplainARefusalBecauseARulesRejectIsTheSamePacket() {
    assertEquals(0, shape(new Talk().syn().refusal()).weight());
  }

  @Test
  void shouldNotTakeTheSocketOfABsdForADevice() {
    Talk talk = numberedAtRandom(new Talk().open(60)).pause(SILENCE);

    Evidence evidence = shape(talk.withoutTimestamps().socketReset(CLIENT));

    assertEquals(0, evidence.weight());
    assertTrue(evidence.says().contains("BSD and macOS"), evidence.says());
  }

  @Test
  void shouldDoubtTheSocketOfABsdWhereNoIdentificationShowsIt() {
    Talk talk = new Talk("2001:db8::1", 40_000).open(60).pause(SILENCE);

    Evidence evidence = shape(talk.withoutTimestamps().socketReset(CLIENT));

    assertEquals(Weights.OF_BSD, evidence.weight());
    assertTrue(evidence.imitable());
  }

  @Test
  void shouldPointToTheMiddleboxWhenACountingSocketLacksTimestamps() {
    Talk talk = new Talk().open(60).pause(SILENCE).withoutTimestamps();

    assertEquals(Weights.CRAFTED, shape(talk.socketReset(CLIENT)).weight());
  }

  @Test
  void shouldDoubtAnAnswerWithoutDontFragmentThatEndsTheConnection() {
    Talk talk = numberedAtRandom(new Talk().open(60)).pause(SILENCE).data(BROKER, new byte[9]);

    Evidence evidence = shape(fragmentable(talk));

    assertEquals(Sender.MIDDLEBOX, evidence.pointsTo());
    assertEquals(Weights.STATELESS_FRAGMENTABLE, evidence.weight());
  }

  @Test
  void shouldOnlyExplainAFragmentableAnswerOnceTheSocketIsClosed() {
    Talk talk = numberedAtRandom(new Talk().open(60)).pause(SILENCE).fin(CLIENT);

    assertEquals(0, shape(fragmentable(talk.data(BROKER, new byte[9]).ack(BROKER))).weight());
  }

  private static Talk numberedAtRandom(Talk talk) {
    for (int id = 1; id <= 30; id++) {
      talk.ipId(CLIENT, id * 5_003 & 0xffff).ack(CLIENT);
    }
    return talk;
  }

  /** As macOS answers for a socket that it does not know. */
  private static Talk fragmentable(Talk talk) {
    return talk.bareReset(CLIENT, p -> p.id(31_337).df(false));
  }

  @Test
  void shouldBelieveACraftedFormLessWhereNothingShowsWhatTheSendersIs() {
    Evidence without = shape(new Talk().data(BROKER, new byte[9]).craftedReset(CLIENT));
    Evidence with = shape(new Talk().open(60).pause(SILENCE).craftedReset(CLIENT));

    assertEquals(Weights.CRAFTED_WITHOUT_BASELINE, without.weight());
    assertEquals("no known TCP stack sends such an RST", without.says());
    assertEquals("no known TCP stack sends such an RST in this flow", with.says());
  }

  /** RST,ACK over IPv6 without the timestamps of the flow, in which the one thing differs. */
  private static double weight(UnaryOperator<Packets> change) {
    Talk talk = new Talk("2001:db8::1", 40_000).open(60).pause(SILENCE).withoutTimestamps();
    return shape(talk.packet(CLIENT, Packets.RST | Packets.ACK, change)).weight();
  }

  @Test
  void shouldTakeItForABsdsOnlyWhereBothNumbersAreExact() {
    Talk beyond = new Talk("2001:db8::1", 40_000).open(60).pause(SILENCE).withoutTimestamps();

    assertEquals(Weights.OF_BSD, weight(p -> p));
    assertEquals(Weights.CRAFTED, weight(p -> p.ack(9_000_001)));
    assertEquals(Weights.CRAFTED, shape(beyond.missing(CLIENT, 600).socketReset(CLIENT)).weight());
  }

  @Test
  void shouldOnlyExplainAnUnaskedBareResetWhereBytesAreMissing() {
    Talk gap = new Talk().open(60).missing(BROKER, 500).broker(new byte[9]).pause(SILENCE);
    Talk filtered = new Talk().syn().synAck().missing(CLIENT, 355).missing(BROKER, 551);

    assertEquals(0, shape(gap.bareReset(CLIENT)).weight());
    assertEquals(0, shape(filtered.pause(SILENCE).bareReset(CLIENT)).weight());
  }

  @Test
  void shouldNotWonderThatNothingIsAnsweredInAOneSidedCapture() {
    Evidence evidence =
        shape(new Talk().data(CLIENT, new byte[9]).pause(SILENCE).bareReset(CLIENT));

    assertEquals(Sender.UNDETERMINED, evidence.pointsTo());
    assertTrue(evidence.says().contains("that answers a packet"), evidence.says());
  }

  @Test
  void shouldOnlyExplainAnAnswerWithDontFragmentWhereAllHaveIt() {
    Talk talk = numberedAtRandom(new Talk().open(60)).pause(SILENCE).data(BROKER, new byte[9]);

    assertEquals(0, shape(talk.bareReset(CLIENT, p -> p.id(31_337))).weight());
  }
}
