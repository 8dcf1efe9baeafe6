package io.rstscope.watch.host;

import io.rstscope.net.PortSet;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Where on this host somebody listens on the broker's ports. */
public final class ListeningSockets {
  private final Set<String> addresses = new HashSet<>();
  private final boolean everywhere;

  private ListeningSockets(PortSet ports, List<TcpTable.Listener> listeners) {
    boolean any = false;
    for (TcpTable.Listener listener : listeners) {
      if (ports.contains(listener.port())) {
        any |= listener.address().isAnyLocalAddress();
        addresses.add(listener.address().getHostAddress());
      }
    }
    everywhere = any;
  }

  /** Those of this network namespace; none where the kernel does not say. */
  public static ListeningSockets of(PortSet ports) {
    return new ListeningSockets(ports, TcpTable.listeners());
  }

  static ListeningSockets of(PortSet ports, List<Path> tables) {
    return new ListeningSockets(ports, TcpTable.listeners(tables));
  }

  /** Whether connections to one of these addresses reach such a socket. */
  public boolean reach(List<String> local) {
    return everywhere && !local.isEmpty() || local.stream().anyMatch(addresses::contains);
  }
}
