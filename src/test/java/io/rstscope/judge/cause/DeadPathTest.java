package io.rstscope.judge.cause;

import static io.rstscope.judge.cause.Story.assertHolds;
import static io.rstscope.judge.cause.Story.assertHoldsNot;
import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.judge.sender.Sender;
import io.rstscope.net.Side;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Packets;
import io.rstscope.testing.Talk;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who gives up on a path that is dead is not to blame. */
class DeadPathTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Programs end at any moment, not after whole seconds. */
  private static final Duration PAUSE = Duration.ofMillis(1_370);

  private static Talk unanswered(Side side, int times) {
    Talk talk = new Talk().open(0).pause(SECOND).data(side, AmqpBytes.publish(10));
    for (int i = 0; i < times; i++) {
      talk.pause(SECOND).again(side);
    }
    return talk.pause(PAUSE);
  }

  /**
   * Its kernel gave up; then the path works again, and the broker's next packet reaches the host.
   */
  private static Talk spokenToAfterwards(int times) {
    Talk talk = new Talk().open(0).pause(SECOND);
    int before = talk.next(CLIENT);
    talk.data(CLIENT, AmqpBytes.publish(10));
    for (int i = 0; i < times; i++) {
      talk.pause(SECOND).again(CLIENT);
    }
    return talk.pause(SECOND.multipliedBy(9))
        .packet(BROKER, Packets.PSH | Packets.ACK, p -> p.ack(before).payload(new byte[8]))
        .bareReset(CLIENT);
  }

  @Test
  void shouldSeeThatTheKernelOfAHostHadGivenUpWhichKnowsTheConnectionNoLonger() {
    assertHolds(Fact.GAVE_UP_BEFORE, spokenToAfterwards(5));
    assertHoldsNot(Fact.GAVE_UP_BEFORE, spokenToAfterwards(0));
    assertHoldsNot(Fact.SOCKET_NOT_ENDED, spokenToAfterwards(5));
    assertEquals(Cause.SILENT_DROP, Story.of(spokenToAfterwards(5)).ending().cause());
    assertNotEquals(Cause.SILENT_DROP, Story.of(spokenToAfterwards(0)).ending().cause());
  }

  @Test
  void shouldNotBlameAClientThatResetsAfterAskingInVain() {
    Ending ending = Analysis.ending(unanswered(CLIENT, 4).socketReset(CLIENT));

    assertEquals(Cause.SILENT_DROP, ending.cause(), ending.says());
    assertEquals(Sender.UNDETERMINED, ending.endedBy());
  }

  @Test
  void shouldNotBlameAClientThatClosesAfterAskingInVain() {
    assertEquals(Cause.SILENT_DROP, Analysis.ending(unanswered(CLIENT, 4).fin(CLIENT)).cause());
  }

  @Test
  void shouldNotBlameABrokerThatResetsAfterAskingInVain() {
    assertEquals(
        Cause.SILENT_DROP, Analysis.ending(unanswered(BROKER, 4).socketReset(BROKER)).cause());
  }

  @Test
  void shouldStillCallItAnAbortWhenOnePacketWasSentAgain() {
    assertEquals(
        Cause.CLIENT_ABORT, Analysis.ending(unanswered(CLIENT, 1).socketReset(CLIENT)).cause());
  }

  @Test
  void shouldReportALossThoughAnEarlierResetHadNoEffect() {
    Talk talk = new Talk().open(0).pause(SECOND).missing(CLIENT, 5000).bareReset(CLIENT);
    talk.missing(CLIENT, -5000).pause(SECOND);
    for (int i = 0; i < 3; i++) {
      talk.client(AmqpBytes.heartbeat()).broker(AmqpBytes.heartbeat()).pause(SECOND);
    }

    assertEquals(Cause.CLIENT_ABORT, Analysis.ending(talk.pause(PAUSE).fin(CLIENT)).cause());
  }

  @Test
  void shouldNotBlameAClientWhoseKeepAlivesGotNoCapturedAnswer() {
    Talk talk = new Talk().open(0);
    for (int i = 0; i < 3; i++) {
      talk.pause(SECOND.multipliedBy(3)).missing(CLIENT, -1).ack(CLIENT);
      talk.missing(CLIENT, 1).ack(BROKER);
    }
    talk.pause(SECOND.multipliedBy(3)).withoutTimestamps();
    int clock = (int) ((talk.now() - Talk.START) / 1_000_000) + 1_000_000;
    talk.packet(CLIENT, Packets.RST | Packets.ACK, p -> p.timestamps(clock, clock - 12_000));
    Ending ending = Analysis.ending(talk);

    assertEquals(Cause.SILENT_DROP, ending.cause(), ending.says());
    assertTrue(ending.says().contains("had received nothing for 12.0 s"), ending.says());
  }
}
