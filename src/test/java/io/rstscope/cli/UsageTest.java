package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rstscope.report.Vocabulary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands and options, right and wrong, and what the program says of itself. */
class UsageTest {
  private static final int WIDTH = 80;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "\"\"                        | Missing a command: analyze, watch, interfaces, doctor or explain",
        "explian                     | Unmatched argument at index 0: 'explian'",
        "explian                     | Did you mean: rstscope explain",
        "--nonsense                  | Unknown option: '--nonsense'",
        "analyze                     | Missing required parameter: 'FILE'",
        "analyze --nonsense x        | Unknown option: '--nonsense'",
        "analyze --port 0 x          | port 0 is not within 1 to 65535",
        "analyze --port 5672- x      | '' in '5672-' is not a port",
        "analyze --port 9-8 x        | port range '9-8' runs backwards",
        "analyze --format xml x      | expected one of [TEXT, JSON, CSV]",
        "analyze --top -1 x          | --top must be 0 or more",
        "analyze --top many x        | 'many' is not a whole number",
        "analyze --top 9999999999 x  | '9999999999' is not a whole number up to 2147483647",
        "analyze --max-flows 0 x     | --max-flows must be 1 or more",
        "analyze --fail-on lots x    | 'lots' is neither lost, nor a cause, nor a sender",
        "watch -i lo -s 127          | --snap-length must be 128 to 262144",
        "explain nonsense            | No such word: 'nonsense'. 'rstscope explain' lists them all.",
        "explain one two             | Unmatched argument at index 2: 'two'",
      })
  void shouldSayWhatIsWrongWithTheUsage(String arguments, String mistake) {
    Run run = Run.of((Object[]) (arguments.isEmpty() ? new String[0] : arguments.split(" +")));

    assertAll(
        () -> assertEquals(2, run.status()),
        () -> assertEquals("", run.out()),
        () -> assertTrue(run.err().startsWith("rstscope: "), run.err()),
        () -> assertTrue(run.err().contains(mistake), run.err()),
        () -> assertTrue(run.err().contains("\nUsage: rstscope"), run.err()),
        () -> assertTrue(run.err().endsWith(" --help' tells more.\n"), run.err()));
  }

  @Test
  void shouldSayThatAFilterIsWrong() {
    Run run = Run.of("analyze", "--filter", "tcp porf 5672", "x");

    if (run.status() == 4) {
      assertTrue(run.err().startsWith("rstscope: libpcap is not installed"), run.err());
      return;
    }
    assertAll(
        () -> assertEquals(2, run.status()),
        () -> assertEquals("", run.out()),
        () ->
            assertTrue(
                run.err().startsWith("rstscope: the filter 'tcp porf 5672' is wrong: "),
                run.err()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "analyze --help", "explain --help", "help", "help analyze"})
  void shouldHelpWithinTheWidthOfATerminal(String arguments) {
    Run run = Run.of((Object[]) arguments.split(" "));

    assertAll(
        () -> assertEquals(0, run.status()),
        () -> assertEquals("", run.err()),
        () -> assertTrue(run.out().startsWith("Usage: rstscope"), run.out()),
        () -> assertEquals("", tooWide(run)));
  }

  @Test
  void shouldTakeItsUsersWordForWhereTheCaptureWasTaken() {
    Object capture = Run.CAPTURES.resolve("normal-close.broker.pcap");

    JsonNode given =
        Run.of("analyze", "--format", "json", "--vantage", "middle", capture)
            .summary()
            .get("captures")
            .get(0);
    JsonNode inferred =
        Run.of("analyze", "--format", "json", capture).summary().get("captures").get(0);

    assertAll(
        () -> assertEquals("middle", given.get("vantage").asText()),
        () -> assertEquals("given", given.get("vantage_from").asText()),
        () -> assertEquals("broker", inferred.get("vantage").asText()),
        () -> assertEquals("inferred", inferred.get("vantage_from").asText()));
  }

  @Test
  void shouldRefuseAVantageThatSaysNothing() {
    assertEquals(2, Run.of("analyze", "--vantage", "unknown", Run.CAPTURES).status());
  }

  @Test
  void shouldTellItsExitStatuses() {
    String help = Run.of("--help").out();

    for (int status : new int[] {0, 1, 2, 3, 4, 70}) {
      assertTrue(help.contains("\n  " + status + "  "), help);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "analyze --version", "explain -V"})
  void shouldTellItsVersion(String arguments) {
    Run run = Run.of((Object[]) arguments.split(" "));

    assertEquals(0, run.status(), run.err());
    assertTrue(run.out().matches("rstscope \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\n"), run.out());
  }

  @Test
  void shouldExplainEveryWord() {
    Run run = Run.of("explain");

    assertEquals(0, run.status(), run.err());
    assertEquals("", tooWide(run));
    for (Vocabulary.Entry entry : Vocabulary.all()) {
      assertTrue(run.out().contains("\n  " + entry.word() + "\n"), entry.word());
    }
  }

  @Test
  void shouldExplainOneWord() {
    Run run = Run.of("explain", "Idle-Timeout");

    assertEquals(0, run.status(), run.err());
    assertTrue(run.out().startsWith("cause\n  idle-timeout\n      "), run.out());
  }

  @Test
  void shouldExplainAFactWithWhatItSaysOfCausesAndWhy() {
    Run run = Run.of("explain", "busy");

    assertEquals(0, run.status(), run.err());
    assertEquals("", tooWide(run));
    assertTrue(run.out().startsWith("fact\n  busy\n      the connection was in use"), run.out());
    assertTrue(run.out().contains("\n      +0.4  client-abort\n"), run.out());
    assertTrue(run.out().contains("\n      -9.0  idle-timeout\n"), run.out());
    assertTrue(run.out().contains("\n      because no idle timer counts"), run.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"idle-timeout", "slow-consumer", "consumer-timeout", "rejected-by-host"})
  void shouldExplainACauseWithTheFactsForAndAgainstIt(String cause) {
    Run run = Run.of("explain", cause);

    assertEquals(0, run.status(), run.err());
    assertEquals("", tooWide(run));
    assertTrue(run.out().startsWith("cause\n  " + cause + "\n      "), run.out());
    assertTrue(run.out().contains("\n\n      Facts for it, with their weights"), run.out());
    assertTrue(run.out().contains("\n      +"), run.out());
    assertEquals(
        cause.equals("idle-timeout"),
        run.out().contains("\n\n      Facts against it:\n      -9.0  busy: the connection"),
        run.out());
  }

  private static String tooWide(Run run) {
    return run.out().lines().filter(line -> line.length() > WIDTH).findFirst().orElse("");
  }
}
