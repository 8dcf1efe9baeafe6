package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.report.Vocabulary;
import io.rstscope.testing.Pages;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;

/**
 * The documents: their commands can be given, their options are there, their links lead somewhere.
 */
class PagesTest {
  private static final String INDENT = "    ";

  /** The program where a command begins, up to where the shell begins something else. */
  private static final Pattern COMMAND =
      Pattern.compile("(?:^\\s*|[|&$] |sudo |unshare -rn |/bin/)rstscope ((?:'[^']*'|[^'|>#&`])+)");

  private static final Pattern INLINE = Pattern.compile("`([^`\n]+)`");
  private static final Pattern WORD = Pattern.compile("(?:'[^']*'|[^\\s'])+");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:\\s]+)(?:#[^)]*)?\\)");

  static List<Path> pages() throws IOException {
    return Pages.all();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void shouldHaveNoCommandThatCannotBeGiven(Path page) throws IOException {
    for (String line : codeLines(Files.readString(page))) {
      Matcher command = COMMAND.matcher(line);
      while (command.find()) {
        check(words(command.group(1)), page + ": " + line.strip());
      }
    }
  }

  /** What the text mentions may lack what it is about: {@code rstscope watch}. */
  @ParameterizedTest
  @MethodSource("pages")
  void shouldMentionNoCommandThatIsNotThere(Path page) throws IOException {
    for (String code : inline(Files.readString(page))) {
      Matcher command = COMMAND.matcher(code);
      if (command.find()) {
        try {
          check(words(command.group(1)), page + ": " + code);
        } catch (MissingParameterException e) {
          assertFalse(e.getMessage().isEmpty());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void shouldMentionNoOptionThatIsNotThere(Path page) throws IOException {
    List<String> options = options();
    for (String code : inline(Files.readString(page))) {
      String option = code.split("[ =]", 2)[0];
      if (option.startsWith("--") && isOfUsers(page)) {
        assertTrue(options.contains(option), page + ": " + code);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void shouldLinkToWhatIsThere(Path page) throws IOException {
    Matcher link = LINK.matcher(Files.readString(page));
    while (link.find()) {
      Path target = page.resolveSibling(link.group(1));
      assertTrue(Files.exists(target), page + ": " + link.group(1));
    }
  }

  @Test
  void shouldReadCommandsAsAShellDoes() {
    Matcher command =
        COMMAND.matcher("    cat x | sudo /opt/bin/rstscope analyze -f 'a | b' c # d");

    assertTrue(command.find());
    assertEquals(List.of("analyze", "-f", "a | b", "c"), words(command.group(1)));
  }

  /** Pages of developers speak of other tools' options, too. */
  private static boolean isOfUsers(Path page) {
    return page.equals(Pages.README) || page.startsWith(Pages.SITE);
  }

  private static void check(List<String> words, String where) {
    try {
      commands().parseArgs(words.toArray(String[]::new));
    } catch (MissingParameterException e) {
      throw e;
    } catch (CommandLine.ParameterException e) {
      throw new AssertionError(where + ": " + e.getMessage(), e);
    }
    if (words.get(0).equals("explain") && words.size() == 2 && !isPlaceholder(words.get(1))) {
      assertFalse(Vocabulary.find(words.get(1)).isEmpty(), where);
    }
  }

  /** As in {@code rstscope explain WORD}. */
  private static boolean isPlaceholder(String word) {
    return word.equals(word.toUpperCase(Locale.ROOT));
  }

  private static List<String> words(String command) {
    return WORD.matcher(command).results().map(word -> word.group().replace("'", "")).toList();
  }

  private static List<String> codeLines(String text) {
    return text.replace("\\\n", " ").lines().filter(line -> line.startsWith(INDENT)).toList();
  }

  private static List<String> inline(String text) {
    List<String> found = new ArrayList<>();
    Matcher code = INLINE.matcher(text);
    while (code.find()) {
      found.add(code.group(1));
    }
    return found;
  }

  private static List<String> options() {
    return Stream.concat(Stream.of(commands()), commands().getSubcommands().values().stream())
        .flatMap(command -> command.getCommandSpec().optionsMap().keySet().stream())
        .toList();
  }

  private static CommandLine commands() {
    return CommandLineTool.commands(
            Console.of(OutputStream.nullOutputStream(), System.err, false, false))
        .setCaseInsensitiveEnumValuesAllowed(true);
  }
}
