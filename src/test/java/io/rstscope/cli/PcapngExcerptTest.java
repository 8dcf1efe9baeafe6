package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.net.Side;
import io.rstscope.testing.Needs;
import io.rstscope.testing.Talk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Wireshark's tools see in the excerpt that {@code --pcapng} writes. */
class PcapngExcerptTest {
  private static final Path FIREWALL = Run.CAPTURES.resolve("firewall-forgets-idle-flows.pcapng");
  private static final Path PROXY = Run.CAPTURES.resolve("proxy-idle-timeout.pcap");

  @TempDir private Path folder;

  @BeforeAll
  static void needsTshark() {
    boolean installed =
        Stream.of("tshark", "capinfos")
            .allMatch(
                tool ->
                    Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, tool))));
    Needs.TSHARK.require(installed, "tshark and capinfos are not installed");
  }

  @Test
  void shouldShowTheVerdictOnTheReset() throws Exception {
    List<String> comments = tshark(excerpt(FIREWALL), "tcp.flags.reset==1", "frame.comment");

    assertEquals(2, comments.size());
    String comment = comments.get(0);
    assertTrue(
        comment.startsWith(
            "RST: TTL 63 (1 hop away); earlier packets from this side: 61 (3 hops): not from the"
                + " client, but from a middlebox (confidence 0.95)"),
        comment);
    assertTrue(comment.contains("connection: state-lost, ended by middlebox"), comment);
    assertTrue(comment.endsWith("frame 73 of firewall-forgets-idle-flows.pcapng"), comment);
  }

  @Test
  void shouldCommentEachPacketWithItsOriginalFrameAndChangeNothingElse() throws Exception {
    Path excerpt = excerpt(FIREWALL);
    List<String> original =
        tshark(FIREWALL, "tcp", "frame.number", "frame.time_epoch", "tcp.seq_raw", "ip.ttl");

    List<String> rows =
        tshark(excerpt, "tcp", "frame.comment", "frame.time_epoch", "tcp.seq_raw", "ip.ttl")
            .stream()
            .map(row -> row.replaceFirst("^.*frame (\\d+) of [^\t]*", "$1"))
            .toList();

    assertTrue(rows.size() > 30, rows.size() + " packets");
    assertTrue(original.containsAll(rows), rows.toString());
  }

  @Test
  void shouldHoldHeadersOnlyUnlessAskedForMore() throws Exception {
    Path headers = excerpt(FIREWALL);
    Path whole = excerpt(FIREWALL, "--payload");

    assertEquals(List.of(), tshark(headers, "tcp.payload", "frame.number"));
    assertFalse(tshark(whole, "tcp.payload", "frame.number").isEmpty());
    assertEquals(
        tshark(whole, "tcp", "frame.len"), tshark(headers, "tcp", "frame.len"), "on the wire");
    String bytes = Files.readString(headers, StandardCharsets.ISO_8859_1);
    assertFalse(bytes.contains("guest"), "a password");
  }

  @Test
  void shouldNameToolAndSources() throws Exception {
    Path excerpt = excerpt(FIREWALL, PROXY);

    String infos = run("capinfos", excerpt.toString());

    assertTrue(infos.contains("Capture application: rstscope "), infos);
    assertTrue(infos.contains("headers only"), infos);
    assertTrue(infos.contains("Number of interfaces in file: 2"), infos);
    assertTrue(infos.contains("Comment = interface 0 of " + FIREWALL), infos);
    assertTrue(infos.contains("Name = proxy-idle-timeout.pcap"), infos);
  }

  @Test
  void shouldSayWhatWasLeftOut() throws Exception {
    Talk talk = new Talk().open(60);
    for (int i = 0; i < 100; i++) {
      talk.client(AmqpBytes.heartbeat());
    }
    Path capture =
        Talk.capture(talk.pause(Duration.ofSeconds(2)).socketReset(Side.CLIENT))
            .writeTo(folder.resolve("long.pcap"));

    List<String> comments = tshark(excerpt(capture), "tcp", "frame.comment");

    assertTrue(
        comments.stream().anyMatch(c -> c.contains("earlier packets of this connection left out")),
        comments.toString());
  }

  @Test
  void shouldHoldOneFlowWhenAskedForIt() throws Exception {
    Path excerpt = excerpt(FIREWALL, "--flow", "10.77.60.20:5672-10.77.40.11:49732");

    assertEquals(List.of("0"), tshark(excerpt, "tcp", "tcp.stream").stream().distinct().toList());
    assertEquals(List.of(), tshark(excerpt, "tcp.port==49722", "frame.number"));
  }

  @Test
  void shouldNameTheFileOfASeries() throws Exception {
    Path copy = Files.copy(PROXY, folder.resolve("part.pcap"));

    List<String> comments =
        tshark(excerpt("--series", copy), "tcp.flags.reset==1", "frame.comment");

    assertTrue(comments.get(0).endsWith("of " + copy + ", 49 of the series"), comments.get(0));
  }

  private Path excerpt(Object... arguments) throws IOException {
    Path file = Files.createTempFile(folder, "excerpt", ".pcapng");
    List<Object> all = new ArrayList<>(List.of("analyze", "--force", "--pcapng", file));
    all.addAll(Arrays.asList(arguments));
    Run run = Run.of(all.toArray());
    assertEquals(0, run.status(), run.err());
    return file;
  }

  private static List<String> tshark(Path file, String filter, String... fields) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of("tshark", "-n", "-r", file.toString(), "-Y", filter, "-T", "fields"));
    for (String field : fields) {
      command.add("-e");
      command.add(field);
    }
    return run(command.toArray(new String[0])).lines().toList();
  }

  private static String run(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), command[0]);
    return out;
  }
}
