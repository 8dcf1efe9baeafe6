package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rstscope.testing.PcapngFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A capture that ends anywhere, as when its disk is full or its recorder killed: all whole packets
 * are reported, and the report says that it is incomplete unless the end is between two records.
 */
class CutCaptureTest {
  private static final byte[] PCAP = SampleCaptures.pcap();

  @TempDir private Path folder;

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @ValueSource(strings = {"pcap", "pcapng"})
  void shouldReportWhatIsWholeWhenCutAtAnyByte(String format) throws IOException {
    byte[] whole = format.equals("pcap") ? threePackets() : SampleCaptures.interfaces();
    int packets = 0;
    int border = format.equals("pcap") ? 24 : lengthOfBlock(whole, 0);
    for (int cut = border; cut <= whole.length; cut++) {
      int next =
          border
              + (format.equals("pcap")
                  ? lengthOfRecord(whole, border)
                  : lengthOfBlock(whole, border));
      if (cut == next) {
        packets += isPacket(format, whole, border) ? 1 : 0;
        border = next;
      }
      Path file = write("cut." + format, Arrays.copyOf(whole, cut));
      assertReported(file, Run.of("analyze", "--format", "json", file), packets, cut == border);
    }
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @ValueSource(strings = {"handshake-timeout.client.pcap", "health-probes.client.pcap"})
  void shouldNotSayThatNothingWasLostWhenCutAtAnyByte(String name) throws IOException {
    byte[] whole = Files.readAllBytes(Run.CAPTURES.resolve(name));
    int incomplete = 0;
    for (int cut = 24; cut < whole.length; cut++) {
      Run run = Run.of("analyze", write("cut.pcap", Arrays.copyOf(whole, cut)));
      if (run.status() == 3) {
        incomplete++;
        assertTrue(run.out().contains("INCOMPLETE: cut.pcap at byte "), run.out());
        assertFalse(run.out().contains("No connection"), run.out());
      }
    }
    assertTrue(incomplete > whole.length / 2, incomplete + " cuts of " + whole.length);
  }

  private static void assertReported(Path file, Run run, int packets, boolean complete) {
    JsonNode summary = run.summary();
    String where = file + " of " + file.toFile().length() + " bytes: " + run.err();
    assertEquals(complete ? 0 : 3, run.status(), where);
    assertEquals(complete, summary.get("complete").asBoolean(), where);
    assertEquals(packets, summary.get("captures").get(0).get("packets").asInt(), where);
    String problem = summary.get("captures").get(0).get("problem").asText();
    assertEquals(complete ? "" : "rstscope: " + file + ": " + problem + "\n", run.err());
    assertTrue(complete || problem.matches("at byte \\d+: cut short .*"), where);
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @ValueSource(strings = {"pcap", "pcapng", "gzip"})
  void shouldSayThatItIsCutShortWhenCutInItsHeader(String format) throws IOException {
    byte[] whole =
        switch (format) {
          case "pcap" -> Arrays.copyOf(PCAP, 24);
          case "pcapng" -> new PcapngFile().bytes();
          default -> SampleCaptures.gzip(Arrays.copyOf(PCAP, 24));
        };
    for (int cut = 1; cut < whole.length; cut++) {
      Path file = write("cut." + format, Arrays.copyOf(whole, cut));

      Run run = Run.of("analyze", file);

      assertEquals(3, run.status(), run.err());
      assertTrue(run.err().startsWith("rstscope: " + file + ": at byte "), run.err());
      assertTrue(run.err().contains("cut short"), run.err());
    }
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void shouldReportWhatCouldBeDecompressedWhenAGzipIsCut() throws IOException {
    byte[] whole = SampleCaptures.gzip(PCAP);
    for (int cut = 100; cut < whole.length; cut++) {
      Path file = write("cut.pcap.gz", Arrays.copyOf(whole, cut));

      Run run = Run.of("analyze", file);

      assertEquals(3, run.status(), "cut at " + cut);
      assertTrue(run.err().contains("cut short"), run.err());
      assertTrue(run.out().contains("INCOMPLETE"), run.out());
    }
  }

  private static int lengthOfRecord(byte[] pcap, int record) {
    return record < pcap.length ? 16 + ByteBuffer.wrap(pcap).getInt(record + 8) : 0;
  }

  private static int lengthOfBlock(byte[] pcapng, int block) {
    return block < pcapng.length ? ByteBuffer.wrap(pcapng).getInt(block + 4) : 0;
  }

  private static byte[] threePackets() {
    int end = 24;
    for (int packet = 0; packet < 3; packet++) {
      end += lengthOfRecord(PCAP, end);
    }
    return Arrays.copyOf(PCAP, end);
  }

  private static boolean isPacket(String format, byte[] capture, int at) {
    return format.equals("pcap") || ByteBuffer.wrap(capture).getInt(at) == 6;
  }

  private Path write(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }
}
