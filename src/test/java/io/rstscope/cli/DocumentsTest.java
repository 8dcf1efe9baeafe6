package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The manual page and the completion that the build makes from the commands. */
class DocumentsTest {
  @TempDir private Path folder;
  private Path page;
  private Path completion;

  @BeforeEach
  void makeThem() throws IOException {
    Documents.main(new String[] {folder.toString()});
    page = folder.resolve("share/man/man1/rstscope.1");
    completion = folder.resolve("share/bash-completion/completions/rstscope");
  }

  @Test
  void shouldDocumentEveryOptionOfEveryCommand() throws IOException {
    String text = Files.readString(page).replace("\\-", "-");

    for (CommandLine command : commands().getSubcommands().values()) {
      for (OptionSpec option : command.getCommandSpec().options()) {
        assertTrue(text.contains(".B " + String.join(", ", option.names())), option.longestName());
      }
    }
    assertTrue(text.contains(".SH EXIT STATUS\n.TP\n.B 0\ndone\n"), text);
    assertTrue(text.contains("rstscope analyze broker.pcap"), text);
  }

  @Test
  void shouldBeAPageWithoutMistakes() throws Exception {
    assumeTrue(isInstalled("groff"), "groff is not installed");

    assertEquals("", run("groff", "-man", "-ww", "-b", "-z", page.toString()));
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

  private static CommandLine commands() {
    return CommandLineTool.commands(
        Console.of(OutputStream.nullOutputStream(), System.err, false, false));
  }

  private static boolean isInstalled(String tool) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(path -> Files.isExecutable(Path.of(path, tool)));
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return out;
  }
}
