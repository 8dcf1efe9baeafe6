package io.rstscope.reset;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.amqp.HandshakeStep;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When and where connections were lost, and what else was measured. */
class FlowObservationTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final byte[] BEAT = AmqpBytes.heartbeat();

  private static FlowObservation of(Talk talk) {
    List<FlowObservation> flows = new ArrayList<>();
    Analysis.observe(flows, talk);
    assertEquals(1, flows.size());
    return flows.get(0);
  }

  @Test
  void shouldEndAtTheReset() {
    Talk talk = new Talk().open(0).pause(SECOND);
    long moment = talk.now();

    FlowObservation flow = of(talk.socketReset(CLIENT).pause(SECOND).data(BROKER, BEAT));

    assertEquals(moment, flow.endNanos());
    assertEquals(16, flow.endFrame());
  }

  /** A broker that is not running resets it only when it wakes up. */
  @Test
  void shouldEndAtTheFinWhenAResetOnlyClearsAwayWhatItLeft() {
    Talk talk = new Talk().open(0).pause(SECOND);
    long moment = talk.now();

    FlowObservation flow = of(talk.fin(CLIENT).pause(SECOND).socketReset(BROKER));

    assertEquals(moment, flow.endNanos());
    assertEquals(16, flow.endFrame());
  }

  @Test
  void shouldEndAtTheFinWhereOnlyOneDirectionIsCaptured() {
    Talk talk = new Talk().syn().pause(SECOND).data(CLIENT, BEAT).pause(SECOND);
    long moment = talk.now();

    assertEquals(moment, of(talk.fin(CLIENT)).endNanos());
  }

  @Test
  void shouldEndWithTheLastSynThatNobodyAnswered() {
    Talk talk = new Talk().syn().pause(SECOND);
    long moment = talk.now();

    assertEquals(moment, of(talk.again(CLIENT)).endNanos());
  }

  @Test
  void shouldEndWhenThePacketWasSentThatNobodyAnswered() {
    Talk talk = new Talk().open(0).pause(SECOND);
    long moment = talk.now();
    talk.data(BROKER, BEAT).pause(SECOND).again(BROKER);

    FlowObservation flow = of(talk);

    assertEquals(moment, flow.endNanos());
    assertEquals(16, flow.endFrame());
    assertEquals(BROKER, flow.asking());
  }

  @Test
  void shouldEndWithTheLastPacketElse() {
    FlowObservation flow = of(new Talk().open(0));

    assertEquals(flow.lastNanos(), flow.endNanos());
    assertEquals(15, flow.endFrame());
    assertNull(flow.asking());
    assertNull(flow.decisiveReset());
  }

  @Test
  void shouldKnowThatTheClientWaitsForAnAnswer() {
    FlowObservation flow = of(new Talk().open(0).data(CLIENT, BEAT));

    assertEquals(CLIENT, flow.asking());
  }

  @Test
  void shouldRememberWhenAChannelFailedForTheFirstTimeItWasSaid() {
    Talk talk = new Talk().open(0).pause(SECOND);
    long moment = talk.now();
    talk.broker(AmqpBytes.channelClose(404, "NOT_FOUND")).pause(SECOND).broker(BEAT);

    assertEquals(moment, of(talk.client(AmqpBytes.publish(9))).channelErrorNanos());
    assertEquals(0, of(new Talk().open(0).broker(BEAT)).channelErrorNanos());
  }

  @Test
  void shouldRememberWhenALaterChannelFailed() {
    Talk talk = new Talk().open(0).broker(AmqpBytes.channelClose(404, "NOT_FOUND")).pause(SECOND);
    long moment = talk.now();

    FlowObservation flow = of(talk.broker(AmqpBytes.channelClose(406, "PRECONDITION_FAILED")));

    assertEquals(moment, flow.channelErrorNanos());
  }

  /** The client acknowledges so much later what the broker sent after the reset. */
  private static Role roleOfResetThatIsOutlivedBy(Duration life) {
    Talk talk = new Talk().roundTrip(Duration.ofMillis(40)).open(0).pause(SECOND);
    talk.missing(CLIENT, 5000).craftedReset(CLIENT).missing(CLIENT, -5000);
    talk.data(BROKER, BEAT).pause(life).ack(CLIENT);
    return of(talk.socketReset(CLIENT)).resets().get(0).role();
  }

  @Test
  void shouldTellAResetWithoutEffectFromAnAckThatWasUnderWay() {
    assertEquals(Role.IGNORED, roleOfResetThatIsOutlivedBy(Duration.ofMillis(900)));
    assertEquals(Role.ENDS_CONNECTION, roleOfResetThatIsOutlivedBy(Duration.ofMillis(20)));
  }

  @Test
  void shouldKnowPayloadOfEitherSide() {
    assertTrue(of(new Talk().connect().data(CLIENT, BEAT)).hasPayload());
    assertTrue(of(new Talk().connect().data(BROKER, BEAT)).hasPayload());
    assertFalse(of(new Talk().connect().fin(CLIENT)).hasPayload());
  }

  @Test
  void shouldSayHowFarTheHandshakeHadComeAtTheFirstFin() {
    Talk talk = new Talk().connect().client(AmqpBytes.header091()).fin(CLIENT);

    assertEquals(HandshakeStep.HEADER, of(talk.broker(AmqpBytes.start())).stepReached());
    assertEquals(HandshakeStep.OPEN_OK, of(new Talk().open(0)).stepReached());
    assertEquals(HandshakeStep.NONE, of(new Talk().connect()).stepReached());
    assertEquals(
        HandshakeStep.NONE,
        of(new Talk().connect().fin(CLIENT).data(CLIENT, AmqpBytes.header091())).stepReached());
  }

  @Test
  void shouldBeDecidedByTheFirstResetThatWasNotIgnored() {
    Talk talk = new Talk().open(0).pause(SECOND).missing(CLIENT, 5000).craftedReset(CLIENT);
    talk.missing(CLIENT, -5000).client(BEAT).broker(BEAT).pause(SECOND);

    FlowObservation flow = of(talk.socketReset(CLIENT));

    assertEquals(Role.IGNORED, flow.resets().get(0).role());
    assertEquals(1, flow.placeOfDecisive());
    assertSame(flow.resets().get(1), flow.decisiveReset());
    assertEquals(-1, of(new Talk().open(0)).placeOfDecisive());
  }

  @Test
  void shouldBeEndedByWhatCameFirst() {
    assertTrue(of(new Talk().open(0).fin(CLIENT)).isEndedByFin());
    assertTrue(of(new Talk().open(0).fin(CLIENT).pause(SECOND).socketReset(BROKER)).isEndedByFin());
    assertFalse(of(new Talk().open(0).socketReset(BROKER).fin(CLIENT)).isEndedByFin());
    assertFalse(of(new Talk().open(0).socketReset(BROKER)).isEndedByFin());
    assertFalse(of(new Talk().open(0)).isEndedByFin());
  }

  /** A FIN and the reset of the other side may cross each other. */
  @Test
  void shouldBeEndedByAFinOfTheSameInstantAsAReset() {
    Talk talk = new Talk().open(0).pause(SECOND).socketReset(BROKER);
    assertTrue(of(talk.pause(Duration.ofNanos(-10_000)).fin(CLIENT)).isEndedByFin());
  }
}
