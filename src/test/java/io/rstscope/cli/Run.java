package io.rstscope.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One run of the command line: its exit status and all it said. */
public record Run(int status, String out, String err) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Folder of the labelled captures. */
  public static final Path CAPTURES = Path.of(System.getProperty("rstscope.captures", "captures"));

  /** Runs in this JVM; nobody looks at the output on a terminal. */
  public static Run of(Object... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream words = new PrintStream(err, true, StandardCharsets.UTF_8);
    String[] texts = new String[arguments.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = arguments[i].toString();
    }
    int status = CommandLineTool.run(Console.of(out, words, false, false), texts);
    return new Run(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** The lines of a report in JSON. */
  List<JsonNode> records() {
    return records(out);
  }

  /** The objects of NDJSON. */
  static List<JsonNode> records(String lines) {
    List<JsonNode> records = new ArrayList<>();
    for (String line : lines.lines().toList()) {
      try {
        records.add(JSON.readTree(line));
      } catch (JsonProcessingException e) {
        throw new AssertionError("not JSON: " + line, e);
      }
    }
    return records;
  }

  /** The flows of a report in JSON. */
  public List<JsonNode> flows() {
    return records().stream().filter(each -> each.get("type").asText().equals("flow")).toList();
  }

  /** The last line of a report in JSON. */
  public JsonNode summary() {
    List<JsonNode> records = records();
    JsonNode last = records.get(records.size() - 1);
    if (!last.get("type").asText().equals("summary")) {
      throw new AssertionError("no summary at the end: " + last);
    }
    return last;
  }

  /** The resets of all flows. */
  List<JsonNode> resets() {
    List<JsonNode> resets = new ArrayList<>();
    flows().forEach(flow -> flow.get("resets").forEach(resets::add));
    return resets;
  }
}
