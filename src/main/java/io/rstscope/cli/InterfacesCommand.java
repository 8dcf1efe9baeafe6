package io.rstscope.cli;

import io.rstscope.capture.live.Interfaces;
import io.rstscope.capture.live.LiveException;
import io.rstscope.capture.live.LiveInterface;
import io.rstscope.cli.options.PortOption;
import io.rstscope.net.PortSet;
import io.rstscope.report.words.Printable;
import io.rstscope.watch.host.ListeningSockets;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rstscope interfaces}: what can be watched. */
@Command(
    name = "interfaces",
    mixinStandardHelpOptions = true,
    versionProvider = CommandLineTool.Version.class,
    description = "Lists the interfaces that can be watched; * marks the broker's.")
final class InterfacesCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-p", "--port"},
      paramLabel = "PORTS",
      defaultValue = "5672",
      converter = PortOption.Converter.class,
      description = "Broker ports (default: ${DEFAULT-VALUE}).")
  private PortSet ports;

  InterfacesCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    String problem = Jna.prepare();
    if (problem != null) {
      console.say(problem);
      return ExitStatus.NOT_PERMITTED;
    }
    ListeningSockets listening = ListeningSockets.of(ports);
    try {
      for (LiveInterface each : Interfaces.list()) {
        String line = line(each, listening.reach(each.addresses()));
        // Linux takes any name without space and slash
        console.out().write(Printable.of(line) + "\n");
      }
    } catch (LiveException e) {
      return CannotCapture.explain(e, spec.commandLine(), console);
    }
    console.out().flush();
    return ExitStatus.DONE;
  }

  private static String line(LiveInterface each, boolean ofBroker) {
    return "%s %-15s %-5s %-12s %s"
        .formatted(
            ofBroker ? "*" : " ",
            each.name(),
            each.up() ? "up" : "down",
            each.linkType() == null ? "-" : each.linkType(),
            each.addresses().isEmpty() && each.description() != null
                ? each.description()
                : String.join(" ", each.addresses()))
        .stripTrailing();
  }
}
