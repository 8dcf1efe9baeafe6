package io.rstscope.cli;

import io.rstscope.brokerlog.BrokerLog;
import io.rstscope.brokerlog.LogMatcher;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The broker's log to join with the captures. */
final class LogOptions {
  @Option(
      names = "--broker-log",
      paramLabel = "FILE",
      description =
          "RabbitMQ's log, text or JSON, also gzip: tells user, virtual host, name and the broker's"
              + " words of each lost connection. Repeat it for rotated files.")
  private List<Path> files = List.of();

  @Option(
      names = "--log-zone",
      paramLabel = "ZONE",
      defaultValue = "UTC",
      converter = Zone.class,
      description =
          "Time zone of a log whose times have none, as those up to RabbitMQ 3.8, such as"
              + " Europe/Berlin or +02:00 (${DEFAULT-VALUE}).")
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

  /** The logs as given. */
  List<Path> files() {
    return files;
  }

  /**
   * Reads the logs.
   *
   * @return null when none is given
   * @throws IOException when one cannot be read; the message names it
   */
  LogMatcher read() throws IOException {
    return files.isEmpty() ? null : new LogMatcher(BrokerLog.read(files, zone));
  }
}
