package io.rstscope.cli;

import io.rstscope.capture.live.LiveException;
import io.rstscope.capture.live.LiveException.Reason;
import io.rstscope.report.words.Printable;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Says why an interface cannot be captured, and what to run so that it can. */
final class CannotCapture {
  /** Said plainly, as the group's name does not say it. */
  static final String OR_ANOTHER_PROGRAM =
      """
      or let dumpcap of Wireshark capture, which its group may execute: as root, on Debian,
        dpkg-reconfigure wireshark-common && usermod -aG wireshark USER
      Whoever is in that group reads all traffic of this host, passwords included.\
      """;

  private CannotCapture() {}

  /**
   * Tells it on standard error.
   *
   * @return the exit status
   */
  static int explain(LiveException failure, CommandLine command, Console console) {
    if (failure.reason() == Reason.WRONG_FILTER) {
      throw new ParameterException(command, failure.getMessage());
    }
    console.say(failure.getMessage());
    switch (failure.reason()) {
      case NOT_PERMITTED -> {
        List<String> arguments = command.getParent().getParseResult().originalArgs();
        String again =
            arguments.stream().map(CannotCapture::quoted).collect(Collectors.joining(" "));
        // several lines, unlike what a file name may make of a message
        console.err().println("rstscope: " + howToGetPrivilege(Printable.of(again)));
        console.err().println(OR_ANOTHER_PROGRAM);
      }
      case NO_SUCH_INTERFACE -> console.say("'rstscope interfaces' lists the interfaces");
      default -> console.say("'rstscope doctor' checks for the reason");
    }
    return ExitStatus.NOT_PERMITTED;
  }

  /**
   * A command that does what was meant, with the privilege for it and no other.
   *
   * @param arguments behind the program's name
   */
  static String howToGetPrivilege(String arguments) {
    String user = System.getProperty("user.name", "nobody");
    return "run it with CAP_NET_RAW and no other privilege:\n"
        + "  sudo setpriv --reuid %s --regid $(id -g %s) --init-groups".formatted(user, user)
        + " --bounding-set -all,+net_raw --inh-caps +net_raw --ambient-caps +net_raw "
        + program()
        + " "
        + arguments;
  }

  /** The launcher of this distribution, else its name. */
  private static String program() {
    try {
      Path jar =
          Path.of(CannotCapture.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path launcher = jar.resolveSibling("../bin/rstscope").normalize();
      return Files.isExecutable(launcher) ? quoted(launcher.toString()) : "rstscope";
    } catch (URISyntaxException e) {
      return "rstscope";
    }
  }

  private static String quoted(String word) {
    return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
