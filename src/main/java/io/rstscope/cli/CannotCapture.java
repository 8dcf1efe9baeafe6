package io.rstscope.cli;

import io.rstscope.capture.live.LiveException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Says why an interface cannot be captured, and what to run so that it can. */
final class CannotCapture {
  private CannotCapture() {}

  /** Returns the exit status. */
  static int explain(LiveException failure, CommandLine command, Console console) {
    return switch (failure.reason()) {
      case WRONG_FILTER -> throw new ParameterException(command, failure.getMessage());
      case NOT_PERMITTED -> {
        console.say(failure.getMessage());
        console.say("capturing needs CAP_NET_RAW. Run it as root:");
        console.err().println("  sudo " + commandLine());
        console.say("or with nothing but that capability, as user " + user() + ":");
        console
            .err()
            .println(
                "  sudo setpriv --reuid "
                    + user()
                    + " --regid "
                    + user()
                    + " --init-groups --inh-caps +net_raw --ambient-caps +net_raw "
                    + commandLine());
        console.say("or as a service: see 'Watching' in README.md");
        yield ExitStatus.NOT_PERMITTED;
      }
      case NO_SUCH_INTERFACE -> {
        console.say(failure.getMessage() + ". 'rstscope interfaces' lists them");
        yield ExitStatus.NOT_PERMITTED;
      }
      case NO_LIBRARY, FAILED -> {
        console.say(failure.getMessage());
        yield ExitStatus.NOT_PERMITTED;
      }
    };
  }

  private static String user() {
    return System.getProperty("user.name", "nobody");
  }

  /** As it was started, as far as that is known. */
  private static String commandLine() {
    return "rstscope watch ...";
  }
}
