package io.rstscope.cli;

import io.rstscope.brokerlog.BrokerLog;
import io.rstscope.brokerlog.TooLargeException;
import io.rstscope.capture.FileNames;
import io.rstscope.cli.options.Usage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The broker's log to join with the captures. */
final class LogOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--broker-log",
      paramLabel = "FILE",
      description =
          "RabbitMQ's log, text or JSON, also as docker, Kubernetes or a journal keep it, plain or"
              + " gzip: adds user, virtual host, name and the broker's reason to each lost"
              + " connection. Repeat it for rotated files.")
  private List<Path> files = List.of();

  @Option(
      names = "--log-zone",
      paramLabel = "ZONE",
      defaultValue = "UTC",
      converter = Zone.class,
      description =
          "Time zone of a log without one (up to RabbitMQ 3.8), e.g. Europe/Berlin or +02:00"
              + " (default: ${DEFAULT-VALUE}).")
  private ZoneId zone;

  /** A zone whose mistakes are the user's. */
  static final class Zone implements ITypeConverter<ZoneId> {
    @Override
    public ZoneId convert(String value) {
      try {
        return ZoneId.of(value);
      } catch (DateTimeException e) {
        throw new TypeConversionException("'" + value + "' is not a time zone");
      }
    }
  }

  void check() {
    Usage.requireWith(spec, "--broker-log", !files.isEmpty(), "--log-zone");
  }

  /** The logs as given. */
  List<Path> files() {
    return files;
  }

  /**
   * Reads the logs, and says what of them is of no use.
   *
   * @param quiet whether only errors are said
   * @throws TooLargeException when they do not fit into memory
   * @throws IOException when one cannot be read; the message names it
   */
  BrokerLog read(Console console, boolean quiet) throws IOException {
    List<Path> found = files.stream().map(file -> FileNames.find(file.toString())).toList();
    BrokerLog log = BrokerLog.read(found, zone, file -> Patience.openFile(console, file));
    if (log.linesLeftOut() > 0 && !quiet) {
      console.say(
          "broker's log, lines of JSON left out as longer than 64 KiB: " + log.linesLeftOut());
    }
    for (Path strange : log.strange()) {
      console.say(FileNames.of(strange) + ": not one line of this log was understood");
    }
    return log;
  }
}
