package io.rstscope.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The documents of the project, and those parts of them that the program writes: they stand between
 * two lines {@code <!-- NAME -->}.
 *
 * <p>With {@code -Dpages.write} a test writes its part anew.
 */
public final class Pages {
  public static final Path README = Path.of("README.md");
  public static final Path SITE = Path.of("src", "site", "markdown");

  private Pages() {}

  /** All documents that people read on their way to the program, and into it. */
  public static List<Path> all() throws IOException {
    List<Path> folders =
        List.of(
            Path.of("."),
            SITE,
            Path.of(".github"),
            Path.of("captures"),
            Path.of("captures/lab"),
            Path.of("native-notes"),
            Path.of("src/bench"),
            Path.of("src/fuzz"));
    try (Stream<Path> files = folders.stream().flatMap(Pages::documents)) {
      return files.map(Path::normalize).sorted().toList();
    }
  }

  private static Stream<Path> documents(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".md")).toList().stream();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The lines between the two marks, without empty ones around them. */
  public static String part(Path page, String name) throws IOException {
    String text = Files.readString(page);
    return text.substring(begin(text, name), end(text, name)).strip();
  }

  /** Fails unless the page has exactly this between its marks. */
  public static void assertHolds(Path page, String name, String part) throws IOException {
    if (System.getProperty("pages.write") != null) {
      String text = Files.readString(page);
      Files.writeString(
          page,
          text.substring(0, begin(text, name))
              + "\n"
              + part.stripTrailing()
              + "\n\n"
              + text.substring(end(text, name)));
    }
    assertEquals(
        part.strip(), part(page, name), page + " is old: run the test with -Dpages.write=1");
  }

  /** A row of a table. */
  public static String row(String... cells) {
    return "| " + String.join(" | ", Stream.of(cells).map(Pages::escape).toList()) + " |\n";
  }

  /** Text whose signs mean themselves. */
  public static String escape(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*");
  }

  private static int begin(String text, String name) {
    int mark = text.indexOf(mark(name));
    assertTrue(mark >= 0, "no " + mark(name));
    return mark + mark(name).length();
  }

  private static int end(String text, String name) {
    int end = text.indexOf(mark(name), begin(text, name));
    assertTrue(end >= 0, "only one " + mark(name));
    return end;
  }

  private static String mark(String name) {
    return "<!-- " + name + " -->\n";
  }
}
