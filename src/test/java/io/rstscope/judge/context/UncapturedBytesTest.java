package io.rstscope.judge.context;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.net.Side;
import io.rstscope.testing.Talk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Bytes that are not in the capture, as numbers show. */
class UncapturedBytesTest {
  private static boolean any(Talk talk) {
    return UncapturedBytes.any(Seen.flow(talk));
  }

  private static boolean betweenSynAndEnd(Talk talk) {
    return UncapturedBytes.betweenSynAndEnd(Seen.flow(talk));
  }

  @ParameterizedTest
  @EnumSource
  void shouldSeeAGapAndAnAcknowledgementOfWhatIsNotThere(Side side) {
    assertTrue(any(new Talk().connect().missing(side, 100).data(side, new byte[9])));
    assertTrue(any(new Talk().connect().missing(side, 100).ack(side.other())));
  }

  @Test
  void shouldSeeNoneWhereAllBytesAreThere() {
    assertFalse(any(new Talk().open(0).socketReset(CLIENT)));
    assertFalse(any(new Talk().connect().socketReset(CLIENT)));
    assertFalse(any(new Talk().ack(CLIENT)));
  }

  @ParameterizedTest
  @CsvSource({"0, false", "1, false", "2, true"})
  void shouldAllowAResetTheNumberOfAFin(int beyond, boolean hidden) {
    assertEquals(hidden, any(new Talk().connect().missing(CLIENT, beyond).bareReset(CLIENT)));
  }

  @Test
  void shouldNotMindAResetBehindWhatWasSent() {
    assertFalse(any(new Talk().open(0).missing(CLIENT, -5).bareReset(CLIENT)));
    assertFalse(any(new Talk().bareReset(CLIENT)), "its number says nothing");
  }

  /** SYN, FIN and RST alone pass the filter. */
  private static Talk filtered() {
    return new Talk().syn().synAck();
  }

  @Test
  void shouldKnowACaptureOfBeginningsAndEndsOnly() {
    assertTrue(betweenSynAndEnd(filtered().missing(CLIENT, 900).fin(CLIENT).socketReset(BROKER)));
    assertFalse(betweenSynAndEnd(filtered().socketReset(BROKER)), "nothing is missing");
    assertFalse(betweenSynAndEnd(new Talk().missing(CLIENT, 900).fin(CLIENT)), "no beginning");
    assertFalse(betweenSynAndEnd(filtered().ack(CLIENT).missing(CLIENT, 900).fin(CLIENT)));
    assertFalse(
        betweenSynAndEnd(filtered().data(CLIENT, new byte[9]).missing(CLIENT, 900).fin(CLIENT)));
  }
}
