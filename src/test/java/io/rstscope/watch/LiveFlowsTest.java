package io.rstscope.watch;

import static java.util.concurrent.TimeUnit.DAYS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.flow.FlowEnd;
import io.rstscope.testing.Conversation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a flow is handed over to be judged. */
class LiveFlowsTest {
  private final Watching watching = Watching.usual();
  private final Conversation talk = Conversation.usual(watching.tap).handshake().openAmqp();

  @Test
  void shouldWaitASecondForWhatFollowsAReset() {
    talk.client.abort();
    watching.pass(900, MILLISECONDS);
    assertEquals(List.of(), watching.sightings);

    watching.pass(200, MILLISECONDS);

    assertEquals(1, watching.sightings.size());
    assertEquals(1, watching.lastSighting().observation().resets().size());
    assertEquals(FlowEnd.STILL_HELD, watching.lastSighting().observation().end());
  }

  @Test
  void shouldTellUntilWhenTheLineWasQuiet() {
    talk.client.abort();
    long reset = watching.tap.nanos();

    watching.pass(1_100, MILLISECONDS);

    long seenUntil = watching.lastSighting().observation().observedUntilNanos();
    assertTrue(seenUntil - reset >= Ripening.FIRST_NANOS);
  }

  @Test
  void shouldHandOverAgainWhenTheConnectionLivesOn() {
    talk.client.abort();
    watching.pass(2, SECONDS);
    talk.client.send("still here");
    talk.broker.send("so am I");

    watching.pass(3, SECONDS);

    assertEquals(2, watching.sightings.size());
    assertEquals(watching.sightings.get(0).flow(), watching.lastSighting().flow());
    assertTrue(watching.lastSighting().observation().resets().get(0).aftermath().livedOn());
  }

  @Test
  void shouldNotHandOverEveryPacketOfAConnectionThatLivesOn() {
    talk.client.abort();
    for (int i = 0; i < 600; i++) {
      talk.client.send("still here");
      talk.broker.send("so am I");
      watching.pass(1, SECONDS);
    }
    assertTrue(watching.sightings.size() < 10, watching.sightings.size() + " times");
  }

  @Test
  void shouldHandOverWhatWasClosedByTcpAlone() {
    talk.client.fin();
    talk.broker.fin();
    talk.client.ack();

    watching.pass(1_100, MILLISECONDS);

    assertEquals(1, watching.sightings.size());
    assertEquals(List.of(), watching.lastSighting().observation().resets());
  }

  @Test
  void shouldHandOverWhatGoesUnansweredForTenSeconds() {
    talk.broker.send("delivery");
    for (int i = 0; i < 5; i++) {
      watching.pass(1, SECONDS);
      talk.broker.sendAgain(1);
    }
    watching.pass(3, SECONDS);
    assertEquals(List.of(), watching.sightings);

    watching.pass(4, SECONDS);

    assertEquals(1, watching.sightings.size());
    assertTrue(watching.lastSighting().observation().brokerState().unanswered() >= 3);
  }

  @Test
  void shouldNotHandOverWhatIsAnsweredAtLast() {
    talk.broker.send("delivery");
    for (int i = 0; i < 5; i++) {
      watching.pass(1, SECONDS);
      talk.broker.sendAgain(1);
    }
    talk.client.ack();

    watching.pass(60, SECONDS);

    assertEquals(List.of(), watching.sightings);
  }

  @Test
  void shouldHandOverForTheLastTimeWhenTheFlowLeaves() {
    talk.client.abort();

    watching.pass(40, SECONDS);

    assertTrue(watching.lastSighting().last());
    assertEquals(FlowEnd.OVER, watching.lastSighting().observation().end());
    assertEquals(0, watching.flows.tracker().held());
  }

  @Test
  void shouldTellFlowsOfTheSameAddressesApart() {
    talk.client.abort();
    watching.pass(2, SECONDS);
    Conversation again = Conversation.usual(watching.tap);
    again.client.next(900_000);
    again.handshake().client.abort();

    watching.pass(2, SECONDS);

    assertNotEquals(watching.sightings.get(0).flow(), watching.lastSighting().flow());
  }

  @Test
  void shouldObserveSoManyResetsOfAConnectionOnly() {
    for (int i = 0; i < 3_000; i++) {
      talk.client.abort();
    }
    watching.pass(2, SECONDS);
    assertEquals(50, watching.lastSighting().observation().resets().size());
    assertEquals(2_950, watching.lastSighting().observation().resetsLeftOut());
    assertEquals(2_950, watching.flows.leftOut(0).resets());
  }

  @Test
  void shouldKeepAConnectionThatIsSilentForDays() {
    watching.tap.pass(3, DAYS);
    watching.pass(20, SECONDS);
    assertEquals(1, watching.flows.tracker().held());
  }

  @Test
  void shouldForgetAConnectionThatIsSilentForMoreThanAWeek() {
    watching.tap.pass(8, DAYS);
    watching.pass(20, SECONDS);
    assertEquals(0, watching.flows.tracker().held());
    assertFalse(watching.sightings.stream().anyMatch(each -> !each.last()));
  }
}
