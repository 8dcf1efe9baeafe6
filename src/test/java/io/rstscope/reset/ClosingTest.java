package io.rstscope.reset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.net.Side;
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
    talk.fin(Side.CLIENT).pause(SILENCE).broker(new byte[9]).socketReset(Side.BROKER);

    Closing closing = closing(talk);

    assertEquals(SILENCE.toNanos(), closing.brokerSilentNanos(), 5e6);
    assertTrue(closing.silenceNanos() < 10_000_000, () -> "" + closing.silenceNanos());
  }

  @Test
  void shouldKeepTheFirstOfTwoFins() {
    Talk talk = new Talk().open(60).fin(Side.BROKER).pause(SILENCE).fin(Side.CLIENT);

    Closing closing = closing(talk.socketReset(Side.BROKER));

    assertTrue(closing.silenceNanos() < SILENCE.toNanos(), () -> "" + closing.silenceNanos());
  }

  @Test
  void shouldBeNullWithoutAFin() {
    assertNull(closing(new Talk().open(60).socketReset(Side.CLIENT)));
  }

  @Test
  void shouldHoldTheMomentAndTheFrameOfTheFin() {
    Talk talk = new Talk().open(60).pause(SILENCE);
    long moment = talk.now();

    Closing closing = closing(talk.fin(Side.CLIENT).pause(SILENCE).socketReset(Side.BROKER));

    assertEquals(moment, closing.nanos());
    assertEquals(16, closing.frame());
  }

  @Test
  void shouldMeasureTheSilenceOfAllPacketsAndOfPayloadApart() {
    Talk talk = new Talk().open(60).data(Side.CLIENT, new byte[9]).pause(SILENCE).ack(Side.BROKER);

    Closing closing = closing(talk.pause(SILENCE).fin(Side.CLIENT).socketReset(Side.BROKER));

    assertEquals(8, closing.clientSilentNanos() / 1e9, 0.01);
    assertEquals(4, closing.packetSilentNanos() / 1e9, 0.01);
  }

  @Test
  void shouldKnowThatASideHasSaidNothing() {
    Talk talk = new Talk().connect().client(new byte[9]).pause(SILENCE).fin(Side.CLIENT);

    Closing closing = closing(talk.socketReset(Side.BROKER));

    assertEquals(-1, closing.brokerSilentNanos());
    assertEquals(4, closing.silenceNanos() / 1e9, 0.01);
    assertEquals(
        -1, closing(new Talk().connect().fin(Side.CLIENT).socketReset(Side.BROKER)).silenceNanos());
  }

  @Test
  void shouldHoldWhetherTheOtherSideTookMore() {
    Talk full = new Talk().open(60).packet(Side.CLIENT, Packets.ACK, p -> p.window(0));
    Talk alone = new Talk().fin(Side.CLIENT);

    assertEquals(0, closing(full.fin(Side.BROKER).socketReset(Side.CLIENT)).otherWindow());
    assertEquals(-1, closing(alone.socketReset(Side.CLIENT)).otherWindow());
  }

  @Test
  void shouldHoldWhatAmqpHadSaidUntilThenAndNothingLater() {
    Talk talk = new Talk().open(60).pause(SILENCE).fin(Side.BROKER).pause(SILENCE);
    talk.data(Side.CLIENT, AmqpBytes.close(200, "Goodbye", 0, 0)).socketReset(Side.BROKER);

    FlowObservation flow = Analysis.of(talk).flow();

    assertNull(flow.closing().amqp().close());
    assertEquals(200, flow.amqp().close().code());
  }
}
