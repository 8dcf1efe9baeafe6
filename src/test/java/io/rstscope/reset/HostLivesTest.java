package io.rstscope.reset;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What hosts are known to have lived through. */
class HostLivesTest {
  private static final String HOST = "10.0.1.1";
  private static final int TTL = Talk.CLIENT_TTL;
  private final HostLives lives = new HostLives(1000);

  @Test
  void shouldKnowThatAHostLivedFromBeforeToAfter() {
    lives.add(HOST, TTL, 100, 200);

    assertTrue(lives.livedThrough(HOST, TTL, 120, 180));
    assertTrue(lives.livedThrough(HOST, TTL, 101, 199));
  }

  @Test
  void shouldNotKnowItOfWhatBeganLaterOrEndedBefore() {
    lives.add(HOST, TTL, 100, 200);

    assertFalse(lives.livedThrough(HOST, TTL, 100, 180), "began no earlier");
    assertFalse(lives.livedThrough(HOST, TTL, 90, 180));
    assertFalse(lives.livedThrough(HOST, TTL, 120, 200), "no packet afterwards");
  }

  @Test
  void shouldNotJoinConnectionsBetweenWhichTheHostMayHaveBooted() {
    lives.add(HOST, TTL, 100, 200);
    lives.add(HOST, TTL, 210, 300);

    assertFalse(lives.livedThrough(HOST, TTL, 150, 250));
    assertTrue(lives.livedThrough(HOST, TTL, 220, 250));
  }

  @Test
  void shouldTellHostsBehindOneAddressApartByTheirTtl() {
    lives.add(HOST, TTL, 100, 200);

    assertFalse(lives.livedThrough(HOST, TTL - 1, 120, 180));
    assertFalse(lives.livedThrough("10.0.1.2", TTL, 120, 180));
  }

  @Test
  void shouldKeepTheLongerOfTwoSpansInWhateverOrder() {
    lives.add(HOST, TTL, 100, 200);
    lives.add(HOST, TTL, 120, 150);
    assertTrue(lives.livedThrough(HOST, TTL, 130, 190));

    lives.add(HOST, TTL, 90, 400);
    assertTrue(lives.livedThrough(HOST, TTL, 95, 390));
    assertTrue(lives.livedThrough(HOST, TTL, 130, 390));

    lives.add(HOST, TTL, 90, 500);
    assertTrue(lives.livedThrough(HOST, TTL, 130, 490));
  }

  @Test
  void shouldKeepOverlappingSpansBoth() {
    lives.add(HOST, TTL, 100, 200);
    lives.add(HOST, TTL, 150, 300);

    assertTrue(lives.livedThrough(HOST, TTL, 110, 190));
    assertTrue(lives.livedThrough(HOST, TTL, 160, 290));
    assertFalse(lives.livedThrough(HOST, TTL, 110, 290));
  }

  @Test
  void shouldForgetTheOldestOfTooManySpans() {
    for (int i = 0; i < 300; i++) {
      lives.add(HOST, TTL, 100L * i, 100L * i + 90);
    }

    assertFalse(lives.livedThrough(HOST, TTL, 10, 20));
    assertTrue(lives.livedThrough(HOST, TTL, 29_910, 29_980));
    assertTrue(lives.livedThrough(HOST, TTL, 4_410, 4_480), "the last 256");
    assertFalse(lives.livedThrough(HOST, TTL, 4_310, 4_380));
  }

  @Test
  void shouldKnowNothingOfHostsThatAreTooMany() {
    HostLives few = new HostLives(1);
    few.add(HOST, TTL, 100, 200);
    few.add("10.0.1.2", TTL, 100, 200);
    few.add(HOST, TTL, 100, 300);

    assertTrue(few.livedThrough(HOST, TTL, 120, 290));
    assertFalse(few.livedThrough("10.0.1.2", TTL, 120, 180));
  }

  private static HostLives of(Talk... talks) {
    return Analysis.observe(new ArrayList<>(), talks).lives();
  }

  @Test
  void shouldCountUntilTheHostsOwnLastPacket() {
    Talk talk = new Talk().open(0).pause(Duration.ofSeconds(10)).client(AmqpBytes.heartbeat());
    long client = talk.now();
    talk.pause(Duration.ofSeconds(10)).data(BROKER, AmqpBytes.heartbeat());

    HostLives found = of(talk);

    assertTrue(found.livedThrough(HOST, TTL, Talk.START + 1, client - 1_000_000));
    assertFalse(found.livedThrough(HOST, TTL, Talk.START + 1, client + 1_000_000));
    assertTrue(found.livedThrough("10.0.0.2", 64, Talk.START + 1, client + 1_000_000));
  }

  @Test
  void shouldTakeNothingFromConnectionsOfLessThanASecond() {
    Talk talk = new Talk().open(0).pause(Duration.ofMillis(900)).client(AmqpBytes.heartbeat());

    assertFalse(of(talk).livedThrough(HOST, TTL, Talk.START + 1, Talk.START + 2));
  }

  @Test
  void shouldKnowWhoHasHadAConnectionOpened() {
    HostLives found = of(new Talk().open(0), new Talk("10.0.1.2", 1).connect().fin(CLIENT));

    assertTrue(found.isUser(HOST));
    assertFalse(found.isUser("10.0.1.2"));
    assertFalse(found.isUser("10.0.0.2"), "the broker");
  }

  // ---- how much of a time nobody saw the host

  @Test
  void shouldNotHaveSeenAHostThatItDoesNotKnow() {
    assertEquals(80, lives.unseenNanos(HOST, TTL, 20, 100));
    assertEquals(0, lives.unseenNanos(HOST, TTL, 100, 20));
  }

  @ParameterizedTest(name = "from {0} until {1}: {2}")
  @CsvSource({
    "0, 50, 50", // before all
    "0, 100, 100",
    "0, 120, 100", // until the first began
    "120, 180, 0", // within it
    "120, 250, 50", // beyond its end
    "120, 310, 100", // up to the second
    "250, 450, 100", // around the second
    "0, 500, 300",
    "450, 500, 50",
    "200, 300, 100"
  })
  void shouldCountTheTimeBetweenConnections(long from, long until, long unseen) {
    lives.add(HOST, TTL, 100, 200);
    lives.add(HOST, TTL, 300, 400);

    assertEquals(unseen, lives.unseenNanos(HOST, TTL, from, until));
  }

  @Test
  void shouldCountOverlappingConnectionsOnce() {
    lives.add(HOST, TTL, 100, 200);
    lives.add(HOST, TTL, 150, 300);

    assertEquals(50, lives.unseenNanos(HOST, TTL, 120, 350));
    assertEquals(0, lives.unseenNanos(HOST, TTL, 120, 300));
  }

  @Test
  void shouldTakeConnectionsOfASecond() {
    Talk talk = new Talk().connect();
    talk.pause(Duration.ofNanos(Talk.START + 1_000_000_000L - talk.now())).ack(CLIENT);

    assertTrue(of(talk).livedThrough(HOST, TTL, Talk.START + 1, Talk.START + 2));
  }
}
