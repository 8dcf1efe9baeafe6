package io.rstscope.cli.options;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** How a command may be called. */
public final class Usage {
  private Usage() {}

  /**
   * Complains of what a converter of one option cannot see.
   *
   * @throws ParameterException with the words of the mistake, unless it is right
   */
  public static void require(CommandSpec command, boolean right, String mistake) {
    if (!right) {
      throw new ParameterException(command.commandLine(), mistake);
    }
  }

  /**
   * Complains of options that do nothing without another.
   *
   * @param there whether that other is given
   * @throws ParameterException when it is not, and one of the options is
   */
  public static void requireWith(
      CommandSpec command, String other, boolean there, String... options) {
    for (String option : options) {
      boolean given = command.commandLine().getParseResult().hasMatchedOption(option);
      require(command, there || !given, option + " goes with " + other);
    }
  }
}
