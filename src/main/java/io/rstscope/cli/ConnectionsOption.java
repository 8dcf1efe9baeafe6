package io.rstscope.cli;

import io.rstscope.capture.FileNames;
import io.rstscope.connections.ConnectionList;
import io.rstscope.engine.BrokerAccounts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** The broker's list of its connections, to join with the captures. */
final class ConnectionsOption {
  @Option(
      names = "--connections",
      paramLabel = "FILE",
      description =
          "The broker's connections in JSON, of 'rabbitmqctl list_connections' or of the management"
              + " API: adds user, virtual host, name and heartbeat of connections that began before"
              + " the capture, or over TLS. 'watch' reads it again when it has changed.")
  private Path file;

  /** The file as given; none when it is not. */
  List<Path> files() {
    return file == null ? List.of() : List.of(file);
  }

  /**
   * Reads the list, and says what of it cannot be used.
   *
   * @return null when none is given
   * @throws IOException when it cannot be read; the message names it
   */
  ConnectionList read(Console console) throws IOException {
    if (file == null) {
      return null;
    }
    Path found = FileNames.find(file.toString());
    try (InputStream in = Patience.openFile(console, found)) {
      ConnectionList list = ConnectionList.read(in);
      if (list.problem() != null) {
        console.say(name() + ": " + list.problem());
      }
      return list;
    }
  }

  /**
   * The list as it is whenever it is asked for.
   *
   * @param words takes what of it cannot be used
   */
  BrokerAccounts watched(Consumer<String> words) {
    return file == null
        ? BrokerAccounts.NONE
        : new WatchedConnections(FileNames.find(file.toString()), words);
  }

  /** The name of the file in messages. */
  String name() {
    return FileNames.of(FileNames.find(file.toString()));
  }
}
