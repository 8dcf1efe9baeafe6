package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rstscope.capture.CaptureException;
import io.rstscope.capture.CaptureFiles;
import io.rstscope.capture.CapturedPacket;
import io.rstscope.capture.PacketSource;
import io.rstscope.testing.PcapngFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Simple packet blocks of pcapng have no times: none are made up, and nothing follows from any. */
class SimplePacketsTest {
  private static final String IDLE = "firewall-forgets-idle-flows.pcapng";
  private static final String TOGETHER = "clients-killed.pcapng";

  @TempDir private Path folder;

  /** A capture of ours, of which some packets, by their numbers, lose their times. */
  private String capture(String name, LongPredicate timed) throws IOException, CaptureException {
    PcapngFile file = new PcapngFile();
    CapturedPacket packet = new CapturedPacket();
    try (PacketSource source = CaptureFiles.open(Run.CAPTURES.resolve(name).toString())) {
      while (source.next(packet)) {
        if (packet.frame == 1) {
          file.addInterface(packet.linkType, 9);
        }
        int end = packet.offset + packet.capturedLength;
        byte[] bytes = Arrays.copyOfRange(packet.data, packet.offset, end);
        if (timed.test(packet.frame)) {
          file.add(0, packet.timeNanos, bytes, packet.originalLength);
        } else {
          file.addSimple(bytes, packet.originalLength);
        }
      }
    }
    return Files.write(folder.resolve(name), file.bytes()).toString();
  }

  private static Run json(String capture) {
    return Run.of("analyze", "--format", "json", capture);
  }

  private static boolean isSilenceKnown(Run run) {
    return run.flows().stream().anyMatch(flow -> !flow.at("/ending/idle_s").isNull());
  }

  private static JsonNode captureOf(Run run) {
    return run.summary().get("captures").get(0);
  }

  @Test
  void shouldConcludeWhatItDoesFromTimesThatAreThere() throws Exception {
    Run idle = json(capture(IDLE, frame -> true));
    Run together = json(capture(TOGETHER, frame -> true));

    assertTrue(isSilenceKnown(idle));
    assertTrue(idle.out().contains("idle-timeout"));
    assertFalse(together.summary().get("incidents").isEmpty());
    assertFalse(captureOf(idle).get("first").isNull());
  }

  @Test
  void shouldKnowNoIdleTimesWhereNoPacketHasATime() throws Exception {
    Run run = json(capture(IDLE, frame -> false));

    assertFalse(isSilenceKnown(run));
    assertTrue(run.summary().get("idle_timers").isEmpty());
    assertEquals(0, run.summary().at("/idle_before_reset_s/count").asInt());
    for (JsonNode flow : run.flows()) {
      assertTrue(flow.get("longest_idle_s").isNull());
      assertFalse(flow.at("/ending/cause").asText().equals("idle-timeout"));
    }
  }

  @Test
  void shouldFindNoIncidentIn1970() throws Exception {
    Run run = json(capture(TOGETHER, frame -> false));

    assertTrue(run.summary().get("lost_connections").asInt() > 1);
    assertTrue(run.summary().get("incidents").isEmpty());
    assertTrue(captureOf(run).get("first").isNull());
    assertTrue(captureOf(run).get("last").isNull());
  }

  @Test
  void shouldConcludeNothingFromTimesWhereSomePacketsHaveNone() throws Exception {
    Run idle = json(capture(IDLE, frame -> frame % 7 != 0));
    Run together = json(capture(TOGETHER, frame -> frame != 9));

    assertFalse(isSilenceKnown(idle));
    assertTrue(idle.summary().get("idle_timers").isEmpty());
    assertTrue(together.summary().get("incidents").isEmpty());
    assertFalse(captureOf(together).get("first").isNull());
  }

  @Test
  void shouldSayThatPacketsHaveNoTimes() throws Exception {
    Run run = Run.of("analyze", capture(IDLE, frame -> frame > 2));
    String text = run.out().replaceAll("\\s+", " ");

    assertTrue(text.contains("2 packets without a time: no idle times, timers or incidents"), text);
    assertTrue(
        run.err().contains("2 simple packet blocks have no time: nothing is concluded from times"),
        run.err());
  }

  @Test
  void shouldNotCallAConnectionEmptyForWantOfTimes() throws Exception {
    Run run = json(capture("clients-killed-behind-haproxy.broker.pcap", frame -> false));

    assertEquals(0, run.flows().stream().filter(SimplePacketsTest::isProbe).count());
  }

  private static boolean isProbe(JsonNode flow) {
    return flow.at("/ending/cause").asText().equals("probe");
  }
}
