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

/** The source MAC address against that of the same direction before. */
class MacClueTest {
  private static final long OTHER = 0x02_00_00_00_00_99L;

  private static Evidence mac(Talk talk) {
    return Analysis.clue(ClueKind.MAC, talk);
  }

  @Test
  void shouldPointToTheMiddleboxWhenTheAddressIsAnother() {
    Evidence evidence = mac(new Talk().open(60).mac(CLIENT, OTHER).socketReset(CLIENT));

    assertEquals(Sender.MIDDLEBOX, evidence.pointsTo());
    assertEquals(Weights.MAC_DIFFERS, evidence.weight());
    assertEquals(
        "source MAC address 02:00:00:00:00:99; earlier packets from this side: 02:00:00:00:00:01",
        evidence.says());
  }

  @Test
  void shouldSayLittleOfTheSameAddressBecauseARoutersAlwaysIs() {
    Evidence evidence = mac(new Talk().open(60).socketReset(CLIENT));

    assertEquals(Sender.CLIENT, evidence.pointsTo());
    assertEquals(Weights.MAC_SAME, evidence.weight());
  }

  @Test
  void shouldOnlyExplainWhenTheAddressHadChangedBefore() {
    Talk talk = new Talk().open(60).mac(CLIENT, 0x02_00_00_00_00_77L).ack(CLIENT);
    talk.mac(CLIENT, Packets.CLIENT_MAC).ack(CLIENT).mac(CLIENT, OTHER);

    Evidence evidence = mac(talk.socketReset(CLIENT));

    assertEquals(Sender.UNDETERMINED, evidence.pointsTo());
    assertEquals(0, evidence.weight());
  }

  @Test
  void shouldNotApplyWithoutAPacketOfThatDirection() {
    assertNull(mac(new Talk().data(CLIENT, new byte[9]).socketReset(BROKER)));
  }

  @Test
  void shouldOnlyExplainWhenOtherFlowsOfTheIpAddressHaveThatAddressNow() {
    Talk talk = new Talk().open(60).mac(CLIENT, OTHER).socketReset(CLIENT);

    Evidence evidence = mac(talk, new Talk("10.0.1.1", 40_001));

    assertEquals(Sender.UNDETERMINED, evidence.pointsTo());
    assertTrue(evidence.says().endsWith("other flows of that address have it too"));
  }

  @Test
  void shouldOnlyExplainWhenAnIgnorantNeighbourHasTheAddress() {
    Evidence evidence = mac(answered(), neighbour());

    assertEquals(Sender.UNDETERMINED, evidence.pointsTo());
    assertTrue(evidence.says().endsWith("may have taken over the IP address"), evidence.says());
  }

  @Test
  void shouldPointToTheMiddleboxWhenNoKnownHostMayHaveTheAddress() {
    assertEquals(Sender.MIDDLEBOX, mac(answered()).pointsTo());
  }

  @Test
  void shouldPointToTheMiddleboxWhenANeighbourResetsWithoutBeingAsked() {
    Talk talk = new Talk().ttl(CLIENT, 64).open(60).mac(CLIENT, OTHER).socketReset(CLIENT);

    assertEquals(Sender.MIDDLEBOX, mac(talk, neighbour()).pointsTo());
  }

  private static Talk answered() {
    Talk talk = new Talk().ttl(CLIENT, 64).open(60).pause(Duration.ofSeconds(3));
    return talk.data(BROKER, new byte[9]).mac(CLIENT, OTHER).bareReset(CLIENT);
  }

  private static Talk neighbour() {
    return new Talk("10.0.1.2", 40_001).ttl(CLIENT, 64);
  }

  /** Beside a flow that comes from the other address. */
  private static Evidence mac(Talk talk, Talk other) {
    other.mac(CLIENT, OTHER).open(60).socketReset(BROKER);
    return Analysis.clue(ClueKind.MAC, Analysis.lastReset(talk, other));
  }

  @Test
  void shouldSayWhichAddressItHasInCommonAndWhichHadChangedBefore() {
    Talk talk = new Talk().open(60).mac(CLIENT, 0x02_00_00_00_00_77L).ack(CLIENT);
    talk.mac(CLIENT, Packets.CLIENT_MAC).ack(CLIENT).mac(CLIENT, OTHER);

    assertEquals(
        "source MAC address 02:00:00:00:00:01, as in earlier packets from this side",
        mac(new Talk().open(60).socketReset(CLIENT)).says());
    assertTrue(mac(talk.socketReset(CLIENT)).says().endsWith("; but that has changed before too"));
  }
}
