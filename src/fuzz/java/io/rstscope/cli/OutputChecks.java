package io.rstscope.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.rstscope.capture.CaptureFiles;
import io.rstscope.capture.CapturedPacket;
import io.rstscope.capture.PacketSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Takes a capture through the whole program, and looks at all that it writes. */
final class OutputChecks {
  private static final byte[] EMPTY_CAPTURE =
      ByteBuffer.allocate(24).putInt(0xa1b2c3d4).putInt(0x20004).putInt(20, 1).array();

  private static final List<String> FILES = List.of("json", "csv", "pcapng");

  /** Those that take longest, and so are written for one input of eight. */
  private static final List<String> ALL_FILES = List.of("json", "csv", "pcapng", "hgrm", "html");

  private final Path folder;

  /** How often a page without connections opens a tag: what a capture says adds none. */
  private final int tags;

  OutputChecks() {
    try {
      folder = Files.createTempDirectory("rstscope-fuzz");
      analyze(EMPTY_CAPTURE, ALL_FILES);
      tags = tags();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Analyzes a capture, which is to end without a bug, and checks each output.
   *
   * @param secrets what must not be in any
   */
  void check(byte[] capture, String... secrets) {
    try {
      List<String> files = (Arrays.hashCode(capture) & 7) == 0 ? ALL_FILES : FILES;
      Run run = analyze(capture, files);
      assertTrue(run.status() == ExitStatus.DONE || run.status() == ExitStatus.INPUT, run::err);
      assertSteersNothing(run.out());
      assertSteersNothing(run.err());
      if (run.out().isEmpty()) {
        return;
      }
      checkJson(Files.readString(file("json")));
      checkCsv();
      checkPackets();
      assertEquals(tags, tags(), "markup in the page");
      for (String secret : secrets) {
        assertFalse(run.out().contains(secret), secret);
        for (String file : files) {
          assertFalse(Files.readString(file(file), ISO_8859_1).contains(secret), secret);
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private Run analyze(byte[] capture, List<String> outputs) throws IOException {
    List<Object> arguments = new ArrayList<>(List.of("analyze", "--all-flows", "-v", "--force"));
    for (String output : outputs) {
      arguments.add("--" + output);
      arguments.add(file(output));
    }
    arguments.add(Files.write(file("capture"), capture));
    return Run.of(arguments.toArray());
  }

  private static void assertSteersNothing(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean steers = Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
      assertFalse(steers && c != '\n', () -> Integer.toHexString(c) + " in " + text);
    }
  }

  private static void checkJson(String json) {
    assertSteersNothing(json);
    List<JsonNode> records = Run.records(json);
    JsonNode summary = records.get(records.size() - 1);
    assertEquals("summary", summary.get("type").asText());
    long packets = summary.get("captures").get(0).get("packets").asLong();
    for (JsonNode flow : records.subList(0, records.size() - 1)) {
      Instant.parse(flow.get("started").asText());
      assertConfident(flow.get("ending"));
      for (JsonNode reset : flow.get("resets")) {
        Instant.parse(reset.get("time").asText());
        assertConfident(reset);
        assertTrue(reset.get("frame").asLong() >= 1);
        assertTrue(packets > 0);
      }
    }
  }

  private static void assertConfident(JsonNode verdict) {
    double confidence = verdict.get("confidence").asDouble(-1);
    assertTrue(confidence >= 0 && confidence <= 1, verdict::toString);
  }

  private void checkCsv() throws IOException {
    String csv = Files.readString(file("csv"));
    assertSteersNothing(csv.replace("\r\n", "\n"));
    try (CsvReader<CsvRecord> rows = CsvReader.builder().ofCsvRecord(csv)) {
      int columns = -1;
      for (CsvRecord row : rows) {
        columns = columns < 0 ? row.getFieldCount() : columns;
        assertEquals(columns, row.getFieldCount());
        for (String cell : row.getFields()) {
          assertFalse(!cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0, cell);
        }
      }
    }
  }

  private int tags() throws IOException {
    String page = Files.readString(file("html"));
    return page.length() - page.replace("<", "").length();
  }

  /** Headers only, and a file that can be read. */
  private void checkPackets() throws IOException {
    CapturedPacket packet = new CapturedPacket();
    try (PacketSource source = CaptureFiles.open(file("pcapng").toString())) {
      while (source.next(packet)) {
        assertTrue(packet.capturedLength <= packet.originalLength);
      }
    }
  }
}
