package io.rstscope.cli;

import io.rstscope.capture.CaptureException;
import io.rstscope.capture.PacketCounts;
import io.rstscope.capture.PacketSource;
import io.rstscope.flow.DecodeAhead;
import io.rstscope.flow.FlowTracker;
import io.rstscope.flow.PortSet;
import io.rstscope.flow.SegmentBatch;
import io.rstscope.flow.SegmentDecoder;
import io.rstscope.judge.Attribution;
import io.rstscope.judge.context.Recording;
import io.rstscope.judge.context.Vantage;
import io.rstscope.report.CaptureQuality;
import io.rstscope.report.CaptureReport;
import io.rstscope.report.LeftOut;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.PendingResets;
import io.rstscope.reset.ResetObserver;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/** Takes one capture through all steps: packets, flows, observations, verdicts, report. */
final class CaptureAnalyzer {
  private final MemoryPlan memory;
  private final Vantage vantage;
  private final SegmentDecoder decoder;
  private final ResetObserver observer;
  private final FlowTracker tracker;
  private final PacketCounts counts = new PacketCounts();
  private final KeptFlows kept;
  private final PendingResets pending;

  /**
   * @param memory how much may be kept
   * @param allFlows whether flows that were neither reset nor lost are judged too
   * @param named whether the user asks for that connection: it has room before others
   * @param vantage where its user says that the capture was taken, or null to infer it
   */
  CaptureAnalyzer(
      PortSet ports,
      MemoryPlan memory,
      boolean allFlows,
      Predicate<FlowObservation> named,
      Vantage vantage) {
    this.memory = memory;
    this.vantage = vantage;
    decoder = new SegmentDecoder(ports);
    kept = new KeptFlows(memory.observedBytes(), named);
    observer = new ResetObserver(allFlows, memory.observer(), kept::add);
    tracker = new FlowTracker(ports, memory.flows(), observer);
    pending = new PendingResets(tracker, observer, memory.observer().pendingResets());
  }

  /**
   * Reads the source to its end, or until it is told to stop.
   *
   * @param stop asked now and then
   * @param progress is given the bytes read so far now and then
   * @throws CaptureException when the source cannot be read further; what was read before is kept
   */
  void read(PacketSource source, BooleanSupplier stop, LongConsumer progress)
      throws CaptureException {
    try (DecodeAhead segments = new DecodeAhead(source, decoder, counts)) {
      for (SegmentBatch batch = segments.next();
          batch != null && !stop.getAsBoolean();
          batch = segments.next()) {
        tracker.accept(batch);
        pending.bound();
        progress.accept(batch.bytesRead());
      }
    }
  }

  /**
   * Ends all flows and judges them.
   *
   * @param path the capture as given on the command line
   * @param problem why it could not be read to its end, or null
   */
  CaptureReport report(String name, String path, String problem) {
    tracker.finish();
    CaptureQuality quality =
        new CaptureQuality(
            counts.packets(),
            decoder.segments(),
            tracker.flows(),
            leftOut(),
            counts.firstNanos(),
            counts.lastNanos(),
            counts.backwards(),
            counts.cut(),
            decoder.cutHeaders() + decoder.malformed(),
            decoder.laterFragments(),
            decoder.unsupportedLinkType(),
            tracker.duplicates(),
            counts.dropped(),
            problem);
    Recording recording =
        Recording.of(vantage, kept.flows(), counts.dropped(), counts.setBackNanos());
    return new CaptureReport(
        name,
        path,
        quality,
        recording,
        Attribution.judge(kept.flows(), recording, observer.bystanders()));
  }

  /** How much may be kept. */
  MemoryPlan memory() {
    return memory;
  }

  private LeftOut leftOut() {
    return new LeftOut(
        tracker.evicted(),
        tracker.evictedAttempts(),
        kept.flowsLeftOut(),
        kept.resetsLeftOut() + observer.resetsLeftOut(),
        observer.amqpLeftOut(),
        memory.moreFlowsFit());
  }
}
