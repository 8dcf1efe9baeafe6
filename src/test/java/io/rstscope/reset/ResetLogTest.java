package io.rstscope.reset;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rstscope.testing.Conversation;
import io.rstscope.testing.Packets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which resets of a connection are kept when there are too many. */
class ResetLogTest {
  private static final int MOST = 50;

  private final Observing observing = Observing.keepingResets(MOST);
  private final Conversation talk = Conversation.usual(observing.tap).handshake();

  private void guessAtTheSequence(int times) {
    for (int i = 0; i < times; i++) {
      talk.client.put(
          talk.client
              .packet()
              .tcp(talk.client.port(), talk.broker.port())
              .flags(Packets.RST)
              .seq(talk.client.next() + 1_000 + i));
    }
  }

  private void goOn() {
    talk.pass(20, MILLISECONDS);
    talk.client.send("beat");
    talk.broker.ack().send("beat");
    talk.client.ack();
  }

  private ResetObservation last() {
    FlowObservation flow = observing.flow();
    return flow.resets().get(flow.resets().size() - 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, MOST - 1, MOST, MOST + 1, MOST + 3, 3 * MOST})
  void shouldKeepTheResetThatEndsTheConnectionAfterABurstThatMissed(int missed) {
    guessAtTheSequence(missed);
    goOn();
    talk.client.abort();
    long frame = observing.tap.frame();

    ResetObservation last = last();

    assertEquals(frame, last.packet().frame());
    assertEquals(Role.ENDS_CONNECTION, last.role());
  }

  @Test
  void shouldKeepTheFirstResetsAndCountTheOthers() {
    guessAtTheSequence(3 * MOST);

    FlowObservation flow = observing.flow();

    assertEquals(MOST, flow.resets().size());
    assertEquals(2 * MOST, flow.resetsLeftOut());
  }
}
