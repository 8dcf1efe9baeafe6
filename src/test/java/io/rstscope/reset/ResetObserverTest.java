package io.rstscope.reset;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.amqp.AmqpProtocol;
import io.rstscope.amqp.AmqpState;
import io.rstscope.flow.FlowEnd;
import io.rstscope.testing.Conversation;
import io.rstscope.testing.Packets;
import io.rstscope.testing.Tap;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which flows are handed over, and who is who in them. */
class ResetObserverTest {
  private final Observing observing = Observing.usual();
  private final Conversation talk = Conversation.usual(observing.tap);

  @Test
  void shouldNotHandOverAHealthyFlow() {
    talk.handshake().openAmqp();
    talk.client.send(AmqpBytes.heartbeat());
    talk.broker.ack();
    assertEquals(List.of(), observing.flows());
  }

  @Test
  void shouldHandOverAHealthyFlowWhenAllAreAskedFor() {
    Observing all = Observing.allFlows();
    Conversation.usual(all.tap).handshake().openAmqp();
    FlowObservation flow = all.flow();
    assertEquals(List.of(), flow.resets());
    assertEquals("10.0.0.1:40000", flow.client().toString());
    assertEquals("10.0.0.2:5672", flow.broker().toString());
    assertEquals(Tap.START_NANOS, flow.startedNanos());
    assertEquals(all.tap.nanos(), flow.lastNanos());
    assertEquals("ShADd", flow.history());
    assertEquals(AmqpState.OPEN, flow.amqp().state());
    assertEquals(FlowEnd.CAPTURE_ENDED, flow.end());
    assertTrue(flow.handshakeSeen());
  }

  @Test
  void shouldSayUntilWhenTheCaptureCouldHaveShownMore() {
    Conversation other = Conversation.between(observing.tap, "10.0.0.3", 40_000, "10.0.0.2", 5672);
    talk.handshake().client.abort();
    long last = observing.tap.nanos();
    other.pass(100, SECONDS);
    other.client.syn();
    assertEquals(last, observing.flow().lastNanos());
    assertEquals(observing.tap.nanos(), observing.flow().observedUntilNanos());
  }

  @Test
  void shouldHandOverAFlowWhoseDataWasNeverAnswered() {
    talk.handshake().openAmqp().pass(350, SECONDS);
    talk.client.send("lost").sendAgain(1).sendAgain(1);
    assertEquals(List.of(), observing.flows());
    Observing more = Observing.usual();
    Conversation longer = Conversation.usual(more.tap).handshake().openAmqp();
    longer.client.send("lost").sendAgain(1).sendAgain(1).sendAgain(1);
    assertEquals(List.of(), more.flow().resets());
    assertEquals(3, more.flow().state(true).unanswered());
    assertTrue(more.flow().state(true).pendingWantsAnswer());
  }

  @Test
  void shouldHandOverAFlowWhoseProbesWereNeverAnswered() {
    talk.handshake().openAmqp().pass(75, SECONDS);
    talk.broker.keepAlive(0).keepAlive(0).keepAlive(0);
    assertEquals(3, observing.flow().state(false).unanswered());
  }

  @Test
  void shouldHandOverASynThatWasNeverAnswered() {
    talk.client.syn().sendAgain(1).sendAgain(1).sendAgain(1);
    assertNull(observing.flow().amqp());
  }

  @Test
  void shouldNotHandOverAFlowWhoseRetransmissionsWereAnsweredAtLast() {
    talk.handshake().openAmqp();
    talk.client.send("late").sendAgain(1).sendAgain(1).sendAgain(1).sendAgain(1);
    talk.broker.ack();
    assertEquals(List.of(), observing.flows());
  }

  @Test
  void shouldHandOverAnOpenConnectionThatAFinEnds() {
    talk.handshake().openAmqp();
    talk.broker.fin();
    assertTrue(observing.flow().state(false).closedFirst());
  }

  @Test
  void shouldNotHandOverAFinAfterCloseOk() {
    talk.handshake().openAmqp();
    talk.client.send(AmqpBytes.close(200, "bye", 0, 0));
    talk.broker.send(AmqpBytes.closeOk());
    talk.client.fin();
    talk.broker.fin();
    assertEquals(List.of(), observing.flows());
  }

  @Test
  void shouldNotHandOverAProbeThatNeverSpokeAmqp() {
    talk.handshake();
    talk.client.fin();
    talk.broker.fin();
    assertEquals(List.of(), observing.flows());
  }

  @Test
  void shouldHandOverTheOldFlowWhenANewOneTakesItsPlace() {
    talk.handshake().openAmqp();
    talk.client.abort().next(900_000).syn();
    talk.broker.synAck();
    assertEquals(FlowEnd.REPLACED, observing.flow().end());
    assertEquals(AmqpState.OPEN, observing.flow().amqp().state());
  }

  @Test
  void shouldNotTakeOverWhatTheOldConnectionOfATupleSaid() {
    talk.handshake().openAmqp();
    talk.client.abort().next(900_000).syn();
    talk.broker.next(800_000).synAck();
    talk.client.ack().abort();
    FlowObservation second = observing.flows().get(1);
    assertNull(second.amqp());
    assertEquals(1, second.resets().size());
  }

  @Test
  void shouldSettleGuessedRolesByWhatTheClientSays() {
    Observing any = Observing.anyPort();
    Conversation odd = Conversation.between(any.tap, "10.0.0.1", 1_000, "10.0.0.2", 40_000);
    odd.client.ack().send(AmqpBytes.header091());
    odd.broker.send(AmqpBytes.start());
    odd.client.send(AmqpBytes.startOk(AmqpBytes.clientProperties())).abort();
    FlowObservation flow = any.flow();
    assertEquals("10.0.0.1:1000", flow.client().toString());
    assertFalse(flow.rolesGuessed());
    assertEquals("ADdR", flow.history());
    assertTrue(any.reset().fromClient());
    assertEquals(AmqpProtocol.AMQP_0_9_1, flow.amqp().protocol());
  }

  @Test
  void shouldKeepGuessedRolesThatWordsConfirm() {
    Observing any = Observing.anyPort();
    Conversation right = Conversation.between(any.tap, "10.0.0.1", 40_000, "10.0.0.2", 7_000);
    right.broker.send(AmqpBytes.start()).abort();
    assertEquals("10.0.0.1:40000", any.flow().client().toString());
    assertFalse(any.flow().rolesGuessed());
  }

  @Test
  void shouldLeaveRolesGuessedThatNothingTells() {
    Observing any = Observing.anyPort();
    Conversation.between(any.tap, "10.0.0.1", 40_000, "10.0.0.2", 7_000).client.send("?").abort();
    assertTrue(any.flow().rolesGuessed());
  }

  @Test
  void shouldGiveEarlierResetsToTheOtherSideWhenRolesAreSwapped() {
    Observing any = Observing.anyPort();
    Conversation odd = Conversation.between(any.tap, "10.0.0.1", 1_000, "10.0.0.2", 40_000);
    odd.client.ack().put(forgedByLowPort(odd));
    odd.broker.ack();
    odd.client.send(AmqpBytes.header091());
    odd.broker.send(AmqpBytes.start());
    ResetObservation reset = any.reset();
    assertTrue(reset.fromClient());
    assertEquals(Role.IGNORED, reset.role());
    assertEquals(1, reset.aftermath().sameDirection());
    assertEquals(2, reset.aftermath().opposite());
    assertEquals("10.0.0.1:1000", any.flow().client().toString());
    assertEquals("ARaDd", any.flow().history());
  }

  @Test
  void shouldNotCallAnAmqpStreamForeignWhoseBeginningIsMissing() {
    talk.handshake();
    talk.client.lose(8).send("some frames' middle").abort();
    assertFalse(observing.flow().amqp().protocol() == AmqpProtocol.UNKNOWN);
  }

  @Test
  void shouldCountPacketsSeenTwiceOnce() {
    talk.handshake();
    talk.client.send(AmqpBytes.header091()).ttl(63).copy(1).ttl(64);
    talk.client.abort();
    assertEquals(1, observing.flow().duplicates());
    assertEquals(3, observing.reset().sender().packets());
  }

  private static Packets forgedByLowPort(Conversation talk) {
    return talk.client
        .packet()
        .id(9)
        .tcp(1_000, 40_000)
        .flags(Packets.RST)
        .seq(talk.client.next())
        .window(0);
  }
}
