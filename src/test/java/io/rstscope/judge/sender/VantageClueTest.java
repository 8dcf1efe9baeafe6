package io.rstscope.judge.sender;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.rstscope.net.Side;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Packets;
import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** At the claimed sender hardly anything lies between: captures here are taken at the broker. */
class VantageClueTest {
  private static final Duration SILENCE = Duration.ofSeconds(5);

  private static Evidence vantage(Talk talk, Talk... others) {
    return Analysis.clue(ClueKind.VANTAGE, Analysis.lastReset(talk, others));
  }

  private static Talk asked(Side ofClient) {
    return new Talk().open(60).pause(SILENCE).data(ofClient.other(), new byte[9]);
  }

  // ---- what a kernel and a device write alike

  @Test
  void shouldPointToTheBrokerWhoseOwnHostRecordedItsBareReset() {
    Evidence evidence = vantage(asked(BROKER).bareReset(BROKER));

    assertEquals(Sender.BROKER, evidence.pointsTo());
    assertEquals(Weights.CAPTURED_AT_THE_SENDER, evidence.weight());
    assertEquals("captured on the broker's own host or segment", evidence.says());
  }

  @Test
  void shouldPointToTheClientWhereTheCaptureWasTakenThere() {
    Talk talk = new Talk().ttl(CLIENT, 64).ttl(BROKER, 61).open(60).pause(SILENCE);

    assertEquals(
        Sender.CLIENT, vantage(talk.data(BROKER, new byte[9]).bareReset(CLIENT)).pointsTo());
  }

  @Test
  void shouldPointToTheBrokerThatRefuses() {
    Talk other = new Talk("10.0.1.1", 40_001).open(60).socketReset(CLIENT);

    assertEquals(Sender.BROKER, vantage(new Talk().syn().refusal(), other).pointsTo());
  }

  @Test
  void shouldNotApplyToTheOtherSidesReset() {
    assertNull(vantage(asked(CLIENT).bareReset(CLIENT)));
  }

  @Test
  void shouldNotApplyToASocketsResetWhichOtherCluesTell() {
    assertNull(vantage(asked(BROKER).socketReset(BROKER)));
  }

  // ---- what only BSD and forgers write

  /** RST,ACK without timestamps, of a flow that has them. */
  private static Talk bsd(UnaryOperator<Packets> change) {
    Talk talk = new Talk().open(60).pause(SILENCE).withoutTimestamps();
    return talk.packet(BROKER, Packets.RST | Packets.ACK, change);
  }

  @Test
  void shouldTakeAResetWithoutTimestampsForThatOfABsdBroker() {
    Evidence evidence = vantage(bsd(p -> p));

    assertEquals(Sender.BROKER, evidence.pointsTo());
    assertEquals(Weights.CAPTURED_AT_A_BSD_SENDER, evidence.weight());
  }

  @Test
  void shouldNotTakeItForThatWhereAnythingElseDiffers() {
    Talk moved = new Talk().open(60).pause(SILENCE).withoutTimestamps().mac(BROKER, 0x99);
    Talk beyond = new Talk().open(60).pause(SILENCE).withoutTimestamps().missing(BROKER, 600);

    assertNull(vantage(bsd(p -> p.ttl(63))));
    assertNull(vantage(bsd(p -> p.df(false))));
    assertNull(vantage(bsd(p -> p.window(0))));
    assertNull(vantage(bsd(p -> p.ack(7_000_001))));
    assertNull(vantage(moved.socketReset(BROKER)));
    assertNull(vantage(beyond.socketReset(BROKER)));
  }

  @Test
  void shouldNotTakeABareResetForThatOfABsdSocket() {
    Evidence bare = vantage(asked(BROKER).craftedReset(BROKER));

    assertNull(bare);
    assertNotNull(vantage(asked(BROKER).bareReset(BROKER)));
  }
}
