package io.rstscope.cli;

/** With what the program exits; scripts rely on these. */
public final class ExitStatus {
  /** All is done, or the reader of the output has seen enough. */
  public static final int DONE = 0;

  /** {@code --fail-on} met what it names. */
  public static final int FOUND = 1;

  /** The command line cannot be understood. */
  public static final int USAGE = 2;

  /** An input could not be read, or not to its end; or the output could not be written. */
  public static final int INPUT = 3;

  /** No permission, or no such device or library. */
  public static final int NOT_PERMITTED = 4;

  /** Our own mistake. */
  public static final int BUG = 70;

  private ExitStatus() {}
}
