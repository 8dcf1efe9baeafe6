package io.rstscope.judge.advice;

/**
 * A command that confirms a cause, or shows it to be wrong.
 *
 * @param on where to run it: {@code client 10.0.0.7}, {@code broker 10.0.0.2}, {@code the proxy}
 * @param lookFor what its output tells, a phrase
 * @param command one line for a POSIX shell, or the name of a Windows program; whatever comes from
 *     the capture in it is quoted
 */
public record Check(String on, String lookFor, String command) {
  // By hand: those of a record take 5 ms at their first use (native-notes/memory.md).
  @Override
  public boolean equals(Object other) {
    return other instanceof Check that
        && on.equals(that.on)
        && lookFor.equals(that.lookFor)
        && command.equals(that.command);
  }

  @Override
  public int hashCode() {
    return 31 * on.hashCode() + command.hashCode();
  }
}
