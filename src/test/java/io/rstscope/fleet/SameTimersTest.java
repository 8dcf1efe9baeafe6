package io.rstscope.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rstscope.judge.timer.Expiry;
import io.rstscope.judge.timer.IdleTimer;
import io.rstscope.judge.timer.IdleTimers;
import io.rstscope.judge.timer.TimerWitness;
import io.rstscope.reset.SurvivedSilences;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What several brokers' timers say that one's does not. */
class SameTimersTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long MINUTE = 60 * SECOND;

  private final List<TimerWitness> witnesses = new ArrayList<>();
  private final SurvivedSilences survived = new SurvivedSilences(100);

  private void witness(String broker, Expiry expiry, double seconds) {
    for (int i = 1; i <= 4; i++) {
      witnesses.add(
          new TimerWitness(
              witnesses.size(),
              "10.0.0.1",
              broker,
              expiry,
              (long) (seconds * SECOND),
              i * 100 * MINUTE + witnesses.size(),
              false));
    }
  }

  private List<Long> brokers() {
    List<List<IdleTimer>> groups = SameTimers.of(IdleTimers.of(witnesses, survived).timers());
    return groups.stream().map(SameTimers::brokers).sorted().toList();
  }

  @Test
  void shouldBeOneSettingWhereBrokersHaveTheSameTimer() {
    witness("broker-1", Expiry.RESETS, 350);
    witness("broker-2", Expiry.RESETS, 350.05);
    witness("broker-3", Expiry.RESETS, 350.2);
    witness("broker-4", Expiry.RESETS, 350.1);

    assertEquals(List.of(4L), brokers());
  }

  @Test
  void shouldBeSeveralWhereTimersDiffer() {
    witness("broker-1", Expiry.RESETS, 350);
    witness("broker-2", Expiry.RESETS, 400);

    assertEquals(List.of(1L, 1L), brokers());
  }

  @Test
  void shouldBeSeveralWhereTheyExpireOtherwise() {
    witness("broker-1", Expiry.RESETS, 350);
    witness("broker-2", Expiry.CLOSES, 350);

    assertEquals(List.of(1L, 1L), brokers());
  }

  /** A longer idle period survived there: it is no timer of that length alone. */
  @Test
  void shouldNotShareATimerThatIsContradicted() {
    witness("broker-1", Expiry.RESETS, 350);
    witness("broker-2", Expiry.RESETS, 350);
    survived.add("10.0.0.1", "broker-2", 700 * SECOND);

    assertEquals(List.of(1L, 1L), brokers());
  }
}
