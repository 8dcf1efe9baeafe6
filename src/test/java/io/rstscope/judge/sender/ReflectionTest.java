package io.rstscope.judge.sender;

import static io.rstscope.testing.Talk.BROKER;
import static io.rstscope.testing.Talk.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.testing.Analysis;
import io.rstscope.testing.Packets;
import io.rstscope.testing.Talk;
import org.junit.jupiter.api.Test;

/** A reset that carries fields of the packet that it answers. */
class ReflectionTest {
  private static final int BROKERS_ID = 30_000;

  private static Talk asked() {
    return new Talk().open(60).ipId(BROKER, BROKERS_ID).data(BROKER, new byte[9]);
  }

  @Test
  void shouldPointToTheMiddleboxWhenTheResetHasTheIdentificationOfWhatItAnswers() {
    Talk talk = asked();
    int id = talk.lastIpId(BROKER);

    Evidence evidence =
        Analysis.clue(
            ClueKind.REFLECTION, talk.packet(CLIENT, Packets.RST, p -> p.id(id).window(0)));

    assertEquals(Sender.MIDDLEBOX, evidence.pointsTo());
    assertEquals(Weights.REFLECTED_ID, evidence.weight());
    assertFalse(evidence.imitable());
    assertTrue(evidence.says().contains("IP identification " + id), evidence.says());
  }

  @Test
  void shouldNotApplyWhenTheSenderHasThatIdentificationByItself() {
    Talk talk = new Talk().open(60).ipId(BROKER, BROKERS_ID).data(BROKER, new byte[9]);
    talk.ipId(CLIENT, BROKERS_ID - 1).ack(CLIENT);

    assertNull(Analysis.clue(ClueKind.REFLECTION, talk.socketReset(CLIENT)));
  }

  @Test
  void shouldNotApplyWhenTheIdentificationIsTheSendersNext() {
    assertNull(Analysis.clue(ClueKind.REFLECTION, asked().socketReset(CLIENT)));
  }
}
