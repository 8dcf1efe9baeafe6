package io.rstscope.reset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Packets;
import io.rstscope.testing.Talk;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The silence before the first FIN, whatever comes after it. */
class ClosingTest {
  private static final Duration SILENCE = Duration.ofSeconds(4);

  private static Closing closing(Talk talk) {
    return Analysis.of(talk).flow().closing();
  }

  @Test
  void shouldHoldTheSilencesThatEndedWithTheFirstFin() {
    Talk talk = new Talk().open(60).broker(new byte[9]).pause(SILENCE).client(new byte[9]);
    talk.fin(Talk.CLIENT).pause(SILENCE).broker(new byte[9]).socketReset(Talk.BROKER);

    Closing closing = closing(talk);

    assertEquals(SILENCE.toMillis(), closing.brokerSilentNanos() / 1_000_000, 5);
    assertTrue(closing.silenceNanos() < 10_000_000, () -> "" + closing.silenceNanos());
  }

  @Test
  void shouldKeepTheFirstOfTwoFins() {
    Talk talk = new Talk().open(60).fin(Talk.BROKER).pause(SILENCE).fin(Talk.CLIENT);

    Closing closing = closing(talk.socketReset(Talk.BROKER));

    assertTrue(closing.silenceNanos() < SILENCE.toNanos(), () -> "" + closing.silenceNanos());
  }

  @Test
  void shouldBeNullWithoutAFin() {
    assertNull(closing(new Talk().open(60).socketReset(Talk.CLIENT)));
  }

  @Test
  void shouldHoldTheMomentAndTheFrameOfTheFin() {
    Talk talk = new Talk().open(60).pause(SILENCE);
    long moment = talk.now();

    Closing closing = closing(talk.fin(Talk.CLIENT).pause(SILENCE).socketReset(Talk.BROKER));

    assertEquals(moment, closing.nanos());
    assertEquals(16, closing.frame());
  }

  @Test
  void shouldMeasureTheSilenceOfAllPacketsAndOfPayloadApart() {
    Talk talk = new Talk().open(60).data(Talk.CLIENT, new byte[9]).pause(SILENCE).ack(Talk.BROKER);

    Closing closing = closing(talk.pause(SILENCE).fin(Talk.CLIENT).socketReset(Talk.BROKER));

    assertEquals(8, closing.clientSilentNanos() / 1e9, 0.01);
    assertEquals(4, closing.packetSilentNanos() / 1e9, 0.01);
  }

  @Test
  void shouldKnowThatASideHasSaidNothing() {
    Talk talk = new Talk().connect().client(new byte[9]).pause(SILENCE).fin(Talk.CLIENT);

    Closing closing = closing(talk.socketReset(Talk.BROKER));

    assertEquals(-1, closing.brokerSilentNanos());
    assertEquals(4, closing.silenceNanos() / 1e9, 0.01);
    assertEquals(
        -1, closing(new Talk().connect().fin(Talk.CLIENT).socketReset(Talk.BROKER)).silenceNanos());
  }

  @Test
  void shouldHoldWhetherTheOtherSideTookMore() {
    Talk full = new Talk().open(60).packet(Talk.CLIENT, Packets.ACK, p -> p.window(0));
    Talk alone = new Talk().fin(Talk.CLIENT);

    assertEquals(0, closing(full.fin(Talk.BROKER).socketReset(Talk.CLIENT)).otherWindow());
    assertEquals(-1, closing(alone.socketReset(Talk.CLIENT)).otherWindow());
  }

  @Test
  void shouldHoldWhatAmqpHadSaidUntilThenAndNothingLater() {
    Talk talk = new Talk().open(60).pause(SILENCE).fin(Talk.BROKER).pause(SILENCE);
    talk.data(Talk.CLIENT, AmqpBytes.close(200, "Goodbye", 0, 0)).socketReset(Talk.BROKER);

    FlowObservation flow = Analysis.of(talk).flow();

    assertNull(flow.closing().amqp().close());
    assertEquals(200, flow.amqp().close().code());
  }
}
