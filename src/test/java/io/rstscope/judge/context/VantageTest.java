package io.rstscope.judge.context;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.sender.Sender;
import io.rstscope.judge.sender.Verdict;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class VantageTest {
  private static final Duration SILENCE = Duration.ofSeconds(30);

  @Test
  void shouldBelieveABareResetOfTheBrokerWhenTheCaptureIsTakenThere() {
    Talk talk = new Talk().ttl(CLIENT, 61).open(0).pause(SILENCE);

    Verdict verdict = Analysis.lastReset(talk.client(new byte[9]).bareReset(BROKER));

    assertEquals(Sender.BROKER, verdict.sender());
  }

  @Test
  void shouldInferTheMiddleWhenRoutersLieOnBothSides() {
    FlowVerdict verdict =
        Analysis.of(new Talk().ttl(CLIENT, 62).ttl(BROKER, 63).open(0).socketReset(CLIENT));

    assertEquals(Vantage.MIDDLE, Vantage.of(List.of(verdict.flow())));
  }

  @Test
  void shouldBelieveItsUserRatherThanThePackets() {
    Recording recording = Recording.of(Vantage.CLIENT, List.of(), 0, 0);

    assertEquals(Vantage.CLIENT, recording.vantage());
    assertEquals("at the client (as given)", recording.place());
  }

  @Test
  void shouldNotTakeOneNoisyHandshakeForAPlace() {
    assertEquals(Vantage.UNKNOWN, ofSegment(handshake(40_000, 90_000, 30_000)));
  }

  @Test
  void shouldBelieveThreeHandshakesThatAgree() {
    assertEquals(
        Vantage.BROKER,
        ofSegment(
            handshake(40_000, 90_000, 30_000),
            handshake(40_001, 90_000, 30_000),
            handshake(40_002, 90_000, 30_000)));
  }

  @Test
  void shouldNotBelieveThreeOfSixAsSilentFlowsCountAgainstThem() {
    assertEquals(
        Vantage.UNKNOWN,
        ofSegment(
            handshake(40_000, 90_000, 30_000),
            handshake(40_001, 90_000, 30_000),
            handshake(40_002, 90_000, 30_000),
            handshake(40_003, 50_000, 40_000),
            handshake(40_004, 50_000, 40_000),
            handshake(40_005, 50_000, 40_000)));
  }

  @Test
  void shouldBelieveOneHandshakeWhenOnlyOneSideAnswersAtOnce() {
    assertEquals(Vantage.BROKER, ofSegment(handshake(40_000, 200_000, 20_000)));
  }

  /** Of a segment, in ns: how long the client takes, and the broker. */
  private static Talk handshake(int port, long client, long broker) {
    Talk talk = new Talk("10.0.0.1", port).ttl(CLIENT, 64);
    talk.roundTrip(Duration.ofNanos(10 * (broker - SENDING))).syn().synAck();
    talk.pause(Duration.ofNanos(client - SENDING)).ack(CLIENT);
    return talk.socketReset(CLIENT);
  }

  private static Vantage ofSegment(Talk... talks) {
    return Vantage.of(Analysis.of(Talk.capture(talks)).stream().map(FlowVerdict::flow).toList());
  }

  /** What {@link Talk} takes for each packet. */
  private static final long SENDING = 10_000;
}
