package io.rstscope.reset;

import static io.rstscope.testing.Talk.BROKER;
import static io.rstscope.testing.Talk.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.rstscope.amqp.AmqpBytes;
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
    assertSame(flow.brokerState(), flow.asking());
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

    assertSame(flow.clientState(), flow.asking());
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
  void shouldTellAResetThatHadNoEffectFromAnAcknowledgementThatWasUnderWay() {
    assertEquals(Role.IGNORED, roleOfResetThatIsOutlivedBy(Duration.ofMillis(900)));
    assertEquals(Role.ENDS_CONNECTION, roleOfResetThatIsOutlivedBy(Duration.ofMillis(20)));
  }
}
