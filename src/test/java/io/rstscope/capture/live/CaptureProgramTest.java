package io.rstscope.capture.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What programs that capture in our place are told, and tell. */
class CaptureProgramTest {
  private static final LiveOptions OPTIONS =
      new LiveOptions(512, 64 << 20, new KernelFilter("5672", null));

  @Test
  void shouldCaptureNothingThatIsNotForThisHost() {
    assertEquals(
        List.of(
            "/bin/dumpcap",
            "-i",
            "eth0",
            "-p",
            "-s",
            "512",
            "-w",
            "-",
            "-P",
            "-B",
            "64",
            "-f",
            "tcp"),
        CaptureProgram.DUMPCAP.command(Path.of("/bin/dumpcap"), "eth0", OPTIONS, "tcp"));
    assertEquals(
        List.of(
            "/bin/tcpdump",
            "-i",
            "eth0",
            "-p",
            "-s",
            "512",
            "-w",
            "-",
            "-U",
            "-n",
            "-B",
            "65536",
            "tcp"),
        CaptureProgram.TCPDUMP.command(Path.of("/bin/tcpdump"), "eth0", OPTIONS, "tcp"));
  }

  @Test
  void shouldReadWhatDumpcapSaysAtItsEnd() {
    assertEquals(
        new LiveStatistics(7, 3),
        CaptureProgram.DUMPCAP.dropped(
            "Packets received/dropped on interface 'eth0': 43/7"
                + " (pcap:7/dumpcap:0/flushed:0/ps_ifdrop:3) (86.0%)",
            LiveStatistics.NONE));
  }

  @Test
  void shouldReadWhatTcpdumpSaysWhenAskedAndAtItsEnd() {
    LiveStatistics asked =
        CaptureProgram.TCPDUMP.dropped(
            "tcpdump: 12 packets captured, 30 packets received by filter,"
                + " 18 packets dropped by kernel",
            LiveStatistics.NONE);
    assertEquals(new LiveStatistics(18, 0), asked);
    assertEquals(
        new LiveStatistics(18, 1),
        CaptureProgram.TCPDUMP.dropped("1 packet dropped by interface", asked));
  }

  @Test
  void shouldKeepWhatItSaidBeforeWhenItSaysSomethingElse() {
    LiveStatistics before = new LiveStatistics(18, 1);
    assertEquals(before, CaptureProgram.TCPDUMP.dropped("tcpdump: listening on eth0", before));
  }
}
