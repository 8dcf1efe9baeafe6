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
      analyze(EMPTY_CAPTURE, null, ALL_FILES);
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
    check(capture, null, secrets);
  }

  /** The same beside another capture. */
  void checkPair(byte[] capture, byte[] other) {
    check(capture, other);
  }

  private void check(byte[] capture, byte[] other, String... secrets) {
    try {
      List<String> files = (Arrays.hashCode(capture) & 7) == 0 ? ALL_FILES : FILES;
      Run run = analyze(capture, other, files);
      assertTrue(run.status() == ExitStatus.DONE || run.status() == ExitStatus.INPUT, run::err);
      assertSteersNothing(run.out());
      assertSteersNothing(run.err());
      if (run.out().isEmpty()) {
        return;
      }
      checkJson(Files.readString(file("json")), other != null);
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

  private Run analyze(byte[] capture, byte[] other, List<String> outputs) throws IOException {
    List<Object> arguments = new ArrayList<>(List.of("analyze", "--all-flows", "-v", "--force"));
    for (String output : outputs) {
      arguments.add("--" + output);
      arguments.add(file(output));
    }
    arguments.add(Files.write(file("capture"), capture));
    if (other != null) {
      arguments.add("--other-side");
      arguments.add(Files.write(file("other"), other));
    }
    return Run.of(arguments.toArray());
  }

  private static void assertSteersNothing(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean steers = Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
      assertFalse(steers && c != '\n', () -> Integer.toHexString(c) + " in " + text);
    }
  }

  private static void checkJson(String json, boolean paired) {
    assertSteersNothing(json);
    List<JsonNode> records = Run.records(json);
    JsonNode summary = records.get(records.size() - 1);
    assertEquals("summary", summary.get("type").asText());
    long packets = summary.get("captures").get(0).get("packets").asLong();
    assertEquals(paired, summary.has("other_sides"));
    if (paired) {
      checkOtherSide(summary.get("other_sides").get(0));
    }
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

  private static void checkOtherSide(JsonNode side) {
    assertFalse(side.get("clock_offset_s").isNull() && side.has("clock_bound_s"));
    assertTrue(side.get("clock_bound_s") == null || side.get("clock_bound_s").asDouble() >= 0);
    for (JsonNode step : side.get("clock_steps")) {
      Instant.parse(step.get("time").asText());
    }
    for (String way : List.of("client_to_broker", "broker_to_client")) {
      long lost = side.get(way).get("lost").asLong();
      assertTrue(lost >= 0 && lost <= side.get(way).get("sent").asLong(), side::toString);
    }
    for (JsonNode leg : side.get("proxied")) {
      assertEquals("proxy-between", side.get("standing").asText());
      assertTrue(leg.get("frame").isNull() || leg.get("frame").asLong() >= 1);
      assertTrue(leg.get("other_frame").isNull() || leg.get("other_frame").asLong() >= 1);
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
