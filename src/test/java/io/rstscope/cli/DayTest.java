package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rstscope.testing.day.Day;
import io.rstscope.testing.day.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Six hours of a broker with hundreds of endings of several causes side by side: among so many,
 * silences are equal by chance, which is no timer, and the timers that there are must be found.
 */
class DayTest {
  /** Share of all endings whose cause is wrong, at most. */
  private static final double WRONG = 0.01;

  /** Share of the clients that died of which that is said, at least; the rest is left open. */
  private static final double DEATHS_TOLD = 0.99;

  /** Share of the connections that the proxy's timer ended of which that is said, at least. */
  private static final double CUTS_FOUND = 0.99;

  /** Share of the clients that died on a timer's silence by chance, at most. */
  private static final double BY_CHANCE = 0.005;

  /** Share of the connections that the firewall forgot of which that is said, at least. */
  private static final double FORGOTTEN_FOUND = 0.95;

  private static final Set<String> TIMERS = Set.of("idle-timeout", "state-lost");

  @TempDir private Path folder;

  /** Root causes to the causes that were said of connections with them, how often each. */
  private final Map<String, Map<String, Integer>> said = new TreeMap<>();

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2})
  void shouldUseTheTimersThatThereAreAndNoOthers(long seed) throws IOException {
    Score score = score(new Day(Plan.SIX_HOURS, seed));
    System.out.println("---- a day, seed " + seed + "\n" + summary(score));

    assertAll(
        said.toString(),
        () -> assertEquals(List.of(), score.missed(), "missed"),
        () -> assertEquals(0, score.wrongAndSure(), "senders that are wrong and sure"),
        () -> assertTrue(share("client_crash", TIMERS) <= BY_CHANCE, "deaths taken for a timer"),
        () -> assertTrue(share("client_crash", Set.of("client-abort")) >= DEATHS_TOLD, "deaths"),
        () -> assertTrue(share("proxy_idle_timeout", TIMERS) >= CUTS_FOUND, "the proxy's timer"),
        () ->
            assertTrue(
                share("middlebox_idle_timeout", TIMERS) >= FORGOTTEN_FOUND, "the firewall's timer"),
        () -> assertTrue(1 - score.causes() <= WRONG, "wrong causes"));
  }

  @Test
  void shouldFindNoTimerInChance() throws IOException {
    Score score = score(new Day(Plan.SIX_HOURS.withoutTimers(), 3));
    System.out.println("---- a day without timers\n" + summary(score));

    assertEquals(0, share("client_crash", TIMERS), said.toString());
  }

  private Score score(Day day) throws IOException {
    Path capture = folder.resolve("day.pcap");
    day.writeTo(capture);

    Run run = Run.of("analyze", "--format", "json", "--all-flows", capture);

    assertEquals(0, run.status(), run.err());
    List<Truth> truth = Truth.of(capture);
    count(run.flows(), truth);
    Score score = new Score();
    score.add(run.flows(), truth);
    return score;
  }

  private void count(List<JsonNode> flows, List<Truth> truths) {
    Map<String, String> causes = new HashMap<>();
    for (JsonNode flow : flows) {
      JsonNode client = flow.get("client");
      causes.put(
          client.get("address").asText() + ' ' + client.get("port").asInt(),
          flow.get("ending").get("cause").asText());
    }
    for (Truth truth : truths) {
      String cause = causes.getOrDefault(truth.client() + ' ' + truth.clientPort(), "not reported");
      said.computeIfAbsent(truth.rootCause(), key -> new TreeMap<>()).merge(cause, 1, Integer::sum);
    }
  }

  private double share(String rootCause, Set<String> causes) {
    Map<String, Integer> counts = said.getOrDefault(rootCause, Map.of());
    int all = counts.values().stream().mapToInt(Integer::intValue).sum();
    return (double) causes.stream().mapToInt(cause -> counts.getOrDefault(cause, 0)).sum() / all;
  }

  /** The score's table without the single connections, and what was said of each root cause. */
  private String summary(Score score) {
    StringBuilder table = new StringBuilder();
    score
        .toString()
        .lines()
        .filter(line -> !line.matches("(SENDER|CAUSE|LOSS) .*"))
        .forEach(line -> table.append(line).append('\n'));
    said.forEach(
        (rootCause, causes) ->
            table.append(String.format(Locale.ROOT, "%-24s %s%n", rootCause, causes)));
    return table.toString();
  }
}
