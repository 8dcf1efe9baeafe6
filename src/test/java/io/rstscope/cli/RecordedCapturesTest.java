package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rstscope.capture.CaptureFiles;
import io.rstscope.capture.CapturedPacket;
import io.rstscope.capture.PacketSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code record} leaves of a capture: less payload, and the same verdicts. */
class RecordedCapturesTest {
  private static final String PORTS = "5672,5671";

  @TempDir private Path folder;

  static List<Path> captures() throws IOException {
    return Truth.labelled(Run.CAPTURES);
  }

  @ParameterizedTest
  @MethodSource("captures")
  void shouldBeJudgedAsTheCaptureItself(Path capture) throws IOException {
    Recording.of(capture, PORTS, folder, false);

    assertEquals(verdicts(capture), verdicts(folder));
  }

  /** Link types, tags, tunnels and interfaces. */
  @Test
  void shouldBeJudgedAsCapturesOfAnyKind(@TempDir Path samples) throws IOException {
    for (Map.Entry<String, byte[]> sample : SampleCaptures.all().entrySet()) {
      Path capture = Files.write(samples.resolve(sample.getKey()), sample.getValue());
      Path recorded = samples.resolve(sample.getKey() + ".recorded");
      Recording.of(capture, PORTS, recorded, false);

      assertEquals(verdicts(capture), verdicts(recorded), sample.getKey());
    }
  }

  @Test
  void shouldHoldThePacketsWithTheirTimesAndLengths() throws IOException {
    Path capture = Run.CAPTURES.resolve("proxy-idle-timeout.broker.pcap");
    Recording recording = Recording.of(capture, PORTS, folder, false);

    List<String> files = CaptureFiles.expand(folder.toString());
    assertEquals(1, files.size());
    try (PacketSource whole = CaptureFiles.open(capture.toString());
        PacketSource recorded = CaptureFiles.open(files.get(0))) {
      CapturedPacket expected = new CapturedPacket();
      CapturedPacket found = new CapturedPacket();
      long packets = 0;
      while (recorded.next(found)) {
        assertTrue(whole.next(expected));
        assertEquals(expected.timeNanos, found.timeNanos);
        assertEquals(expected.originalLength, found.originalLength);
        assertEquals(expected.capturedLength, found.capturedLength);
        packets++;
      }
      assertFalse(whole.next(expected));
      assertEquals(packets, recording.recorder.written());
    }
  }

  private static List<JsonNode> verdicts(Path capture) throws IOException {
    Run run = Run.of("analyze", "-p", PORTS, "--format", "json", "--all-flows", capture);
    assertEquals(0, run.status(), run.err());
    List<JsonNode> flows = run.flows();
    flows.forEach(RecordedCapturesTest::dropNumbers);
    return flows;
  }

  /** Packets are counted without those of other ports, and files have other names. */
  private static void dropNumbers(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove(List.of("frame", "frames", "trigger_frame", "capture", "source"));
    }
    node.forEach(RecordedCapturesTest::dropNumbers);
  }
}
