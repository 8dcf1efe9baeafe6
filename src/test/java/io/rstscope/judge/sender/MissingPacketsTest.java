package io.rstscope.judge.sender;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.rstscope.judge.context.Recording;
import io.rstscope.judge.context.Vantage;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
import org.junit.jupiter.api.Test;

/** What is missing from a capture makes verdicts less sure, and points to nobody. */
class MissingPacketsTest {
  private static Evidence missing(Talk talk) {
    return Analysis.clue(ClueKind.MISSING_PACKETS, talk);
  }

  private static Talk whole() {
    return new Talk().open(60).socketReset(CLIENT);
  }

  @Test
  void shouldPointToNobody() {
    Evidence evidence = missing(new Talk().data(BROKER, new byte[9]).bareReset(CLIENT));

    assertEquals(Sender.UNDETERMINED, evidence.pointsTo());
    assertEquals(0, evidence.weight());
  }

  @Test
  void shouldSayWhichSideIsMissing() {
    assertEquals(
        "no earlier packet of the client is in the capture to compare it with",
        missing(new Talk().data(BROKER, new byte[9]).bareReset(CLIENT)).says());
    assertEquals(
        "no earlier packet of the broker is in the capture to compare it with",
        missing(new Talk().data(CLIENT, new byte[9]).bareReset(BROKER)).says());
    assertEquals(
        "no packet of the broker is in the capture, which may have one direction only",
        missing(new Talk().data(CLIENT, new byte[9]).socketReset(CLIENT)).says());
  }

  @Test
  void shouldSayWhoseBytesAreMissing() {
    Talk gap = new Talk().open(60).missing(CLIENT, 500).client(new byte[9]);
    Talk filtered = new Talk().syn().synAck().missing(CLIENT, 355).missing(BROKER, 551);

    assertEquals(
        "bytes of the client are missing from the capture",
        missing(gap.socketReset(CLIENT)).says());
    assertEquals(
        "what was sent between SYN and RST is not in the capture",
        missing(filtered.socketReset(CLIENT)).says());
  }

  @Test
  void shouldSayHowManyPacketsTheCaptureLost() {
    Recording lossy = new Recording(Vantage.UNKNOWN, false, 3, 0);

    assertEquals(
        "the capture dropped 3 packets",
        Analysis.clue(ClueKind.MISSING_PACKETS, Analysis.lastReset(lossy, whole())).says());
  }

  @Test
  void shouldMissNothingWhereAllIsThere() {
    assertNull(missing(whole()));
  }

  @Test
  void shouldMissNothingOfAPortThatOnlyRefuses() {
    assertNull(missing(new Talk().syn().refusal()));
  }
}
