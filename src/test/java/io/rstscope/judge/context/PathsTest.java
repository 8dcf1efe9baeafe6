package io.rstscope.judge.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By which way packets of an address come, and when. */
class PathsTest {
  private static final String HOST = "10.0.1.1";
  private static final long MAC = 0x02_00_00_00_00_01L;
  private static final long SECOND = 1_000_000_000L;

  private final Paths paths = new Paths();

  private int withTtl(long nanos) {
    paths.sort();
    return paths.withTtl(HOST, 61, nanos);
  }

  @ParameterizedTest
  @CsvSource({
    "89999999999, 0", // ns: 10 s before it began
    "90000000000, 1",
    "150000000000, 1",
    "210000000000, 1", // 10 s after it ended
    "210000000001, 0"
  })
  void shouldBeTheWayOfThatTime(long nanos, int flows) {
    paths.add(HOST, 61, MAC, 100 * SECOND, 200 * SECOND);

    assertEquals(flows, withTtl(nanos));
  }

  @Test
  void shouldCountFlowsInWhateverOrderTheyWereAdded() {
    paths.add(HOST, 61, MAC, 500 * SECOND, 600 * SECOND);
    paths.add(HOST, 61, MAC, 100 * SECOND, 550 * SECOND);
    paths.add(HOST, 61, MAC, 300 * SECOND, 350 * SECOND);

    assertEquals(1, withTtl(200 * SECOND));
    assertEquals(2, withTtl(320 * SECOND));
    assertEquals(2, withTtl(520 * SECOND));
    assertEquals(2, paths.withMac(HOST, MAC, 520 * SECOND));
  }

  @Test
  void shouldTellWaysAndAddressesApart() {
    paths.add(HOST, 61, MAC, 100 * SECOND, 200 * SECOND);
    paths.add(HOST, 63, 150 * SECOND);

    assertEquals(1, withTtl(150 * SECOND));
    assertEquals(1, paths.withTtl(HOST, 63, 150 * SECOND));
    assertEquals(0, paths.withTtl(HOST, 62, 150 * SECOND));
    assertEquals(0, paths.withTtl("10.0.1.2", 61, 150 * SECOND));
    assertEquals(1, paths.withMac(HOST, MAC, 150 * SECOND));
    assertEquals(0, paths.withMac(HOST, MAC + 1, 150 * SECOND));
  }

  /** A MAC address as small as a TTL is another thing. */
  @Test
  void shouldNotTakeATtlForAMacAddress() {
    paths.add(HOST, 61, 62, 100 * SECOND, 200 * SECOND);
    paths.sort();

    assertEquals(0, paths.withMac(HOST, 61, 150 * SECOND));
    assertEquals(0, paths.withTtl(HOST, 62, 150 * SECOND));
    assertEquals(1, paths.withMac(HOST, 62, 150 * SECOND));
  }

  @Test
  void shouldKnowHostsOfTheSegmentByTheirTtl() {
    paths.add(HOST, 64, MAC, 100, 200);
    paths.add(HOST, 63, MAC + 1, 100, 200);

    assertTrue(paths.isNeighbour(MAC));
    assertFalse(paths.isNeighbour(MAC + 1));
  }
}
