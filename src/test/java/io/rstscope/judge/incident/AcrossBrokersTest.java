package io.rstscope.judge.incident;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rstscope.judge.incident.AcrossBrokers.Part;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What hits several brokers at once, and what only coincides. */
class AcrossBrokersTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long DAY = 86_400 * SECOND;
  private static final long MONTH = 30 * DAY;

  private final List<Part> parts = new ArrayList<>();

  private void lost(String broker, double atSeconds) {
    long nanos = (long) (atSeconds * SECOND);
    parts.add(new Part(broker, nanos, nanos + SECOND / 2, 10, "state-lost"));
  }

  /** One somewhere every so many seconds, at a broker of its own each. */
  private void lostEvery(double seconds, int times) {
    for (int i = 0; i < times; i++) {
      lost("other-" + i % 40, 100_000 + i * seconds);
    }
  }

  @Test
  void shouldJoinWhatHitsThreeBrokersWithinFiveSeconds() {
    lost("broker-1", 1000);
    lost("broker-3", 1007.5);
    lost("broker-2", 1003);

    List<List<Part>> found = AcrossBrokers.find(parts, MONTH);

    assertEquals(1, found.size());
    assertEquals(
        List.of("broker-1", "broker-2", "broker-3"),
        found.get(0).stream().map(Part::broker).toList());
  }

  @Test
  void shouldNotJoinWhatIsMoreThanFiveSecondsApart() {
    lost("broker-1", 1000);
    lost("broker-2", 1006);

    assertEquals(List.of(), AcrossBrokers.find(parts, MONTH));
  }

  @Test
  void shouldNotJoinTwoIncidentsOfOneBroker() {
    lost("broker-1", 1000);
    lost("broker-1", 1003);

    assertEquals(List.of(), AcrossBrokers.find(parts, MONTH));
  }

  /**
   * In a fleet that has one a minute two are within five seconds of each other many times a day.
   */
  @Test
  void shouldNotJoinTwoWhereIncidentsAreSoFrequentThatTheyCoincide() {
    lostEvery(61, 10_000);
    lost("broker-1", 1000);
    lost("broker-2", 1003);

    assertEquals(List.of(), AcrossBrokers.find(parts, 7 * DAY));
  }

  @Test
  void shouldJoinManyAlsoWhereIncidentsAreFrequent() {
    lostEvery(61, 10_000);
    for (int i = 0; i < 8; i++) {
      lost("broker-" + i, 1000 + i);
    }

    List<List<Part>> found = AcrossBrokers.find(parts, 7 * DAY);

    assertEquals(1, found.size());
    assertEquals(8, found.get(0).size());
  }
}
