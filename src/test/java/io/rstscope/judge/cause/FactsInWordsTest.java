package io.rstscope.judge.cause;

import static io.rstscope.judge.cause.Stories.*;
import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rstscope.testing.IdleTimeout;
import io.rstscope.testing.Talk;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the facts that decided say, with the numbers of their end. */
class FactsInWordsTest {
  private static void assertSays(String words, Fact fact, Talk talk, Talk... others) {
    Story story = Story.of(talk, others);
    assertEquals(
        words,
        story.ending().evidence().stream()
            .filter(each -> each.fact() == fact)
            .map(CauseEvidence::says)
            .findFirst()
            .orElse(null),
        story::toString);
  }

  private static Talk idle(double seconds) {
    return new Talk().open(0).pause(seconds(seconds)).fin(CLIENT);
  }

  @Test
  void shouldSayHowLongItWasIdle() {
    Talk crafted = new Talk().open(60).pause(seconds(3)).ttl(CLIENT, 63).craftedReset(CLIENT);

    assertSays(
        "it was idle for 400 s, as long as device timers",
        Fact.IDLE_AS_LONG_AS_TIMERS,
        IdleTimeout.forgotten(new Talk().open(0), seconds(400)));
    assertSays("it was idle for 3.00 s, shorter than device timers", Fact.BRIEFLY_IDLE, crafted);
  }

  @Test
  void shouldSayWhichSilenceIsRound() {
    assertSays("5.01 s is a whole number of seconds", Fact.ROUND_SHORT, idle(5.01));
    assertSays("30.0 s is a common timer setting", Fact.ROUND_MEDIUM, idle(30.01));
    assertSays("300 s is a common timer setting", Fact.ROUND_LONG, idle(300.01));
    assertSays("59.8 s is close to a common timer setting", Fact.ROUND_NEARLY, idle(59.8));
  }

  @Test
  void shouldSayHowOftenASilenceRecurs() {
    Talk[] ends =
        talks(3, i -> client(i).pause(Duration.ofHours(i)).open(0).pause(seconds(1 + 5 * i)));
    for (Talk end : ends) {
      end.client(BEAT).pause(seconds(300.01)).fin(CLIENT);
    }

    assertSays(
        "the same idle time came before 3 ends at different moments",
        Fact.RECURS_SURELY,
        ends[0],
        ends[1],
        ends[2]);
  }

  @Test
  void shouldSayForHowLongAHeartbeatWasMissing() {
    Talk talk = new Talk().open(2).client(BEAT);
    for (int i = 0; i < 5; i++) {
      talk.pause(SECOND).broker(BEAT);
    }

    assertSays(
        "nothing was received from the other side for 6.00 s with a heartbeat of 2 s",
        Fact.HEARTBEAT_RAN_OUT,
        talk.pause(SECOND).socketReset(BROKER));
  }

  /** The client's packet does not arrive; the broker's heartbeats do. */
  private static Talk lostToTheBroker(Talk talk) {
    int lost = BEAT.length;
    talk.pause(SECOND).data(CLIENT, BEAT);
    for (int i = 0; i < 5; i++) {
      talk.pause(seconds(2)).missing(CLIENT, -lost).data(BROKER, BEAT).missing(CLIENT, lost);
      talk.again(CLIENT);
    }
    return talk.pause(ODD).missing(CLIENT, -lost).socketReset(BROKER);
  }

  @Test
  void shouldSayForHowLongNothingWasAcknowledged() {
    assertSays(
        "what the other side sent was not acknowledged for 11.4 s with a heartbeat of 4 s",
        Fact.HEARTBEAT_UNHEARD,
        lostToTheBroker(new Talk().open(4)));
    assertSays(
        "what the other side sent was not acknowledged for 11.4 s",
        Fact.UNHEARD,
        lostToTheBroker(tls(3)));
  }

  private static Talk finAt(int port, double begin, double end) {
    return client(port).pause(seconds(begin)).open(0).pause(seconds(end - begin)).fin(CLIENT);
  }

  @Test
  void shouldSayHowManyOthersEndedWithIt() {
    Talk[] process = talks(3, i -> finAt(i, 7.37 * i, 61.37));
    Talk[] batch = talks(3, i -> finAt(i, 0, 61.37));

    assertSays(
        "2 others ended at the same moment after other idle times",
        Fact.TOGETHER_DIFFERING,
        process[0],
        process[1],
        process[2]);
    assertSays(
        "2 others ended at the same moment after the same idle time",
        Fact.TOGETHER_ALIKE,
        batch[0],
        batch[1],
        batch[2]);
  }

  @Test
  void shouldSayHowManyOthersADeviceSweptAway() {
    Talk[] swept =
        talks(3, i -> client(i).pause(seconds(7.37 * i)).open(0).pause(seconds(61.37 - 7.37 * i)));
    for (Talk each : swept) {
      each.ttl(CLIENT, 63).craftedReset(CLIENT);
    }

    assertSays(
        "2 others, idle as well, were reset at the same moment",
        Fact.SWEPT,
        swept[0],
        swept[1],
        swept[2]);
  }

  @Test
  void shouldSayThatTheHostWasUpMeanwhile() {
    Talk forgotten = client(0).pause(SECOND).open(0).pause(seconds(61.37));

    assertSays(
        "the RST answers the first packet after 61.4 s idle, while the host was up",
        Fact.FORGOTTEN_OF_LIVING_HOST,
        forgotten.data(BROKER, BEAT).bareReset(CLIENT),
        client(1).open(0).pause(seconds(70)).client(BEAT));
  }

  @Test
  void shouldSayWhichConnectionGoesOnUnderAnotherPort() {
    int sent = 1 + BEAT.length;
    Talk renamed = client(7).pause(seconds(61.37)).missing(CLIENT, sent).missing(BROKER, sent);

    assertSays(
        "its sequence numbers continue the connection from 10.0.1.1:40000, idle for 61.4 s: a NAT"
            + " forgot it",
        Fact.RENAMED,
        renamed.data(CLIENT, BEAT).bareReset(BROKER),
        client(0).connect().client(BEAT).broker(BEAT));
  }
}
