package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files whose names are not UTF-8, and captures that have the same name in two folders. */
class FileNamesTest {
  private static final Path CAPTURE = Run.CAPTURES.resolve("proxy-idle-timeout.pcap");
  private static final Path OTHER = Run.CAPTURES.resolve("client-abort.broker.pcap");

  @TempDir private Path folder;

  /** Java cannot make a file whose name is ISO 8859-1; {@code NAME} is as printf has it. */
  private void copy(Path file, String name) throws Exception {
    String script = "cp \"$0\" \"$1/$(printf '%s')\"".formatted(name);
    String[] command = {"sh", "-c", script, file.toString(), folder.toString()};
    assertEquals(0, new ProcessBuilder(command).start().waitFor());
  }

  @Test
  void shouldReadAFileWhoseNameIsNoUtf8() throws Exception {
    copy(CAPTURE, "caf\\351.pcap");

    Run asDecoded = Run.of("analyze", "--format", "json", folder + "/caf\uFFFD.pcap");
    Run asShown = Run.of("analyze", "--format", "json", folder + "/caf\\xe9.pcap");
    Run inFolder = Run.of("analyze", "--format", "json", folder);

    assertEquals(0, asDecoded.status(), asDecoded.err());
    assertEquals(
        "caf\\xe9.pcap", asDecoded.summary().get("captures").get(0).get("capture").asText());
    assertTrue(Run.of("analyze", folder).out().contains(" caf\\xe9.pcap: 58 packets, 2 flows"));
    assertEquals(asDecoded.out(), asShown.out());
    assertEquals(asDecoded.out(), inFolder.out());
  }

  @Test
  void shouldKeepANameAsItIsGiven() throws Exception {
    Files.copy(CAPTURE, folder.resolve("x.pcap"));

    Run run = Run.of("analyze", "--format", "json", folder + "//./x.pcap");

    assertEquals(folder + "//./x.pcap", run.flows().get(0).get("source").asText());
  }

  @Test
  void shouldTellFilesApartWhoseNamesDifferInSuchBytes() throws Exception {
    copy(CAPTURE, "caf\\351.pcap");
    copy(OTHER, "caf\\350.pcap");

    Run both = Run.of("analyze", "--format", "json", folder);
    Run either = Run.of("analyze", folder + "/caf\uFFFD.pcap");

    assertEquals(0, both.status(), both.err());
    assertEquals(2, both.summary().get("captures").size());
    assertEquals("caf\\xe8.pcap", both.summary().get("captures").get(0).get("capture").asText());
    assertEquals(3, either.status());
    assertTrue(either.err().contains("pcap: no such file"), either.err());
  }

  @Test
  void shouldReadALogWhoseNameIsNoUtf8() throws Exception {
    Path recorded = Path.of("src/test/resources/io/rstscope/brokerlog");
    copy(recorded.resolve("client-abort.log"), "caf\\351.log");

    Run run =
        Run.of(
            "analyze",
            "--broker-log",
            folder + "/caf\uFFFD.log",
            recorded.resolve("client-abort.broker.pcap"));

    assertEquals(0, run.status(), run.err());
    assertTrue(run.out().contains("has 2 of 2 lost connections"), run.out());
  }

  @Test
  void shouldNotWriteToANameThatIsNotTheOneGiven() {
    Run run = Run.of("analyze", "--csv", folder + "/caf\uFFFD.csv", CAPTURE);

    assertEquals(3, run.status());
    assertTrue(run.err().endsWith(".csv: is not a file name in UTF-8\n"), run.err());
  }

  @Test
  void shouldTellCapturesOfOneNameApart() throws IOException {
    Path one = Files.createDirectory(folder.resolve("one")).resolve("x.pcap");
    Path two = Files.createDirectory(folder.resolve("two")).resolve("x.pcap");
    Files.copy(CAPTURE, one);
    Files.copy(OTHER, two);

    Run run = Run.of("analyze", "--format", "json", one, two);

    assertEquals(
        List.of("x.pcap in " + one, "x.pcap in " + two),
        run.flows().stream()
            .map(flow -> flow.get("capture").asText() + " in " + flow.get("source").asText())
            .distinct()
            .toList());
    assertEquals(one.toString(), run.summary().get("captures").get(0).get("path").asText());
    assertEquals(two.toString(), run.summary().get("captures").get(1).get("path").asText());
    run.summary()
        .get("incidents")
        .forEach(
            incident ->
                assertTrue(incident.get("source").asText().endsWith("/x.pcap"), "" + incident));
  }

  @Test
  void shouldTellCapturesOfOneNameApartForPeopleToo() throws IOException {
    Path one = Files.createDirectory(folder.resolve("one")).resolve("x.pcap");
    Path two = Files.createDirectory(folder.resolve("two")).resolve("x.pcap");
    Path other = folder.resolve("y.pcap");
    byte[] capture = Files.readAllBytes(CAPTURE);
    for (Path each : List.of(one, two, other)) {
      Files.write(each, Arrays.copyOf(capture, capture.length - 10));
    }

    String text = Run.of("analyze", one, two, other).out().replaceAll("\\s+", " ");
    assertTrue(text.contains(one + ": INCOMPLETE"), text);
    assertTrue(text.contains(two + ": INCOMPLETE"), text);
    assertTrue(text.contains(" y.pcap: INCOMPLETE"), text);

    String csv = Run.of("analyze", "--format", "csv", one, two, other).out();
    assertTrue(csv.contains("\n" + one + ","), csv);
    assertTrue(csv.contains("\ny.pcap,"), csv);
  }
}
