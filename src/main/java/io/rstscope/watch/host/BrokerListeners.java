package io.rstscope.watch.host;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Ports of this host on which processes of Erlang listen, which RabbitMQ is one of (proc(5)). */
public final class BrokerListeners {
  private static final String ERLANG = "beam.smp";

  private BrokerListeners() {}

  /**
   * Those of this network namespace, in order; none where this user may not see whose a socket is.
   */
  public static List<Integer> ports() {
    return ports(Path.of("/proc"), TcpTable.listeners());
  }

  static List<Integer> ports(Path proc, List<TcpTable.Listener> listeners) {
    Set<String> sockets = new HashSet<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[1-9]*")) {
      for (Path process : processes) {
        if (isErlang(process)) {
          addSockets(process, sockets);
        }
      }
    } catch (IOException e) {
      // there is no /proc
    }
    Set<Integer> ports = new TreeSet<>();
    for (TcpTable.Listener listener : listeners) {
      if (sockets.contains("socket:[" + listener.inode() + "]")) {
        ports.add(listener.port());
      }
    }
    return new ArrayList<>(ports);
  }

  private static boolean isErlang(Path process) {
    try {
      return Files.readString(process.resolve("comm")).strip().equals(ERLANG);
    } catch (IOException e) {
      // it has just ended
      return false;
    }
  }

  private static void addSockets(Path process, Set<String> sockets) {
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : descriptors) {
        sockets.add(Files.readSymbolicLink(descriptor).toString());
      }
    } catch (IOException e) {
      // another user's, or it has just ended
    }
  }
}
