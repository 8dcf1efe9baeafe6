package io.rstscope.testing.waits;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.testing.Damage;
import io.rstscope.testing.Recorded;
import io.rstscope.testing.Talk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which silences of a recording become longer, and what becomes of the packets after them. */
class StretchedSilenceTest {
  private static final double WANTED = 350;
  private static final Duration SECOND = Duration.ofSeconds(1);

  @TempDir private Path folder;

  @Test
  void shouldMakeTheSilenceAsLongAsWanted() throws IOException {
    List<Recorded> packets = recorded(idle(0, Duration.ofSeconds(4)));

    assertEquals(WANTED, silence(stretched(packets)), 0.01);
  }

  @Test
  void shouldKeepEqualSilencesEqual() throws IOException {
    Talk other = new Talk("10.0.1.2", 40_001).pause(Duration.ofMillis(1_500)).open(0);
    Talk one = idle(0, Duration.ofMillis(4_010));

    List<Recorded> packets = stretched(recorded(one, cut(other.pause(Duration.ofSeconds(4)))));

    assertEquals(WANTED, silenceOf(packets, 40_000), 0.05);
    assertEquals(WANTED, silenceOf(packets, 40_001), 0.05);
  }

  @Test
  void shouldNotGiveTheWantedLengthToWhatNoTimerEnded() throws IOException {
    List<Recorded> packets = recorded(idle(0, Duration.ofSeconds(4)));

    double silence = silence(Damage.stretched(WANTED, connection -> false).apply(packets));

    assertTrue(silence > WANTED / 2 && silence < WANTED - 1, "silence of " + silence);
  }

  @Test
  void shouldMoveTimestampsWithTheClockAndEchoesWithWhatTheyEcho() throws IOException {
    List<Recorded> before = recorded(idle(0, Duration.ofSeconds(4)));
    List<Recorded> after = stretched(before);

    Recorded fin = after.get(after.size() - 2);
    Recorded finBefore = before.get(before.size() - 2);
    double moved = (fin.nanos() - finBefore.nanos()) / 1e6;
    assertEquals(moved, fin.timestamp() - finBefore.timestamp(), 2);
    Recorded reset = after.get(after.size() - 1);
    Recorded resetBefore = before.get(before.size() - 1);
    assertEquals(moved, reset.timestampEcho() - resetBefore.timestampEcho(), 2);
  }

  @Test
  void shouldKeepNumbersAndOrder() throws IOException {
    List<Recorded> before = recorded(idle(0, Duration.ofSeconds(4)));

    List<Recorded> after = stretched(before);

    assertEquals(
        before.stream().map(Recorded::frame).toList(),
        after.stream().map(Recorded::frame).toList());
  }

  @Test
  void shouldLeaveASilenceInWhichAHeartbeatWasDue() throws IOException {
    Talk talk = new Talk().open(2).pause(SECOND).client(AmqpBytes.heartbeat());

    assertUnchanged(cut(talk.pause(Duration.ofSeconds(4))));
  }

  @Test
  void shouldSwitchHeartbeatsOffThatNeverCame() throws IOException {
    List<Recorded> packets = recorded(idle(60, Duration.ofSeconds(4)));

    assertEquals(WANTED, silence(stretched(packets)), 0.01);
  }

  @Test
  void shouldLeaveTheWaitForAnAcknowledgement() throws IOException {
    Talk talk = new Talk().open(0).data(BROKER, AmqpBytes.deliver(9));

    assertUnchanged(cut(talk.pause(Duration.ofSeconds(4))));
  }

  @Test
  void shouldLeaveAHandshakeThatTheBrokerEnds() throws IOException {
    Talk talk = new Talk().connect().client(AmqpBytes.header091()).broker(AmqpBytes.start());

    assertUnchanged(cut(talk.pause(Duration.ofSeconds(10))));
  }

  @Test
  void shouldLeaveSilencesBetweenKeepAliveProbes() throws IOException {
    Talk talk = new Talk().open(0).client(AmqpBytes.publish(3)).pause(Duration.ofSeconds(4));
    int next = 7_000_000;
    for (Recorded each : recorded(talk)) {
      next = each.fromClient() ? each.sequence() + each.payload() : next;
    }
    int last = next - 1;
    Talk probed = talk.packet(CLIENT, 0x10, packet -> packet.seq(last)).ack(BROKER);

    assertUnchanged(cut(probed.pause(Duration.ofSeconds(4))));
  }

  @Test
  void shouldLeaveAllWhereAnotherConnectionHasHeartbeatsToSend() throws IOException {
    Talk beating = new Talk("10.0.1.2", 40_001).open(3);
    for (int i = 0; i < 4; i++) {
      beating.pause(Duration.ofMillis(1_500)).client(AmqpBytes.heartbeat());
    }

    assertUnchanged(idle(0, Duration.ofSeconds(4)), beating);
  }

  /** A proxy's timer: the client's side ends without a word. */
  private static Talk idle(int heartbeat, Duration silence) {
    return cut(new Talk().open(heartbeat).client(AmqpBytes.publish(3)).pause(silence));
  }

  private static Talk cut(Talk talk) {
    return talk.fin(CLIENT).socketReset(BROKER);
  }

  private List<Recorded> recorded(Talk... talks) throws IOException {
    return Recorded.read(Talk.capture(talks).writeTo(folder.resolve("capture.pcap")));
  }

  private static List<Recorded> stretched(List<Recorded> packets) {
    return Damage.stretched(WANTED, connection -> true).apply(packets);
  }

  private void assertUnchanged(Talk... talks) throws IOException {
    List<Recorded> packets = recorded(talks);

    assertSame(packets, stretched(packets));
  }

  /** Of the only connection, before its end. */
  private static double silence(List<Recorded> packets) {
    int end = packets.size() - 2;
    return (packets.get(end).nanos() - packets.get(end - 1).nanos()) / 1e9;
  }

  private static double silenceOf(List<Recorded> packets, int port) {
    return silence(
        packets.stream()
            .filter(
                each ->
                    each.connection()
                        .subList(4, 6)
                        .equals(List.of((byte) (port >> 8), (byte) port)))
            .toList());
  }
}
