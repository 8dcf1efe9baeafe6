package io.rstscope.engine;

import io.rstscope.amqp.AmqpReader;
import io.rstscope.amqp.PayloadReads;
import io.rstscope.decode.PayloadGlance;
import io.rstscope.decode.SegmentBatch;
import io.rstscope.decode.SegmentDecoder;
import io.rstscope.flow.Flow;
import io.rstscope.flow.FlowListener;
import io.rstscope.flow.FlowTracker;
import io.rstscope.net.PortSet;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ObserverLimits;
import io.rstscope.reset.PendingResets;
import io.rstscope.reset.ResetObserver;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * From packets to what is observed of each flow, for captures and live traffic alike: decoder,
 * tracker, observer, and the bounds of what they keep.
 *
 * <p>The decoder may belong to another thread; all else is owned by the one that calls {@link
 * #accept}.
 */
public final class FlowPipeline {
  private final SegmentDecoder decoder;
  private final ResetObserver observer;
  private final FlowTracker tracker;
  private final PendingResets pending;

  /**
   * @param maxFlows flows followed at once
   * @param limits what is kept of them
   * @param wanted whether a flow that was neither reset nor lost is observed too
   * @param reads is shown which bytes of payloads say something
   * @param around what the tracker tells, made of the observer, which is to be told all of it
   * @param ended is given each flow that leaves
   */
  public FlowPipeline(
      PortSet ports,
      int maxFlows,
      ObserverLimits limits,
      Predicate<Flow> wanted,
      PayloadReads reads,
      UnaryOperator<FlowListener> around,
      Consumer<FlowObservation> ended) {
    // who is shown what is read must see it read where streams are followed
    boolean heeded = reads != PayloadReads.UNHEEDED;
    decoder = new SegmentDecoder(ports, heeded ? PayloadGlance.NONE : AmqpReader::glance);
    observer = new ResetObserver(wanted, limits, reads, ended);
    tracker = new FlowTracker(ports, maxFlows, around.apply(observer));
    pending = new PendingResets(tracker, observer, limits.pendingResets());
  }

  /** Puts decoded segments into their flows. */
  public void accept(SegmentBatch segments) {
    tracker.accept(segments);
    pending.bound();
  }

  /** Ends all flows. */
  public void finish() {
    tracker.finish();
  }

  /** Reads packets into segments, and counts what it cannot read. */
  public SegmentDecoder decoder() {
    return decoder;
  }

  /** Holds the flows, and counts them. */
  public FlowTracker tracker() {
    return tracker;
  }

  /** Knows of each flow what matters to who judges it. */
  public ResetObserver observer() {
    return observer;
  }
}
