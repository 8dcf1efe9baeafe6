package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rstscope.testing.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code watch} on the hosts of the lab, with a real RabbitMQ, a real HAProxy and a real firewall:
 * what it tells live must be what the lab knows.
 */
@Timeout(240)
class LiveLabTest {
  /** What the lab exits with when a program is missing. */
  private static final int MISSING = 3;

  /** Stories, and the causes that their losses may have. */
  private static final Map<String, Set<String>> STORIES =
      Map.of(
          "proxy-idle-timeout", Set.of("idle-timeout"),
          "firewall-forgot", Set.of("idle-timeout", "state-lost"),
          "client-killed", Set.of("client-abort"),
          "broker-stopped", Set.of("broker-shutdown"));

  @TempDir private static Path folder;

  @BeforeAll
  static void playStories() throws Exception {
    LiveHost.assumeNamespaces();
    List<String> command = new ArrayList<>();
    command.add(Run.CAPTURES.resolve("lab/run").toAbsolutePath().toString());
    command.addAll(List.of("--out", folder.toString(), "--watch", launcher().toString()));
    STORIES.keySet().forEach(story -> command.addAll(List.of("--only", story)));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    int status = process.waitFor();
    Needs.LAB.require(status != MISSING, "the lab cannot be played here: " + said);
    assertEquals(0, status, said);
  }

  /** The program as a file that can be executed. */
  private static Path launcher() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Path script =
        Files.writeString(
            folder.resolve("rstscope"),
            "#!/bin/sh\nexec %s -XX:+UseSerialGC -cp '%s' io.rstscope.cli.Main \"$@\"\n"
                .formatted(java, System.getProperty("java.class.path")));
    assertTrue(script.toFile().setExecutable(true));
    return script;
  }

  private static List<Path> files(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }

  /** The last notice about each connection, by its client's port. */
  private static Map<Integer, JsonNode> notices(Path live) throws IOException {
    Map<Integer, JsonNode> latest = new HashMap<>();
    for (JsonNode record : Run.records(Files.readString(live))) {
      if (record.get("type").asText().equals("flow")) {
        latest.put(record.get("client").get("port").asInt(), record);
      }
    }
    return latest;
  }

  private static Path liveOf(Path truth) {
    return Path.of(truth.toString().replace(".truth.jsonl", ".live.ndjson"));
  }

  @Test
  void shouldNameTheSenderThatTheCaptureShows() throws IOException {
    int named = 0;
    for (Path truth : files(".truth.jsonl")) {
      Map<Integer, JsonNode> notices = notices(liveOf(truth));
      for (JsonNode flow : Run.records(Files.readString(truth))) {
        for (JsonNode reset : flow.get("rsts")) {
          if (reset.get("role").asText().equals("first_termination")
              && reset.get("best_verdict").asText().equals(reset.get("originator").asText())) {
            int port = flow.get("flow").get("client_port").asInt();
            assertTrue(notices.containsKey(port), truth + " misses port " + port);
            JsonNode told = notices.get(port).get("resets").get(0);
            assertEquals(reset.get("originator").asText(), told.get("sender").asText(), "" + truth);
            named++;
          }
        }
      }
    }
    assertTrue(named >= 4, named + " resets");
  }

  @Test
  void shouldNameTheCause() throws IOException {
    for (Path truth : files(".truth.jsonl")) {
      String story = truth.getFileName().toString().split("\\.")[0];
      if (!truth.toString().contains(".broker.")) {
        continue;
      }
      Map<Integer, JsonNode> notices = notices(liveOf(truth));
      for (JsonNode flow : Run.records(Files.readString(truth))) {
        JsonNode notice = notices.get(flow.get("flow").get("client_port").asInt());
        if (notice != null && !flow.get("root_cause").asText().equals("healthy")) {
          String cause = notice.get("ending").get("cause").asText();
          boolean late = cause.equals("client-abort") && isLate(flow);
          boolean open = (late || cause.equals("undetermined")) && isOpen(flow);
          assertTrue(open || STORIES.get(story).contains(cause), story + " told as " + notice);
        }
      }
    }
  }

  /**
   * Whether a timer of whole seconds fired late, as on a host that is busy: then nothing tells its
   * end from that of a client that died, in a file no more than live.
   */
  private static boolean isLate(JsonNode flow) {
    double idle = flow.get("rsts").get(0).get("idle_before_s").get("same_direction").asDouble();
    return idle - Math.floor(idle) > 0.1;
  }

  /** Whether the packets do not tell the cause. */
  private static boolean isOpen(JsonNode flow) {
    return flow.get("rsts").get(0).get("cause_ambiguous").asBoolean();
  }

  @Test
  void shouldCountInMetricsTheConnectionsThatItTellsOf() throws IOException {
    int told = 0;
    for (Path live : files(".live")) {
      Map<String, Long> endings = new HashMap<>();
      for (JsonNode notice : notices(live.resolve("notices-in-metrics")).values()) {
        JsonNode ending = notice.get("ending");
        String cause = ending.get("cause").asText();
        String endedBy = ending.get("ended_by").asText();
        String harmless = ending.get("benign").asText();
        endings.merge(
            Scrape.labels("cause", cause, "ended_by", endedBy, "harmless", harmless),
            1L,
            Long::sum);
        told++;
      }
      Scrape scrape = Scrape.of(live.resolve("metrics"));
      Map<String, Long> counted =
          scrape.difference(
              "rstscope_connections_ended_total", "rstscope_revised_connections_total");
      assertEquals(endings, counted, "" + live);
    }
    assertTrue(told >= 4, told + " connections");
  }

  /** Notices do not tell of each repeated reset, the summary at the end does. */
  @Test
  void shouldCountInMetricsTheResetsOfTheSummary() throws IOException {
    for (Path live : files(".live")) {
      Map<String, Long> resets = new HashMap<>();
      List<JsonNode> records = Run.records(Files.readString(Path.of(live + ".ndjson")));
      records
          .get(records.size() - 1)
          .get("resets_by_sender")
          .properties()
          .forEach(each -> resets.put(each.getKey(), each.getValue().asLong()));
      Scrape scrape = Scrape.of(live.resolve("metrics"));
      assertEquals(resets, scrape.sums("rstscope_resets_total", "sender"), "" + live);
    }
  }

  @Test
  void shouldWriteNoPassword() throws IOException {
    int outputs = 0;
    boolean sent = false;
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
        boolean holds = Files.readString(file, StandardCharsets.ISO_8859_1).contains("guest");
        if (file.toString().contains(".live")) {
          assertFalse(holds, file + " holds the password");
          outputs++;
        } else {
          sent |= holds;
        }
      }
    }
    assertTrue(sent, "no recording holds the password either");
    // for each capture the notices, what was printed and said, the metrics, and evidence
    assertTrue(outputs > 6 * files(".live").size(), outputs + " outputs");
  }
}
