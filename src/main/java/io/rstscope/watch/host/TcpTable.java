package io.rstscope.watch.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The sockets of this network namespace, as {@code /proc/net/tcp} has them (proc(5)). */
final class TcpTable {
  private static final List<Path> FILES =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

  private static final String LISTEN = "0A";
  private static final int HEX = 16;
  private static final int INODE = 9;

  /**
   * A socket that listens.
   *
   * @param inode its number in the links of {@code /proc/PID/fd}, or -1
   */
  record Listener(InetAddress address, int port, long inode) {}

  private TcpTable() {}

  /** Those that listen; none where there are no such files. */
  static List<Listener> listeners() {
    return listeners(FILES);
  }

  static List<Listener> listeners(List<Path> tables) {
    List<Listener> listeners = new ArrayList<>();
    for (Path table : tables) {
      try {
        Files.readAllLines(table).stream().skip(1).forEach(line -> add(line, listeners));
      } catch (IOException e) {
        // no such table here
      }
    }
    return listeners;
  }

  /** {@code 0: 00000000:1628 00000000:0000 0A ...}: addresses in words of the host's order. */
  private static void add(String line, List<Listener> listeners) {
    String[] fields = line.strip().split("\\s+");
    if (fields.length < 4 || !fields[3].equals(LISTEN)) {
      return;
    }
    String[] local = fields[1].split(":");
    listeners.add(
        new Listener(
            address(local[0]),
            Integer.parseInt(local[1], HEX),
            fields.length > INODE ? Long.parseLong(fields[INODE]) : -1));
  }

  private static InetAddress address(String hex) {
    ByteBuffer bytes = ByteBuffer.allocate(hex.length() / 2).order(ByteOrder.nativeOrder());
    for (int i = 0; i < hex.length(); i += 8) {
      bytes.putInt(Integer.parseUnsignedInt(hex.substring(i, i + 8), HEX));
    }
    try {
      return InetAddress.getByAddress(bytes.array());
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(hex, e);
    }
  }
}
