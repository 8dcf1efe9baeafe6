package io.rstscope.judge.cause;

import static io.rstscope.judge.cause.Stories.*;
import static io.rstscope.judge.cause.Story.assertHolds;
import static io.rstscope.judge.cause.Story.assertHoldsNot;
import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What broker and client said of the end, and what only sounds like it. */
class SpokenEndTest {
  private static final String SHUTDOWN =
      "CONNECTION_FORCED - broker forced connection closure with reason 'shutdown'";
  private static final String NOT_ACKNOWLEDGED =
      "PRECONDITION_FAILED - delivery acknowledgement on channel 1 timed out. Timeout value used:"
          + " 1800000 ms";
  private static final String NOT_FOUND = "NOT_FOUND - no queue 'orders' in vhost '/'";

  private static Talk saidByBroker(Talk talk, int code, String text) {
    return talk.broker(AmqpBytes.close(code, text, 0, 0)).socketReset(BROKER);
  }

  private static Talk said(int code, String text) {
    return saidByBroker(new Talk().open(60), code, text);
  }

  @Test
  void shouldTakeACloseForTheEndUnlessAnotherCameBeforeItsAnswer() {
    Talk cutShort = new Talk().cooked().open(0).pause(seconds(400));
    cutShort.data(CLIENT, AmqpBytes.close(200, "Bye", 0, 0)).ttl(BROKER, 62).received(BROKER, true);

    assertHolds(Fact.CLOSED_BY_CLIENT, closed(new Talk().open(60)).fin(CLIENT).socketReset(BROKER));
    assertHoldsNot(Fact.CLOSED_BY_CLIENT, cutShort.bareReset(BROKER));
  }

  @Test
  void shouldTellACloseBecauseOfAnErrorFromOneThatSaysSuccess() {
    Talk error = new Talk().open(60).client(AmqpBytes.close(541, "INTERNAL_ERROR", 0, 0));

    assertHolds(
        Fact.CLOSED_BY_CLIENT_WITH_ERROR,
        error.broker(AmqpBytes.closeOk()).fin(CLIENT).socketReset(BROKER));
    assertHoldsNot(
        Fact.CLOSED_BY_CLIENT_WITH_ERROR,
        closed(new Talk().open(60)).fin(CLIENT).socketReset(BROKER));
  }

  /** py-amqp, and so Celery, gives no code when it has no reason. */
  @Test
  void shouldTakeACloseWithoutACodeForOneThatSaysSuccess() {
    Talk celery = new Talk().open(60).client(AmqpBytes.close(0, "", 0, 0));
    celery.broker(AmqpBytes.closeOk()).fin(CLIENT).socketReset(BROKER);

    assertHoldsNot(Fact.CLOSED_BY_CLIENT_WITH_ERROR, celery);
    assertEquals(Cause.NORMAL_CLOSE, Analysis.of(celery).ending().cause());
  }

  @Test
  void shouldNotUndoAFinByACloseThatComesTenSecondsLate() {
    Talk hung = new Talk().open(60).pause(ODD).fin(BROKER).ack(CLIENT).pause(seconds(10));

    assertHoldsNot(
        Fact.CLOSED_BY_CLIENT,
        hung.data(CLIENT, AmqpBytes.close(200, "Goodbye", 0, 0)).bareReset(BROKER));
  }

  @Test
  void shouldTellABrokerThatHeardNothingFromOneWithAnotherReason() {
    byte[] idle =
        AmqpBytes.close10(
            "amqp:resource-limit-exceeded", "no frame received from client within idle timeout");
    byte[] other = AmqpBytes.close10("amqp:resource-limit-exceeded", "too many links");

    assertHolds(Fact.IDLE_SAID, new Talk().open10(10, 60).broker(idle).fin(BROKER));
    assertHoldsNot(Fact.IDLE_SAID, new Talk().open10(10, 60).broker(other).fin(BROKER));
  }

  @Test
  void shouldTellAShutdownFromAnOperatorWhoWritesOfOne() {
    Talk operator =
        said(320, "CONNECTION_FORCED - Closed via management plugin: planned shutdown of orders");

    assertHolds(Fact.SHUTDOWN_SAID, said(320, SHUTDOWN));
    assertHolds(Fact.CLOSED_BY_BROKER, operator);
    assertHoldsNot(Fact.SHUTDOWN_SAID, operator);
    assertHoldsNot(Fact.CLOSED_BY_BROKER, said(320, SHUTDOWN));
  }

  @Test
  void shouldKnowAShutdownAsRabbitmq4TellsItInAmqp10() {
    byte[] stopped = AmqpBytes.close10("amqp:internal-error", "Connection forced: \"shutdown\"");
    byte[] failed = AmqpBytes.close10("amqp:internal-error", "session error");

    assertHolds(Fact.SHUTDOWN_SAID, new Talk().open10(10, 60).broker(stopped).socketReset(BROKER));
    assertHoldsNot(
        Fact.SHUTDOWN_SAID, new Talk().open10(10, 60).broker(failed).socketReset(BROKER));
  }

  @Test
  void shouldTellOneForcedConnectionFromManyWhereTheReasonIsCut() {
    Talk[] three = talks(3, i -> saidByBroker(client(i).open(60), 320, ""));

    assertHolds(Fact.FORCED_WITH_MANY, three[0], three[1], three[2]);
    assertHolds(Fact.FORCED_ALONE, three[0], three[1]);
    assertHoldsNot(Fact.FORCED_ALONE, three[0], three[1], three[2]);
    assertHoldsNot(Fact.FORCED_WITH_MANY, three[0], three[1]);
  }

  @Test
  void shouldTellARefusedLoginFromALimitOfConnections() {
    assertHolds(
        Fact.LOGIN_REFUSED, saidByBroker(login(), 403, "ACCESS_REFUSED - Login was refused"));
    Talk opening = login().broker(AmqpBytes.tune(60)).client(AmqpBytes.tuneOk(60));
    opening.client(AmqpBytes.open("orders"));
    String limit =
        "NOT_ALLOWED - access to vhost 'orders' refused: connection limit (5) is reached";

    assertHoldsNot(Fact.LOGIN_REFUSED, saidByBroker(opening, 530, limit));
  }

  @Test
  void shouldTellARefusedVersionFromAnotherProtocolThatThePortAnswers() {
    byte[] request = "GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    Talk refused = new Talk().connect().client(AmqpBytes.header(1, 1, 0, 9));

    assertHolds(
        Fact.VERSION_REFUSED, refused.data(BROKER, AmqpBytes.header091()).socketReset(BROKER));
    assertHoldsNot(
        Fact.VERSION_REFUSED,
        new Talk().connect().client(request).broker(request).fin(CLIENT).socketReset(BROKER));
  }

  private static Talk leaves(int code, String text, Duration later) {
    return new Talk().open(60).broker(AmqpBytes.channelClose(code, text)).pause(later).fin(CLIENT);
  }

  @Test
  void shouldTellAConsumerTimeoutFromOtherErrorsOfChannels() {
    Talk timedOut = leaves(406, NOT_ACKNOWLEDGED, seconds(0.8));
    Talk failed = leaves(404, NOT_FOUND, seconds(0.8));

    assertHolds(Fact.CONSUMER_TIMED_OUT, timedOut);
    assertHolds(Fact.CHANNEL_ERROR, failed);
    assertHoldsNot(Fact.CONSUMER_TIMED_OUT, failed);
    assertHoldsNot(Fact.CHANNEL_ERROR, timedOut);
  }

  private static Talk cancelled(byte[] words, double later) {
    return new Talk().open(0).broker(words).pause(seconds(later)).fin(CLIENT);
  }

  @Test
  void shouldTellAClientThatLeavesAsItsConsumerWasCancelledFromOneThatGoesOn() {
    Talk left = cancelled(AmqpBytes.cancel("ctag1.a"), 0.008);

    assertHolds(Fact.CONSUMER_CANCELLED, left);
    assertHoldsNot(Fact.CHANNEL_ERROR, left);
    assertHoldsNot(Fact.CONSUMER_CANCELLED, cancelled(AmqpBytes.cancel("ctag1.a"), 2.37));
    assertHoldsNot(Fact.CONSUMER_CANCELLED, cancelled(AmqpBytes.deliver(10), 0.008));
    assertHoldsNot(Fact.CONSUMER_CANCELLED, leaves(404, NOT_FOUND, seconds(0.8)));
    assertEquals(Cause.BROKER_CLOSED, Story.of(left).ending().cause());
    assertTrue(Story.of(left).ending().says().contains("basic.cancel \"ctag1.a\""));
  }

  @Test
  void shouldNotBlameAnErrorOfAChannelThatTheClientWasOverLongAgo() {
    assertHoldsNot(Fact.CHANNEL_ERROR, leaves(404, NOT_FOUND, seconds(61.37)));
    assertHoldsNot(Fact.CHANNEL_ERROR, leaves(200, "Goodbye", seconds(0.8)));
  }

  @Test
  void shouldCountAShutdownThatWasSaidToOthersAtThatTimeOnly() {
    Talk spared = client(0).open(60).pause(seconds(2.37)).socketReset(BROKER);
    Talk told = saidByBroker(client(1).open(60).pause(SECOND), 320, SHUTDOWN);
    Talk toldBefore = saidByBroker(client(1).open(60), 320, SHUTDOWN);

    assertHolds(Fact.SHUTTING_DOWN, spared, told);
    assertHoldsNot(
        Fact.SHUTTING_DOWN,
        client(0).open(60).pause(seconds(61.37)).socketReset(BROKER),
        toldBefore);
  }

  private static Talk blocked() {
    return new Talk().open(0).broker(AmqpBytes.blocked("low on memory"));
  }

  @Test
  void shouldKnowWhetherTheBrokerHadBlockedAClientThatLeft() {
    assertHolds(Fact.BLOCKED, blocked().pause(seconds(20)).fin(CLIENT));
    assertHoldsNot(Fact.BLOCKED, blocked().broker(AmqpBytes.unblocked()).fin(CLIENT));
    assertHoldsNot(Fact.BLOCKED, blocked().pause(seconds(20)).fin(BROKER));
  }
}
