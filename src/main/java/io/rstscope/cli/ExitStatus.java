package io.rstscope.cli;

/** With what the program exits; scripts rely on these. */
final class ExitStatus {
  static final int DONE = 0;

  /** {@code --fail-on} met what it names. */
  static final int FOUND = 1;

  static final int USAGE = 2;

  /** An input could not be read, or not to its end; or the output could not be written. */
  static final int INPUT = 3;

  /** No permission, or no such device or library. */
  static final int NOT_PERMITTED = 4;

  /** Our own mistake. */
  static final int BUG = 70;

  private ExitStatus() {}
}
