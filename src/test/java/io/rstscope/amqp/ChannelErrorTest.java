package io.rstscope.amqp;

import static io.rstscope.amqp.AmqpBytes.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.net.Side;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Channels that are closed with an error, wherever the bytes are cut. */
class ChannelErrorTest {
  private static final String TIMED_OUT =
      "PRECONDITION_FAILED - delivery acknowledgement on channel 1 timed out. Timeout value used:"
          + " 1800000 ms";

  private final Conversation talk = Conversation.opened();

  @ParameterizedTest
  @CsvSource({"404, not-found", "406, precondition-failed", "403, access-refused"})
  void shouldReadCodeAndText(int code, String condition) {
    ConnectionClose error = talk.broker(channelClose(code, TIMED_OUT)).snapshot().channelError();

    assertEquals(Side.BROKER, error.by());
    assertEquals(code, error.code());
    assertEquals(condition, error.condition());
    assertEquals(TIMED_OUT, error.text());
    assertNull(talk.snapshot().close(), "the connection is not closed by it");
    assertEquals(AmqpState.OPEN, talk.snapshot().state());
  }

  @Test
  void shouldNotTakeAChannelForFailedThatIsClosedWhenItIsDone() {
    assertNull(talk.client(channelClose(200, "Goodbye")).snapshot().channelError());
    assertNull(talk.broker(channelClose(0, "")).snapshot().channelError());
  }

  @Test
  void shouldReadOnlyWhatTheBrokerSaysOfIt() {
    assertNull(talk.client(channelClose(541, "INTERNAL_ERROR")).snapshot().channelError());
    assertEquals(
        Side.BROKER,
        talk.broker(channelClose(541, "INTERNAL_ERROR")).snapshot().channelError().by());
  }

  @Test
  void shouldReadWhichConsumerTheBrokerCancels() {
    ConnectionClose error = talk.broker(cancel("ctag1.a")).snapshot().channelError();

    assertTrue(error.isOfConsumer());
    assertEquals("ctag1.a", error.text());
    assertNull(talk.snapshot().close(), "the connection is not closed by it");
    assertFalse(talk.broker(channelClose(404, "")).snapshot().channelError().isOfConsumer());
  }

  @Test
  void shouldNotTakeAConsumerForCancelledByTheBrokerThatItsClientCancels() {
    assertNull(talk.client(cancel("ctag1.a")).snapshot().channelError());
  }

  @ParameterizedTest
  @ValueSource(ints = {11, 12, 13, 20, 50})
  void shouldReadItAcrossSegments(int size) {
    talk.pieces(Side.BROKER, channelClose(406, TIMED_OUT), size);

    assertEquals(406, talk.snapshot().channelError().code());
    assertEquals(TIMED_OUT, talk.snapshot().channelError().text());
  }

  /** Messages are passed over by their headers: the method of a close must be there, too. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 10})
  void shouldClaimNothingOfOneWhoseMethodIsInALaterSegment(int size) {
    talk.pieces(Side.BROKER, channelClose(406, TIMED_OUT), size).broker(deliver(30));

    assertNull(talk.snapshot().channelError());
    assertEquals(AmqpState.OPEN, talk.snapshot().state());
  }

  @Test
  void shouldReadItAmidMessagesOfAConnectionInUse() {
    talk.client(publish(1)).broker(deliver(30)).client(publish(40)).broker(deliver(30));
    int before = talk.skimmed();

    talk.broker(deliver(30), channelClose(406, TIMED_OUT)).client(publish(40));

    assertEquals(1, talk.skimmed() - before, "messages are passed over, the close is not");
    assertEquals(406, talk.snapshot().channelError().code());
  }

  @Test
  void shouldReadItAlsoAfterMessagesThatTheCaptureCuts() {
    for (int i = 0; i < 4; i++) {
      talk.cut(Side.BROKER, join(deliver(40), deliver(300)), 30);
    }

    talk.broker(channelClose(406, TIMED_OUT));

    assertEquals(406, talk.snapshot().channelError().code());
  }

  @Test
  void shouldKeepTheLastOfSeveral() {
    talk.broker(channelClose(404, "NOT_FOUND - no queue 'a'"));

    talk.client(method(1, 20, 41, new byte[0])).broker(channelClose(406, TIMED_OUT));

    assertEquals(406, talk.snapshot().channelError().code());
  }
}
