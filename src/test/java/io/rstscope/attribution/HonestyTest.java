package io.rstscope.attribution;

import static io.rstscope.testing.Talk.BROKER;
import static io.rstscope.testing.Talk.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Where the honest verdict is undetermined, or a weak one. */
class HonestyTest {
  private static final Duration SILENCE = Duration.ofSeconds(400);

  @Test
  void shouldLeaveItOpenWhenATransparentFirewallAndARebootedHostAreTheSamePacket() {
    Talk talk = new Talk().ttl(CLIENT, 64).open(0).pause(SILENCE).data(BROKER, new byte[9]);

    Verdict verdict = Analysis.lastReset(talk.bareReset(CLIENT));

    assertEquals(Sender.UNDETERMINED, verdict.sender());
  }

  @Test
  void shouldLeaveItOpenWhenNoPacketOfThatDirectionCameBefore() {
    Talk talk = new Talk().data(BROKER, new byte[9]).bareReset(CLIENT);

    assertEquals(Sender.UNDETERMINED, Analysis.lastReset(talk).sender());
  }

  @Test
  void shouldLeaveItOpenWhenTheResetIsAllThereIs() {
    FlowVerdict verdict = Analysis.of(new Talk().bareReset(CLIENT));

    assertEquals(Sender.UNDETERMINED, verdict.verdicts().get(0).sender());
    assertEquals(Cause.UNDETERMINED, verdict.ending().cause());
  }

  @Test
  void shouldNeverBeSureWhenEveryClueCanBeImitated() {
    Talk talk = new Talk().withoutTimestamps().open(60).socketReset(CLIENT);

    Verdict verdict = Analysis.lastReset(talk);

    assertEquals(Sender.CLIENT, verdict.sender());
    assertTrue(verdict.confidence() <= Weights.MAX_WHEN_IMITABLE);
  }

  @Test
  void shouldSayThatThePeerMayBeAProxyWhenItAnnouncedItself() {
    Talk talk = new Talk().connect().data(CLIENT, PROXY).client(AmqpBytes.clientHandshake());

    Verdict verdict = Analysis.lastReset(talk.socketReset(CLIENT));

    assertEquals(Sender.CLIENT, verdict.sender());
    assertTrue(verdict.peerMayBeProxy());
  }

  private static final byte[] PROXY =
      "PROXY TCP4 203.0.113.7 10.0.0.2 5555 5672\r\n".getBytes(StandardCharsets.US_ASCII);
}
