package io.rstscope.judge.cause;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.net.HostPort;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What is asked of a verdict: whether a connection was lost, when, and whose it was. */
class FlowVerdictTest {
  private static final FlowVerdict ABORTED = Analysis.of(new Talk().open(0).socketReset(CLIENT));

  private static Talk behindProxy() {
    byte[] header =
        "PROXY TCP4 192.0.2.7 10.0.0.2 4711 5672\r\n".getBytes(StandardCharsets.US_ASCII);
    return new Talk().connect().client(header).socketReset(BROKER);
  }

  @Test
  void shouldCountAsLostWhatWasOpenAndIsNoOtherLegsDouble() {
    assertTrue(ABORTED.isLost());
    assertFalse(ABORTED.joinedTo(new HostPort("10.0.9.9", 1)).isLost());
    assertFalse(Analysis.of(new Talk().syn().refusal()).isLost());
    assertFalse(Analysis.of(new Talk().connect().fin(CLIENT).socketReset(BROKER)).isLost());
  }

  @Test
  void shouldEndWithItsDecisiveReset() {
    assertSame(ABORTED.flow().resets().get(0), ABORTED.decisiveReset());
    assertEquals(ABORTED.decisiveReset().packet().timeNanos(), ABORTED.endNanos());
    assertNull(Analysis.of(new Talk().open(0).fin(CLIENT).fin(BROKER)).decisiveReset());
  }

  @Test
  void shouldNameTheClientBehindAProxy() {
    FlowVerdict proxied = Analysis.of(behindProxy());

    assertTrue(proxied.peerMayBeProxy());
    assertEquals("192.0.2.7", proxied.realClient());
    assertFalse(ABORTED.peerMayBeProxy());
    assertEquals("10.0.1.1", ABORTED.realClient());
  }

  @Test
  void shouldKeepAllElseInAnIncidentAndBesideAnotherLeg() {
    HostPort leg = new HostPort("10.0.9.9", 1);

    assertEquals(3, ABORTED.in(3).incident());
    assertEquals(leg, ABORTED.in(3).joinedTo(leg).otherLeg());
    assertEquals(3, ABORTED.in(3).joinedTo(leg).incident());
  }
}
