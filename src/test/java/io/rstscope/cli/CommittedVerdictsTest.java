package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * What is said of each connection of the labelled captures, to two digits: whatever changes a
 * verdict is a change of {@code verdicts.tsv}, which its commit explains.
 *
 * <p>Run with {@code -Dverdicts.write} it writes that file anew.
 */
class CommittedVerdictsTest {
  private static final Path COMMITTED =
      Path.of("src", "test", "resources", "io", "rstscope", "cli", "verdicts.tsv");

  @Test
  void shouldJudgeEachConnectionAsCommitted() throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path capture : Truth.labelled(Run.CAPTURES)) {
      Run run = Run.of("analyze", "-p", "5672,5671", "--format", "json", "--all-flows", capture);
      run.flows().forEach(flow -> lines.addAll(lines(flow)));
    }
    String verdicts = String.join("\n", lines) + "\n";
    if (System.getProperty("verdicts.write") != null) {
      Files.writeString(COMMITTED, verdicts);
    }

    assertEquals(Files.readString(COMMITTED), verdicts);
  }

  private static List<String> lines(JsonNode flow) {
    JsonNode ending = flow.get("ending");
    String connection =
        flow.get("capture").asText()
            + "\t"
            + flow.get("client").get("address").asText()
            + ":"
            + flow.get("client").get("port").asText();
    List<String> lines = new ArrayList<>();
    lines.add(
        connection
            + "\t"
            + ending.get("cause").asText()
            + "\tended by "
            + ending.get("ended_by").asText()
            + "\t"
            + twoDigits(ending)
            + alternatives(ending));
    for (JsonNode reset : flow.get("resets")) {
      lines.add(
          connection
              + "\t  frame "
              + reset.get("frame").asText()
              + "\tsent by "
              + reset.get("sender").asText()
              + "\t"
              + twoDigits(reset));
    }
    return lines;
  }

  private static String alternatives(JsonNode ending) {
    StringBuilder text = new StringBuilder();
    for (JsonNode each : ending.path("alternatives")) {
      text.append("\tor ")
          .append(each.get("cause").asText())
          .append(' ')
          .append(String.format(Locale.ROOT, "%.2f", each.get("probability").asDouble()));
    }
    return text.toString();
  }

  private static String twoDigits(JsonNode judged) {
    return String.format(Locale.ROOT, "%.2f", judged.get("confidence").asDouble());
  }
}
