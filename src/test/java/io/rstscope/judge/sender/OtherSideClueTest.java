package io.rstscope.judge.sender;

import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.judge.context.Recording;
import io.rstscope.judge.context.Vantage;
import io.rstscope.reset.witness.Crossing;
import io.rstscope.reset.witness.Crossing.Kind;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a capture at the other end says of who sent a reset. */
class OtherSideClueTest {
  private static final long MILLISECOND = 1_000_000L;

  /** A perfect imitation: the socket's form, TTL, timestamps and identification. */
  private static Talk imitated() {
    return imitated(64);
  }

  private static Talk imitated(int ttl) {
    return new Talk().ttl(CLIENT, ttl).open(60).pause(Duration.ofSeconds(1)).socketReset(CLIENT);
  }

  private static Recording recording(Crossing crossing) {
    Map<Long, Crossing> all = new HashMap<>();
    for (long frame = 1; frame < 40; frame++) {
      all.put(frame, crossing);
    }
    return new Recording(Vantage.BROKER, false, 0, 0).withCrossings(all);
  }

  private static Verdict judge(Crossing crossing) {
    return Analysis.lastReset(recording(crossing), imitated());
  }

  private static Evidence evidence(Verdict verdict) {
    return verdict.evidence().stream()
        .filter(each -> each.clue() == ClueKind.OTHER_SIDE)
        .findFirst()
        .orElse(null);
  }

  private static Crossing absent(double chance, long aliveFrame) {
    return new Crossing(
        Kind.MADE_BETWEEN,
        "client.pcap",
        List.of(22L),
        List.of(9L),
        -1,
        -1,
        chance,
        false,
        aliveFrame);
  }

  private static Crossing inBoth(Kind kind, long transit) {
    return new Crossing(
        kind, "client.pcap", List.of(23L), List.of(), transit, 20 * MILLISECOND, 0, false, -1);
  }

  @Test
  void shouldNameTheMiddleboxForWhatNeverWasAtItsEnd() {
    Verdict verdict = judge(absent(1e-6, -1));

    assertEquals(Sender.MIDDLEBOX, verdict.sender());
    assertEquals(
        "not in client.pcap, which has the client's other packets (frame 22): a device in between"
            + " made it",
        evidence(verdict).says());
    assertEquals(new Elsewhere("client.pcap", List.of(22L)), evidence(verdict).elsewhere());
    assertTrue(evidence(verdict).frames().contains(9L));
  }

  @Test
  void shouldBelieveTheClientWithoutThatCapture() {
    Recording alone = new Recording(Vantage.BROKER, false, 0, 0);

    assertEquals(Sender.CLIENT, Analysis.lastReset(alone, imitated()).sender());
  }

  @Test
  void shouldWeighAnAbsenceByTheChanceThatItWasMissed() {
    assertEquals(-Math.log(1e-4), evidence(judge(absent(1e-4, -1))).weight());
    assertEquals(Weights.NEVER_AT_ITS_END, evidence(judge(absent(1e-9, -1))).weight());
  }

  @Test
  void shouldClaimNothingFromAnAbsenceThatMayBeChance() {
    assertNull(evidence(judge(absent(0.01, -1))));
  }

  @Test
  void shouldBeSureWhenTheClientKeepsSendingThere() {
    Evidence alive = evidence(judge(absent(0.01, 31)));

    assertEquals(Weights.NEVER_AT_ITS_END, alive.weight());
    assertTrue(alive.says().endsWith("; the client keeps sending there (frame 31)"), alive.says());
  }

  @Test
  void shouldProveNothingFromAResetAtBothEnds() {
    Evidence both = evidence(judge(inBoth(Kind.CROSSED, 20 * MILLISECOND)));

    assertEquals(Sender.UNDETERMINED, both.pointsTo());
    assertEquals(
        "frame 23 of client.pcap: seen at both ends, 20.0 ms in transit, which proves nothing",
        both.says());
  }

  @Test
  void shouldSuspectOneThatCrossedFasterThanAnyOther() {
    Evidence fast = evidence(judge(inBoth(Kind.TOO_FAST, MILLISECOND)));

    assertEquals(Sender.MIDDLEBOX, fast.pointsTo());
    assertEquals(Weights.FASTER_THAN_ANY, fast.weight());
    assertEquals(
        "frame 23 of client.pcap, but in transit for 1.00 ms only; no other packet took less than"
            + " 20.0 ms",
        fast.says());
  }

  @Test
  void shouldSuspectOneThatOvertookAnEarlierPacket() {
    Evidence early =
        evidence(
            judge(
                new Crossing(
                    Kind.OVERTAKING,
                    "client.pcap",
                    List.of(22L, 23L),
                    List.of(12L),
                    MILLISECOND,
                    MILLISECOND,
                    0,
                    false,
                    -1)));

    assertEquals(Sender.MIDDLEBOX, early.pointsTo());
    assertEquals(Weights.FASTER_THAN_ANY, early.weight());
    assertEquals(
        "frame 23 of client.pcap, and in between it overtook frame 12 (frame 22 there): put in on"
            + " the way",
        early.says());
  }

  private static Crossing diverted() {
    return new Crossing(
        Kind.MADE_BETWEEN, "client.pcap", List.of(22L), List.of(9L), -1, -1, 1e-9, true, 31);
  }

  /** As after a failover of the address, which may be a NAT's or a load balancer's, too. */
  @Test
  void shouldNotBlameADeviceForWhatAnotherHostMayAnswer() {
    Verdict verdict = Analysis.lastReset(recording(diverted()), imitated(61));

    assertEquals(0, evidence(verdict).weight());
    assertEquals(
        "not in client.pcap, and neither is the packet that it answers: a device in between, or"
            + " another host with the client's address",
        evidence(verdict).says());
  }

  @Test
  void shouldBlameADeviceForWhatAnotherHostOfTheSegmentCannotSend() {
    assertEquals(
        Sender.MIDDLEBOX, Analysis.lastReset(recording(diverted()), imitated(64)).sender());
  }

  @Test
  void shouldOnlySayThatOneWasStopped() {
    Evidence stopped = evidence(judge(inBoth(Kind.STOPPED, -1)));

    assertEquals(0, stopped.weight());
    assertEquals("left this end and is not in client.pcap: stopped in the path", stopped.says());
  }
}
