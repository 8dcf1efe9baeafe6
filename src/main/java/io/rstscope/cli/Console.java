package io.rstscope.cli;

import io.rstscope.report.words.Printable;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Where the program speaks: data on standard output, words about the run on standard error.
 *
 * @param out data; a failed write throws, unlike one to {@link System#out}
 * @param err words
 * @param outIsTerminal whether somebody looks at {@code out}
 * @param errIsTerminal whether somebody looks at {@code err}
 */
public record Console(Writer out, PrintStream err, boolean outIsTerminal, boolean errIsTerminal) {
  private static final int BUFFER = 1 << 16;

  /**
   * That of the process. The launcher knows what is a terminal; Java 17 cannot tell for each
   * stream.
   */
  static Console system() {
    Set<String> terminals = Set.of(System.getProperty("rstscope.terminals", "").split(","));
    return of(
        new FileOutputStream(FileDescriptor.out),
        System.err,
        terminals.contains("out"),
        terminals.contains("err"));
  }

  static Console of(
      OutputStream out, PrintStream err, boolean outIsTerminal, boolean errIsTerminal) {
    Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), BUFFER);
    return new Console(writer, err, outIsTerminal, errIsTerminal);
  }

  /** Whether to colour the output (https://no-color.org). */
  public boolean colour() {
    String noColor = System.getenv("NO_COLOR");
    return outIsTerminal && !isDumb() && (noColor == null || noColor.isEmpty());
  }

  /** Whether a terminal understands more than lines. */
  public boolean isDumb() {
    return "dumb".equals(System.getenv("TERM"));
  }

  /** Columns of the terminal as the environment tells them, else 80. */
  public int columns() {
    String columns = System.getenv("COLUMNS");
    return columns != null && columns.matches("[1-9]\\d{1,3}") ? Integer.parseInt(columns) : 80;
  }

  /**
   * A line on standard error, with the program's name in front; what file names and other words
   * from elsewhere hold steers no terminal.
   */
  public void say(String message) {
    err.println("rstscope: " + Printable.of(message));
  }
}
