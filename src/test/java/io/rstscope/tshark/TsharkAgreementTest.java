package io.rstscope.tshark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.cli.Run;
import io.rstscope.cli.SampleCaptures;
import io.rstscope.testing.Needs;
import io.rstscope.testing.mutants.Mutants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Wireshark's tshark sees the same: the same packets at the same nanosecond, between the same
 * addresses, with the same TTLs, and the same resets in the same connections.
 */
class TsharkAgreementTest {
  private static final String CAPTURE = ".*\\.pcap(ng)?(\\.gz)?";

  /** src/bench/bin/differential compares as many as are asked for. */
  private static final int BATCHES = 4;

  @TempDir private Path folder;

  static List<Path> captures() throws IOException {
    try (Stream<Path> files = Files.list(Run.CAPTURES)) {
      return files.filter(file -> file.getFileName().toString().matches(CAPTURE)).sorted().toList();
    }
  }

  static Set<String> samples() {
    return SampleCaptures.all().keySet();
  }

  @BeforeAll
  static void needsTshark() {
    Needs.TSHARK.require(Tshark.isInstalled(), "tshark is not installed: nothing to agree with");
  }

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @MethodSource("captures")
  void shouldSeeTheSameInRealCaptures(Path capture) throws Exception {
    Agreement agreement = new Agreement();

    agreement.compare(capture);

    assertEquals(List.of(), agreement.unexplained());
    assertEquals(Map.of(), agreement.explained());
  }

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @MethodSource("samples")
  void shouldSeeTheSameOnEachLinkType(String name) throws Exception {
    Path capture = Files.write(folder.resolve(name), SampleCaptures.all().get(name));
    Agreement agreement = new Agreement();

    agreement.compare(capture);

    assertEquals(List.of(), agreement.unexplained());
    assertEquals(Map.of(), agreement.explained());
    assertTrue(agreement.resets() > 0, "tshark finds no reset, which shows nothing");
  }

  @Test
  void shouldDifferForKnownReasonsOnlyInMutants() throws Exception {
    Mutants mutants = new Mutants(Run.CAPTURES, 5672);
    Agreement agreement = new Agreement();
    for (int batch = 0; batch < BATCHES; batch++) {
      agreement.compare(MutantBatch.write(mutants, batch, folder.resolve("mutants-" + batch)));
    }
    System.out.println(agreement);

    assertEquals(List.of(), agreement.unexplained());
    assertTrue(agreement.resets() > 100, "too few resets to prove anything");
  }
}
