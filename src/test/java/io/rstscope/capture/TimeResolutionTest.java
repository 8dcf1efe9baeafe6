package io.rstscope.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TimeResolutionTest {
  private static final long[] TICKS = {
    0,
    1,
    999,
    1_700_000_000_123_456_789L,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    -1,
    0x1712_3456_789a_bcdeL
  };

  static IntStream everyResolution() {
    return IntStream.range(0, 256);
  }

  @ParameterizedTest
  @MethodSource("everyResolution")
  void shouldBeExactWhateverTheResolution(int tsresol) {
    int exponent = tsresol & 0x7f;
    BigInteger ticksPerSecond = BigInteger.valueOf(tsresol < 0x80 ? 10 : 2).pow(exponent);
    TimeResolution resolution = TimeResolution.of(tsresol, 0);

    for (long ticks : TICKS) {
      BigInteger nanos =
          new BigInteger(Long.toUnsignedString(ticks))
              .multiply(BigInteger.valueOf(1_000_000_000))
              .divide(ticksPerSecond);
      assertEquals(nanos.longValue(), resolution.nanos(ticks), () -> ticks + " ticks");
    }
  }

  @ParameterizedTest
  @CsvSource({"-3600, 1400000000", "0, 3601400000000", "2, 3603400000000"})
  void shouldAddTheOffset(long seconds, long expected) {
    assertEquals(expected, TimeResolution.of(6, seconds).nanos(3_601_400_000L));
  }
}
