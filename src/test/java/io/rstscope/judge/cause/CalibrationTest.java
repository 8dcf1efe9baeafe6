package io.rstscope.judge.cause;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The likeliest cause is right more often than the sum of the facts says. */
class CalibrationTest {
  private static List<Alternative> likely(double first, double second, double third) {
    return List.of(
        new Alternative(Cause.IDLE_TIMEOUT, first),
        new Alternative(Cause.CLIENT_ABORT, second),
        new Alternative(Cause.PROXY_FAILURE, third));
  }

  @Test
  void shouldMakeTheFirstSurerAndTheOthersLessLikelyAsOne() {
    List<Alternative> calibrated = Calibration.of(likely(0.75, 0.2, 0.05));

    assertEquals(0.895, calibrated.get(0).probability(), 0.001);
    assertEquals(4, calibrated.get(1).probability() / calibrated.get(2).probability(), 1e-9);
    assertEquals(1, calibrated.stream().mapToDouble(Alternative::probability).sum(), 1e-9);
  }

  @Test
  void shouldLeaveDoubtAsItIs() {
    List<Alternative> doubtful = likely(0.49, 0.41, 0.1);

    assertSame(doubtful, Calibration.of(doubtful));
    assertEquals(0.646, Calibration.of(likely(0.5, 0.4, 0.1)).get(0).probability(), 0.001);
  }

  @Test
  void shouldLeaveCertaintyAsItIs() {
    List<Alternative> sure = List.of(new Alternative(Cause.IDLE_TIMEOUT, 1));

    assertSame(sure, Calibration.of(sure));
  }
}
