package io.rstscope.watch;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.flow.FlowEnd;
import io.rstscope.net.HostPort;
import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a flow is handed over to be judged. */
class LiveFlowsTest {
  private static final HostPort USER = new HostPort("10.0.1.1", 40_000);
  private static final HostPort SERVER = new HostPort("10.0.0.2", 5672);

  private final Watching watching = Watching.usual();
  private final Talk talk = new Talk().seenBy(watching.tap).open(60);

  @Test
  void shouldWaitASecondForWhatFollowsAReset() {
    talk.socketReset(CLIENT);
    watching.pause(Duration.ofMillis(900));
    assertEquals(List.of(), watching.flowEvents);

    watching.pause(Duration.ofMillis(200));

    assertEquals(1, watching.flowEvents.size());
    assertEquals(1, watching.lastSighting().observation().resets().size());
    assertEquals(FlowEnd.STILL_HELD, watching.lastSighting().observation().end());
  }

  @Test
  void shouldTellUntilWhenTheLineWasQuiet() {
    talk.socketReset(CLIENT);
    long reset = watching.tap.nanos();

    watching.pause(Duration.ofMillis(1_100));

    long seenUntil = watching.lastSighting().observation().observedUntilNanos();
    assertTrue(seenUntil - reset >= ReviewSchedule.FIRST_NANOS);
  }

  @Test
  void shouldHandOverAgainWhenTheConnectionLivesOn() {
    talk.socketReset(CLIENT);
    watching.pause(Duration.ofSeconds(2));
    talk.data(CLIENT, "still here").data(BROKER, "so am I");

    watching.pause(Duration.ofSeconds(3));

    assertEquals(2, watching.flowEvents.size());
    assertEquals(watching.flowEvents.get(0).flow(), watching.lastSighting().flow());
    assertTrue(watching.lastSighting().observation().resets().get(0).aftermath().livedOn());
  }

  @Test
  void shouldNotHandOverEveryPacketOfAConnectionThatLivesOn() {
    talk.socketReset(CLIENT);
    for (int i = 0; i < 600; i++) {
      talk.data(CLIENT, "still here").data(BROKER, "so am I");
      watching.pause(Duration.ofSeconds(1));
    }
    assertTrue(watching.flowEvents.size() < 10, watching.flowEvents.size() + " times");
  }

  @Test
  void shouldHandOverWhatWasClosedByTcpAlone() {
    talk.fin(CLIENT).fin(BROKER).ack(CLIENT);

    watching.pause(Duration.ofMillis(1_100));

    assertEquals(1, watching.flowEvents.size());
    assertEquals(List.of(), watching.lastSighting().observation().resets());
  }

  @Test
  void shouldHandOverWhatGoesUnansweredForTenSeconds() {
    talk.data(BROKER, "delivery");
    for (int i = 0; i < 5; i++) {
      watching.pause(Duration.ofSeconds(1));
      talk.again(BROKER);
    }
    watching.pause(Duration.ofSeconds(3));
    assertEquals(List.of(), watching.flowEvents);

    watching.pause(Duration.ofSeconds(4));

    assertEquals(1, watching.flowEvents.size());
    assertTrue(watching.lastSighting().observation().brokerState().unanswered() >= 3);
  }

  @Test
  void shouldNotHandOverWhatIsAnsweredAtLast() {
    talk.data(BROKER, "delivery");
    for (int i = 0; i < 5; i++) {
      watching.pause(Duration.ofSeconds(1));
      talk.again(BROKER);
    }
    talk.ack(CLIENT);

    watching.pause(Duration.ofSeconds(60));

    assertEquals(List.of(), watching.flowEvents);
  }

  @Test
  void shouldHandOverForTheLastTimeWhenTheFlowLeaves() {
    talk.socketReset(CLIENT);

    watching.pause(Duration.ofSeconds(40));

    assertTrue(watching.lastSighting().last());
    assertEquals(FlowEnd.OVER, watching.lastSighting().observation().end());
    assertEquals(0, watching.flows.tracker().held());
  }

  @Test
  void shouldKeepLossesForWhichThereIsNoRoomYet() {
    Talk other = new Talk("10.0.1.1", 40_001).seenBy(watching.tap);
    talk.socketReset(CLIENT);
    other.connect().socketReset(CLIENT);
    watching.room = 1;

    watching.pause(Duration.ofSeconds(60));
    assertEquals(1, watching.flowEvents.size());
    assertEquals(2, watching.flows.tracker().held());

    watching.room = Integer.MAX_VALUE;
    watching.pause(Duration.ofSeconds(30));
    assertEquals(2, watching.flowEvents.stream().mapToLong(FlowEvent::flow).distinct().count());
    assertEquals(0, watching.flows.tracker().held());
  }

  @Test
  void shouldTellFlowsOfTheSameAddressesApart() {
    talk.socketReset(CLIENT);
    watching.pause(Duration.ofSeconds(2));
    new Talk().seenBy(watching.tap).next(CLIENT, 900_000).connect().socketReset(CLIENT);

    watching.pause(Duration.ofSeconds(2));

    assertNotEquals(watching.flowEvents.get(0).flow(), watching.lastSighting().flow());
  }

  @Test
  void shouldObserveSoManyResetsOfAConnectionOnly() {
    for (int i = 0; i < 3_000; i++) {
      talk.socketReset(CLIENT);
    }
    watching.pause(Duration.ofSeconds(2));
    assertEquals(50, watching.lastSighting().observation().resets().size());
    assertEquals(2_950, watching.lastSighting().observation().resetsLeftOut());
    assertEquals(2_950, watching.flows.leftOut(0).resets());
  }

  @Test
  void shouldNoteAStepBackOfTheClockAcrossAConnection() {
    watching.flows.stepped(Duration.ofHours(-1).toNanos());
    watching.tap.pause(Duration.ofHours(-1));
    talk.socketReset(CLIENT);
    watching.pause(Duration.ofSeconds(2));
    assertEquals(
        Duration.ofHours(-1).toNanos(), watching.lastSighting().trouble().clockStepNanos());
  }

  @Test
  void shouldNotNoteItOfAConnectionThatBeganLater() {
    watching.flows.stepped(Duration.ofHours(-1).toNanos());
    watching.tap.pause(Duration.ofHours(-1));
    new Talk("10.0.1.1", 40_001).seenBy(watching.tap).connect().socketReset(CLIENT);
    watching.pause(Duration.ofSeconds(2));
    assertEquals(0, watching.lastSighting().trouble().clockStepNanos());
  }

  @Test
  void shouldNotNoteItOfAConnectionInTheSamePlace() {
    watching.flows.stepped(Duration.ofSeconds(60).toNanos());
    talk.socketReset(CLIENT);
    watching.pause(Duration.ofSeconds(60));
    new Talk("10.0.1.1", 40_001).seenBy(watching.tap).connect().socketReset(CLIENT);
    watching.pause(Duration.ofSeconds(2));
    assertEquals(0, watching.lastSighting().trouble().clockStepNanos());
  }

  @Test
  void shouldKeepAConnectionThatIsSilentForDays() {
    talk.pause(Duration.ofDays(3));
    watching.pause(Duration.ofSeconds(20));
    assertEquals(1, watching.flows.tracker().held());
  }

  @Test
  void shouldForgetAConnectionThatIsSilentForMoreThanAWeek() {
    talk.pause(Duration.ofDays(8));
    watching.pause(Duration.ofSeconds(20));
    assertEquals(0, watching.flows.tracker().held());
    assertFalse(watching.flowEvents.stream().anyMatch(each -> !each.last()));
  }

  @Test
  void shouldHandOverAFlowThatTheKernelGaveUpWhateverPacketsSay() {
    watching.flows.reported(SERVER, USER, watching.tap.nanos());
    watching.pause(Duration.ofSeconds(2));

    assertEquals(1, watching.flowEvents.size());
  }

  @Test
  void shouldNotHandOverAFlowForWhatHappenedToAnOlderOneOfItsPorts() {
    watching.flows.reported(SERVER, USER, Talk.START - 1);
    watching.flows.reported(SERVER, new HostPort("10.9.9.9", 1), watching.tap.nanos());
    watching.pause(Duration.ofSeconds(2));

    assertEquals(List.of(), watching.flowEvents);
  }
}
