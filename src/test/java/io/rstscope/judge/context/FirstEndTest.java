package io.rstscope.judge.context;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.judge.context.FirstEnd.Way;
import io.rstscope.reset.FlowObservation;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What ended a connection first; all that comes later only clears it away. */
class FirstEndTest {
  private static final Duration SILENCE = Duration.ofSeconds(40);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final byte[] BEAT = AmqpBytes.heartbeat();

  private static FirstEnd of(Talk talk) {
    List<FlowObservation> flows = new ArrayList<>();
    Analysis.observe(flows, talk);
    assertEquals(1, flows.size());
    return FirstEnd.of(flows.get(0));
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }

  @Test
  void shouldBeTheFinAndNotTheLateResetThatAnswersTheNextWrite() {
    Talk talk = new Talk().open(0).pause(SILENCE);
    long end = talk.now();
    talk.fin(BROKER).ack(CLIENT).pause(SILENCE).data(CLIENT, BEAT).bareReset(BROKER);

    FirstEnd first = of(talk);

    assertEquals(Way.FIN, first.way());
    assertEquals(BROKER, first.by());
    assertEquals(end, first.nanos());
    assertEquals(40, seconds(first.payloadSilenceNanos()), 0.01);
    assertFalse(first.answers());
  }

  @Test
  void shouldBeTheResetThatCameBeforeAFin() {
    Talk talk = new Talk().open(0).pause(SILENCE).socketReset(CLIENT).pause(SECOND).fin(BROKER);

    FirstEnd first = of(talk);

    assertEquals(Way.RESET, first.way());
    assertEquals(CLIENT, first.by());
  }

  @Test
  void shouldMeasureASilenceFromThePayloadAndFromAnyPacket() {
    Talk talk = new Talk().open(0).data(CLIENT, BEAT).pause(Duration.ofMillis(44)).ack(BROKER);

    FirstEnd first = of(talk.pause(SILENCE).fin(CLIENT));

    assertEquals(40.044, seconds(first.payloadSilenceNanos()), 0.001);
    assertEquals(40.000, seconds(first.packetSilenceNanos()), 0.001);
  }

  @Test
  void shouldEndWhenTheOldestPacketWasSentThatTheResetAnswers() {
    Talk talk = new Talk().open(0).pause(SILENCE);
    long asked = talk.now();
    talk.data(BROKER, BEAT).pause(SECOND).again(BROKER).answerDelay(CLIENT).bareReset(CLIENT);

    FirstEnd first = of(talk);

    assertTrue(first.answers());
    assertEquals(asked, first.nanos(), 1e6);
    assertEquals(40, seconds(first.packetSilenceNanos()), 0.01);
  }

  @Test
  void shouldSayWhoAskedInVainAndSinceWhen() {
    Talk talk = new Talk().open(0).pause(SILENCE);
    long asked = talk.now();
    talk.data(BROKER, BEAT);
    for (int i = 0; i < 4; i++) {
      talk.pause(SECOND).again(BROKER);
    }

    FirstEnd first = of(talk);

    assertEquals(Way.NO_ANSWER, first.way());
    assertEquals(BROKER, first.by());
    assertEquals(asked, first.nanos());
    assertEquals(40, seconds(first.payloadSilenceNanos()), 0.01);
  }

  @Test
  void shouldSayThatNoEndIsInSight() {
    FirstEnd first = of(new Talk().open(60).pause(SECOND).data(BROKER, BEAT));

    assertEquals(Way.NONE, first.way());
    assertEquals(-1, first.payloadSilenceNanos());
  }

  @Test
  void shouldBeOrderlyOnlyWhenAmqpHadClosedBefore() {
    Talk closed = new Talk().open(60).client(AmqpBytes.close(200, "Bye", 0, 0));
    closed.broker(AmqpBytes.closeOk()).fin(CLIENT);
    Talk late = new Talk().open(60).pause(SILENCE).fin(BROKER).pause(SECOND);
    late.data(CLIENT, AmqpBytes.close(200, "Bye", 0, 0));

    assertTrue(of(closed).orderly());
    assertTrue(
        of(new Talk().open(60).broker(AmqpBytes.close(320, "x", 0, 0)).socketReset(BROKER))
            .orderly());
    assertFalse(of(late).orderly());
    assertFalse(of(new Talk().open(60).socketReset(CLIENT)).orderly());
  }
}
