package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.net.Side;
import io.rstscope.report.Reports;
import io.rstscope.reset.FlowObservation;
import io.rstscope.testing.Talk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A list of connections while others write it anew. */
class WatchedConnectionsTest {
  private static final String ROW =
      "[{\"peer_host\":\"10.0.1.1\",\"peer_port\":40001,\"user\":\"%s\"}]";

  @TempDir private Path folder;

  private final List<String> words = new ArrayList<>();

  @Test
  void shouldReadItAgainWhenItHasChanged() throws IOException {
    Path file = folder.resolve("connections.json");
    WatchedConnections watched = new WatchedConnections(file, words::add);

    assertNull(user(watched));
    write(file, ROW.formatted("one"), 1);
    assertEquals("one", user(watched));
    write(file, ROW.formatted("two"), 2);
    assertEquals("two", user(watched));
    assertEquals(List.of(file + ": no such file"), words);
  }

  /** Nothing else may be expected of a file that was not written since. */
  @Test
  void shouldNotReadItAgainWhenItHasNot() throws IOException {
    Path file = folder.resolve("connections.json");
    WatchedConnections watched = new WatchedConnections(file, words::add);
    write(file, ROW.formatted("one"), 1);
    assertEquals("one", user(watched));

    write(file, ROW.formatted("two"), 1);

    assertEquals("one", user(watched));
  }

  @Test
  void shouldSayOnceWhatIsWrongWithIt() throws IOException {
    Path file = folder.resolve("connections.json");
    WatchedConnections watched = new WatchedConnections(file, words::add);
    write(file, "Error", 1);

    assertNull(user(watched));
    assertNull(user(watched));

    assertEquals(1, words.size());
    assertTrue(words.get(0).startsWith(file + ": is no list of connections in JSON"), words.get(0));
  }

  @Test
  void shouldWaitForNoFifo() throws Exception {
    Path fifo = folder.resolve("fifo");
    assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());

    assertNull(user(new WatchedConnections(fifo, words::add)));
    assertEquals(List.of(fifo + ": is not a file that can be read again"), words);
  }

  private static void write(Path file, String text, long second) throws IOException {
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.fromMillis(second * 1_000));
  }

  private static String user(WatchedConnections watched) {
    Talk talk = new Talk("10.0.1.1", 40_001).open(60).socketReset(Side.CLIENT);
    FlowObservation flow = Reports.capture("a.pcap", talk).flows().get(0).flow();
    return watched.addTo(List.of(flow)).get(0).account().user();
  }
}
