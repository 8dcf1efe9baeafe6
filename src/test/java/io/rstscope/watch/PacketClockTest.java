package io.rstscope.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What time it is in a capture that is still being written. */
class PacketClockTest {
  private static final long START = 1_700_000_000_000_000_000L;
  private static final long YEAR = Duration.ofDays(365).toNanos();

  private final PacketClock clock = new PacketClock();

  @BeforeEach
  void begin() {
    clock.packet(START);
  }

  private static long seconds(double seconds) {
    return (long) (seconds * 1e9);
  }

  @Test
  void shouldGoByItsPackets() {
    assertEquals(0, clock.packet(START + seconds(5)));
    assertEquals(START + seconds(5), clock.wallNanos());
    assertEquals(seconds(5), clock.steadyNanos());
  }

  @Test
  void shouldNotTakeAPauseForSilence() {
    clock.waited(seconds(60));
    assertEquals(START, clock.wallNanos());
  }

  @Test
  void shouldLetRipenWhatNoPacketFollows() {
    clock.waited(seconds(1));
    assertEquals(seconds(1), clock.steadyNanos());
  }

  @Test
  void shouldNotCountTimeTwiceThatWasWaitedFor() {
    for (int i = 1; i <= 100; i++) {
      clock.waited(seconds(0.1));
      clock.packet(START + seconds(0.15 * i));
    }
    assertEquals(seconds(15), clock.steadyNanos());
  }

  @Test
  void shouldGoOnSoonAfterALongPause() {
    clock.waited(seconds(60));
    clock.packet(START + seconds(4));
    assertEquals(seconds(62), clock.steadyNanos());
  }

  @Test
  void shouldFollowAClockThatASecondPacketConfirms() {
    assertEquals(0, clock.packet(START + YEAR));
    assertEquals(YEAR + 1, clock.packet(START + YEAR + 1));
    assertEquals(START + YEAR + 1, clock.wallNanos());
    assertEquals(0, clock.steadyNanos());
  }

  @Test
  void shouldNotFollowASinglePacketOutOfLine() {
    assertEquals(0, clock.packet(START + YEAR));
    assertEquals(0, clock.packet(START + 1));
    assertEquals(0, clock.packet(START + YEAR));
    assertEquals(START + 1, clock.wallNanos());
  }

  @Test
  void shouldFollowAClockThatIsSetBack() {
    clock.packet(START - seconds(60));
    assertEquals(-seconds(59), clock.packet(START - seconds(59)));
  }

  @Test
  void shouldNotTakePacketsOutOfOrderForAStep() {
    clock.packet(START - seconds(0.1));
    assertEquals(0, clock.packet(START - seconds(0.1)));
    assertEquals(START, clock.wallNanos());
  }
}
