package io.rstscope.watch.host;

import io.rstscope.net.HostPort;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Which process of this host accepts the connections of a port: the broker, or a proxy in front of
 * it. Owned by one thread.
 */
public final class ListenerOwner {
  private static final long FRESH_NANOS = 60_000_000_000L;

  private record Known(String process, long atNanos) {}

  private final Path proc;
  private final LocalAddresses local;
  private final Map<Integer, Known> known = new HashMap<>();

  /** Of the host that this runs on. */
  public ListenerOwner() {
    this(Path.of("/proc"), new LocalAddresses());
  }

  ListenerOwner(Path proc, LocalAddresses local) {
    this.proc = proc;
    this.local = local;
  }

  /**
   * Name and id of the process that listens there, {@code beam.smp (pid 812)}; null where that is
   * another host's address, nobody listens, or this user may not see whose socket it is.
   */
  public String of(HostPort endpoint) {
    if (!local.contains(endpoint.address())) {
      return null;
    }
    long now = System.nanoTime();
    Known last = known.get(endpoint.port());
    if (last == null || now - last.atNanos() > FRESH_NANOS) {
      last = new Known(find(endpoint.port()), now);
      known.put(endpoint.port(), last);
    }
    return last.process();
  }

  private String find(int port) {
    for (TcpTable.Listener listener : TcpTable.listeners()) {
      if (listener.port() == port && listener.inode() > 0) {
        return processWith("socket:[" + listener.inode() + "]");
      }
    }
    return null;
  }

  private String processWith(String socket) {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[1-9]*")) {
      for (Path process : processes) {
        if (has(process, socket)) {
          String name = Files.readString(process.resolve("comm")).strip();
          return name + " (pid " + process.getFileName() + ")";
        }
      }
    } catch (IOException e) {
      // it has just ended, or there is no /proc
    }
    return null;
  }

  private static boolean has(Path process, String socket) {
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : descriptors) {
        if (isLinkTo(descriptor, socket)) {
          return true;
        }
      }
    } catch (IOException e) {
      // another user's, or it has just ended
    }
    return false;
  }

  private static boolean isLinkTo(Path descriptor, String socket) {
    try {
      return Files.readSymbolicLink(descriptor).toString().equals(socket);
    } catch (IOException e) {
      return false;
    }
  }
}
