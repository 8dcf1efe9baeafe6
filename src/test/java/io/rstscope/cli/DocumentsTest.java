package io.rstscope.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rstscope.report.csv.Column;
import io.rstscope.report.json.Field;
import io.rstscope.testing.Needs;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The manual pages and the completion that the build makes from the commands. */
class DocumentsTest {
  private static final Path TEXTS = Path.of("src", "main", "man");

  private static final List<String> SECTIONS =
      List.of(
          "NAME",
          "SYNOPSIS",
          "DESCRIPTION",
          "OPTIONS",
          "OUTPUT",
          "EXAMPLES",
          "FILES",
          "EXIT STATUS",
          "SEE ALSO");

  @TempDir private Path folder;
  private Path pages;
  private Path completion;

  @BeforeEach
  void makeThem() throws IOException {
    Documents.main(new String[] {TEXTS.toString(), folder.toString()});
    pages = folder.resolve("share/man/man1");
    completion = folder.resolve("share/bash-completion/completions/rstscope");
  }

  @Test
  void shouldWriteAPageForEachTextAndFillItIn() throws IOException {
    assertEquals(names(TEXTS), names(pages));
    for (String page : names(pages)) {
      assertFalse(Files.readString(pages.resolve(page)).lines().anyMatch(l -> l.startsWith("@")));
    }
  }

  @Test
  void shouldDocumentEveryOptionOfEveryCommand() throws IOException {
    for (CommandSpec command : commands()) {
      String page = page(command);
      for (OptionSpec option : command.options()) {
        assertTrue(page.contains(".B " + String.join(", ", option.names())), option.longestName());
      }
      assertTrue(page.contains("rstscope " + command.name() + " "), "no example: " + page);
    }
  }

  @Test
  void shouldHaveTheSectionsThatPagesOfCommandsHave() throws IOException {
    for (CommandSpec command : commands()) {
      List<String> sections =
          page(command).lines().filter(l -> l.startsWith(".SH ")).map(l -> l.substring(4)).toList();
      assertEquals(SECTIONS, sections.stream().filter(SECTIONS::contains).toList());
    }
  }

  @Test
  void shouldDocumentEveryFieldAndColumnOfTheReport() throws IOException {
    String analyze = read("rstscope-analyze.1");
    String watch = read("rstscope-watch.1");

    for (Field field : Field.values()) {
      String item = item(field.word(), field.explanation());
      assertTrue(analyze.contains(item) || watch.contains(item), item);
    }
    for (Column column : Column.values()) {
      assertTrue(analyze.contains(item(column.word(), column.explanation())), column.word());
    }
    assertTrue(watch.contains("\n.B revision\n") && !analyze.contains("\n.B revision\n"));
    assertTrue(analyze.contains("\n.B broker_log.user\n"));
    assertFalse(watch.contains("\n.B broker_log"), watch);
  }

  @Test
  void shouldSayWhichFieldsAWatchedConnectionHas() throws IOException {
    String watch = read("rstscope-watch.1");

    for (String name :
        List.of(
            "number", "revision", "dropped_near", "clock_step_s", "not_captured_s", "capture")) {
      assertTrue(watch.contains("\n.B " + name + "\n"), name);
    }
  }

  /** As {@code man -l} has them shown. */
  @Test
  void shouldBePagesWithoutMistakes() throws Exception {
    Needs.GROFF.require(isInstalled("groff"), "groff is not installed");

    for (String page : names(pages)) {
      String file = pages.resolve(page).toString();
      assertEquals("", run("groff", "-man", "-Tutf8", "-ww", "-b", "-z", file), page);
    }
  }

  @Test
  void shouldCompleteCommandsAndOptions() throws Exception {
    assumeTrue(isInstalled("bash"), "bash is not installed");

    assertEquals(List.of("analyze"), complete("rstscope", "an"));
    assertEquals(List.of("--broker-log"), complete("rstscope", "analyze", "--bro"));
    assertTrue(complete("rstscope", "analyze", "--").containsAll(List.of("--flow", "--pcapng")));
  }

  private List<String> complete(String... words) throws Exception {
    String script =
        ". '%s'; exec 2>&-; COMP_WORDS=(%s); COMP_CWORD=%d; _complete_rstscope; printf '%%s\\n' \"${COMPREPLY[@]}\""
            .formatted(completion, String.join(" ", words), words.length - 1);
    return run("bash", "-c", script).lines().map(String::strip).toList();
  }

  private static List<CommandSpec> commands() {
    Console nobody = Console.of(OutputStream.nullOutputStream(), System.err, false, false);
    return CommandLineTool.commands(nobody).getSubcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .filter(command -> !command.helpCommand())
        .toList();
  }

  private String page(CommandSpec command) throws IOException {
    return read("rstscope-" + command.name() + ".1");
  }

  private String read(String page) throws IOException {
    return Files.readString(pages.resolve(page)).replace("\\-", "-");
  }

  private static String item(String word, String explanation) {
    return ".TP\n.B " + word + "\n" + explanation + "\n";
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static boolean isInstalled(String tool) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(path -> Files.isExecutable(Path.of(path, tool)));
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return out;
  }
}
