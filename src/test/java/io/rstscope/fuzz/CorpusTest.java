package io.rstscope.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.rstscope.amqp.AmqpTarget;
import io.rstscope.amqp.LoginTarget;
import io.rstscope.brokerlog.BrokerLogTarget;
import io.rstscope.capture.GzipTarget;
import io.rstscope.capture.PcapTarget;
import io.rstscope.capture.PcapngTarget;
import io.rstscope.cli.CaptureTarget;
import io.rstscope.cli.PairTarget;
import io.rstscope.cli.TrafficTarget;
import io.rstscope.connections.ConnectionsTarget;
import io.rstscope.decode.SegmentTarget;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * What the fuzzer found worth keeping (src/fuzz/README.md): each input reaches code that no other
 * does, or broke something once.
 */
class CorpusTest {
  /** As the fuzzer calls it. */
  interface Target {
    void run(byte[] input) throws Exception;
  }

  private static final Map<String, Target> TARGETS =
      Map.ofEntries(
          target("AmqpTarget", AmqpTarget::fuzzerTestOneInput),
          target("BrokerLogTarget", BrokerLogTarget::fuzzerTestOneInput),
          target("CaptureTarget", CaptureTarget::fuzzerTestOneInput),
          target("ConnectionsTarget", ConnectionsTarget::fuzzerTestOneInput),
          target("GzipTarget", GzipTarget::fuzzerTestOneInput),
          target("LoginTarget", LoginTarget::fuzzerTestOneInput),
          target("PairTarget", PairTarget::fuzzerTestOneInput),
          target("PcapTarget", PcapTarget::fuzzerTestOneInput),
          target("PcapngTarget", PcapngTarget::fuzzerTestOneInput),
          target("SegmentTarget", SegmentTarget::fuzzerTestOneInput),
          target("TrafficTarget", TrafficTarget::fuzzerTestOneInput));

  private static Map.Entry<String, Target> target(String name, Target target) {
    return Map.entry(name, target);
  }

  static final List<String> NAMES = List.copyOf(TARGETS.keySet());

  @ParameterizedTest
  @FieldSource("NAMES")
  void shouldHoldWhatTheTargetAssertsForEachInput(String name) throws Exception {
    List<Path> inputs = children(corpus().resolve(name));

    assertFalse(inputs.isEmpty());
    for (Path input : inputs) {
      try {
        TARGETS.get(name).run(Files.readAllBytes(input));
      } catch (Throwable e) {
        throw new AssertionError(name + "/" + input.getFileName(), e);
      }
    }
  }

  @Test
  void shouldHaveATargetForEachCorpus() throws Exception {
    assertEquals(
        TARGETS.keySet(),
        children(corpus()).stream()
            .map(folder -> folder.getFileName().toString())
            .collect(Collectors.toSet()));
  }

  private static Path corpus() throws URISyntaxException {
    return Path.of(CorpusTest.class.getResource("/fuzz").toURI());
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.sorted().toList();
    }
  }
}
