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

/** The reason that MPTCP writes into a reset. */
class MptcpReasonTest {
  /** The broker's bare reset with that option behind no others. */
  private static Verdict verdict(int... option) {
    return Analysis.lastReset(talk(64, option));
  }

  private static Talk talk(int ttl, int... option) {
    return new Talk()
        .open(0)
        .pause(Duration.ofSeconds(60))
        .data(CLIENT, new byte[9])
        .ttl(BROKER, ttl)
        .mac(BROKER, ttl == 64 ? Packets.BROKER_MAC : 0x02_00_00_00_00_99L)
        .bareReset(BROKER, p -> p.tcpOption(option));
  }

  private static String says(int... option) {
    return Analysis.clue(ClueKind.MPTCP_REASON, verdict(option)).says();
  }

  @Test
  void shouldSayTheReasonAndThatOtherSubflowsGoOn() {
    assertEquals(
        "MPTCP wrote its reason into the RST: unacceptable performance; it ends one subflow, and the"
            + " others go on",
        says(30, 4, 0x80, 5));
  }

  @Test
  void shouldSayThatTheSubflowMayBeOpenedAgain() {
    assertTrue(says(30, 4, 0x81, 2).contains("lack of resources, for now;"));
  }

  @Test
  void shouldSayTheNumberOfAReasonThatIsNotAssigned() {
    assertTrue(says(30, 4, 0x80, 77).contains("reason 77, not assigned"));
  }

  @Test
  void shouldNotMakeAForgersPacketTheBrokers() {
    Verdict plain = Analysis.lastReset(talk(50));
    Verdict signed = Analysis.lastReset(talk(50, 30, 4, 0x80, 3));

    assertEquals(Sender.MIDDLEBOX, plain.sender());
    assertEquals(Sender.MIDDLEBOX, signed.sender());
    assertTrue(Analysis.clue(ClueKind.MPTCP_REASON, signed).imitable());
  }

  @Test
  void shouldReadNothingFromOtherOptionsOfMptcp() {
    assertNull(Analysis.clue(ClueKind.MPTCP_REASON, verdict(30, 4, 0x70, 5)));
    assertNull(Analysis.clue(ClueKind.MPTCP_REASON, verdict()));
  }
}
