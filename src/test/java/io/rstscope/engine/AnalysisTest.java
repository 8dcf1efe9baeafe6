package io.rstscope.engine;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.capture.Blocks;
import io.rstscope.capture.CaptureException;
import io.rstscope.capture.CaptureFiles;
import io.rstscope.capture.CapturedPacket;
import io.rstscope.capture.LinkType;
import io.rstscope.capture.PacketSource;
import io.rstscope.judge.sender.Sender;
import io.rstscope.judge.sender.Verdict;
import io.rstscope.net.PortSet;
import io.rstscope.report.model.CaptureReport;
import io.rstscope.testing.Packets;
import io.rstscope.testing.PcapFile;
import io.rstscope.testing.Talk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of the recording reaches the verdict. */
class AnalysisTest {
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
    public void readInto(Blocks blocks) throws CaptureException {
      source.readInto(blocks);
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
    Analysis analysis = new Analysis(AnalysisOptions.defaults());
    try (PacketSource source =
        CaptureFiles.read("test", new ByteArrayInputStream(capture.bytes()))) {
      analysis.read(new Lossy(source, lost), () -> false, bytes -> {});
    }
    return analysis.report("test", "test", null);
  }

  @Test
  void shouldJudgeAFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("closing.pcap");
    Files.write(file, closing().bytes());

    CaptureReport report = Analysis.of(file, AnalysisOptions.defaults());

    assertEquals("closing.pcap", report.name());
    assertEquals(Sender.BROKER, verdict(report).sender());
  }

  @Test
  void shouldJudgeWhatWasReadOfAStreamThatIsCutShort() throws IOException {
    byte[] whole = closing().bytes();
    InputStream cut = new ByteArrayInputStream(whole, 0, whole.length - 1);

    CaptureReport report = Analysis.of("pipe", cut, AnalysisOptions.defaults().withAllFlows());

    assertEquals(1, report.flows().size());
    assertTrue(report.quality().problem().contains("cut short"), report.quality().problem());
  }

  @Test
  void shouldLookAtOtherPortsWhenAsked() throws IOException {
    AnalysisOptions other = AnalysisOptions.defaults().withPorts(PortSet.parse("5671"));

    assertEquals(
        0, Analysis.of("x", new ByteArrayInputStream(closing().bytes()), other).flows().size());
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
