package io.rstscope.judge.advice;

import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.IdleTimeout;
import io.rstscope.testing.Talk;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which heartbeat would have kept silent connections alive, and whose were off. */
class HeartbeatAdviceTest {
  /** A device resets both sides after that silence. */
  private static Talk resetByDevice(String client, int port, int heartbeat, double silence) {
    Talk talk = new Talk(client, port).open(heartbeat);
    return IdleTimeout.resetByDevice(talk, Duration.ofMillis((long) (silence * 1e3)));
  }

  private static Talk forgotten(int port, int silence) {
    Talk talk = new Talk("10.0.1.1", port).open(0);
    return IdleTimeout.forgotten(talk, Duration.ofSeconds(silence));
  }

  private static Talk survivor(int port, int silence) {
    Talk talk = new Talk("10.0.1.1", port).open(0);
    return IdleTimeout.survivor(talk, Duration.ofSeconds(silence));
  }

  private static HeartbeatAdvice advice(Talk... talks) {
    return Analysis.together(Talk.capture(talks)).heartbeats();
  }

  @Test
  void shouldCountTheConnectionsThatHeartbeatsWouldHaveKept() {
    HeartbeatAdvice advice =
        advice(
            resetByDevice("10.0.1.1", 1, 0, 350),
            resetByDevice("10.0.1.2", 2, 600, 350),
            new Talk("10.0.1.3", 3).open(60).socketReset(CLIENT));

    assertEquals(60, advice.seconds());
    assertEquals(2, advice.prevented());
    assertEquals(3, advice.lost());
    assertTrue(advice.proven());
    assertEquals("heartbeats of 60 s would have prevented 2 of 3 lost connections", advice.says());
  }

  private static Talk pooled(int port, int heartbeat, int silence) {
    return new Talk("10.0.1.1", port)
        .pause(Duration.ofMillis(3_370L * port))
        .open(heartbeat)
        .pause(Duration.ofMillis(1_100L * port))
        .client(AmqpBytes.heartbeat())
        .pause(Duration.ofSeconds(silence))
        .fin(CLIENT);
  }

  /** A pool that closes what it has not used does not ask whether heartbeats went over it. */
  @Test
  void shouldNotPromiseThatHeartbeatsHinderAProgramFromClosing() {
    assertEquals(
        "heartbeats of 10 s would have prevented 2 of 2 lost connections, unless it was the"
            + " programs' own timer",
        advice(pooled(1, 0, 20), pooled(2, 0, 20)).says());
  }

  @Test
  void shouldNotSayThatOtherHeartbeatsAreNeededThanThoseThatWereSet() {
    assertEquals(
        "the heartbeats that were set would have kept 2 of 2 lost connections alive, once the idle"
            + " timeout of 4.00 s (too short for safe heartbeats) is raised to 120 s or more,"
            + " unless it was the programs' own timer",
        advice(pooled(1, 10, 4), pooled(2, 10, 4)).says());
  }

  @Test
  void shouldNameWhoseHeartbeatsWereOffOrLongerThanTheTimer() {
    HeartbeatAdvice advice =
        advice(
            resetByDevice("10.0.1.1", 1, 0, 350),
            resetByDevice("10.0.1.1", 2, 0, 350),
            resetByDevice("10.0.1.2", 3, 600, 350));

    assertEquals(
        new UnprotectedClient("10.0.1.1", "Pika Python Client Library", "1.3.2", "orders-7", 0, 2),
        advice.clients().get(0));
    assertEquals(600, advice.clients().get(1).heartbeatSeconds());
  }

  @Test
  void shouldGiveNoAdviceWhenShorterHeartbeatsDidNotCome() {
    assertNull(advice(resetByDevice("10.0.1.1", 1, 10, 350)));
  }

  @Test
  void shouldGiveNoAdviceForACrashOfTheClient() {
    assertNull(advice(new Talk().open(0).pause(Duration.ofMillis(33_700)).socketReset(CLIENT)));
  }

  @Test
  void shouldGiveNoAdviceFromATimerThatOthersContradict() {
    assertNull(advice(forgotten(1, 60), survivor(2, 500)));
  }

  @ParameterizedTest
  @CsvSource({
    "3600, 60",
    "350, 60",
    "119.9, 60",
    "60, 30",
    "59.95, 30",
    "50, 20",
    "21, 10",
    "10, 5"
  })
  void shouldSuggestTheLongestUsualHeartbeatThatIsAtMostHalfOfTheTimer(
      double timer, int heartbeat) {
    assertEquals(heartbeat, advice(resetByDevice("10.0.1.1", 1, 0, timer)).seconds());
  }

  @ParameterizedTest
  @ValueSource(doubles = {9.5, 5.2, 3.3, 1.2})
  void shouldHaveATimerRaisedFirstIntoWhichNoSafeHeartbeatFits(double timer) {
    HeartbeatAdvice advice = advice(resetByDevice("10.0.1.1", 1, 0, timer));

    assertEquals(60, advice.seconds());
    assertTrue(advice.says().contains(", once the idle timeout of " + timer), () -> advice.says());
    assertTrue(advice.says().endsWith("is raised to 120 s or more"), () -> advice.says());
  }

  @Test
  void shouldCountAProxysCutThoughOneConnectionAloneMakesNoTimer() {
    Talk talk = new Talk().open(0).pause(Duration.ofSeconds(7));
    talk.client(AmqpBytes.heartbeat()).pause(Duration.ofSeconds(50));

    HeartbeatAdvice advice = advice(talk.fin(CLIENT));

    assertEquals(20, advice.seconds());
    assertEquals(1, advice.prevented());
  }

  @Test
  void shouldNotCountWhatAProgramMayHaveEndedThatWorksForAFixedTime() {
    Talk job = new Talk().open(0).client(AmqpBytes.heartbeat()).pause(Duration.ofSeconds(50));

    assertNull(advice(job.fin(CLIENT)));
  }

  @Test
  void shouldNotCountConnectionsThatEndedBeforeHeartbeatsAreAgreed() {
    Talk talk = new Talk().connect().client(AmqpBytes.header091()).broker(AmqpBytes.start());

    assertNull(advice(IdleTimeout.resetByDevice(talk, Duration.ofSeconds(350))));
  }

  @Test
  void shouldBeCautiousWhenTheTimerMayBeMuchShorterThanTheSilence() {
    HeartbeatAdvice advice = advice(forgotten(1, 3600));

    assertEquals(20, advice.seconds());
    assertFalse(advice.proven());
    assertTrue(advice.says().endsWith("unless the timer is shorter than the capture shows"));
  }

  @Test
  void shouldRelyOnTheSilencesThatSurvived() {
    HeartbeatAdvice advice = advice(forgotten(1, 3600), survivor(2, 70));

    assertEquals(30, advice.seconds());
    assertTrue(advice.proven());
  }
}
