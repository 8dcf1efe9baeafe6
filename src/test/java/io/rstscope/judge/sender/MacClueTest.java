package io.rstscope.judge.sender;

import static io.rstscope.testing.Talk.BROKER;
import static io.rstscope.testing.Talk.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.rstscope.testing.Analysis;
import io.rstscope.testing.Packets;
import io.rstscope.testing.Talk;
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
    assertEquals("source MAC address 02:00:00:00:00:99, before 02:00:00:00:00:01", evidence.says());
  }

  @Test
  void shouldSayLittleForTheClaimedSenderWhenTheAddressIsTheSameBecauseARoutersAlwaysIs() {
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
}
