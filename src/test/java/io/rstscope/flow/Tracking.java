package io.rstscope.flow;

import io.rstscope.capture.CapturedPacket;
import io.rstscope.decode.Segment;
import io.rstscope.decode.SegmentDecoder;
import io.rstscope.net.PortSet;
import io.rstscope.net.Side;
import io.rstscope.testing.Tap;
import java.util.ArrayList;
import java.util.List;

/** Tracks the flows of a tap, and writes down what the tracker tells. */
final class Tracking implements FlowListener {
  final Tap tap = new Tap(this::accept);
  final FlowTracker tracker;

  /** In the order told: {@code client DATA}, {@code broker RST}, {@code ended OVER ShR}. */
  final List<String> told = new ArrayList<>();

  private final SegmentDecoder decoder;
  private Flow flow;

  private Tracking(String ports, int maxFlows) {
    decoder = new SegmentDecoder(PortSet.parse(ports));
    tracker = new FlowTracker(PortSet.parse(ports), maxFlows, this);
  }

  static Tracking ofPorts(String ports) {
    return new Tracking(ports, 1_000_000);
  }

  static Tracking usual() {
    return ofPorts("5672");
  }

  static Tracking holding(int maxFlows) {
    return new Tracking("5672", maxFlows);
  }

  /** The flow of the last packet that was told. */
  Flow flow() {
    return flow;
  }

  Endpoint client() {
    return flow.client();
  }

  Endpoint broker() {
    return flow.broker();
  }

  String lastTold() {
    return told.get(told.size() - 1);
  }

  /** Ends all flows; what was told of that alone. */
  List<String> endings() {
    tracker.finish();
    return told.stream().filter(line -> line.startsWith("ended")).toList();
  }

  private void accept(CapturedPacket packet) {
    Segment segment = new Segment();
    if (!decoder.decode(packet, segment)) {
      throw new AssertionError("not a segment");
    }
    tracker.accept(segment);
  }

  @Override
  public void reset(Flow flow, Side from, Segment segment) {
    this.flow = flow;
    told.add(from.word() + " RST");
  }

  @Override
  public void segment(Flow flow, Side from, Segment segment, SegmentKind kind) {
    this.flow = flow;
    told.add(from.word() + " " + kind);
  }

  @Override
  public void rolesSwapped(Flow flow) {
    told.add("swapped");
  }

  @Override
  public void ended(Flow flow, FlowEnd why) {
    told.add("ended " + why + " " + flow.history());
  }
}
