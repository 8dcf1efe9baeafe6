package io.rstscope.judge.cause;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.judge.sender.ClueKind;
import io.rstscope.judge.sender.Sender;
import io.rstscope.judge.sender.Weights;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Nothing is concluded from words that the capture does not show. */
class UnreadWordsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofMillis(1_370);
  private static final byte[] TLS_HELLO = {22, 3, 1, 0, 5, 1, 0, 0, 1, 0};
  private static final byte[] TLS_DATA = {23, 3, 3, 0, 3, 7, 7, 7};

  private static void assertOpen(Sender endedBy, Ending ending) {
    assertEquals(Cause.UNDETERMINED, ending.cause(), ending.says());
    assertEquals(endedBy, ending.endedBy(), ending.says());
    assertTrue(ending.confidence() <= 0.5);
    assertFalse(ending.benign());
  }

  private static Talk tls(int port) {
    Talk talk = new Talk("10.0.1.1", port).connect();
    return talk.client(TLS_HELLO).broker(TLS_HELLO).client(TLS_DATA).broker(TLS_DATA);
  }

  @Test
  void shouldNotCallTheCloseOfATlsConnectionAnAbort() {
    Ending ending = Analysis.ending(tls(40_000).pause(SECOND).fin(CLIENT).socketReset(BROKER));

    assertOpen(Sender.CLIENT, ending);
    assertTrue(
        ending.says().contains("TLS hides whether connection.close was sent first"), ending.says());
  }

  /** RabbitMQ ends what it closes within TLS with FIN. */
  @Test
  void shouldCallItABrokersAbortWhenAllWithinTlsAreResetAtOnce() {
    Talk[] talks = new Talk[4];
    for (int i = 0; i < talks.length; i++) {
      talks[i] = tls(40_000 + i).pause(PAUSE).socketReset(BROKER);
    }

    Ending ending = Analysis.ending(talks[0], talks[1], talks[2], talks[3]);

    assertEquals(Cause.BROKER_ABORT, ending.cause());
  }

  /** As a capture shows it that was filtered for SYN, FIN and RST. */
  private static Talk filtered() {
    return new Talk().syn().synAck().missing(CLIENT, 355).missing(BROKER, 551).pause(SECOND);
  }

  @Test
  void shouldNotTakeAConnectionForAProbeWhenItsBytesAreNotInTheCapture() {
    assertOpen(Sender.CLIENT, Analysis.ending(filtered().fin(CLIENT).socketReset(BROKER)));
  }

  @Test
  void shouldNotHoldANumberAgainstAResetWithoutItsForerunners() {
    Talk talk = filtered().socketReset(CLIENT);

    assertNull(Analysis.clue(ClueKind.SEQUENCE, talk));
    assertTrue(Analysis.lastReset(talk).confidence() <= Weights.MAX_WHEN_INCOMPLETE);
    assertTrue(Analysis.ending(talk).confidence() <= 0.6);
  }

  @Test
  void shouldNotMeasureASilenceWhosePacketsAreNotInTheCapture() {
    Talk talk = filtered().pause(Duration.ofHours(1)).ttl(CLIENT, 63).bareReset(CLIENT);

    assertOpen(Sender.MIDDLEBOX, Analysis.ending(talk));
  }

  @Test
  void shouldCallItAProbeWhenTheClientEndsAConnectionThatHeldNoByte() {
    assertEquals(
        Cause.PROBE, Analysis.ending(new Talk().connect().fin(CLIENT).socketReset(BROKER)).cause());
  }

  @Test
  void shouldNotCallItAProbeWhenTheBrokerResetsWhatItJustAccepted() {
    Ending ending = Analysis.ending(new Talk().connect().socketReset(BROKER));

    assertEquals(Cause.BROKER_ABORT, ending.cause());
    assertEquals(Sender.BROKER, ending.endedBy());
  }

  @Test
  void shouldNotCallItAProbeWhenThePathResetsWhatWasJustOpened() {
    Talk talk = new Talk().cooked().connect().ttl(BROKER, 60).received(BROKER, true);

    assertEquals(Sender.MIDDLEBOX, Analysis.ending(talk.craftedReset(BROKER)).endedBy());
  }

  @Test
  void shouldNotCallAnotherProtocolWrongThatThePortAnswered() {
    byte[] request = "GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    Talk talk = new Talk().connect().client(request);

    assertEquals(
        Cause.BAD_PROTOCOL, Analysis.ending(talk.socketReset(BROKER)).cause(), "not answered");

    Talk answered = new Talk().connect().client(request).broker(request).fin(CLIENT);

    assertOpen(Sender.CLIENT, Analysis.ending(answered.socketReset(BROKER)));
  }
}
