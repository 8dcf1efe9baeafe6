package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rstscope.capture.CaptureFiles;
import io.rstscope.capture.CapturedPacket;
import io.rstscope.capture.LinkType;
import io.rstscope.capture.PacketSource;
import io.rstscope.capture.PcapngWriter;
import io.rstscope.testing.Needs;
import io.rstscope.testing.Packets;
import io.rstscope.testing.PcapFile;
import io.rstscope.testing.PcapngFile;
import io.rstscope.wire.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the options of {@code analyze} do. */
class AnalyzeTest {
  /** Behind Ethernet and IPv4 without options. */
  private static final int SOURCE_PORT = 34;

  private static final Path PROXY = Run.CAPTURES.resolve("proxy-idle-timeout.pcap");
  private static final Path STOPPED = Run.CAPTURES.resolve("broker-stopped.pcap");

  @TempDir private Path folder;

  @Test
  void shouldTellWhoResetAConnectionAndWhy() {
    Run run = Run.of("analyze", "-v", PROXY);

    assertAll(
        () -> assertEquals(0, run.status()),
        () -> assertEquals("", run.err()),
        () -> assertTrue(run.out().startsWith("1 of 2 connections lost: idle timeout"), run.out()),
        () -> assertTrue(run.out().contains("idle-timeout, ended by middlebox"), run.out()),
        () -> assertTrue(run.out().contains("RST in frame 49, client-to-broker"), run.out()));
  }

  /** What the broker sent, without what it received. */
  private static byte[] broker(Path capture) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PcapngWriter writer = new PcapngWriter(out, null);
    writer.addInterface(null, LinkType.ETHERNET, 0);
    CapturedPacket packet = new CapturedPacket();
    try (PacketSource source = CaptureFiles.open(capture.toString())) {
      while (source.next(packet)) {
        if (Bytes.u16(packet.data, packet.offset + SOURCE_PORT) == 5672) {
          writer.packet(0, packet, null);
        }
      }
    }
    return out.toByteArray();
  }

  @Test
  void shouldSayThatLossesMayNotShowWhereOneDirectionIsMissing() throws IOException {
    Path whole = Run.CAPTURES.resolve("client-killed-receiving.broker.pcap");
    Path half = Files.write(folder.resolve("half.pcapng"), broker(whole));

    assertTrue(run(half).contains("2 flows in one direction only: losses may not show"), run(half));
    assertFalse(run(whole).contains("one direction only"), run(whole));
  }

  private static String run(Path capture) {
    return Run.of("analyze", capture).out().replaceAll("\\s+", " ");
  }

  @Test
  void shouldKeepWithinTheWidthOfATerminal() {
    Run run = Run.of("analyze", "--top", "0", "--verbose", Run.CAPTURES);

    assertEquals(0, run.status(), run.err());
    for (String line : run.out().lines().toList()) {
      assertTrue(line.codePointCount(0, line.length()) <= 80, line);
    }
  }

  @Test
  void shouldTakeEachCaptureOfAFolderForItself() throws IOException {
    int captures = Truth.labelled(Run.CAPTURES).size();

    JsonNode summary = Run.of("analyze", "--format", "json", Run.CAPTURES).summary();

    assertTrue(summary.get("captures").size() >= captures, summary.toString());
    assertTrue(summary.get("complete").asBoolean());
  }

  @Test
  void shouldReportACompressedCaptureLikeThePlainOne() throws IOException {
    Path file = Files.copy(PROXY, folder.resolve("proxy-idle-timeout.pcap"));
    Run plain = Run.of("analyze", "--format", "json", file);
    Files.write(file, SampleCaptures.gzip(Files.readAllBytes(PROXY)));

    Run compressed = Run.of("analyze", "--format", "json", file);

    assertEquals(plain.flows(), compressed.flows());
  }

  @Test
  void shouldFollowAConnectionAcrossTheFilesOfASeries() throws IOException {
    List<Path> files = splitInThree();

    Run run =
        Run.of("analyze", "--format", "json", "--series", files.get(2), files.get(0), files.get(1));
    Run whole = Run.of("analyze", "--format", "json", write("whole.pcap", SampleCaptures.pcap()));

    assertEquals(0, run.status(), run.err());
    assertEquals(1, run.flows().size());
    assertEquals(frames(whole), frames(run));
    assertEquals(whole.flows().get(0).get("ending"), run.flows().get(0).get("ending"));
    assertEquals(files.get(1).toString(), run.resets().get(0).get("file").asText());
    assertEquals(2, run.resets().get(0).get("file_frame").asLong());
    assertEquals(files.get(2).toString(), run.resets().get(1).get("file").asText());
    assertEquals(2, run.resets().get(1).get("file_frame").asLong());
  }

  @Test
  void shouldNameTheFileOfAResetInASeries() throws IOException {
    splitInThree();

    Run run = Run.of("analyze", "--verbose", "--series", folder);

    assertTrue(run.out().contains("RST in frame 4 (2 of part1.pcap)"), run.out());
    assertTrue(run.out().contains("part0.pcap and 2 more: 6 packets"), run.out());
  }

  @Test
  void shouldNotNameTheFileOfAResetInACaptureOfOneFile() {
    JsonNode reset = Run.of("analyze", "--format", "json", PROXY).resets().get(0);

    assertNull(reset.get("file"));
    assertNull(reset.get("file_frame"));
  }

  @Test
  void shouldReportTheRestOfASeriesWhenAFileIsMissing() throws IOException {
    List<Path> files = splitInThree();
    Files.delete(files.get(0));

    Run run = Run.of("analyze", "--series", files.get(0), files.get(1), files.get(2));

    assertEquals(3, run.status());
    assertEquals("rstscope: " + files.get(0) + ": no such file\n", run.err());
    assertTrue(run.out().contains("INCOMPLETE"), run.out());
    assertTrue(
        run.out().startsWith("1 connection lost: cause undetermined\nINCOMPLETE: "), run.out());
  }

  @Test
  void shouldReportNothingWhenNoFileOfASeriesCanBeRead() {
    Run run = Run.of("analyze", "--series", folder.resolve("a"), folder.resolve("b"));

    assertEquals(3, run.status());
    assertEquals(2, run.err().lines().count(), run.err());
    assertEquals("", run.out());
  }

  @Test
  void shouldLookAtTheGivenPortsOnly() throws IOException {
    Path capture = threePorts();

    assertEquals(List.of(1L), frames(Run.of("analyze", "--format", "json", capture)));
    assertEquals(List.of(2L), frames(Run.of("analyze", "--format", "json", "-p", "5671", capture)));
    assertEquals(
        List.of(1L, 2L), frames(Run.of("analyze", "--format", "json", "-p", "5670-5672", capture)));
    assertEquals(
        List.of(1L, 2L, 3L),
        frames(Run.of("analyze", "--format", "json", "--port", "any", capture)));
  }

  @Test
  void shouldLookAtThePacketsOfAFilterOnly() throws IOException {
    Run run = Run.of("analyze", "--format", "json", "-p", "any", "-f", "port 80", threePorts());
    Needs.LIBPCAP.require(run.status() != 4, "libpcap is not installed");

    assertEquals(0, run.status(), run.err());
    assertEquals(List.of(3L), frames(run));
    assertEquals(1, run.summary().get("captures").get(0).get("packets").asInt());
  }

  @Test
  void shouldShowSoManyConnectionsAndCountTheOthers() {
    String out = Run.of("analyze", "--top", "1", STOPPED).out();

    assertTrue(out.contains("\n  1  "), out);
    assertFalse(out.contains("\n  2  "), out);
    assertTrue(out.contains("\n3 more connections are not shown: --top 0 shows all"), out);
    assertTrue(Run.of("analyze", "--top", "0", STOPPED).out().contains("\n  2  "));
  }

  @Test
  void shouldShowHarmlessEndingsWhenVerbose() {
    Path closes = Run.CAPTURES.resolve("normal-closes.pcapng");

    assertFalse(Run.of("analyze", closes).out().contains("normal-close, ended by"));
    assertTrue(Run.of("analyze", "-v", closes).out().contains("normal-close, ended by"));
  }

  @Test
  void shouldReportFlowsThatLivedOnWhenAsked() throws IOException {
    Path capture =
        new PcapFile(LinkType.ETHERNET)
            .add(1, reset(5672).flags(Packets.ACK))
            .writeTo(folder.resolve("a"));

    assertEquals(0, Run.of("analyze", "--format", "json", capture).flows().size());
    assertEquals(1, Run.of("analyze", "--format", "json", "--all-flows", capture).flows().size());
  }

  @Test
  void shouldWarnOfGivenUpConnections() throws IOException {
    String out = Run.of("analyze", "--max-flows", "1", "--port", "any", threePorts()).out();

    assertTrue(
        out.replaceAll("\\s+", " ").contains("2 flows evicted (table full; raise --max-flows)"),
        out);
  }

  @ParameterizedTest
  @CsvSource({
    "lost, proxy-idle-timeout.pcap, 1",
    "idle-timeout, proxy-idle-timeout.pcap, 1",
    "middlebox, proxy-idle-timeout.pcap, 1",
    "broker, proxy-idle-timeout.pcap, 0",
    "broker-shutdown, proxy-idle-timeout.pcap, 0",
    "'broker-abort,idle-timeout', proxy-idle-timeout.pcap, 1",
    "BROKER-SHUTDOWN, broker-stopped.pcap, 1",
    "normal-close, normal-closes.pcapng, 1",
    "probe, port-scans.pcap, 1",
    "lost, port-scans.pcap, 0",
  })
  void shouldFailOnWhatIsNamed(String words, String capture, int status) {
    assertEquals(
        status, Run.of("analyze", "--fail-on", words, Run.CAPTURES.resolve(capture)).status());
  }

  @Test
  void shouldBeQuietAboutAllButErrors() throws IOException {
    Path odd = write("odd.pcapng", unknownInterface());

    assertTrue(Run.of("analyze", odd).err().contains("link type 105"));
    assertEquals("", Run.of("analyze", "-q", odd).err());
    assertFalse(Run.of("analyze", "-q", folder.resolve("missing")).err().isEmpty());
  }

  private static byte[] unknownInterface() {
    return new PcapngFile().addInterface(105, 9).add(0, 1, reset(5672)).bytes();
  }

  /** Two packets a file; the resets are the last packets of the second and the third. */
  private List<Path> splitInThree() throws IOException {
    byte[] whole = SampleCaptures.pcap();
    byte[][] parts = new byte[3][];
    int from = 24;
    for (int part = 0; part < 3; part++) {
      int to = from;
      for (int packet = 0; packet < 2; packet++) {
        to += 16 + ByteBuffer.wrap(whole).getInt(to + 8);
      }
      parts[part] = Arrays.copyOf(whole, 24 + to - from);
      System.arraycopy(whole, from, parts[part], 24, to - from);
      from = to;
    }
    return List.of(
        write("part0.pcap", parts[0]),
        write("part1.pcap", parts[1]),
        write("part2.pcap", parts[2]));
  }

  private Path threePorts() throws IOException {
    return new PcapFile(LinkType.ETHERNET)
        .add(1, reset(5672))
        .add(2, reset(5671))
        .add(3, reset(80))
        .writeTo(folder.resolve("ports.pcap"));
  }

  private static Packets reset(int port) {
    return Packets.ethernet()
        .ipv4("10.0.0.1", "10.0.0.2")
        .tcp(SampleCaptures.CLIENT_PORT, port)
        .flags(Packets.RST);
  }

  private static List<Long> frames(Run run) {
    return run.resets().stream().map(reset -> reset.get("frame").asLong()).sorted().toList();
  }

  private Path write(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }
}
