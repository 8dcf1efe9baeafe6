package io.rstscope.cli;

import static io.rstscope.testing.Talk.BROKER;
import static io.rstscope.testing.Talk.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.capture.CaptureException;
import io.rstscope.capture.CaptureFiles;
import io.rstscope.capture.CapturedPacket;
import io.rstscope.capture.LinkType;
import io.rstscope.capture.PacketSource;
import io.rstscope.flow.PortSet;
import io.rstscope.judge.sender.Verdict;
import io.rstscope.report.CaptureReport;
import io.rstscope.testing.Packets;
import io.rstscope.testing.PcapFile;
import io.rstscope.testing.Talk;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is known of the recording reaches the verdict. */
class CaptureAnalyzerTest {
  private static final Duration SILENCE = Duration.ofSeconds(3);

  /** A source that lost packets before its first one, as pcapng's counters may say. */
  private record Lossy(PacketSource source, long lost) implements PacketSource {
    @Override
    public boolean next(CapturedPacket packet) throws CaptureException {
      boolean there = source.next(packet);
      packet.dropped = there && packet.frame == 1 ? lost : 0;
      return there;
    }

    @Override
    public void close() {
      source.close();
    }

    @Override
    public String name() {
      return source.name();
    }

    @Override
    public long bytesRead() {
      return source.bytesRead();
    }
  }

  private static CaptureReport analyze(PcapFile capture, long lost) throws CaptureException {
    CaptureAnalyzer analyzer =
        new CaptureAnalyzer(
            PortSet.parse("5672"), MemoryPlan.of(1 << 28), false, flow -> false, null);
    try (PacketSource source =
        CaptureFiles.read("test", new ByteArrayInputStream(capture.bytes()))) {
      analyzer.read(new Lossy(source, lost), () -> false, bytes -> {});
    }
    return analyzer.report("test", "test", null);
  }

  private static Verdict verdict(CaptureReport report) {
    return report.flows().get(0).verdicts().get(0);
  }

  private static PcapFile closing() {
    return Talk.capture(new Talk().open(60).pause(SILENCE).fin(CLIENT).socketReset(BROKER));
  }

  @Test
  void shouldBeLessSureWhenTheCapturingSystemSaysThatItLostPackets() throws CaptureException {
    double whole = verdict(analyze(closing(), 0)).confidence();
    double lossy = verdict(analyze(closing(), 3)).confidence();

    assertTrue(lossy < 0.9 && whole >= 0.9, lossy + " and " + whole);
  }

  @Test
  void shouldMeasureHowFarTheClockWasSetBack() throws CaptureException {
    Packets packet = Packets.ethernet().ipv4("10.0.1.1", "10.0.0.2").tcp(40_000, 5672);
    PcapFile capture =
        new PcapFile(LinkType.ETHERNET)
            .add(Talk.START + SILENCE.toNanos(), packet)
            .add(Talk.START, packet);

    assertEquals(SILENCE.toNanos(), analyze(capture, 0).recording().setBackNanos());
  }
}
