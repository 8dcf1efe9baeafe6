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
import org.junit.jupiter.api.Test;

class SurvivedSilencesTest {
  private static Talk survivor(String client, int port, Duration... silences) {
    Talk talk = new Talk(client, port).open(0);
    for (Duration silence : silences) {
      talk.pause(silence).client(AmqpBytes.heartbeat());
    }
    return talk;
  }

  private static double seconds(String client, Talk... talks) {
    return Analysis.survived(Talk.capture(talks)).silences().longestNanos(client, "10.0.0.2") / 1e9;
  }

  @Test
  void shouldKnowTheLongestSilenceOfAPathThoughNoneWasLost() {
    Talk[] talks = {
      survivor("10.0.1.1", 1, Duration.ofSeconds(20), Duration.ofSeconds(3)),
      survivor("10.0.1.1", 2, Duration.ofSeconds(7)),
      survivor("10.0.1.2", 3, Duration.ofSeconds(90))
    };

    assertEquals(20, seconds("10.0.1.1", talks), 0.01);
    assertEquals(90, seconds("10.0.1.2", talks), 0.01);
    assertTrue(Analysis.survived(Talk.capture(talks)).silences().isComplete());
  }

  @Test
  void shouldKnowNothingOfAPathWithoutALongSilence() {
    assertEquals(-1e-9, seconds("10.0.1.1", survivor("10.0.1.1", 1, Duration.ofMillis(400))));
    assertEquals(-1e-9, seconds("10.9.9.9", survivor("10.0.1.1", 1, Duration.ofSeconds(4))));
  }

  @Test
  void shouldNotTakeTheSilenceThatEndedAConnectionForOneThatSurvived() {
    Talk talk = survivor("10.0.1.1", 1, Duration.ofSeconds(5)).pause(Duration.ofSeconds(400));

    assertEquals(5, seconds("10.0.1.1", talk.data(BROKER, new byte[9]).bareReset(CLIENT)), 0.01);
  }

  @Test
  void shouldSayThatMoreMaySurviveThanItKnowsOnceItIsFull() {
    SurvivedSilences silences = new SurvivedSilences(2);
    silences.add("10.0.1.1", "10.0.0.2", 5);
    silences.add("10.0.1.2", "10.0.0.2", 5);
    silences.add("10.0.1.1", "10.0.0.2", 7);
    assertTrue(silences.isComplete());

    silences.add("10.0.1.3", "10.0.0.2", 5);

    assertFalse(silences.isComplete());
    assertEquals(7, silences.longestNanos("10.0.1.1", "10.0.0.2"));
    assertEquals(-1, silences.longestNanos("10.0.1.3", "10.0.0.2"));
  }

  @Test
  void shouldKeepPathsApartThatShareAHost() {
    SurvivedSilences silences = new SurvivedSilences(10);
    silences.add("10.0.1.1", "10.0.0.2", 5);
    silences.add("10.0.1.1", "10.0.0.3", 9);
    silences.add("10.0.1.2", "10.0.0.2", 7);
    silences.add("10.0.1.1", "10.0.0.2", 4);

    assertEquals(5, silences.longestNanos("10.0.1.1", "10.0.0.2"));
    assertEquals(9, silences.longestNanos("10.0.1.1", "10.0.0.3"));
    assertEquals(7, silences.longestNanos("10.0.1.2", "10.0.0.2"));
    assertEquals(-1, silences.longestNanos("10.0.1.2", "10.0.0.3"));
  }
}
