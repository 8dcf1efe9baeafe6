package io.rstscope.cli;

import io.rstscope.attribution.Attribution;
import io.rstscope.attribution.Recording;
import io.rstscope.attribution.Vantage;
import io.rstscope.capture.CaptureException;
import io.rstscope.capture.CapturedPacket;
import io.rstscope.capture.PacketSource;
import io.rstscope.flow.FlowTracker;
import io.rstscope.flow.PortSet;
import io.rstscope.flow.SegmentBatch;
import io.rstscope.flow.SegmentDecoder;
import io.rstscope.report.CaptureQuality;
import io.rstscope.report.CaptureReport;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/** Takes one capture through all steps: packets, flows, observations, verdicts, report. */
final class CaptureAnalyzer {
  /**
   * A clock that is set back by less is no clock step, but packets of several queues out of order.
   */
  private static final long BACKWARDS_NANOS = 100_000_000L;

  private static final int PACKETS_BETWEEN_CHECKS = 1 << 14;

  private final Vantage vantage;
  private final SegmentDecoder decoder;
  private final FlowTracker tracker;
  private final SegmentBatch batch = new SegmentBatch();
  private final List<FlowObservation> observations = new ArrayList<>();
  private long packets;
  private long cutPackets;
  private long dropped;
  private long backwards;
  private long firstNanos = Long.MAX_VALUE;
  private long lastNanos = Long.MIN_VALUE;
  private long previousNanos;
  private long setBackNanos;

  /**
   * @param vantage where its user says that the capture was taken, or null to infer it
   */
  CaptureAnalyzer(PortSet ports, int maxFlows, boolean allFlows, Vantage vantage) {
    this.vantage = vantage;
    decoder = new SegmentDecoder(ports);
    tracker = new FlowTracker(ports, maxFlows, new ResetObserver(allFlows, observations::add));
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
    CapturedPacket packet = new CapturedPacket();
    try {
      readPackets(source, packet, stop, progress);
    } finally {
      tracker.accept(batch);
    }
  }

  private void readPackets(
      PacketSource source, CapturedPacket packet, BooleanSupplier stop, LongConsumer progress)
      throws CaptureException {
    while (source.next(packet)) {
      take(packet);
      if (decoder.decode(packet, batch.free())) {
        batch.keep();
      }
      if (batch.isFull() || !source.nextIsAtHand()) {
        tracker.accept(batch);
      }
      if (packets % PACKETS_BETWEEN_CHECKS == 0) {
        progress.accept(source.bytesRead());
        if (stop.getAsBoolean()) {
          return;
        }
      }
    }
  }

  private void take(CapturedPacket packet) {
    packets++;
    dropped += packet.dropped;
    if (packet.capturedLength < packet.originalLength) {
      cutPackets++;
    }
    long nanos = packet.timeNanos;
    if (nanos < previousNanos - BACKWARDS_NANOS) {
      backwards++;
      setBackNanos = Math.max(setBackNanos, previousNanos - nanos);
    }
    previousNanos = nanos;
    firstNanos = Math.min(firstNanos, nanos);
    lastNanos = Math.max(lastNanos, nanos);
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
            packets,
            decoder.segments(),
            tracker.flows(),
            tracker.evicted(),
            packets == 0 ? 0 : firstNanos,
            packets == 0 ? 0 : lastNanos,
            backwards,
            cutPackets,
            decoder.cutHeaders() + decoder.malformed(),
            decoder.laterFragments(),
            decoder.unsupportedLinkType(),
            tracker.duplicates(),
            dropped,
            problem);
    Recording recording = Recording.of(vantage, observations, dropped, setBackNanos);
    return new CaptureReport(
        name, path, quality, recording, Attribution.judge(observations, recording), null);
  }
}
