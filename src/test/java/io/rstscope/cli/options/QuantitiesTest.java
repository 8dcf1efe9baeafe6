package io.rstscope.cli.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class QuantitiesTest {
  @ParameterizedTest
  @CsvSource({"512, 512", "64K, 65536", "32m, 33554432", "1G, 1073741824", "0, 0"})
  void shouldReadSizes(String text, long bytes) {
    assertEquals(bytes, new Quantities.Bytes().convert(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "M", "-1", "1.5M", "1T", "1MB", "9999999999"})
  void shouldRefuseWhatIsNoSize(String text) {
    assertThrows(TypeConversionException.class, () -> new Quantities.Bytes().convert(text));
  }

  @ParameterizedTest
  @CsvSource({"90s, PT90S", "10m, PT10M", "24h, PT24H", "7d, PT168H"})
  void shouldReadTimes(String text, Duration time) {
    assertEquals(time, new Quantities.Time().convert(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "0s", "5y", "1h30m", "-1s"})
  void shouldRefuseWhatIsNoTime(String text) {
    assertThrows(TypeConversionException.class, () -> new Quantities.Time().convert(text));
  }

  @Test
  void shouldKeepTimesWithinTheRangeOfNanoseconds() {
    assertTrue(new Quantities.Time().convert("999999999d").toNanos() > 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {":9419", "9419"})
  void shouldTakeLoopbackWithoutHost(String text) {
    InetSocketAddress address = new Quantities.Address().convert(text);
    assertTrue(address.getAddress().isLoopbackAddress());
    assertEquals(9419, address.getPort());
  }

  @Test
  void shouldTakeAHostOfEitherFamily() {
    assertTrue(new Quantities.Address().convert("0.0.0.0:1").getAddress().isAnyLocalAddress());
    assertTrue(new Quantities.Address().convert("[::1]:1").getAddress().isLoopbackAddress());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":", "host", ":99999", ":-1", "999.1.1.1:80"})
  void shouldRefuseWhatIsNoAddress(String text) {
    assertThrows(TypeConversionException.class, () -> new Quantities.Address().convert(text));
  }
}
