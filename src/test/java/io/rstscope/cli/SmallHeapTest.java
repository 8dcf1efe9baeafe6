package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.capture.LinkType;
import io.rstscope.testing.PcapFile;
import io.rstscope.testing.PcapngFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Small files that grow large, in a heap of 64 MiB. */
@Timeout(120)
class SmallHeapTest {
  private static final int MEBIBYTE = 1 << 20;

  @TempDir private Path folder;

  /** A gzip file of a beginning, and of a part again and again. */
  private Path bomb(byte[] begin, byte[] part, int times) throws IOException {
    Path file = folder.resolve("bomb.gz");
    try (OutputStream out =
        new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(file)), MEBIBYTE)) {
      out.write(begin);
      for (int i = 0; i < times; i++) {
        out.write(part);
      }
    }
    return file;
  }

  @Test
  void shouldEndAtZerosThatAreNoCapture() throws Exception {
    Path zeros = bomb(new byte[0], new byte[MEBIBYTE], 100);

    Run run = run("analyze", zeros.toString());

    assertEquals(3, run.status());
    assertTrue(run.err().contains("is neither pcap nor pcapng"), run.err());
  }

  @Test
  void shouldCountPacketsWithoutBytes() throws Exception {
    Path empty = bomb(new PcapFile(LinkType.ETHERNET).bytes(), new byte[MEBIBYTE], 100);

    Run run = run("analyze", "--format", "json", empty.toString());

    assertEquals(0, run.status(), run.err());
    long packets = 100L * MEBIBYTE / 16;
    assertEquals(packets, run.summary().get("captures").get(0).get("packets").asLong());
  }

  @Test
  void shouldForgetTheInterfacesOfSectionsBefore() throws Exception {
    PcapngFile section = new PcapngFile();
    for (int i = 0; i < 50_000; i++) {
      section.addInterface(105, 9);
    }
    Path file = bomb(new byte[0], section.bytes(), 20);

    Run run = run("analyze", file.toString());

    assertEquals(0, run.status(), run.err());
    assertTrue(run.err().endsWith("so have 999990 more interfaces\n"), run.err());
  }

  @Test
  void shouldSayThatALogHoldsTooMuch() throws Exception {
    String entry =
        "2026-11-20 17:38:31.000000+00:00 [warning] <0.1.0> closing AMQP connection <0.1.0>"
            + " (10.0.1.1:40000 -> 10.0.0.2:5672 - %s, vhost: '/', user: 'x')\n"
            + "2026-11-20 17:38:32.000000+00:00 [warning] <0.1.0> -\n";
    byte[] entries = entry.formatted("n".repeat(3_000)).getBytes(StandardCharsets.US_ASCII);
    Path log = bomb(new byte[0], entries, 9_000);

    Run run = run("analyze", "--broker-log", log.toString(), anyCapture());

    assertEquals(3, run.status());
    assertTrue(run.err().contains("holds more about connections than fits"), run.err());
    assertTrue(run.err().endsWith("; the captures are reported without it\n"), run.err());
    assertEquals(Run.of("analyze", anyCapture()).out(), run.out());
  }

  private static String anyCapture() {
    return Run.CAPTURES.resolve("client-abort.broker.pcap").toString();
  }

  private static Run run(String... arguments) throws Exception {
    return JavaProcess.finish(JavaProcess.program(List.of("-Xmn16m", "-Xmx64m"), arguments));
  }
}
