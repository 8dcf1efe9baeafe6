package io.rstscope.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code rstscope doctor}: whether this host can be watched, and what to do if not. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    versionProvider = CommandLineTool.Version.class,
    description = "Checks what watch needs, and says how to fix what is missing.")
final class DoctorCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = {"-i", "--interface"},
      paramLabel = "IF",
      description = "Interface to check (default: the first that is up).")
  private String interfaceName;

  DoctorCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Jna.prepare();
    boolean well = true;
    for (HostChecks.Finding each : new HostChecks(interfaceName).all()) {
      well &= each.grade() != HostChecks.Grade.BAD;
      console.out().write("%-5s %s%n".formatted(each.grade().word(), each.says()));
      if (each.advice() != null) {
        console.out().write(each.advice().indent(6));
      }
    }
    console.out().flush();
    return well ? ExitStatus.DONE : ExitStatus.NOT_PERMITTED;
  }
}
