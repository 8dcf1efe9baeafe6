package io.rstscope.flow;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.decode.Segment;
import io.rstscope.decode.SegmentBatch;
import io.rstscope.net.PortSet;
import io.rstscope.net.Side;
import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who leaves when, and what is told of it. */
class FlowSweeperTest {
  @Test
  void shouldEvictTheLongestIdleFlowWhenTheTableIsFull() {
    Tracking tracking = Tracking.holding(3);
    List<Talk> talks = talks(tracking, 4);
    talks.get(0).syn();
    talks.get(1).syn().data(CLIENT, "x");
    talks.get(2).syn().data(CLIENT, "x").fin(CLIENT);
    talks.get(0).pause(Duration.ofSeconds(1));
    talks.get(0).data(CLIENT, "still here").fin(CLIENT).socketReset(CLIENT);
    talks.get(3).syn();
    assertEquals("ended EVICTED SD", tracking.told.get(tracking.told.size() - 2));
    assertEquals(1, tracking.tracker.evicted());
    assertEquals(3, tracking.tracker.held());
    assertEquals(4, tracking.tracker.flows());
  }

  @Test
  void shouldEvictNoneWhileThereIsRoom() {
    Tracking tracking = Tracking.holding(3);
    talks(tracking, 3).forEach(talk -> talk.syn());
    assertEquals(0, tracking.tracker.evicted());
    assertEquals(3, tracking.endings().size());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 17, 5000})
  void shouldNeverHoldMoreThanItMay(int maxFlows) {
    Tracking tracking = Tracking.holding(maxFlows);
    for (Talk talk : talks(tracking, 3 * maxFlows)) {
      talk.syn();
      assertTrue(tracking.tracker.held() <= maxFlows);
    }
    int held = tracking.tracker.held();
    assertEquals(3L * maxFlows, tracking.tracker.evicted() + held);
    assertEquals(3 * maxFlows, tracking.endings().size());
    assertEquals(0, tracking.tracker.held());
  }

  @Test
  void shouldEvictASixteenthAtOnceAndTheLongestIdleOfThem() {
    Tracking tracking = Tracking.holding(64);
    List<Talk> talks = talks(tracking, 65);
    talks.subList(0, 64).forEach(talk -> talk.syn());
    // the last four say nothing after their SYN
    talks.subList(0, 60).forEach(talk -> talk.data(CLIENT, "later"));
    talks.get(64).syn();
    assertEquals(4, tracking.tracker.evicted());
    assertEquals(4, tracking.told.stream().filter("ended EVICTED S"::equals).count());
  }

  @Test
  void shouldKeepConnectionsWhenSynsFillTheTable() {
    Tracking tracking = Tracking.holding(64);
    Talk real = new Talk().seenBy(tracking.tap).connect();
    real.pause(Duration.ofSeconds(30));
    List<Talk> flood = talks(tracking, 1_000);
    flood.forEach(talk -> talk.syn());
    real.data(CLIENT, "still here");
    assertEquals(1_001, tracking.tracker.flows());
    assertTrue(tracking.tracker.evicted() > 900);
    assertEquals(tracking.tracker.evicted(), tracking.tracker.evictedAttempts());
  }

  @Test
  void shouldEvictOldConnectionsWhenFewAttemptsAreThere() {
    Tracking tracking = Tracking.holding(64);
    List<Talk> talks = talks(tracking, 65);
    talks.subList(0, 60).forEach(talk -> talk.connect());
    talks.subList(60, 65).forEach(talk -> talk.syn());
    assertEquals(4, tracking.tracker.evicted());
    assertEquals(1, tracking.tracker.evictedAttempts());
    assertEquals(3, tracking.told.stream().filter("ended EVICTED ShA"::equals).count());
  }

  @Test
  void shouldEvictTheLongestIdleBeforeOthersThatAreAsIdleAsEachOther() {
    FlowTable table = new FlowTable();
    Flow view = table.newView();
    for (int i = 0; i < 32; i++) {
      addAt(table, view, i, i == 31 ? 1 : 5);
    }
    Set<Integer> evicted = new HashSet<>();
    FlowSweeper sweeper = new FlowSweeper(table, 32, endings(evicted));
    sweeper.makeRoom(5);
    assertEquals(Set.of(0, 31), evicted);
    assertEquals(2, sweeper.evicted());
  }

  @Test
  void shouldLetFlowsGoThatAreOverForAMinute() {
    Tracking tracking = Tracking.holding(4);
    List<Talk> talks = talks(tracking, 5);
    talks.get(0).syn().socketReset(CLIENT);
    talks.get(1).syn();
    talks.get(1).pause(Duration.ofSeconds(60));
    talks.get(2).syn().socketReset(CLIENT);
    talks.get(3).syn();
    talks.get(4).syn();
    assertEquals("ended OVER SR", tracking.told.get(tracking.told.size() - 2));
    assertEquals(0, tracking.tracker.evicted());
    assertEquals(4, tracking.tracker.held());
  }

  @Test
  void shouldFindAllOthersAfterASweep() {
    Tracking tracking = Tracking.holding(20_000);
    List<Talk> talks = talks(tracking, 10_000);
    for (int i = 0; i < talks.size(); i++) {
      talks.get(i).syn();
      if (i % 2 == 0) {
        talks.get(i).socketReset(CLIENT);
      }
      talks.get(i).pause(Duration.ofSeconds(1));
    }
    int told = tracking.told.size();
    for (int i = 1; i < talks.size(); i += 2) {
      talks.get(i).data(CLIENT, "there?");
      assertEquals(2, tracking.client().packets());
    }
    assertEquals(told + 5_000, tracking.told.size());
    assertTrue(tracking.tracker.held() < 10_000);
  }

  @Test
  void shouldReuseAnIdOnlyAfterItsFlowEnded() {
    Set<Integer> alive = new HashSet<>();
    List<Integer> reused = new ArrayList<>();
    Set<Integer> used = new HashSet<>();
    FlowTracker tracker =
        new FlowTracker(
            PortSet.parse("5672"),
            8,
            new QuietListener() {
              @Override
              public void segment(Flow flow, Side from, Segment segment, SegmentKind kind) {
                assertTrue(alive.add(flow.id()), "an id that is in use");
                if (!used.add(flow.id())) {
                  reused.add(flow.id());
                }
              }

              @Override
              public void ended(Flow flow, FlowEnd why) {
                assertTrue(alive.remove(flow.id()), "an id that is not in use");
              }
            });
    for (int i = 0; i < 100; i++) {
      tracker.accept(segment(i, i));
    }
    assertEquals(8, used.size());
    assertEquals(92, reused.size());
    tracker.finish();
    assertEquals(Set.of(), alive);
  }

  @Test
  void shouldLeaveNothingOfAnEndedFlowInTheNextWithItsId() {
    Tracking tracking = Tracking.holding(1);
    Talk six = new Talk("2001:db8::1", 40_000).seenBy(tracking.tap).connect();
    six.data(CLIENT, "x").fin(CLIENT).socketReset(BROKER);
    new Talk().seenBy(tracking.tap).data(CLIENT, "new");
    assertEquals("D", tracking.flow().history());
    assertEquals("10.0.1.1:40000", tracking.flow().hostPort(CLIENT).toString());
    assertEquals(0, tracking.broker().packets());
    assertEquals(1, tracking.client().packets());
  }

  private static List<Talk> talks(Tracking tracking, int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new Talk("10.0." + (i >> 8) + "." + (i & 255), 40_000, "10.1.0.1")
                    .seenBy(tracking.tap))
        .toList();
  }

  private static void addAt(FlowTable table, Flow view, int i, long nanos) {
    SegmentBatch batch = new SegmentBatch();
    batch.add(segment(i, nanos));
    table.add(batch, 0, view);
  }

  private static Segment segment(int source, long nanos) {
    Segment segment = new Segment();
    segment.ipVersion = 4;
    segment.sourceLow = source;
    segment.destinationLow = 0xffff_ffffL;
    segment.sourcePort = 40_000;
    segment.destinationPort = 5672;
    segment.flags = Segment.SYN;
    segment.timeNanos = nanos;
    return segment;
  }

  private static FlowListener endings(Set<Integer> ids) {
    return new QuietListener() {
      @Override
      public void ended(Flow flow, FlowEnd why) {
        ids.add(flow.id());
      }
    };
  }

  @Test
  void shouldExpireWhatIsOverBeforeWhatIsOnlySilent() {
    Tracking tracking = Tracking.usual();
    List<Talk> talks = talks(tracking, 2);
    talks.get(0).syn().socketReset(CLIENT);
    talks.get(1).syn();
    long now = tracking.tap.nanos();
    tracking.tracker.expire(now + SECONDS.toNanos(9), SECONDS.toNanos(10), SECONDS.toNanos(100));
    assertEquals(2, tracking.tracker.held());

    tracking.tracker.expire(now + SECONDS.toNanos(11), SECONDS.toNanos(10), SECONDS.toNanos(100));
    assertEquals("ended OVER SR", tracking.lastTold());
    assertEquals(1, tracking.tracker.held());

    tracking.tracker.expire(now + SECONDS.toNanos(101), SECONDS.toNanos(10), SECONDS.toNanos(100));
    assertEquals("ended EXPIRED S", tracking.lastTold());
    assertEquals(0, tracking.tracker.held());
  }

  @Test
  void shouldFindWhatIsLeftAfterOthersExpired() {
    Tracking tracking = Tracking.usual();
    List<Talk> talks = talks(tracking, 2);
    talks.get(0).syn();
    talks.get(1).pause(Duration.ofSeconds(60));
    talks.get(1).syn();
    tracking.tracker.expire(tracking.tap.nanos(), 1, SECONDS.toNanos(30));
    talks.get(1).data(CLIENT, "still known");
    assertEquals(2, tracking.tracker.flows());
  }
}
