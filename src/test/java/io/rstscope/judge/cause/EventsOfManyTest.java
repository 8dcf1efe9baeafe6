package io.rstscope.judge.cause;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static io.rstscope.testing.IdleTimeout.forgotten;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.judge.sender.Sender;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What befalls several connections tells more than what befalls one. */
class EventsOfManyTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Processes die at any moment, not after whole seconds. */
  private static final Duration PAUSE = Duration.ofMillis(1_370);

  private static final String SHUTDOWN =
      "CONNECTION_FORCED - broker forced connection closure with reason 'shutdown'";

  private static Talk[] talks(int count, IntFunction<Talk> talk) {
    return IntStream.range(0, count).mapToObj(talk).toArray(Talk[]::new);
  }

  private static Ending endingOfFirst(Talk... talks) {
    return Analysis.ending(talks[0], Arrays.copyOfRange(talks, 1, talks.length));
  }

  private static Talk client(int port) {
    return new Talk("10.0.1.1", 40_000 + port);
  }

  @Test
  void shouldCallItAShutdownWhenTheBrokerSaysSoToOthersOnly() {
    Talk spared = client(0).open(60).pause(SECOND).pause(SECOND).socketReset(BROKER);
    Talk told = client(1).open(60).pause(SECOND).broker(AmqpBytes.close(320, SHUTDOWN, 0, 0));

    assertEquals(Cause.BROKER_SHUTDOWN, endingOfFirst(spared, told.socketReset(BROKER)).cause());
  }

  @Test
  void shouldCallItAShutdownInTheMiddleOfTheHandshake() {
    Talk spared = client(0).connect().client(AmqpBytes.header091()).broker(AmqpBytes.start());
    spared.pause(SECOND).socketReset(BROKER);
    Talk told = client(1).open(60).pause(SECOND).broker(AmqpBytes.close(320, SHUTDOWN, 0, 0));

    assertEquals(Cause.BROKER_SHUTDOWN, endingOfFirst(spared, told.socketReset(BROKER)).cause());
  }

  @Test
  void shouldNotTakeAnOperatorsReasonForAShutdown() {
    String reason = "CONNECTION_FORCED - Closed via management plugin: planned shutdown of orders";
    Talk talk = client(0).open(60).broker(AmqpBytes.close(320, reason, 0, 0)).socketReset(BROKER);

    assertEquals(Cause.BROKER_CLOSED, Analysis.ending(talk).cause());
  }

  @Test
  void shouldNotSayThatTheBrokerDiedWhileItSpeaksToOthers() {
    Talk[] reset = talks(4, i -> client(i).open(60).pause(PAUSE).socketReset(BROKER));
    Talk living = client(9).open(60).pause(Duration.ofSeconds(20)).broker(AmqpBytes.heartbeat());
    Talk[] all = Arrays.copyOf(reset, 5);
    all[4] = living.fin(CLIENT).socketReset(BROKER);

    double dead = endingOfFirst(reset).likelihood(Cause.BROKER_ABORT);
    Ending ending = endingOfFirst(all);

    assertEquals(Cause.BROKER_ABORT, ending.cause());
    double alive = ending.likelihood(Cause.BROKER_ABORT);
    assertTrue(alive < dead, alive + " " + dead);
  }

  @Test
  void shouldCallItAnIdleTimeoutWhenASilentPoolIsForgotten() {
    Talk[] pool = talks(5, i -> forgotten(client(i).open(0), Duration.ofSeconds(391 + i)));

    assertEquals(Cause.IDLE_TIMEOUT, endingOfFirst(pool).cause());
  }

  @Test
  void shouldCallItALostTableWhenOneOfThoseForgottenHadJustSpoken() {
    Talk[] pool = talks(5, i -> forgotten(client(i).open(0), Duration.ofSeconds(391)));
    pool[4] = forgotten(client(4).pause(Duration.ofSeconds(388)).open(0), Duration.ofSeconds(3));

    assertEquals(Cause.STATE_LOST, endingOfFirst(pool).cause());
  }

  private static Talk resetByDevice(int port, Duration start, Duration silence) {
    Talk talk = client(port).pause(start).open(0).pause(silence).ttl(CLIENT, 63);
    talk.socketReset(CLIENT).pause(SECOND).ttl(CLIENT, Talk.CLIENT_TTL);
    return talk.data(CLIENT, AmqpBytes.heartbeat()).bareReset(BROKER);
  }

  @Test
  void shouldSeeATimerInTheSameSilencesWhateverTheResetsLookLike() {
    Talk[] talks =
        talks(3, i -> resetByDevice(i, SECOND.multipliedBy(i), Duration.ofMillis(4_000 + 20 * i)));

    Ending ending = endingOfFirst(talks);

    assertEquals(Cause.IDLE_TIMEOUT, ending.cause(), ending.says());
    assertEquals(Sender.MIDDLEBOX, ending.endedBy());
  }

  @Test
  void shouldSeeNoTimerInTheSameSilencesWhereAllHappensAtOnce() {
    Talk[] talks = talks(3, i -> resetByDevice(i, Duration.ZERO, Duration.ofMillis(4_370)));

    assertEquals(Cause.INJECTED_RESET, endingOfFirst(talks).cause());
  }
}
