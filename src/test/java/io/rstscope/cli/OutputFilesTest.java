package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that a run writes besides its report. */
class OutputFilesTest {
  private static final Path FIREWALL = Run.CAPTURES.resolve("firewall-forgets-idle-flows.pcapng");
  private static final Path STOPPED = Run.CAPTURES.resolve("broker-stopped.pcap");

  @TempDir private Path folder;

  @Test
  void shouldWriteAllOfThemInOneRun() throws IOException {
    Path csv = folder.resolve("a.csv");
    Path json = folder.resolve("a.json");
    Path hgrm = folder.resolve("a.hgrm");
    Path pcapng = folder.resolve("a.pcapng");

    Run run =
        Run.of(
            "analyze", "--csv", csv, "--json", json, "--hgrm", hgrm, "--pcapng", pcapng, FIREWALL);

    assertEquals(0, run.status(), run.err());
    assertEquals(Run.of("analyze", FIREWALL).out(), run.out());
    assertEquals(Run.of("analyze", "--format", "csv", FIREWALL).out(), Files.readString(csv));
    assertEquals(Run.of("analyze", "--format", "json", FIREWALL).out(), Files.readString(json));
    assertTrue(Files.readString(hgrm).contains("Total count    =            2]"));
    assertTrue(Files.size(pcapng) > 0);
    assertEquals(List.of("a.csv", "a.hgrm", "a.json", "a.pcapng"), names());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--csv", "--json", "--hgrm", "--html", "--pcapng"})
  void shouldKeepAFileThatIsThereUnlessForced(String option) throws IOException {
    Path file = Files.writeString(folder.resolve("report"), "mine");

    Run refused = Run.of("analyze", option, file, FIREWALL);

    assertEquals(3, refused.status());
    assertEquals(
        "rstscope: cannot write the output: " + file + ": exists already; --force replaces it\n",
        refused.err());
    assertEquals("", refused.out());
    assertEquals("mine", Files.readString(file));
    assertEquals(0, Run.of("analyze", option, file, "--force", FIREWALL).status());
    assertFalse(Files.readString(file, StandardCharsets.ISO_8859_1).equals("mine"));
    assertEquals(List.of("report"), names());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "rw-rw-r--", "r--r--r--"})
  void shouldKeepTheModeOfAFileThatIsReplaced(String mode) throws IOException {
    Path file = Files.writeString(folder.resolve("report"), "mine");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

    assertEquals(0, Run.of("analyze", "--json", file, "--force", FIREWALL).status());

    assertTrue(Files.readString(file).startsWith("{"));
    assertEquals(mode, PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void shouldLeaveNothingWhenAnOutputCannotBeWritten() {
    Path csv = folder.resolve("a.csv");

    Run missing = Run.of("analyze", "--csv", csv, "--json", folder.resolve("no/a.json"), FIREWALL);
    Run taken = Run.of("analyze", "--csv", csv, "--json", folder, FIREWALL);

    assertEquals(3, missing.status());
    assertTrue(missing.err().endsWith("a.json: no such folder\n"), missing.err());
    assertEquals(3, taken.status());
    assertTrue(taken.err().endsWith(": is a folder\n"), taken.err());
    assertEquals(List.of(), names());
  }

  @Test
  void shouldLeaveNothingUnderItsNameWhenTheDiskIsFull() {
    assumeTrue(Files.isWritable(Path.of("/dev/full")), "there is no /dev/full");
    Path csv = folder.resolve("a.csv");

    Run run = Run.of("analyze", "--csv", csv, "--json", "/dev/full", FIREWALL);

    assertEquals(3, run.status());
    assertTrue(run.err().contains("cannot write the output: /dev/full: No space"), run.err());
    assertEquals(List.of(), names());
  }

  @Test
  void shouldLeaveNothingWhenNothingCouldBeRead() {
    Run run = Run.of("analyze", "--csv", folder.resolve("a.csv"), folder.resolve("missing.pcap"));

    assertEquals(3, run.status());
    assertEquals(List.of(), names());
  }

  @Test
  void shouldNeverReplaceItsInput() throws IOException {
    Path capture = Files.copy(FIREWALL, folder.resolve("a.pcapng"));

    Run run = Run.of("analyze", "--force", "--pcapng", folder.resolve("./a.pcapng"), capture);

    assertEquals(2, run.status());
    assertTrue(run.err().contains("is input and output"), run.err());
    assertArrayEquals(Files.readAllBytes(FIREWALL), Files.readAllBytes(capture));
  }

  @Test
  void shouldRefuseOutputsThatCannotBe() {
    assertEquals(2, Run.of("analyze", "--csv", "-", FIREWALL).status());
    assertEquals(2, Run.of("analyze", "--csv", "x", "--json", "x", FIREWALL).status());
    assertEquals(2, Run.of("analyze", "--payload", FIREWALL).status());
    Run pipe = Run.of("analyze", "--pcapng", folder.resolve("a.pcapng"), "-");
    assertEquals(2, pipe.status());
    assertTrue(
        pipe.err().contains("--pcapng reads captures twice, and - can be read only once"),
        pipe.err());
  }

  @Test
  void shouldWritePercentilesThatPlottersReadInAnyLocale() throws IOException {
    Path hgrm = folder.resolve("a.hgrm");
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      assertEquals(0, Run.of("analyze", "--hgrm", hgrm, FIREWALL).status());
    } finally {
      Locale.setDefault(before);
    }

    List<String> lines = Files.readAllLines(hgrm);
    assertEquals("       Value     Percentile TotalCount 1/(1-Percentile)", lines.get(0));
    assertTrue(lines.contains("       3.027 1.000000000000          2"), lines.toString());
  }

  @Test
  void shouldWriteNoPercentilesOfNothing() throws IOException {
    Path hgrm = folder.resolve("a.hgrm");

    Run.of("analyze", "--hgrm", hgrm, Run.CAPTURES.resolve("port-scans.pcap"));

    assertTrue(Files.readString(hgrm).contains("Total count    =            0]"));
  }

  @Test
  void shouldHoldNeitherPasswordsNorBodies() throws IOException {
    // the lab's clients log in as guest with the password guest, and send bodies that begin so
    for (String option : List.of("--csv", "--json", "--hgrm", "--pcapng")) {
      Path file = folder.resolve("out" + option);
      assertEquals(0, Run.of("analyze", option, file, "--all-flows", STOPPED).status());
      String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
      assertFalse(bytes.contains("\0guest\0guest") || bytes.contains("AMQPLAIN"), option);
    }
  }

  private List<String> names() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
