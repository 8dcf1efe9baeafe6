package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Resets of other protocols with nobody in between: hardly one may be laid to a middlebox. */
class NaturalCapturesTest {
  private static final double ACCUSED = 0.02;

  @ParameterizedTest
  @ValueSource(strings = {"natural/server.pcap", "natural/router.pcap"})
  void shouldLayHardlyAnyResetToAMiddlebox(Path capture) {
    Run run = Run.of("analyze", "--port", "any", "--format", "json", Run.CAPTURES.resolve(capture));

    List<String> senders =
        run.resets().stream().map(reset -> reset.get("sender").asText()).toList();
    long accused = senders.stream().filter("middlebox"::equals).count();
    assertTrue(senders.size() > 30, senders.size() + " resets");
    assertTrue(accused <= ACCUSED * senders.size(), accused + " of " + senders.size());
  }
}
