package io.rstscope.watch.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.rstscope.net.HostPort;
import io.rstscope.testing.Needs;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whose socket accepts connections: here the one of the test itself. */
class ListenerOwnerTest {
  private final ListenerOwner owner = new ListenerOwner();

  @BeforeAll
  static void needsProc() {
    Needs.LIVE.require(Files.exists(Path.of("/proc/net/tcp")), "there is no /proc/net/tcp");
  }

  @Test
  void shouldNameTheProcessThatListens() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String name = Files.readString(Path.of("/proc/self/comm")).strip();
      assertEquals(
          name + " (pid " + ProcessHandle.current().pid() + ")",
          owner.of(new HostPort("127.0.0.1", socket.getLocalPort())));
    }
  }

  @Test
  void shouldNotNameTheOneOfAnotherHostsPort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      assertNull(owner.of(new HostPort("192.0.2.1", socket.getLocalPort())));
    }
  }

  @Test
  void shouldNameNobodyWhereNobodyListens() {
    assertNull(owner.of(new HostPort("127.0.0.1", 1)));
  }
}
