package io.rstscope.cli;

import io.rstscope.flow.PortSet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Where on this host somebody listens on the broker's ports: what {@code /proc/net/tcp} says. */
final class ListeningSockets {
  private static final String LISTEN = "0A";
  private static final int HEX = 16;

  private final Set<String> addresses = new HashSet<>();
  private boolean everywhere;

  /** Those of this network namespace; none where there is no such file. */
  static ListeningSockets of(PortSet ports) {
    return of(ports, List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6")));
  }

  static ListeningSockets of(PortSet ports, List<Path> tables) {
    ListeningSockets found = new ListeningSockets();
    for (Path table : tables) {
      try {
        Files.readAllLines(table).stream().skip(1).forEach(line -> found.take(line, ports));
      } catch (IOException e) {
        // no such table here
      }
    }
    return found;
  }

  /** Whether connections to one of these addresses reach such a socket. */
  boolean reach(List<String> local) {
    return everywhere && !local.isEmpty() || local.stream().anyMatch(addresses::contains);
  }

  /** {@code 0: 00000000:1628 00000000:0000 0A ...}: addresses in words of the host's order. */
  private void take(String line, PortSet ports) {
    String[] fields = line.strip().split("\\s+");
    if (fields.length < 4 || !fields[3].equals(LISTEN)) {
      return;
    }
    String[] local = fields[1].split(":");
    if (ports.contains(Integer.parseInt(local[1], HEX))) {
      add(local[0]);
    }
  }

  private void add(String hex) {
    ByteBuffer bytes = ByteBuffer.allocate(hex.length() / 2).order(ByteOrder.nativeOrder());
    for (int i = 0; i < hex.length(); i += 8) {
      bytes.putInt(Integer.parseUnsignedInt(hex.substring(i, i + 8), HEX));
    }
    try {
      InetAddress address = InetAddress.getByAddress(bytes.array());
      everywhere |= address.isAnyLocalAddress();
      addresses.add(address.getHostAddress());
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(hex, e);
    }
  }
}
