package io.rstscope.watch.kernel;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.net.HostPort;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.witness.KernelRecord;
import io.rstscope.reset.witness.KernelRecord.Kind;
import io.rstscope.reset.witness.SocketError;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
import io.rstscope.watch.host.LocalAddresses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which record of the kernel belongs to a reset, and what a missing one proves. */
class KernelTraceTest {
  /** What a trace's clock is behind the one of the packets. */
  private static final long BOOT_NANOS = Talk.START - 1_000_000_000_000L;

  private static final class Host extends LocalAddresses {
    @Override
    public boolean contains(String address) {
      return address.equals("10.0.1.1");
    }
  }

  private final FlowObservation flow = flow(new Talk().open(0).socketReset(CLIENT));
  private final ResetObservation reset = flow.resets().get(0);

  private static FlowObservation flow(Talk talk) {
    List<FlowObservation> flows = new ArrayList<>();
    Analysis.observe(flows, talk);
    return flows.get(0);
  }

  /** One that has recorded a captured reset before. */
  private static KernelTrace trace(boolean recordsAll) {
    return proven(KernelTrace.ofLines(recordsAll, new Host(), BOOT_NANOS), BOOT_NANOS);
  }

  private static KernelTrace proven(KernelTrace trace, long wallLessTrace) {
    FlowObservation before = flow(new Talk("10.0.1.1", 39_999).open(0).socketReset(CLIENT));
    trace.take(sent(before, wallLessTrace, 0));
    assertEquals(1, trace.of(before).size());
    return trace;
  }

  /** The client's, so long after the packet. */
  private static String sent(FlowObservation flow, long wallLessTrace, double millis) {
    long nanos = flow.resets().get(0).packet().timeNanos() - wallLessTrace;
    return " p-7 [000] ..s2  %.6f: tcp_send_reset: src=%s dest=%s state=TCP_CLOSE reason=TCP_STATE"
        .formatted((nanos + millis * 1e6) / 1e9, flow.client(), flow.broker());
  }

  private Map<Long, KernelRecord> only(Kind kind, String reason) {
    return Map.of(reset.packet().frame(), new KernelRecord(kind, reason));
  }

  @Test
  void shouldKnowWhyTheKernelSentIt() {
    KernelTrace trace = trace(true);
    trace.take(sent(flow, BOOT_NANOS, 80));

    assertEquals(only(Kind.SENT, "TCP_STATE"), trace.of(flow));
  }

  @Test
  void shouldNotTakeTheRecordOfAnotherMoment() {
    KernelTrace trace = trace(true);
    trace.take(sent(flow, BOOT_NANOS, 120));

    assertEquals(only(Kind.NOT_SENT, null), trace.of(flow));
  }

  @Test
  void shouldConcludeFromAMissingRecordOnlyWhereAllAreKept() {
    assertEquals(only(Kind.NOT_SENT, null), trace(true).of(flow));
    assertEquals(Map.of(), trace(false).of(flow));
  }

  @Test
  void shouldConcludeNothingFromATraceThatNeverToldAnything() {
    assertEquals(Map.of(), KernelTrace.ofLines(true, new Host(), BOOT_NANOS).of(flow));
  }

  @Test
  void shouldConcludeNothingOfOtherHostsFromAMissingRecord() {
    FlowObservation other = flow(new Talk("10.0.1.9", 40_000).open(0).socketReset(CLIENT));

    assertEquals(Map.of(), trace(true).of(other));
  }

  @Test
  void shouldConcludeNothingWhereRecordsWereLost() {
    long wallLessTrace = reset.packet().timeNanos() - System.nanoTime();
    KernelTrace trace = proven(KernelTrace.ofLines(true, new Host(), wallLessTrace), wallLessTrace);
    trace.take("CPU:0 [LOST 12 EVENTS]");

    assertEquals(Map.of(), trace.of(flow));
  }

  @Test
  void shouldKnowThatASocketTookIt() {
    KernelTrace trace = trace(false);
    double seconds = (reset.packet().timeNanos() - BOOT_NANOS) / 1e9;
    trace.take(
        (" p-7 [000] ..s2  %.6f: tcp_receive_reset: family=AF_INET sport=%d dport=%d saddr=%s"
                + " daddr=%s saddrv6=:: daddrv6=:: sock_cookie=e")
            .formatted(
                seconds,
                flow.broker().port(),
                flow.client().port(),
                flow.broker().address(),
                flow.client().address()));

    assertEquals(only(Kind.TAKEN, null), trace.of(flow));
  }

  /** Of the broker's socket of the flow, so long after its reset. */
  private String error(int number, double millis) {
    double seconds = (reset.packet().timeNanos() - BOOT_NANOS + millis * 1e6) / 1e9;
    return (" p-7 [000] ..s2  %.6f: inet_sk_error_report: family=AF_INET protocol=IPPROTO_TCP sport=%d"
            + " dport=%d saddr=%s daddr=%s saddrv6=:: daddrv6=:: error=%d")
        .formatted(
            seconds,
            flow.broker().port(),
            flow.client().port(),
            flow.broker().address(),
            flow.client().address(),
            number);
  }

  @Test
  void shouldKnowWhatTheProgramWasToldOfItsSocket() {
    KernelTrace trace = trace(true);
    trace.take(error(110, 900_000));
    trace.take(error(104, 900_001));

    SocketError error = trace.errorOf(flow);
    assertEquals(BROKER, error.of());
    assertEquals("ETIMEDOUT", error.name());
    assertTrue(error.isGivingUp());
  }

  @Test
  void shouldNotTakeTheErrorOfAnOlderConnectionOfThesePorts() {
    KernelTrace trace = trace(true);
    trace.take(error(110, -900_000));

    assertNull(trace.errorOf(flow));
  }

  @Test
  void shouldTellOfEachErrorOnceAndOfTheNewestOnly() {
    KernelTrace trace = trace(true);
    List<HostPort> told = new ArrayList<>();
    trace.take(error(110, 1));
    long seen = trace.errorsSince(0, (socket, peer, nanos) -> told.add(socket));
    assertEquals(List.of(flow.broker()), told);
    assertEquals(seen, trace.errorsSince(seen, (socket, peer, nanos) -> told.add(peer)));
    for (int i = 0; i < 10_000; i++) {
      trace.take(error(110, i));
    }
    trace.errorsSince(seen, (socket, peer, nanos) -> told.add(peer));

    assertEquals(1 + 4_096, told.size());
  }
}
