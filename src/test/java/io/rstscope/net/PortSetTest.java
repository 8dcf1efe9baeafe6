package io.rstscope.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortSetTest {
  @Test
  void shouldContainPortsAndBothEndsOfRanges() {
    PortSet ports = PortSet.parse(" 5672, 5671 ,15670 - 15680,1,65535");
    int[] members = IntStream.rangeClosed(0, 65_535).filter(ports::contains).toArray();
    int[] expected =
        IntStream.concat(
                IntStream.of(1, 5671, 5672),
                IntStream.concat(IntStream.rangeClosed(15_670, 15_680), IntStream.of(65_535)))
            .toArray();
    assertEquals(IntStream.of(expected).boxed().toList(), IntStream.of(members).boxed().toList());
  }

  @Test
  void shouldContainEveryPortWhenAny() {
    PortSet any = PortSet.parse("ANY");
    assertTrue(IntStream.rangeClosed(0, 65_535).allMatch(any::contains));
  }

  @Test
  void shouldNotContainNeighboursOfARangeThatCrossesAWord() {
    PortSet ports = PortSet.parse("63-64");
    assertFalse(ports.contains(62));
    assertTrue(ports.contains(63));
    assertTrue(ports.contains(64));
    assertFalse(ports.contains(65));
    assertFalse(ports.contains(127));
  }

  @Test
  void shouldSayWhatItWasGiven() {
    assertEquals("5672,5671", PortSet.parse(" 5672,5671 ").toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "\"\"         | '' in '' is not a port",
        "5672,      | '' in '5672,' is not a port",
        "amqp       | 'amqp' in 'amqp' is not a port",
        "-5672      | '' in '-5672' is not a port",
        "1-2-3      | '2-3' in '1-2-3' is not a port",
        "5672 5671  | '5672 5671' in '5672 5671' is not a port",
        "123456     | '123456' in '123456' is not a port",
        "٥٦٧٢       | is not a port",
        "0          | port 0 is not within 1 to 65535",
        "1-65536    | port 65536 is not within 1 to 65535",
        "80-79      | port range '80-79' runs backwards",
      })
  void shouldSayWhatIsWrong(String spec, String message) {
    var thrown = assertThrows(IllegalArgumentException.class, () -> PortSet.parse(spec));
    assertTrue(thrown.getMessage().contains(message), thrown.getMessage());
  }
}
