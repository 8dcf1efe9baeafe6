package io.rstscope.judge.sender;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.testing.Analysis;
import io.rstscope.testing.Packets;
import io.rstscope.testing.Talk;
import org.junit.jupiter.api.Test;

/** The IPv6 flow label of a reset. */
class FlowLabelTest {
  private static final int LABEL = 0x8e035;

  /** A connection whose client sets that label. */
  private static Talk talk() {
    Talk talk = new Talk("2001:db8::1", 40_000).open(60);
    return talk.packet(CLIENT, Packets.ACK, p -> p.flowLabel(LABEL));
  }

  private static Evidence reset(Talk talk, int flags, int label) {
    return Analysis.clue(ClueKind.FLOW_LABEL, talk.packet(CLIENT, flags, p -> p.flowLabel(label)));
  }

  @Test
  void shouldPointToTheSenderWhenTheLabelOfItsSocketGoesOn() {
    Evidence evidence = reset(talk(), Packets.RST | Packets.ACK, LABEL);

    assertEquals(Sender.CLIENT, evidence.pointsTo());
    assertEquals("flow label 0x8e035, as in earlier packets from this side", evidence.says());
  }

  @Test
  void shouldPointToTheMiddleboxWhenAHostThatSetsLabelsSetsNone() {
    Talk talk = talk().data(BROKER, new byte[9]);

    assertEquals(
        Sender.MIDDLEBOX, Analysis.clue(ClueKind.FLOW_LABEL, talk.bareReset(CLIENT)).pointsTo());
  }

  @Test
  void shouldPointToTheMiddleboxWhenASocketsLabelIsAnother() {
    assertEquals(Sender.MIDDLEBOX, reset(talk(), Packets.RST | Packets.ACK, LABEL + 1).pointsTo());
  }

  @Test
  void shouldOnlyExplainWhenTheSenderHadSentAgainWhichChangesTheLabel() {
    Talk talk = talk().data(CLIENT, new byte[9]);
    talk.again(CLIENT).packet(CLIENT, Packets.ACK, p -> p.flowLabel(LABEL));

    assertEquals(0, reset(talk, Packets.RST | Packets.ACK, LABEL + 1).weight());
  }

  @Test
  void shouldNotApplyWhereTheSenderSetsNone() {
    Talk talk = new Talk("2001:db8::1", 40_000).open(60);

    assertNull(Analysis.clue(ClueKind.FLOW_LABEL, talk.socketReset(CLIENT)));
  }

  @Test
  void shouldNotApplyToIpv4() {
    assertNull(Analysis.clue(ClueKind.FLOW_LABEL, new Talk().open(60).socketReset(CLIENT)));
  }

  @Test
  void shouldNotTakeAFirewallForAHostThatMakesUpALabelForABareReset() {
    Evidence evidence = reset(talk().data(BROKER, new byte[9]), Packets.RST, LABEL + 7);

    assertEquals(Sender.CLIENT, evidence.pointsTo());
    assertEquals(Weights.SOME_FLOW_LABEL, evidence.weight());
    assertEquals(
        "flow label 0x8e03c: the sender's host sets them too; firewalls seldom do",
        evidence.says());
  }

  @Test
  void shouldSayWhichLabelTheSendersPacketsHave() {
    Talk again = talk().data(CLIENT, new byte[9]).again(CLIENT);
    again.packet(CLIENT, Packets.ACK, p -> p.flowLabel(LABEL));

    assertEquals(
        "no flow label; earlier packets from this side: 0x8e035",
        reset(talk(), Packets.RST | Packets.ACK, 0).says());
    assertEquals(
        "flow label 0x00007; earlier packets from this side: 0x8e035",
        reset(talk(), Packets.RST | Packets.ACK, 7).says());
    assertTrue(
        reset(again, Packets.RST | Packets.ACK, 7)
            .says()
            .endsWith("it had retransmitted, which changes the label"));
  }
}
