package io.rstscope.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** How a command may be called. */
final class Usage {
  private Usage() {}

  /**
   * Complains of what a converter of one option cannot see.
   *
   * @throws ParameterException with the words of the mistake, unless it is right
   */
  static void require(CommandSpec command, boolean right, String mistake) {
    if (!right) {
      throw new ParameterException(command.commandLine(), mistake);
    }
  }
}
