package io.rstscope.flow;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.testing.Talk;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is the client, who the broker. */
class FlowRolesTest {
  private static final String ITS_CLIENT = "10.0.1.1:40000";
  private static final String ITS_BROKER = "10.0.0.2:5672";

  private final Tracking tracking = Tracking.usual();
  private final Talk talk = new Talk().seenBy(tracking.tap);

  @Test
  void shouldTakeTheSenderOfTheSynForTheClient() {
    talk.connect();
    assertRoles(tracking, ITS_CLIENT, ITS_BROKER, false);
    assertTrue(tracking.flow().handshakeSeen());
  }

  @Test
  void shouldTakeTheSenderOfTheSynForTheClientWhateverThePorts() {
    Tracking any = Tracking.ofPorts("any");
    new Talk("10.0.0.9", 1_000, "10.0.0.2", 40_000).seenBy(any.tap).connect();
    assertRoles(any, "10.0.0.9:1000", "10.0.0.2:40000", false);
  }

  @Test
  @SuppressWarnings("ArgumentSelectionDefectChecker") // the other way round is the point
  void shouldBelieveASynOfABrokersPortRatherThanThePort() {
    new Talk("10.0.0.2", 5672, "10.0.1.1", 40_000).seenBy(tracking.tap).connect();
    assertRoles(tracking, ITS_BROKER, ITS_CLIENT, false);
  }

  @Test
  void shouldTakeTheSenderOfTheSynAckForTheBrokerWhenNoSynWasCaptured() {
    Tracking any = Tracking.ofPorts("any");
    new Talk("10.0.1.1", 1_000, "10.0.0.2", 40_000).seenBy(any.tap).synAck();
    assertRoles(any, "10.0.1.1:1000", "10.0.0.2:40000", false);
    assertFalse(any.flow().handshakeSeen());
  }

  @Test
  void shouldTellByThePortWhenTheCaptureBeganLate() {
    talk.data(BROKER, "late");
    assertRoles(tracking, ITS_CLIENT, ITS_BROKER, false);
    assertFalse(tracking.flow().handshakeSeen());
  }

  @Test
  void shouldGuessTheLowerPortWhenEitherMayBeABrokers() {
    Tracking any = Tracking.ofPorts("any");
    new Talk("10.0.1.1", 40_000, "10.0.0.2", 7_000).seenBy(any.tap).data(BROKER, "late");
    assertRoles(any, ITS_CLIENT, "10.0.0.2:7000", true);
  }

  @Test
  void shouldCorrectAGuessByASynThatWasOvertaken() {
    Tracking any = Tracking.ofPorts("any");
    Talk odd = new Talk("10.0.1.1", 1_000, "10.0.0.2", 40_000).seenBy(any.tap);
    odd.next(CLIENT, 7_000_001).ack(CLIENT);
    assertRoles(any, "10.0.0.2:40000", "10.0.1.1:1000", true);
    odd.next(CLIENT, 7_000_000).syn();
    assertRoles(any, "10.0.1.1:1000", "10.0.0.2:40000", false);
    assertEquals(List.of("broker PURE_ACK", "swapped", "client RETRANSMISSION"), any.told);
    assertEquals("AT", any.flow().history());
  }

  @Test
  void shouldConfirmAGuessByASynThatWasOvertaken() {
    Tracking any = Tracking.ofPorts("any");
    Talk right = new Talk("10.0.1.1", 40_000, "10.0.0.2", 7_000).seenBy(any.tap);
    right.next(CLIENT, 7_000_001).ack(CLIENT).next(CLIENT, 7_000_000).syn();
    assertRoles(any, ITS_CLIENT, "10.0.0.2:7000", false);
    assertFalse(any.told.contains("swapped"));
  }

  @Test
  void shouldExchangeSidesInTheHistoryWhenRolesAreSwapped() {
    Tracking any = Tracking.ofPorts("any");
    Talk odd = new Talk("10.0.1.1", 1_000, "10.0.0.2", 40_000).seenBy(any.tap);
    odd.data(CLIENT, "a").fin(CLIENT).ack(BROKER).socketReset(BROKER);
    assertEquals("dfAR", any.flow().history());
    any.flow().swapRoles();
    assertEquals("DFar", any.flow().history());
    odd.next(CLIENT, 7_000_001).data(CLIENT, "ab").ack(BROKER).data(BROKER, "c");
    assertEquals("DFarTd", any.flow().history());
    assertRoles(any, "10.0.1.1:1000", "10.0.0.2:40000", false);
  }

  @Test
  void shouldTellTheRolesOfAResetThatComesFirst() {
    talk.bareReset(BROKER);
    assertRoles(tracking, ITS_CLIENT, ITS_BROKER, false);
    assertEquals(List.of("broker RST"), tracking.told);
  }

  @Test
  void shouldFollowAFlowToItself() {
    Talk self = new Talk("127.0.0.1", 5672, "127.0.0.1").seenBy(tracking.tap).connect();
    self.data(CLIENT, "to me").bareReset(CLIENT, p -> p.seq(7));
    assertRoles(tracking, "127.0.0.1:5672", "127.0.0.1:5672", false);
    assertEquals(1, tracking.tracker.flows());
  }

  private static void assertRoles(Tracking t, String client, String broker, boolean guessed) {
    assertEquals(client, t.flow().hostPort(CLIENT).toString());
    assertEquals(broker, t.flow().hostPort(BROKER).toString());
    assertEquals(guessed, t.flow().rolesGuessed());
  }
}
