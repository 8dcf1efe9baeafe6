package io.rstscope.judge;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.rstscope.judge.context.Recording;
import io.rstscope.judge.incident.Incident;
import io.rstscope.reset.Bystanders;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ObserverLimits;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.ResetObserver;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Copies;
import io.rstscope.testing.Talk;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

/**
 * Judging grows with the number of flows and resets, and not with its square: counted are looks at
 * the resets of a flow, and bytes allocated for many flows.
 */
class LinearCostTest {
  private static final int FEW = 500;
  private static final int TIMES = 8;

  /** What the logarithm of sorting, and growing arrays, may add. */
  private static final double SLACK = 1.5;

  /** Many flows are judged by the threads of the pool that it is done in: here the one measured. */
  private static final ForkJoinPool ONE_THREAD = new ForkJoinPool(1);

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final Bystanders NOTHING_SURVIVED =
      new ResetObserver(false, ObserverLimits.within(1 << 20), flow -> {}).bystanders();

  /** Counts how often its elements are looked at. */
  private static final class Counted<E> extends AbstractList<E> {
    private final List<E> elements;
    private long looks;

    Counted(List<E> elements) {
      this.elements = elements;
    }

    @Override
    public E get(int place) {
      looks++;
      return elements.get(place);
    }

    @Override
    public int size() {
      return elements.size();
    }
  }

  private static CaptureVerdict judge(List<FlowObservation> flows) {
    return Attribution.judge(flows, Recording.of(null, flows, 0, 0), NOTHING_SURVIVED);
  }

  private static void assertLinear(IntToLongFunction cost) {
    // once before, so that what is loaded and made on first use is not counted
    long unused = cost.applyAsLong(FEW);
    long few = cost.applyAsLong(FEW);
    long many = cost.applyAsLong(FEW * TIMES);
    assertTrue(few > 0);
    String costs = few + " for " + FEW + ", " + many + " for more";
    assertTrue(many < few * TIMES * SLACK, costs);
    assertTrue(many > few * TIMES / SLACK, "not all is counted: " + costs);
  }

  /** Resets that the connection does not heed, or that repeat, or that one device sends in rows. */
  private static List<ResetObservation> resets(Talk talk, int count) {
    List<ResetObservation> kinds = Analysis.of(talk).flow().resets();
    List<ResetObservation> resets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      resets.add(kinds.get(i % kinds.size()));
    }
    return resets;
  }

  private static long looksAtResets(Talk talk, int count) {
    Counted<ResetObservation> resets = new Counted<>(resets(talk, count));
    FlowObservation flow = Copies.with(Analysis.of(talk).flow(), resets);
    assertEquals(count, judge(List.of(flow)).flows().get(0).verdicts().size());
    return resets.looks;
  }

  @Test
  void shouldLookAtEachResetOfAFlowAFewTimes() {
    Talk injected =
        new Talk()
            .open(60)
            .craftedReset(CLIENT)
            .craftedReset(CLIENT)
            .craftedReset(BROKER)
            .client(new byte[9])
            .broker(new byte[9]);
    Talk killed =
        new Talk()
            .open(60)
            .data(BROKER, new byte[9])
            .socketReset(CLIENT)
            .data(BROKER, new byte[9])
            .bareReset(CLIENT);
    assertLinear(count -> looksAtResets(injected, count));
    assertLinear(count -> looksAtResets(killed, count));
  }

  private static long allocated(Talk talk, int count) {
    List<FlowObservation> flows = Copies.of(Analysis.of(talk).flow(), count);
    long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    CaptureVerdict verdict = judge(flows);
    long bytes = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    assertEquals(Collections.nCopies(1, count), sizes(verdict));
    return bytes;
  }

  private static List<Integer> sizes(CaptureVerdict verdict) {
    return verdict.incidents().stream().map(Incident::connections).toList();
  }

  @Test
  void shouldAllocateInProportionToTheFlowsOfAnIncident() {
    Duration silence = Duration.ofSeconds(350);
    Talk crash = new Talk().open(60).socketReset(BROKER);
    Talk forgotten =
        new Talk()
            .open(0)
            .pause(silence)
            .data(BROKER, new byte[9])
            .ttl(CLIENT, 63)
            .bareReset(CLIENT);
    assertLinear(count -> ONE_THREAD.submit(() -> allocated(crash, count)).join());
    assertLinear(count -> ONE_THREAD.submit(() -> allocated(forgotten, count)).join());
  }
}
