package io.rstscope.cli;

/** The program. */
public final class Main {
  private Main() {}

  /** Runs the command line and exits with its status. */
  public static void main(String[] arguments) {
    System.exit(CommandLineTool.run(Console.system(), arguments));
  }
}
