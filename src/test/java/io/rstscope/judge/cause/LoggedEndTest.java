package io.rstscope.judge.cause;

import static io.rstscope.judge.cause.Stories.*;
import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.reset.LoggedEnd;
import io.rstscope.testing.Talk;
import org.junit.jupiter.api.Test;

/** What the broker's log adds where the packets do not show why a connection ended. */
class LoggedEndTest {
  private static void assertHolds(Fact fact, LoggedEnd logged, Talk talk) {
    Story story = Story.of(logged, talk);
    assertTrue(story.facts().contains(fact), () -> fact + " should hold: " + story);
  }

  private static void assertHoldsNot(Fact fact, LoggedEnd logged, Talk talk) {
    Story story = Story.of(logged, talk);
    assertFalse(story.facts().contains(fact), () -> fact + " should not hold: " + story);
  }

  private static void assertSays(Cause cause, String part, LoggedEnd logged, Talk talk) {
    Story story = Story.of(logged, talk);
    assertEquals(cause, story.ending().cause(), story::toString);
    assertTrue(story.ending().says().contains(part), story::toString);
  }

  /** As after a connection.close, which TLS hides. */
  private static Talk closedInTls() {
    return tls(9).fin(CLIENT).socketReset(BROKER);
  }

  private static Talk killed() {
    return new Talk().open(60).pause(ODD).socketReset(BROKER);
  }

  @Test
  void shouldCountALossInTlsThatOnlyTheLogKnows() {
    assertHolds(Fact.LOGGED_CLIENT_LEFT, LoggedEnd.CLIENT_LEFT, closedInTls());
    assertTrue(Story.of(closedInTls()).ending().benign());
    assertFalse(Story.of(LoggedEnd.CLIENT_LEFT, closedInTls()).ending().benign());
  }

  /** The packets show what was sent, and need no log for that. */
  @Test
  void shouldNotAskTheLogWhatThePacketsShow() {
    Talk closed = closed(new Talk().open(60)).fin(CLIENT).socketReset(BROKER);
    Talk left = new Talk().open(60).pause(ODD).fin(CLIENT);

    assertHoldsNot(Fact.LOGGED_CLIENT_LEFT, LoggedEnd.CLIENT_LEFT, closed);
    assertHoldsNot(Fact.LOGGED_CLIENT_LEFT, LoggedEnd.CLIENT_LEFT, left);
    assertHoldsNot(Fact.LOGGED_CLOSED, LoggedEnd.CLOSED, left);
    assertHoldsNot(Fact.LOGGED_CLIENT_LEFT, LoggedEnd.UNKNOWN, closedInTls());
  }

  @Test
  void shouldBelieveTheLogThatAConnectionInTlsWasClosed() {
    Talk idle = tls(9).pause(ODD).fin(CLIENT).socketReset(BROKER);

    assertHolds(Fact.LOGGED_CLOSED, LoggedEnd.CLOSED, idle);
    assertSays(Cause.NORMAL_CLOSE, "the broker's log has no error of it", LoggedEnd.CLOSED, idle);
    assertFalse(Story.of(idle).ending().benign());
  }

  @Test
  void shouldNameASlowConsumerThatTheLogKnows() {
    assertHolds(Fact.LOGGED_SEND_TIMED_OUT, LoggedEnd.SEND_TIMED_OUT, killed());
    assertHoldsNot(Fact.LOGGED_SEND_TIMED_OUT, LoggedEnd.FAILED, killed());
    assertSays(
        Cause.SLOW_CONSUMER, "by its log the broker gave up", LoggedEnd.SEND_TIMED_OUT, killed());
    assertEquals(Cause.BROKER_ABORT, Story.of(LoggedEnd.FAILED, killed()).ending().cause());
  }

  @Test
  void shouldNameMissedHeartbeatsThatTheLogKnows() {
    assertHolds(Fact.LOGGED_HEARTBEATS_MISSED, LoggedEnd.HEARTBEATS_MISSED, killed());
    assertHoldsNot(Fact.LOGGED_HEARTBEATS_MISSED, LoggedEnd.FAILED, killed());
    assertSays(
        Cause.MISSED_HEARTBEATS,
        "by its log the broker missed the client's heartbeats",
        LoggedEnd.HEARTBEATS_MISSED,
        killed());
  }
}
