package io.rstscope.reset;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.amqp.AmqpProtocol;
import io.rstscope.amqp.AmqpState;
import io.rstscope.flow.FlowEnd;
import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which flows are handed over, and who is who in them. */
class ResetObserverTest {
  private final Observing observing = Observing.usual();
  private final Talk talk = new Talk().seenBy(observing.tap);

  @Test
  void shouldNotHandOverAHealthyFlow() {
    talk.open(60).data(CLIENT, AmqpBytes.heartbeat()).ack(BROKER);
    assertEquals(List.of(), observing.flows());
  }

  @Test
  void shouldHandOverAHealthyFlowWhenAllAreAskedFor() {
    Observing all = Observing.allFlows();
    new Talk().seenBy(all.tap).open(60);
    FlowObservation flow = all.flow();
    assertEquals(List.of(), flow.resets());
    assertEquals("10.0.1.1:40000", flow.client().toString());
    assertEquals("10.0.0.2:5672", flow.broker().toString());
    assertEquals(Talk.START, flow.startedNanos());
    assertEquals(all.tap.nanos(), flow.lastNanos());
    assertEquals("ShADad", flow.history());
    assertEquals(AmqpState.OPEN, flow.amqp().state());
    assertEquals(FlowEnd.CAPTURE_ENDED, flow.end());
    assertTrue(flow.handshakeSeen());
  }

  @Test
  void shouldSayUntilWhenTheCaptureCouldHaveShownMore() {
    Talk other = new Talk("10.0.0.3", 40_000).seenBy(observing.tap);
    talk.connect().socketReset(CLIENT);
    long last = observing.tap.nanos();
    other.pause(Duration.ofSeconds(100)).syn();
    assertEquals(last, observing.flow().lastNanos());
    assertEquals(observing.tap.nanos(), observing.flow().observedUntilNanos());
  }

  @Test
  void shouldHandOverAFlowWhoseDataWasNeverAnswered() {
    talk.open(60).pause(Duration.ofSeconds(350)).data(CLIENT, "lost").again(CLIENT).again(CLIENT);
    assertEquals(List.of(), observing.flows());
    Observing more = Observing.usual();
    Talk longer = new Talk().seenBy(more.tap).open(60);
    longer.data(CLIENT, "lost").again(CLIENT).again(CLIENT).again(CLIENT);
    assertEquals(List.of(), more.flow().resets());
    assertEquals(3, more.flow().state(CLIENT).unanswered());
    assertTrue(more.flow().state(CLIENT).pendingWantsAnswer());
  }

  @Test
  void shouldHandOverAFlowWhoseProbesWereNeverAnswered() {
    talk.open(60).pause(Duration.ofSeconds(75));
    talk.keepAlive(BROKER, 0).keepAlive(BROKER, 0).keepAlive(BROKER, 0);
    assertEquals(3, observing.flow().state(BROKER).unanswered());
  }

  @Test
  void shouldHandOverASynThatWasNeverAnswered() {
    talk.syn().again(CLIENT).again(CLIENT).again(CLIENT);
    assertNull(observing.flow().amqp());
  }

  @Test
  void shouldNotHandOverAFlowWhoseRetransmissionsWereAnsweredAtLast() {
    talk.open(60).data(CLIENT, "late").again(CLIENT).again(CLIENT).again(CLIENT).again(CLIENT);
    talk.ack(BROKER);
    assertEquals(List.of(), observing.flows());
  }

  @Test
  void shouldHandOverAnOpenConnectionThatAFinEnds() {
    talk.open(60).fin(BROKER);
    assertTrue(observing.flow().state(BROKER).closedFirst());
  }

  @Test
  void shouldNotHandOverAFinAfterCloseOk() {
    talk.open(60).data(CLIENT, AmqpBytes.close(200, "bye", 0, 0)).data(BROKER, AmqpBytes.closeOk());
    talk.fin(CLIENT).fin(BROKER);
    assertEquals(List.of(), observing.flows());
  }

  @Test
  void shouldNotHandOverAProbeThatNeverSpokeAmqp() {
    talk.connect().fin(CLIENT).fin(BROKER);
    assertEquals(List.of(), observing.flows());
  }

  @Test
  void shouldHandOverTheOldFlowWhenANewOneTakesItsPlace() {
    talk.open(60).socketReset(CLIENT).next(CLIENT, 900_000).syn().synAck();
    assertEquals(FlowEnd.REPLACED, observing.flow().end());
    assertEquals(AmqpState.OPEN, observing.flow().amqp().state());
  }

  @Test
  void shouldNotTakeOverWhatTheOldConnectionOfATupleSaid() {
    talk.open(60).socketReset(CLIENT).next(CLIENT, 900_000).syn().next(BROKER, 800_000).synAck();
    talk.ack(CLIENT).socketReset(CLIENT);
    FlowObservation second = observing.flows().get(1);
    assertNull(second.amqp());
    assertEquals(1, second.resets().size());
  }

  @Test
  void shouldSettleGuessedRolesByWhatTheClientSays() {
    Observing any = Observing.anyPort();
    Talk odd = new Talk("10.0.1.1", 1_000, "10.0.0.2", 40_000).seenBy(any.tap);
    odd.ack(CLIENT).data(CLIENT, AmqpBytes.header091()).data(BROKER, AmqpBytes.start());
    odd.data(CLIENT, AmqpBytes.startOk(AmqpBytes.clientProperties())).socketReset(CLIENT);
    FlowObservation flow = any.flow();
    assertEquals("10.0.1.1:1000", flow.client().toString());
    assertFalse(flow.rolesGuessed());
    assertEquals("ADdR", flow.history());
    assertEquals(CLIENT, any.reset().from());
    assertEquals(AmqpProtocol.AMQP_0_9_1, flow.amqp().protocol());
  }

  @Test
  void shouldKeepGuessedRolesThatWordsConfirm() {
    Observing any = Observing.anyPort();
    Talk right = new Talk("10.0.1.1", 40_000, "10.0.0.2", 7_000).seenBy(any.tap);
    right.data(BROKER, AmqpBytes.start()).socketReset(BROKER);
    assertEquals("10.0.1.1:40000", any.flow().client().toString());
    assertFalse(any.flow().rolesGuessed());
  }

  @Test
  void shouldLeaveRolesGuessedThatNothingTells() {
    Observing any = Observing.anyPort();
    new Talk("10.0.1.1", 40_000, "10.0.0.2", 7_000)
        .seenBy(any.tap)
        .data(CLIENT, "?")
        .socketReset(CLIENT);
    assertTrue(any.flow().rolesGuessed());
  }

  @Test
  void shouldGiveEarlierResetsToTheOtherSideWhenRolesAreSwapped() {
    Observing any = Observing.anyPort();
    Talk odd = new Talk("10.0.1.1", 1_000, "10.0.0.2", 40_000).seenBy(any.tap);
    odd.ack(CLIENT).bareReset(CLIENT, p -> p.id(9)).ack(BROKER).data(CLIENT, AmqpBytes.header091());
    odd.data(BROKER, AmqpBytes.start());
    ResetObservation reset = any.reset();
    assertEquals(CLIENT, reset.from());
    assertEquals(Role.IGNORED, reset.role());
    assertEquals(1, reset.aftermath().sameDirection());
    assertEquals(2, reset.aftermath().opposite());
    assertEquals("10.0.1.1:1000", any.flow().client().toString());
    assertEquals("ARaDd", any.flow().history());
  }

  @Test
  void shouldNotCallAnAmqpStreamForeignWhoseBeginningIsMissing() {
    talk.connect().missing(CLIENT, 8).data(CLIENT, "some frames' middle").socketReset(CLIENT);
    assertFalse(observing.flow().amqp().protocol() == AmqpProtocol.UNKNOWN);
  }

  @Test
  void shouldCountPacketsSeenTwiceOnce() {
    talk.connect()
        .data(CLIENT, AmqpBytes.header091())
        .ttl(CLIENT, 60)
        .copy(CLIENT)
        .ttl(CLIENT, Talk.CLIENT_TTL);
    talk.socketReset(CLIENT);
    assertEquals(1, observing.flow().duplicates());
    assertEquals(3, observing.reset().sender().packets());
  }
}
