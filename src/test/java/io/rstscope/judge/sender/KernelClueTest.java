package io.rstscope.judge.sender;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.judge.context.Recording;
import io.rstscope.judge.context.Vantage;
import io.rstscope.reset.witness.KernelRecord;
import io.rstscope.reset.witness.KernelRecord.Kind;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the kernel of the broker's host recorded, which is where captures here are made. */
class KernelClueTest {
  private static final int FRAMES = 50;

  private static Verdict verdict(KernelRecord record, Talk talk) {
    Map<Long, KernelRecord> records = new HashMap<>();
    for (long frame = 1; frame <= FRAMES; frame++) {
      records.put(frame, record);
    }
    return Analysis.lastReset(new Recording(Vantage.BROKER, true, 0, 0).withKernel(records), talk);
  }

  private static Evidence kernel(KernelRecord record, Talk talk) {
    return Analysis.clue(ClueKind.KERNEL, verdict(record, talk));
  }

  /** The broker's bare reset, which a device writes alike; its TTL tells of a hop. */
  private static Talk ambiguous(int ttl) {
    return new Talk()
        .open(0)
        .pause(Duration.ofSeconds(60))
        .data(CLIENT, new byte[9])
        .ttl(BROKER, ttl)
        .bareReset(BROKER);
  }

  @Test
  void shouldBeSureOfWhatTheKernelSent() {
    Verdict verdict = verdict(new KernelRecord(Kind.SENT, "NO_SOCKET"), ambiguous(64));

    assertEquals(Sender.BROKER, verdict.sender());
    assertTrue(verdict.confidence() >= 0.99, verdict.confidence() + "");
    assertEquals(
        "this host's kernel sent it: no socket had these addresses and ports (NO_SOCKET)",
        Analysis.clue(ClueKind.KERNEL, verdict).says());
  }

  @Test
  void shouldBeSureOfAForgerWhereTheKernelSentNone() {
    Verdict verdict = verdict(new KernelRecord(Kind.NOT_SENT, null), ambiguous(60));

    assertEquals(Sender.MIDDLEBOX, verdict.sender());
    assertTrue(verdict.confidence() >= 0.99, verdict.confidence() + "");
  }

  @Test
  void shouldNotTakeTheHostsOwnPacketFilterForAForger() {
    Evidence evidence = kernel(new KernelRecord(Kind.NOT_SENT, null), ambiguous(64));

    assertEquals(0, evidence.weight());
    assertTrue(evidence.says().endsWith("a packet filter on the host did"), evidence.says());
  }

  @Test
  void shouldProveNothingByASocketThatTookIt() {
    Evidence evidence = kernel(new KernelRecord(Kind.TAKEN, null), ambiguous(64));

    assertEquals(Sender.UNDETERMINED, evidence.pointsTo());
    assertEquals(0, evidence.weight());
  }

  @Test
  void shouldSayAReasonThatItDoesNotKnow() {
    assertEquals(
        "this host's kernel sent it: NEW_IN_LINUX_9",
        kernel(new KernelRecord(Kind.SENT, "NEW_IN_LINUX_9"), ambiguous(64)).says());
    assertEquals(
        "this host's kernel sent it",
        kernel(new KernelRecord(Kind.SENT, null), ambiguous(64)).says());
  }

  @Test
  void shouldNotApplyWithoutARecord() {
    assertNull(Analysis.clue(ClueKind.KERNEL, Analysis.lastReset(ambiguous(64))));
  }
}
