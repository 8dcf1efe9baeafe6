package io.rstscope.cli;

import io.rstscope.report.words.Printable;
import java.io.PrintStream;
import java.util.function.LongConsumer;

/** A line on a terminal that says how far a long file has been read; elsewhere nothing. */
final class Progress implements LongConsumer {
  private static final long FIRST_AFTER_NANOS = 1_000_000_000L;
  private static final long EVERY_NANOS = 200_000_000L;
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintStream err;
  private final boolean enabled;
  private final int columns;
  private final String name;
  private final long totalBytes;
  private long nextNanos = System.nanoTime() + FIRST_AFTER_NANOS;
  private boolean shown;

  /**
   * @param totalBytes size of the file, or 0 when it is not known
   */
  Progress(Console console, boolean quiet, String name, long totalBytes) {
    this.err = console.err();
    this.enabled = console.errIsTerminal() && !console.isDumb() && !quiet;
    this.columns = console.columns();
    this.name = Printable.of(name);
    this.totalBytes = totalBytes;
  }

  @Override
  public void accept(long bytesRead) {
    if (!enabled || System.nanoTime() < nextNanos) {
      return;
    }
    nextNanos = System.nanoTime() + EVERY_NANOS;
    shown = true;
    String part =
        totalBytes > 0
            ? " of " + (totalBytes >> 20) + " MiB, " + bytesRead * 100 / totalBytes + " %"
            : " MiB";
    err.print(CLEAR_LINE + line(name, ": " + (bytesRead >> 20) + part, columns));
    err.flush();
  }

  /** One row: of a line that wraps only the last could be taken away. */
  static String line(String name, String amount, int columns) {
    int room = columns - 1 - amount.length();
    boolean fits = name.length() <= room;
    return (fits ? name : "…" + name.substring(Math.max(0, name.length() - Math.max(0, room - 1))))
        + amount;
  }

  /** Takes the line away. */
  void clear() {
    if (shown) {
      err.print(CLEAR_LINE);
      err.flush();
    }
  }
}
