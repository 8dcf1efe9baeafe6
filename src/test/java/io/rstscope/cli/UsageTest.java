package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rstscope.report.Vocabulary;
import io.rstscope.report.Vocabulary.Kind;
import io.rstscope.testing.Needs;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands and options, right and wrong, and what the program says of itself. */
class UsageTest {
  private static final int WIDTH = 80;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "\"\"                        | Missing a command: analyze, watch, record, interfaces, doctor, explain, schema, archive or fleet",
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
        "analyze --vantage here x    | 'here' is not [FILE=]client|broker|middle",
        "analyze --vantage x=here x  | 'x=here' is not [FILE=]client|broker|middle",
        "analyze --vantage y=client x| --vantage names y, which is none of the captures",
        "analyze --vantage client --vantage broker x | --vantage is given twice",
        "analyze -f host@broker1 x   | the filter names 'broker1': give its address",
        "watch -i lo -f src@net@lan  | the filter names 'lan': give its address",
        "analyze --log-zone UTC x    | --log-zone goes with --broker-log",
        "analyze --payload x         | --payload goes with --pcapng",
        "analyze --other-side y -    | --other-side reads captures twice, and - can be read only once",
        "analyze --since 2026-11-20T12:00:00Z --until 2026-11-20T11:00:00Z x | --until is before",
        "analyze --format csv --format json x | should be specified only once",
        "watch -i lo --payload       | --payload goes with --write",
        "watch -i lo --write-size 1M | --write-size goes with --write",
        "watch -i lo --json-keep 3   | --json-keep goes with --json",
        "watch -i lo --management-ca x | --management-ca goes with --management",
        "watch -i lo --management http://[::1] | --management needs --management-user and",
        "watch -i lo --management http://broker --management-user u --management-password-file p |"
            + " --management would send the password unencrypted: use https",
        "watch -i lo --management http://[::1] --management-user u:p --management-password-file p |"
            + " --management-user may hold no colon",
        "watch -i lo --connections c --management http://[::1] --management-user u"
            + " --management-password-file p | --connections and --management say the same",
        "watch -i lo --incident-every 5m | --incident-every goes with --on-incident",
        "watch -i lo --on-incident /nowhere@-x | --on-incident: there is no program /nowhere",
        "watch -i lo --on-incident /etc/passwd | --on-incident: this user may not execute /etc/passwd",
        "watch -i lo --on-incident /bin/sh@-c@$x | --on-incident is run without a shell: quotes,",
        "watch -i lo --for soon      | 'soon' is not a time",
        "watch                       | name an interface (-i) or a capture",
        "record                      | name an interface (-i), or any",
        "record -i lo --file-size 9K | --file-size must be 64K or more",
        "record -i lo --files 0      | --files must be 1 or more",
        "record -i lo --until-loss 5 | '5' is not a time",
        "record --print --for 5m     | tcpdump has no such ring: --print goes without --for",
        "interfaces --nonsense       | Unknown option: '--nonsense'",
        "doctor eth0                 | Unmatched argument at index 1: 'eth0'",
        "analyze --fail-on lots x    | 'lots' is neither lost, nor a cause, nor a sender",
        "watch -i lo -s 127          | --snap-length must be 128 to 262144",
        "explain nonsense            | unknown term 'nonsense'; 'rstscope explain' lists the kinds of terms",
        "explain silent-dorp         | unknown term 'silent-dorp'; did you mean silent-drop?",
        "explain one two             | Unmatched argument at index 2: 'two'",
      })
  void shouldSayWhatIsWrongWithTheUsage(String arguments, String mistake) {
    String[] words = arguments.isEmpty() ? new String[0] : arguments.split(" +");
    // a space within an argument
    Run run = Run.of(Stream.of(words).map(word -> word.replace('@', ' ')).toArray());

    assertAll(
        () -> assertEquals(2, run.status()),
        () -> assertEquals("", run.out()),
        () -> assertTrue(run.err().startsWith("rstscope: "), run.err()),
        () -> assertTrue(run.err().contains(mistake), run.err()),
        () -> assertTrue(run.err().contains("\nUsage: rstscope"), run.err()),
        () -> assertTrue(run.err().endsWith(" --help' shows the options.\n"), run.err()));
  }

  @Test
  void shouldSuggestToAnalyzeAFileThatIsNamedForACommand() {
    Path capture = Run.CAPTURES.resolve("normal-close.broker.pcap");

    Run file = Run.of(capture);
    Run missing = Run.of("no-such.pcap");

    assertEquals(2, file.status());
    assertTrue(file.err().contains("\nDid you mean: rstscope analyze " + capture + "\n"));
    assertEquals(2, missing.status());
    assertFalse(missing.err().contains("rstscope analyze no-such.pcap"), missing.err());
  }

  @Test
  void shouldCaptureEnoughOfAPacketForTheNamesOfPikaAndJava() {
    String help = Run.of("watch", "--help").out().replaceAll("\\s+", " ");

    assertTrue(help.contains("128 to 262144 (default: 512)"), help);
  }

  @Test
  void shouldSayThatAFilterIsWrong() {
    Run run = Run.of("analyze", "--filter", "tcp porf 5672", "x");

    Needs.LIBPCAP.require(run.status() != 4, run.err().strip());
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
  void shouldTakeItForEachCapture() {
    Path one = Run.CAPTURES.resolve("normal-close.broker.pcap");
    Path two = Run.CAPTURES.resolve("normal-close.client.pcapng");
    Path three = Run.CAPTURES.resolve("normal-close.middle.pcap");

    JsonNode captures =
        Run.of(
                "analyze",
                "--format=json",
                "--vantage=client",
                "--vantage=normal-close.broker.pcap=middle",
                "--vantage=" + two + "=broker",
                one,
                two,
                three)
            .summary()
            .get("captures");

    assertEquals("middle", captures.get(0).get("vantage").asText());
    assertEquals("broker", captures.get(1).get("vantage").asText());
    assertEquals("client", captures.get(2).get("vantage").asText());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "host 10.0.0.1 or 10.0.0.2 and tcp port amqp",
        "src net 10.1 and not dst host fe80::1",
        "ether host 02:00:00:00:00:01 and ip proto 6",
        "tcp[tcpflags] & (tcp-rst|tcp-fin) != 0 and dst 10.0.0.1",
        "src or dst port amqps",
        "gateway snup",
      })
  void shouldRefuseOfAFilterOnlyNamesOfHosts(String filter) {
    Run run = Run.of("analyze", "-f", filter, Run.CAPTURES.resolve("normal-close.broker.pcap"));

    assertEquals(filter.contains("snup"), run.err().contains("the filter names"), run.err());
    assertEquals(filter.contains("snup") ? 2 : 0, run.status(), run.err());
  }

  @Test
  void shouldRefuseAVantageThatSaysNothing() {
    assertEquals(2, Run.of("analyze", "--vantage", "unknown", Run.CAPTURES).status());
  }

  @Test
  void shouldTellItsExitStatuses() {
    String help = Run.of("--help").out();

    for (int status : new int[] {0, 1, 2, 3, 4, 70, 130}) {
      assertTrue(help.contains("\n  " + status + "  "), help);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "analyze --version", "explain -V"})
  void shouldTellItsVersion(String arguments) {
    Run run = Run.of((Object[]) arguments.split(" "));

    assertEquals(0, run.status(), run.err());
    assertTrue(run.out().matches("rstscope \\d+\\.\\d+\\.\\d+(-rc|-SNAPSHOT)?\n"), run.out());
  }

  @Test
  void shouldShowTheKindsOfTermsWithTheirNumbers() {
    Run run = Run.of("explain");

    assertEquals(0, run.status(), run.err());
    assertEquals("", tooWide(run));
    assertTrue(run.out().startsWith("  sender "), run.out());
    assertTrue(run.out().matches("(?s).*\n  cause +23  why a connection ended\n.*"), run.out());
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void shouldListAKind(Kind kind) {
    Run run = Run.of("explain", kind.word());

    assertEquals(0, run.status(), run.err());
    assertEquals("", tooWide(run));
    for (Vocabulary.Entry entry : Vocabulary.of(kind)) {
      assertTrue(run.out().contains("\n  " + entry.word() + "\n"), entry.word());
    }
  }

  @Test
  void shouldExplainAllThatBeginsWithAWord() {
    Run run = Run.of("explain", "idle-");

    assertEquals(0, run.status(), run.err());
    assertTrue(run.out().startsWith("cause\n  idle-timeout\n"), run.out());
    assertTrue(run.out().contains("\n  idle-as-long-as-timers\n"), run.out());
  }

  @Test
  void shouldNameRelatedTerms() {
    Run run = Run.of("explain", "idle");

    assertEquals(0, run.status(), run.err());
    assertEquals("", tooWide(run));
    String related = run.out().substring(run.out().indexOf("\n  See also: "));
    assertTrue(related.contains("idle-timeout, "), related);
    assertTrue(related.contains("idle_s"), related);
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
