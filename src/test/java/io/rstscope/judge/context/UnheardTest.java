package io.rstscope.judge.context;

import static io.rstscope.judge.context.Seen.after;
import static io.rstscope.judge.context.Seen.flow;
import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.reset.FlowObservation;
import io.rstscope.testing.Packets;
import io.rstscope.testing.Talk;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** For how long a side had not heard the other one before it ended the connection. */
class UnheardTest {
  private static final byte[] BEAT = AmqpBytes.heartbeat();
  private static final long SECOND = 1_000_000_000L;

  private static long nanos(FlowObservation flow) {
    return Unheard.nanos(flow, FirstEnd.of(flow));
  }

  private static boolean isHole(FlowObservation flow) {
    return Unheard.isHole(flow, FirstEnd.of(flow));
  }

  /** The client sends again and again; the broker speaks, and has never heard of it. */
  private static Talk clientIsUnheard(int times) {
    Talk talk = new Talk().open(0).pause(Duration.ofSeconds(1)).data(CLIENT, BEAT);
    talk.missing(CLIENT, -BEAT.length);
    for (int i = 0; i < times; i++) {
      after(talk, SECOND).data(BROKER, BEAT);
      talk.missing(CLIENT, BEAT.length).again(CLIENT).missing(CLIENT, -BEAT.length);
    }
    return talk;
  }

  @Test
  void shouldMeasureFromTheFirstPacketThatWasNotHeard() {
    Talk closed = clientIsUnheard(3).pause(Duration.ofSeconds(1)).fin(BROKER);
    Talk reset = clientIsUnheard(3).pause(Duration.ofSeconds(1)).socketReset(BROKER);

    assertEquals(4, nanos(flow(closed)) / SECOND);
    assertEquals(4, nanos(flow(reset)) / SECOND);
  }

  @Test
  void shouldNotTakeEverydayLossForIt() {
    assertEquals(-1, nanos(flow(clientIsUnheard(2).pause(Duration.ofSeconds(9)).fin(BROKER))));
  }

  @Test
  void shouldBeHeardOnceItIsAcknowledged() {
    Talk talk = clientIsUnheard(3).missing(CLIENT, BEAT.length).pause(Duration.ofSeconds(1));

    assertEquals(-1, nanos(flow(talk.ack(BROKER).fin(BROKER))));
  }

  @Test
  void shouldNotBeUnheardByTheSideThatAskedItself() {
    assertEquals(-1, nanos(flow(clientIsUnheard(3).pause(Duration.ofSeconds(1)).fin(CLIENT))));
    assertEquals(-1, nanos(flow(clientIsUnheard(3))), "nobody has ended it");
  }

  @Test
  void shouldNotBeUnheardByWhoTakesNothingMore() {
    Talk full = clientIsUnheard(3).pause(Duration.ofSeconds(1));
    full.packet(BROKER, Packets.FIN | Packets.ACK, p -> p.window(0));

    assertEquals(-1, nanos(flow(full)));
  }

  /** One packet is lost, the next one arrives; the broker goes on acknowledging what was before. */
  private static Talk hole(long spoken, long ended) {
    Talk talk = new Talk().open(0).pause(Duration.ofSeconds(9)).missing(CLIENT, 100);
    talk.data(CLIENT, BEAT).missing(CLIENT, -100 - BEAT.length);
    after(talk, spoken).data(BROKER, BEAT);
    return after(talk, ended - spoken).socketReset(BROKER);
  }

  @ParameterizedTest
  @CsvSource({
    "1000000000, 1500000000, true",
    "999999999, 1500000000, false" // its last packet may have crossed that one
  })
  void shouldSeeAHoleWhereTheOtherSideWentOnForASecond(long spoken, long ended, boolean hole) {
    FlowObservation flow = flow(hole(spoken, ended));

    assertEquals(hole, isHole(flow));
    assertEquals(hole ? ended : -1, nanos(flow));
  }

  /** Large packets are lost in the path, or by the capture alone; ACKs of the broker's come. */
  private static Talk onlyAcks(boolean lostInPath) {
    Talk talk = new Talk().open(0).pause(Duration.ofSeconds(9)).missing(CLIENT, 28_960);
    for (int i = 0; i < 3; i++) {
      talk.missing(CLIENT, lostInPath ? -28_960 : 0).data(BROKER, BEAT);
      talk.missing(CLIENT, lostInPath ? 28_960 : 0).answerDelay(CLIENT).ack(CLIENT);
      talk.pause(Duration.ofSeconds(2));
    }
    return talk.missing(CLIENT, lostInPath ? -28_960 : 0).data(BROKER, BEAT).socketReset(BROKER);
  }

  @Test
  void shouldSeeAHoleBeforeBareAcks() {
    assertTrue(isHole(flow(onlyAcks(true))));
    assertFalse(isHole(flow(onlyAcks(false))), "the broker acknowledges what the capture lacks");
  }

  @Test
  void shouldSeeNoHoleWhereNothingIsMissing() {
    FlowObservation flow = flow(clientIsUnheard(3).pause(Duration.ofSeconds(1)).fin(BROKER));

    assertFalse(isHole(flow));
    assertTrue(isHole(flow(hole(2 * SECOND, 3 * SECOND))));
    assertFalse(isHole(flow(new Talk().open(0))), "no end");
  }

  // ---- by the clock that is echoed

  /**
   * The client speaks, and again so long later; then the broker's socket resets with the client's
   * clock of a time so long before the client's last packet.
   */
  private static long byEcho(long since, int ticksBehind) {
    Talk talk = new Talk().open(0).pause(Duration.ofSeconds(20)).client(BEAT);
    talk.pause(Duration.ofSeconds(20)).data(CLIENT, BEAT);
    int clock = flow(talk).clientState().tsVal();
    after(talk, since)
        .packet(BROKER, Packets.RST | Packets.ACK, p -> p.timestamps(7, clock - ticksBehind));
    FlowObservation flow = flow(talk);
    return Unheard.byEchoNanos(flow, flow.decisiveReset());
  }

  @Test
  void shouldAddWhatTheClockWasBehindToTheTimeSince() {
    assertEquals(14.0, byEcho(2 * SECOND, 12_000) / 1e9, 0.05);
  }

  @ParameterizedTest
  @CsvSource({"1000000000, true", "999999999, false"})
  void shouldNotTakeAPacketForUnheardThatMayStillBeUnderWay(long since, boolean unheard) {
    assertEquals(unheard, byEcho(since, 12_000) >= 0);
  }

  @ParameterizedTest
  @CsvSource({"1100, true", "900, false", "0, false", "-3000, false"})
  void shouldNotTakeTheClockOfALatePacketForAnOldOne(int ticksBehind, boolean unheard) {
    assertEquals(unheard, byEcho(2 * SECOND, ticksBehind) >= 0);
  }

  private static long byEchoOf(Talk talk, int flags, int echo) {
    talk.pause(Duration.ofSeconds(20)).data(CLIENT, BEAT).pause(Duration.ofSeconds(2));
    FlowObservation flow =
        flow(talk.packet(BROKER, flags, p -> echo == 0 ? p : p.timestamps(7, echo)));
    return Unheard.byEchoNanos(flow, flow.decisiveReset());
  }

  @Test
  void shouldKnowNothingWithoutTimestamps() {
    Talk talk = new Talk().withoutTimestamps().open(0).pause(Duration.ofSeconds(20)).client(BEAT);

    assertEquals(-1, byEchoOf(talk, Packets.RST | Packets.ACK, 0));
  }

  /** A socket takes no clock from a probe, nor from what does not fit into its window. */
  @Test
  void shouldKnowNothingWhereTheClockNeedNotBeTaken() {
    Talk usual = new Talk().open(0).pause(Duration.ofSeconds(20)).client(BEAT);
    assertTrue(byEchoOf(usual, Packets.RST | Packets.ACK, 1_000_001) >= 0);

    Talk full = new Talk().open(0).pause(Duration.ofSeconds(20)).client(BEAT);
    full.packet(BROKER, Packets.ACK, p -> p.window(0));
    assertEquals(-1, byEchoOf(full, Packets.RST | Packets.ACK, 1_000_001));

    Talk probed = new Talk().open(0).pause(Duration.ofSeconds(20)).client(BEAT);
    probed.missing(CLIENT, -1).ack(CLIENT).missing(CLIENT, 1).ack(BROKER);
    assertEquals(-1, byEchoOf(probed, Packets.RST | Packets.ACK, 1_000_001));
  }
}
