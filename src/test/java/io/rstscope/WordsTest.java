package io.rstscope;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.cli.Run;
import io.rstscope.report.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What users read says it in the terms of the field: none of those that {@code words.tsv} replaces.
 */
class WordsTest {
  private static final Path MAIN = Path.of("src", "main");

  /** A comment, a character, or strings that a plus joins. */
  private static final Pattern JAVA =
      Pattern.compile(
          "//[^\n]*|(?s:/\\*.*?\\*/)|'(?:\\\\.|[^'\\\\\n])+'"
              + "|(\"(?:\\\\.|[^\"\\\\\n])*\"(?:\\s*\\+\\s*\"(?:\\\\.|[^\"\\\\\n])*\")*)");

  private static final Pattern JAVASCRIPT =
      Pattern.compile("//[^\n]*|(?s:/\\*.*?\\*/)|(\"[^\"\n]*\"|`[^`]*`)");

  private static final Pattern JOIN = Pattern.compile("\"\\s*\\+\\s*\"");

  private record Term(Pattern before, String say) {}

  private final List<Term> terms = terms();

  private static List<Term> terms() {
    try (Stream<String> lines =
        Files.lines(Path.of("src", "test", "resources", "io", "rstscope", "words.tsv"))) {
      return lines
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .map(line -> line.split("\t"))
          .map(row -> new Term(Pattern.compile(row[0], Pattern.CASE_INSENSITIVE), row[1]))
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void shouldUseTheFieldsTermsInTheSources() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : files(".java")) {
      for (String phrase : phrases(JAVA, file)) {
        found.addAll(found(file.getFileName().toString(), phrase));
      }
    }

    assertEquals(List.of(), found);
  }

  @Test
  void shouldUseTheFieldsTermsOnThePage() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : files(".js")) {
      for (String phrase : phrases(JAVASCRIPT, file)) {
        found.addAll(found(file.getFileName().toString(), phrase));
      }
    }
    for (Path file : files(".html")) {
      found.addAll(found(file.getFileName().toString(), Files.readString(file)));
    }

    assertEquals(List.of(), found);
  }

  @Test
  void shouldUseTheFieldsTermsInTheTablesOfCausesAndRemedies() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : files(".txt")) {
      for (String line : Files.readAllLines(file)) {
        String[] columns = line.split("\\|");
        if (!line.startsWith("#") && columns.length > 2) {
          found.addAll(found(file.getFileName().toString(), columns[2]));
        }
      }
    }

    assertEquals(List.of(), found);
  }

  @Test
  void shouldUseTheFieldsTermsInTheVocabulary() {
    List<String> found = new ArrayList<>();
    for (Vocabulary.Entry entry : Vocabulary.all()) {
      found.addAll(found(entry.word(), entry.explanation() + " | " + entry.reason()));
    }

    assertEquals(List.of(), found);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "analyze",
        "watch",
        "record",
        "interfaces",
        "doctor",
        "explain",
        "schema",
        "archive",
        "fleet"
      })
  void shouldUseTheFieldsTermsInTheHelp(String command) {
    Run help = Run.of(command, "--help");

    assertTrue(help.out().contains(command));
    assertEquals(List.of(), found("help", help.out()));
    assertEquals(List.of(), found("help", Run.of("--help").out()));
  }

  @Test
  void shouldUseTheFieldsTermsInReports(@TempDir Path folder) throws IOException {
    Path page = folder.resolve("page.html");
    Run text = Run.of("analyze", "-v", "--top", "0", "--html", page, Run.CAPTURES);
    String html = Files.readString(page);
    String data = html.substring(html.indexOf("<script type=\"application/json\""));

    assertTrue(text.out().contains("idle-timeout"));
    assertEquals(List.of(), found("text", text.out()));
    assertEquals(List.of(), found("page", data.substring(0, data.indexOf("</script>"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "src/main/man", "src/site/markdown"})
  void shouldUseTheFieldsTermsInDocuments(String place) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of(place))) {
      for (Path file : files.filter(WordsTest::isForUsers).sorted().toList()) {
        found.addAll(found(file.getFileName().toString(), Files.readString(file)));
      }
    }

    assertEquals(List.of(), found);
  }

  /** Who changes the code, or reads what changed, meets its names. */
  private static boolean isForUsers(Path file) {
    String name = file.getFileName().toString();
    return Files.isRegularFile(file)
        && !name.equals("architecture.md")
        && !name.equals("changelog.md");
  }

  @Test
  void shouldFindATermThatWasReplaced() {
    assertEquals(1, found("", "the client fell silent").size());
    assertEquals(List.of(), found("", "silent-drop: the client was idle"));
  }

  private List<String> found(String where, String text) {
    String oneLine = text.replaceAll("\\s+", " ");
    List<String> found = new ArrayList<>();
    for (Term term : terms) {
      Matcher matcher = term.before().matcher(oneLine);
      while (matcher.find()) {
        String around =
            oneLine.substring(
                Math.max(matcher.start() - 50, 0), Math.min(matcher.end() + 30, oneLine.length()));
        found.add(where + ": \"" + around + "\", say: " + term.say());
      }
    }
    return found;
  }

  private static List<Path> files(String end) throws IOException {
    try (Stream<Path> files = Files.walk(MAIN)) {
      List<Path> found = files.filter(file -> file.toString().endsWith(end)).sorted().toList();
      assertTrue(!found.isEmpty(), end);
      return found;
    }
  }

  /** Strings of two words or more: a name is no phrase. */
  private static List<String> phrases(Pattern language, Path file) throws IOException {
    return language
        .matcher(Files.readString(file))
        .results()
        .map((MatchResult each) -> each.group(1))
        .filter(each -> each != null)
        .map(each -> JOIN.matcher(each).replaceAll(""))
        .map(each -> each.substring(1, each.length() - 1))
        .filter(each -> each.strip().contains(" "))
        .toList();
  }
}
