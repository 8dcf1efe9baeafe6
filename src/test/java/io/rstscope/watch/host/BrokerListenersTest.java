package io.rstscope.watch.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On which ports the broker of this host listens, by what /proc shows. */
class BrokerListenersTest {
  private static final List<TcpTable.Listener> LISTENERS =
      List.of(listener(5673, 12), listener(5672, 11), listener(5672, 13), listener(22, 14));

  @TempDir private Path proc;

  private static TcpTable.Listener listener(int port, long inode) {
    return new TcpTable.Listener(InetAddress.getLoopbackAddress(), port, inode);
  }

  private void process(int pid, String name, String... links) throws IOException {
    Path descriptors = proc.resolve(Integer.toString(pid)).resolve("fd");
    Files.createDirectories(descriptors);
    Files.writeString(descriptors.resolveSibling("comm"), name + "\n");
    for (int i = 0; i < links.length; i++) {
      Files.createSymbolicLink(descriptors.resolve(Integer.toString(i)), Path.of(links[i]));
    }
  }

  @Test
  void shouldBeThoseOfErlangsProcesses() throws IOException {
    process(812, "beam.smp", "pipe:[5]", "socket:[11]", "socket:[12]", "socket:[13]");
    process(7, "sshd", "socket:[14]");

    assertEquals(List.of(5672, 5673), BrokerListeners.ports(proc, LISTENERS));
  }

  @Test
  void shouldBeNoneWhereNoErlangRuns() throws IOException {
    process(7, "haproxy", "socket:[11]");

    assertEquals(List.of(), BrokerListeners.ports(proc, LISTENERS));
  }

  @Test
  void shouldBeNoneWhereThereIsNoProc() {
    assertEquals(List.of(), BrokerListeners.ports(proc.resolve("none"), LISTENERS));
  }
}
