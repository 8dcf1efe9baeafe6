package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.testing.Pages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The first page that people read: short, and true. */
class ReadmeTest {
  private static final int MOST_LINES = 120;
  private static final String SCREEN = "first screen";
  private static final String CAPTURE = "proxy-idle-timeout.broker.pcap";

  /** Of the report; where it is longer, an ellipsis follows. */
  private static final int SCREEN_LINES = 28;

  @Test
  void shouldBeRead() throws IOException {
    int lines = Files.readAllLines(Pages.README).size();

    assertTrue(lines <= MOST_LINES, lines + " lines");
  }

  @Test
  void shouldShowTheFirstScreenAsItIs() throws IOException {
    List<String> report =
        Run.of("analyze", Run.CAPTURES.resolve(CAPTURE)).out().stripTrailing().lines().toList();
    String screen =
        report.stream()
            .limit(SCREEN_LINES)
            .map(line -> ("    " + line).stripTrailing())
            .collect(Collectors.joining("\n"));
    String more = report.size() > SCREEN_LINES ? "\n    ..." : "";

    Pages.assertHolds(
        Pages.README,
        SCREEN,
        "    $ rstscope analyze captures/" + CAPTURE + "\n" + screen.stripTrailing() + more);
  }

  @Test
  void shouldGiveNoCapabilityToJava() throws IOException {
    assertFalse(Files.readString(Pages.README).contains("setcap"));
  }

  @Test
  void shouldRunTheTestsAsTheBuildServerDoes() throws IOException {
    String command = "mvn -B verify";

    assertEquals(
        List.of("    " + command),
        Files.readAllLines(Pages.README).stream().filter(l -> l.contains(command)).toList());
    assertTrue(Files.readAllLines(Path.of(".ci", "run")).contains(command));
  }
}
