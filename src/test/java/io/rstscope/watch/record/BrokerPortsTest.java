package io.rstscope.watch.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which ports are recorded when none are named. */
class BrokerPortsTest {
  @Test
  void shouldBeTheUsualOnesWhereNoBrokerListens() {
    BrokerPorts ports = BrokerPorts.of(List.of());
    assertEquals("5671,5672", ports.ports().toString());
    assertEquals("ports: 5671,5672 as usual", ports.why());
  }

  @Test
  void shouldBeThoseOfTheBrokerToo() {
    BrokerPorts ports = BrokerPorts.of(List.of(5672, 5673));
    assertEquals("5671,5672,5673", ports.ports().toString());
    assertEquals("ports: 5671,5672 as usual; 5673, on which beam.smp listens here", ports.why());
  }

  @Test
  void shouldNotBeThoseOfItsOtherServices() {
    BrokerPorts ports = BrokerPorts.of(List.of(1883, 5672, 5673, 15672, 15692, 25672, 25673));
    assertEquals("5671,5672,5673", ports.ports().toString());
    assertEquals(
        "ports: 5671,5672 as usual; 5673, on which beam.smp listens here;"
            + " not 1883,15672,15692,25672,25673, on which it has other services (-p names ports)",
        ports.why());
  }
}
