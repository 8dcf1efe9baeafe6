package io.rstscope.judge;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.judge.advice.Advice;
import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.sender.ClueKind;
import io.rstscope.judge.sender.Sender;
import io.rstscope.judge.sender.Verdict;
import io.rstscope.judge.sender.Weights;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where the honest verdict is undetermined, or a weak one. */
class HonestyTest {
  private static final Duration SILENCE = Duration.ofSeconds(400);

  /** No timer is configured to that, though one might be. */
  private static final Duration ODD = Duration.ofMillis(47_300);

  @Test
  void shouldLeaveOpenWhetherAFirewallOrARebootedHostSentIt() {
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

  @Test
  void shouldBeLessSureOfABareResetWhenTheCaptureHoldsOneDirectionOnly() {
    Talk both = new Talk().open(0).pause(SILENCE).data(BROKER, new byte[9]).bareReset(CLIENT);
    Talk one = new Talk();
    one.data(CLIENT, new byte[9]).data(CLIENT, new byte[9]).pause(SILENCE).bareReset(CLIENT);

    double sureWithBoth = Analysis.lastReset(both).confidence();
    Verdict verdict = Analysis.lastReset(one);

    assertTrue(
        verdict.sender() == Sender.UNDETERMINED || verdict.confidence() < sureWithBoth,
        verdict.sender() + " " + verdict.confidence() + ", with both " + sureWithBoth);
  }

  @Test
  void shouldBeLessSureWhenBytesOfTheClaimedSenderAreMissing() {
    Talk whole = new Talk().open(60).pause(SILENCE).data(BROKER, new byte[9]).bareReset(CLIENT);
    Talk gaps = new Talk().open(60).missing(CLIENT, 5000).client(new byte[9]).pause(SILENCE);
    gaps.data(BROKER, new byte[9]).bareReset(CLIENT);

    Verdict verdict = Analysis.lastReset(gaps);
    assertTrue(verdict.confidence() < Analysis.lastReset(whole).confidence());
    assertEquals(
        "bytes of the client are missing from the capture",
        Analysis.clue(ClueKind.MISSING_PACKETS, verdict).says());
  }

  @Test
  void shouldSayThatNothingOfTheSenderCameBefore() {
    Verdict verdict = Analysis.lastReset(new Talk().data(BROKER, new byte[9]).bareReset(CLIENT));

    assertEquals(
        "no earlier packet of the client is in the capture to compare it with",
        Analysis.clue(ClueKind.MISSING_PACKETS, verdict).says());
  }

  @Test
  void shouldSayWhereToCaptureWhenTheResetCannotBeInThisCapture() {
    Talk talk = new Talk().open(0).pause(SILENCE).data(BROKER, new byte[9]);
    for (int i = 0; i < 6; i++) {
      talk.pause(Duration.ofSeconds(2)).again(BROKER);
    }

    FlowVerdict verdict = Analysis.of(talk);

    List<String> toDo = Advice.on(verdict).toDo();
    assertEquals(Cause.SILENT_DROP, verdict.ending().cause());
    assertTrue(toDo.stream().anyMatch(each -> each.contains("capture")), toDo::toString);
  }

  @Test
  void shouldSayWhatWouldTellWhereNothingIsDecided() {
    Advice advice = Advice.on(Analysis.of(new Talk().bareReset(CLIENT)));

    assertTrue(advice.toDo().get(0).startsWith("capture from before the connection is opened"));
    assertTrue(advice.checks().get(0).command().startsWith("tcpdump"), advice::toString);
  }

  @Test
  void shouldDenyOnlyWhatTheProbabilitiesLetItDeny() {
    Talk busy = new Talk().open(60).client(AmqpBytes.heartbeat()).fin(CLIENT);
    Talk idle = new Talk().open(0).client(AmqpBytes.heartbeat()).pause(ODD).fin(CLIENT);

    String ofBusy = String.join("; ", Advice.on(Analysis.of(busy)).toDo());
    String ofIdle = String.join("; ", Advice.on(Analysis.of(idle)).toDo());

    assertTrue(ofBusy.contains("no timeout or heartbeat prevents it"), ofBusy);
    assertFalse(ofIdle.contains("no timeout or heartbeat prevents it"), ofIdle);
  }
}
