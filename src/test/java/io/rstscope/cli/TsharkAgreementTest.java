package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Wireshark's tshark finds the same resets: the same frames, at the same nanosecond. */
class TsharkAgreementTest {
  private static final String CAPTURE = ".*\\.pcap(ng)?(\\.gz)?";

  private static final String RESETS =
      "-Y tcp.flags.reset==1&&tcp.port==5672 -T fields -e frame.number -e frame.time_epoch";

  /** A reset: its frame, and its time in nanoseconds since 1970. */
  private record Place(long frame, long nanos) {}

  @TempDir private Path folder;

  static Stream<Path> captures() throws IOException {
    return Files.list(Run.CAPTURES)
        .filter(file -> file.getFileName().toString().matches(CAPTURE))
        .sorted();
  }

  static Set<String> samples() {
    return SampleCaptures.all().keySet();
  }

  @BeforeAll
  static void needsTshark() {
    boolean installed =
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "tshark")));
    assumeTrue(installed, "tshark is not installed: nothing to agree with");
  }

  @ParameterizedTest
  @MethodSource("captures")
  void shouldFindTheSameResetsInRealCaptures(Path capture) throws Exception {
    assertEquals(tshark(capture), ours(capture));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldFindTheSameResetsOnEachLinkType(String name) throws Exception {
    Path capture = Files.write(folder.resolve(name), SampleCaptures.all().get(name));

    List<Place> theirs = tshark(capture);

    assertFalse(theirs.isEmpty(), "tshark finds no reset, which shows nothing");
    assertEquals(theirs, ours(capture));
  }

  private static List<Place> ours(Path capture) {
    return Run.of("analyze", "--format", "json", "--all-flows", capture).resets().stream()
        .map(reset -> new Place(reset.get("frame").asLong(), nanos(reset.get("time").asText())))
        .sorted((a, b) -> Long.compare(a.frame, b.frame))
        .toList();
  }

  private static long nanos(String time) {
    Instant instant = Instant.parse(time);
    return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }

  private static List<Place> tshark(Path capture) throws Exception {
    List<String> command =
        Stream.concat(
                Stream.of("tshark", "-n", "-r", capture.toString()), Stream.of(RESETS.split(" ")))
            .toList();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    assertEquals(0, process.waitFor(), "tshark's exit status");
    return out.lines().map(line -> line.split("\t")).map(TsharkAgreementTest::place).toList();
  }

  private static Place place(String[] fields) {
    return new Place(
        Long.parseLong(fields[0]), new BigDecimal(fields[1]).movePointRight(9).longValueExact());
  }
}
