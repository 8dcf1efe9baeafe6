package io.rstscope.judge.cause;

import static io.rstscope.net.Side.BROKER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.judge.sender.Sender;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Causes that follow from what broker and client said to each other. */
class SpokenCauseTest {
  private static void assertEndedByBroker(Cause cause, Ending ending) {
    assertEquals(cause, ending.cause(), ending.says());
    assertEquals(Sender.BROKER, ending.endedBy(), ending.says());
  }

  @ParameterizedTest
  @CsvSource({
    "320, CONNECTION_FORCED - broker forced connection closure with reason 'shutdown', BROKER_SHUTDOWN",
    "320, CONNECTION_FORCED - maintenance by the operator, BROKER_CLOSED",
    "541, INTERNAL_ERROR, BROKER_CLOSED",
    "504, CHANNEL_ERROR - expected 'channel.open', BROKER_CLOSED"
  })
  void shouldReadCodeAndTextWhenTheBrokerCloses(int code, String text, Cause cause) {
    Talk talk = new Talk().open(60).data(BROKER, AmqpBytes.close(code, text, 0, 0));

    Ending ending = Analysis.ending(talk.socketReset(BROKER));

    assertEndedByBroker(cause, ending);
    assertTrue(ending.says().contains(text), ending.says());
  }

  @Test
  void shouldNotTakeTheLongWordsOfAnOperatorForCutOnes() {
    String text = "CONNECTION_FORCED - " + "maintenance ".repeat(10);
    byte[] close = AmqpBytes.close(320, text.substring(0, 100) + "…", 0, 0);

    Ending ending = Analysis.ending(new Talk().open(60).broker(close).socketReset(BROKER));

    assertEndedByBroker(Cause.BROKER_CLOSED, ending);
    assertTrue(ending.confidence() > 0.8, ending.says());
  }

  private static Talk login() {
    return new Talk()
        .connect()
        .client(AmqpBytes.header091())
        .broker(AmqpBytes.start())
        .client(AmqpBytes.startOk(AmqpBytes.clientProperties()));
  }

  @Test
  void shouldCallItAnAuthenticationFailureWhenTheBrokerRefusesTheLogin() {
    byte[] close = AmqpBytes.close(403, "ACCESS_REFUSED - Login was refused", 0, 0);

    assertEndedByBroker(
        Cause.AUTH_FAILURE,
        Analysis.ending(login().broker(close).client(AmqpBytes.closeOk()).socketReset(BROKER)));
  }

  @Test
  void shouldCallItAnAuthenticationFailureWhenTheVhostIsRefused() {
    byte[] close = AmqpBytes.close(530, "NOT_ALLOWED - vhost nope not found", 10, 40);
    Talk talk = login().broker(AmqpBytes.tune(60)).client(AmqpBytes.tuneOk(60));

    assertEndedByBroker(
        Cause.AUTH_FAILURE,
        Analysis.ending(talk.client(AmqpBytes.open("nope")).broker(close).socketReset(BROKER)));
  }

  @Test
  void shouldBeLessSureOfAShutdownWhenItsTextIsCut() {
    Talk talk = new Talk().open(60).broker(AmqpBytes.close(320, "", 0, 0)).socketReset(BROKER);

    Ending ending = Analysis.ending(talk);

    assertEquals(Cause.BROKER_CLOSED, ending.cause());
    assertTrue(ending.confidence() < 0.8, "confidence " + ending.confidence());
    assertEquals(Cause.BROKER_SHUTDOWN, ending.alternatives().get(0).cause());
  }

  @Test
  void shouldCallItAShutdownWhenThatHappensToManyAtOnce() {
    Talk[] talks = new Talk[3];
    for (int i = 0; i < talks.length; i++) {
      talks[i] = new Talk("10.0.1.1", 41_000 + i).open(60);
      talks[i].broker(AmqpBytes.close(320, "", 0, 0)).socketReset(BROKER);
    }

    Ending ending = Analysis.ending(talks[0], talks[1], talks[2]);

    assertEquals(Cause.BROKER_SHUTDOWN, ending.cause());
  }

  @Test
  void shouldCallItAHandshakeTimeoutAfterTenSecondsWithoutAStep() {
    Talk talk = new Talk().connect().client(AmqpBytes.header091()).broker(AmqpBytes.start());

    Ending ending = Analysis.ending(talk.pause(Duration.ofSeconds(10)).socketReset(BROKER));

    assertEndedByBroker(Cause.HANDSHAKE_TIMEOUT, ending);
    assertTrue(ending.says().contains("10.0 s"), ending.says());
  }

  @Test
  void shouldCallItABadProtocolWhenTheClientSpeaksHttp() {
    byte[] request = "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    Talk talk = new Talk().connect().client(request).data(BROKER, AmqpBytes.header091());

    assertEndedByBroker(Cause.BAD_PROTOCOL, Analysis.ending(talk.socketReset(BROKER)));
  }
}
