package io.rstscope.reset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rstscope.capture.CapturedPacket;
import io.rstscope.decode.Segment;
import io.rstscope.decode.SegmentDecoder;
import io.rstscope.flow.Flow;
import io.rstscope.flow.FlowTracker;
import io.rstscope.net.PortSet;
import io.rstscope.testing.Tap;
import java.util.ArrayList;
import java.util.List;

/** Takes what a tap sees through decoder, tracker and observer. */
final class Observing {
  final Tap tap = new Tap(this::accept);
  private final List<FlowObservation> observations = new ArrayList<>();
  private final SegmentDecoder decoder;
  private final FlowTracker tracker;

  /** What is asked while the capture goes on. */
  final ResetObserver observer;

  private Observing(String ports, boolean allFlows) {
    this(ports, allFlows, ObserverLimits.within(1 << 28));
  }

  private Observing(String ports, boolean allFlows, ObserverLimits limits) {
    decoder = new SegmentDecoder(PortSet.parse(ports));
    observer = new ResetObserver(allFlows, limits, observations::add);
    tracker = new FlowTracker(PortSet.parse(ports), 1_000_000, observer);
  }

  static Observing usual() {
    return new Observing("5672", false);
  }

  /** Keeps so many resets of a flow. */
  static Observing keepingResets(int most) {
    return new Observing("5672", false, ObserverLimits.within(1 << 28).withResetsOfFlow(most));
  }

  /** Has so many bytes for what it keeps. */
  static Observing within(long bytes) {
    return new Observing("5672", true, ObserverLimits.within(bytes));
  }

  static Observing allFlows() {
    return new Observing("5672", true);
  }

  static Observing anyPort() {
    return new Observing("any", false);
  }

  /** The only flow, while the capture goes on; to be looked at before the next packet. */
  Flow flowSoFar() {
    return tracker.find(0);
  }

  /** Ends the capture; what was handed over. */
  List<FlowObservation> flows() {
    tracker.finish();
    return observations;
  }

  /** Ends the capture; the only flow that was handed over. */
  FlowObservation flow() {
    assertEquals(1, flows().size());
    return observations.get(0);
  }

  /** Ends the capture; the resets of the only flow. */
  List<ResetObservation> resets() {
    return flow().resets();
  }

  /** Ends the capture; the only reset of the only flow. */
  ResetObservation reset() {
    assertEquals(1, resets().size());
    return resets().get(0);
  }

  private void accept(CapturedPacket packet) {
    Segment segment = new Segment();
    if (decoder.decode(packet, segment)) {
      tracker.accept(segment);
    }
  }
}
