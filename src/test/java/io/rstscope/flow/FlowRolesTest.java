package io.rstscope.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.testing.Conversation;
import io.rstscope.testing.Packets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is the client, who the broker. */
class FlowRolesTest {
  private static final String CLIENT = "10.0.0.1:40000";
  private static final String BROKER = "10.0.0.2:5672";

  private final Tracking tracking = Tracking.usual();
  private final Conversation talk = Conversation.usual(tracking.tap);

  @Test
  void shouldTakeTheSenderOfTheSynForTheClient() {
    talk.handshake();
    assertRoles(tracking, CLIENT, BROKER, false);
    assertTrue(tracking.flow().handshakeSeen());
  }

  @Test
  void shouldTakeTheSenderOfTheSynForTheClientWhateverThePorts() {
    Tracking any = Tracking.ofPorts("any");
    Conversation.between(any.tap, "10.0.0.9", 1_000, "10.0.0.2", 40_000).handshake();
    assertRoles(any, "10.0.0.9:1000", "10.0.0.2:40000", false);
  }

  @Test
  void shouldBelieveASynOfABrokersPortRatherThanThePort() {
    Conversation.between(tracking.tap, "10.0.0.2", 5672, "10.0.0.1", 40_000).handshake();
    assertRoles(tracking, BROKER, CLIENT, false);
  }

  @Test
  void shouldTakeTheSenderOfTheSynAckForTheBrokerWhenNoSynWasCaptured() {
    Tracking any = Tracking.ofPorts("any");
    Conversation.between(any.tap, "10.0.0.1", 1_000, "10.0.0.2", 40_000).broker.synAck();
    assertRoles(any, "10.0.0.1:1000", "10.0.0.2:40000", false);
    assertFalse(any.flow().handshakeSeen());
  }

  @Test
  void shouldTellByThePortWhenTheCaptureBeganLate() {
    talk.broker.send("late");
    assertRoles(tracking, CLIENT, BROKER, false);
    assertFalse(tracking.flow().handshakeSeen());
  }

  @Test
  void shouldGuessTheLowerPortWhenEitherMayBeABrokers() {
    Tracking any = Tracking.ofPorts("any");
    Conversation.between(any.tap, "10.0.0.1", 40_000, "10.0.0.2", 7_000).broker.send("late");
    assertRoles(any, CLIENT, "10.0.0.2:7000", true);
  }

  @Test
  void shouldCorrectAGuessByASynThatWasOvertaken() {
    Tracking any = Tracking.ofPorts("any");
    Conversation odd = Conversation.between(any.tap, "10.0.0.1", 1_000, "10.0.0.2", 40_000);
    odd.client.next(1_001).ack();
    assertRoles(any, "10.0.0.2:40000", "10.0.0.1:1000", true);
    odd.client.next(1_000).syn();
    assertRoles(any, "10.0.0.1:1000", "10.0.0.2:40000", false);
    assertEquals(List.of("broker BARE_ACK", "swapped", "client RETRANSMISSION"), any.told);
    assertEquals("AT", any.flow().history());
  }

  @Test
  void shouldConfirmAGuessByASynThatWasOvertaken() {
    Tracking any = Tracking.ofPorts("any");
    Conversation right = Conversation.between(any.tap, "10.0.0.1", 40_000, "10.0.0.2", 7_000);
    right.client.next(1_001).ack().next(1_000).syn();
    assertRoles(any, CLIENT, "10.0.0.2:7000", false);
    assertFalse(any.told.contains("swapped"));
  }

  @Test
  void shouldExchangeSidesInTheHistoryWhenRolesAreSwapped() {
    Tracking any = Tracking.ofPorts("any");
    Conversation odd = Conversation.between(any.tap, "10.0.0.1", 1_000, "10.0.0.2", 40_000);
    odd.client.send("a").fin();
    odd.broker.ack().abort();
    assertEquals("dfAR", any.flow().history());
    any.flow().swapRoles();
    assertEquals("DFar", any.flow().history());
    odd.client.next(1_001).send("ab");
    odd.broker.ack().send("c");
    assertEquals("DFarTd", any.flow().history());
    assertRoles(any, "10.0.0.1:1000", "10.0.0.2:40000", false);
  }

  @Test
  void shouldTellTheRolesOfAResetThatComesFirst() {
    talk.broker.reject();
    assertRoles(tracking, CLIENT, BROKER, false);
    assertEquals(List.of("broker RST"), tracking.told);
  }

  @Test
  void shouldFollowAFlowToItself() {
    Conversation self =
        Conversation.between(tracking.tap, "127.0.0.1", 5672, "127.0.0.1", 5672).handshake();
    self.client.send("to me").put(self.client.packet().tcp(5672, 5672).flags(Packets.RST).seq(7));
    assertRoles(tracking, "127.0.0.1:5672", "127.0.0.1:5672", false);
    assertEquals(1, tracking.tracker.flows());
  }

  private static void assertRoles(Tracking t, String client, String broker, boolean guessed) {
    assertEquals(client, HostPort.of(t.flow(), true).toString());
    assertEquals(broker, HostPort.of(t.flow(), false).toString());
    assertEquals(guessed, t.flow().rolesGuessed());
  }
}
