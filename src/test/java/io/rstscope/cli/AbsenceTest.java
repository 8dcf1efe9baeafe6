package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rstscope.capture.LinkType;
import io.rstscope.testing.Damage;
import io.rstscope.testing.PcapngFile;
import io.rstscope.testing.Recorded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * That an RST is not in the client's capture proves that a device made it, on each of these
 * conditions; where one is not met, the same absence proves nothing.
 */
class AbsenceTest {
  private static final Path HERE = Run.CAPTURES.resolve("firewall-forgot.broker.pcapng");
  private static final Path THERE = Run.CAPTURES.resolve("firewall-forgot.client.pcap");
  private static final long SECOND = 1_000_000_000L;

  /** The RST here, which the client never sent. */
  private static final int RESET = 61;

  @TempDir Path folder;

  private static long resetNanos() throws IOException {
    return Recorded.read(HERE).stream()
        .filter(each -> each.frame() == RESET)
        .findFirst()
        .orElseThrow()
        .nanos();
  }

  private boolean isProvedBy(UnaryOperator<List<Recorded>> change) throws IOException {
    return isProvedBy(
        Recorded.capture(change.apply(Recorded.read(THERE))).writeTo(folder.resolve("x.pcap")));
  }

  private boolean isProvedWithout(Predicate<Recorded> missing) throws IOException {
    return isProvedBy(all -> all.stream().filter(missing.negate()).toList());
  }

  private static boolean isProvedBy(Path there) {
    Run run = Run.of("analyze", "--format", "json", HERE, "--other-side", there);
    assertEquals("compared", run.summary().get("other_sides").get(0).get("standing").asText());
    for (JsonNode each : run.resets().get(0).get("evidence")) {
      if (each.get("id").asText().equals("other-side")) {
        return each.get("points_to").asText().equals("middlebox");
      }
    }
    return false;
  }

  @Test
  void shouldProveItWhereAllIsThere() {
    assertTrue(isProvedBy(THERE));
  }

  // ---- the flow is in both: of two hosts behind one NAT one was captured

  @Test
  void shouldClaimNothingOfAFlowThatIsNotThere() {
    Path broker = Run.CAPTURES.resolve("nat-lost-mappings.broker.pcap");
    Path client = Run.CAPTURES.resolve("nat-lost-mappings.client.pcapng");

    Run run = Run.of("analyze", "--format", "json", broker, "--other-side", client);
    long compared =
        run.resets().stream().filter(each -> each.toString().contains("\"other-side\"")).count();

    assertEquals(10, run.resets().size());
    assertEquals(5, compared);
    assertEquals(5, run.summary().get("other_sides").get(0).get("connections").asInt());
  }

  // ---- it covers the moment, with the clocks' bound

  @Test
  void shouldClaimNothingWhereItEndsBefore() throws IOException {
    long reset = resetNanos();

    assertFalse(isProvedWithout(each -> each.nanos() > reset - SECOND / 100));
  }

  @Test
  void shouldProveItWhereItEndsAWhileAfter() throws IOException {
    long reset = resetNanos();

    assertTrue(isProvedWithout(each -> each.nanos() > reset + 3 * SECOND));
  }

  // ---- it lost no packets near

  @Test
  void shouldClaimNothingWherePacketsWereDroppedNear() throws IOException {
    assertFalse(isProvedBy(droppingBefore(resetNanos() - SECOND / 2)));
  }

  @Test
  void shouldProveItWherePacketsWereDroppedLongBefore() throws IOException {
    assertTrue(isProvedBy(droppingBefore(resetNanos() - 100 * SECOND)));
  }

  /** A capture that lost packets before its first one from then on. */
  private Path droppingBefore(long nanos) throws IOException {
    PcapngFile file = new PcapngFile().addInterface(LinkType.ETHERNET, 9);
    boolean told = false;
    for (Recorded each : Recorded.read(THERE)) {
      boolean tells = !told && each.nanos() >= nanos;
      told |= tells;
      file.addAfterDrops(each.nanos(), each.bytes(), tells ? 3 : 0);
    }
    assertTrue(told);
    return Files.write(folder.resolve("dropping.pcapng"), file.bytes());
  }

  // ---- it has the packets around

  @Test
  void shouldClaimNothingWhereItLacksAnAcknowledgementBeside() throws IOException {
    Run whole = Run.of("analyze", "--format", "json", HERE, "--other-side", THERE);
    long beside = 0;
    for (JsonNode each : whole.resets().get(0).get("evidence")) {
      if (each.get("id").asText().equals("other-side")) {
        beside = each.get("other_frames").get(0).asLong();
      }
    }
    long missing = beside;

    assertFalse(isProvedWithout(each -> each.frame() == missing));
  }

  /** Offload joins and splits payload, so that one that is missing says nothing. */
  @Test
  void shouldProveItWhereItLacksPayload() throws IOException {
    assertTrue(isProvedWithout(each -> each.payload() > 20));
  }

  // ---- headers are whole

  @Test
  void shouldClaimNothingWhereHeadersAreCut() throws IOException {
    Path cut =
        Recorded.capture(Damage.snapLength(54).apply(Recorded.read(THERE)))
            .writeTo(folder.resolve("cut.pcap"));

    Run run = Run.of("analyze", "--format", "json", HERE, "--other-side", cut);

    assertFalse(run.resets().get(0).toString().contains("a device in between made it"), run.out());
  }

  @Test
  void shouldProveItWherePayloadIsCut() throws IOException {
    assertTrue(isProvedBy(Damage.snapLength(96)));
  }
}
