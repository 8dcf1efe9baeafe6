package io.rstscope.judge.sender;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.testing.Analysis;
import io.rstscope.testing.Packets;
import io.rstscope.testing.Talk;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Reasons that devices write into their resets. */
class DeviceCodeTest {
  private static final String REASON = "BIG-IP: [0x2408720:2226] Flow expired (sweeper)";

  private static Talk idle() {
    return new Talk().open(60).pause(Duration.ofSeconds(300));
  }

  private static Talk bigIp(Talk talk) {
    return talk.packet(CLIENT, Packets.RST | Packets.ACK, p -> p.window(0).payload(REASON));
  }

  @Test
  void shouldPointToTheMiddleboxAndItsReasonWhenTheTtlIsAnother() {
    Evidence evidence = Analysis.clue(ClueKind.DEVICE_CODE, bigIp(idle().ttl(CLIENT, 254)));

    assertEquals(Sender.MIDDLEBOX, evidence.pointsTo());
    assertTrue(evidence.says().contains("Flow expired (sweeper)"), evidence.says());
  }

  @Test
  void shouldTakeTheSenderForThatDeviceWhenTheTtlIsTheSendersOwn() {
    Verdict verdict = Analysis.lastReset(bigIp(idle()));

    assertEquals(0, Analysis.clue(ClueKind.DEVICE_CODE, verdict).weight());
    assertTrue(verdict.peerMayBeProxy());
  }

  @Test
  void shouldKnowNetScalersCodeForAnIdleConnection() {
    Talk talk = idle().ttl(CLIENT, 253);

    Evidence evidence =
        Analysis.clue(
            ClueKind.DEVICE_CODE,
            talk.packet(CLIENT, Packets.RST | Packets.ACK, p -> p.window(9300)));

    assertEquals(Sender.MIDDLEBOX, evidence.pointsTo());
    assertTrue(evidence.says().contains("idle"), evidence.says());
  }

  @Test
  void shouldTakeThatNumberForAWindowWhenTheTtlIsAHosts() {
    Talk talk = idle().packet(CLIENT, Packets.RST | Packets.ACK, p -> p.window(9300));

    assertNull(Analysis.clue(ClueKind.DEVICE_CODE, talk));
  }

  @Test
  void shouldSayThatTheSideItselfIsTheDeviceWhenTheTtlIsItsOwn() {
    String itself =
        "; its TTL is that of the client's packets, so the device itself is this side of the"
            + " connection";

    assertTrue(Analysis.clue(ClueKind.DEVICE_CODE, bigIp(idle())).says().endsWith(itself));
    assertEquals(
        Weights.DEVICE_CODE,
        Analysis.clue(ClueKind.DEVICE_CODE, bigIp(idle().ttl(CLIENT, 254))).weight());
  }

  @Test
  void shouldNotTakeTheSenderForTheDeviceOfWhichNothingElseIsKnown() {
    Talk talk = new Talk().data(BROKER, new byte[9]).ttl(CLIENT, 0);

    assertEquals(Sender.MIDDLEBOX, Analysis.clue(ClueKind.DEVICE_CODE, bigIp(talk)).pointsTo());
  }
}
