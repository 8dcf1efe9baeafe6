package io.rstscope.judge.sender;

import static io.rstscope.testing.Talk.BROKER;
import static io.rstscope.testing.Talk.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.judge.context.Recording;
import io.rstscope.judge.context.Vantage;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
import java.time.Duration;
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
  void shouldOnlyExplainABareResetThatAnswersNothingWhenTheCaptureLostPackets() {
    Recording lossy = new Recording(Vantage.BROKER, false, 1, 0);
    Talk talk = new Talk().open(60).pause(SILENCE).bareReset(CLIENT);

    Evidence evidence = Analysis.clue(ClueKind.SHAPE, Analysis.lastReset(lossy, talk));

    assertEquals(0, evidence.weight());
    assertTrue(evidence.says().endsWith("packets are missing from the capture"), evidence.says());
  }

  @Test
  void shouldOnlyExplainABareResetThatAnswersBecauseAFirewallsRejectIsTheSamePacket() {
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
  void shouldPointToTheMiddleboxWhenASocketThatCountsResetsWithoutTimestamps() {
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
  void shouldOnlyExplainAnAnswerWithoutDontFragmentOnceTheSocketIsClosed() {
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
}
