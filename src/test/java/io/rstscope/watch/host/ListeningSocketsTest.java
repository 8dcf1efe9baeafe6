package io.rstscope.watch.host;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rstscope.net.PortSet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListeningSocketsTest {
  private static final String HEAD = "  sl  local_address rem_address   st tx_queue rx_queue\n";

  @TempDir private Path folder;

  private ListeningSockets of(String line) throws IOException {
    assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN, "the lines are little endian");
    Path table = Files.writeString(folder.resolve("tcp"), HEAD + line + "\n");
    return ListeningSockets.of(PortSet.parse("5672"), List.of(table, folder.resolve("absent")));
  }

  @Test
  void shouldFindWhoListensOnOneAddress() throws IOException {
    ListeningSockets sockets = of("   0: 0200630A:1628 00000000:0000 0A 00000000:00000000");
    assertTrue(sockets.reach(List.of("10.99.0.2")));
    assertFalse(sockets.reach(List.of("10.99.0.3")));
  }

  @Test
  void shouldFindWhoListensOnAll() throws IOException {
    ListeningSockets sockets = of("   0: 00000000:1628 00000000:0000 0A 00000000:00000000");
    assertTrue(sockets.reach(List.of("10.99.0.2")));
    assertFalse(sockets.reach(List.of()));
  }

  @Test
  void shouldNotCountConnectionsNorOtherPorts() throws IOException {
    assertFalse(
        of("   0: 00000000:1628 0100630A:9C40 01 00000000:00000000").reach(List.of("10.99.0.2")));
    assertFalse(
        of("   0: 00000000:1629 00000000:0000 0A 00000000:00000000").reach(List.of("10.99.0.2")));
  }

  @Test
  void shouldFindASocketOfThisHost() throws IOException {
    assumeTrue(Files.exists(Path.of("/proc/net/tcp")), "there is no /proc/net/tcp");
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    try (ServerSocket socket = new ServerSocket(0, 1, loopback)) {
      PortSet port = PortSet.parse(String.valueOf(socket.getLocalPort()));
      assertTrue(ListeningSockets.of(port).reach(List.of("127.0.0.1")));
      assertFalse(ListeningSockets.of(port).reach(List.of("192.0.2.1")));
    }
  }
}
