package io.rstscope.pairing;

import io.rstscope.capture.CaptureException;
import io.rstscope.capture.CapturedPacket;
import io.rstscope.capture.PacketSource;
import io.rstscope.decode.Segment;
import io.rstscope.decode.SegmentDecoder;
import io.rstscope.decode.Tuple;
import io.rstscope.net.PortSet;
import io.rstscope.reset.FlowObservation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;

/**
 * What of the reported capture is looked for in others: packets near the ends of its flows, and a
 * sample of all.
 *
 * <p>Used by one thread.
 */
public final class Here {
  /** Each holds some kilobytes. */
  private static final int MOST_FLOWS = 5_000;

  private record Direction(FlowWindow window, boolean fromClient) {}

  private final PortSet ports;
  private Span span;
  private final Numbering numbering;
  private final List<FlowWindow> windows = new ArrayList<>();
  private final Map<Tuple, List<Direction>> directions = new HashMap<>();
  private final ClockSample sample;
  private final IdentitySample identities = new IdentitySample();

  /**
   * @param ports as in the first reading
   * @param flows those with resets come first; of more than 5000 the others are not looked for
   * @param numbering from what sequence numbers are counted
   * @param span of the capture; null when its packets have no times, and nothing is looked for
   */
  public Here(PortSet ports, Numbering numbering, List<FlowObservation> flows, Span span) {
    this.ports = ports;
    this.numbering = numbering;
    this.span = span;
    sample = span == null ? null : new ClockSample(span.firstNanos(), span.lastNanos());
    flows.stream()
        .sorted(Comparator.comparing(flow -> flow.resets().isEmpty()))
        .limit(MOST_FLOWS)
        .forEach(this::follow);
  }

  private void follow(FlowObservation flow) {
    FlowWindow window = new FlowWindow(flow);
    windows.add(window);
    Tuple fromClient = Tuple.of(flow.client(), flow.broker());
    follow(fromClient, new Direction(window, true));
    follow(fromClient.reversed(), new Direction(window, false));
  }

  private void follow(Tuple tuple, Direction direction) {
    directions.computeIfAbsent(tuple, any -> new ArrayList<>(1)).add(direction);
  }

  /**
   * Reads the capture once more.
   *
   * @param source the same packets as in the first reading; where it cannot be read further, those
   *     before are taken
   * @param stop asked for each packet
   */
  public void read(PacketSource source, BooleanSupplier stop) {
    if (span == null) {
      return;
    }
    ToLongFunction<Segment> identity = numbering.identities();
    SegmentDecoder decoder = new SegmentDecoder(ports);
    CapturedPacket packet = new CapturedPacket();
    Segment segment = new Segment();
    Tuple key = new Tuple();
    long first = Long.MIN_VALUE;
    long last = span.lastNanos();
    try {
      while (!stop.getAsBoolean() && source.next(packet)) {
        first = first == Long.MIN_VALUE ? packet.timeNanos : first;
        last = packet.timeNanos;
        if (decoder.decode(packet, segment)) {
          take(segment, identity.applyAsLong(segment), directions.get(key.refill(segment)));
        }
      }
    } catch (CaptureException e) {
      // told when it was read first
    }
    span = new Span(Math.max(first, span.firstNanos()), last, span.complete());
    windows.forEach(FlowWindow::finish);
  }

  private void take(Segment segment, long identity, List<Direction> candidates) {
    boolean fromClient = isFromClient(segment, ports);
    sample.add(segment, fromClient, identity);
    identities.add(segment, fromClient, identity);
    if (candidates == null) {
      return;
    }
    for (Direction direction : candidates) {
      if (direction.window.covers(segment)) {
        direction.window.add(segment, direction.fromClient, identity);
        return;
      }
    }
  }

  /** By the ports of brokers; where both are, those listen on lower ones. */
  static boolean isFromClient(Segment segment, PortSet ports) {
    boolean toBroker = ports.contains(segment.destinationPort);
    boolean fromBroker = ports.contains(segment.sourcePort);
    return toBroker == fromBroker ? segment.destinationPort < segment.sourcePort : toBroker;
  }

  /** Packets of which the loss is counted. */
  IdentitySample identities() {
    return identities;
  }

  boolean isTimed() {
    return span != null;
  }

  /** Its packets, to be looked for in one other capture. */
  PacketTable table() {
    windows.forEach(FlowWindow::forget);
    return new PacketTable(windows, span == null ? List.of() : sample.packets());
  }

  List<FlowWindow> windows() {
    return windows;
  }

  PortSet ports() {
    return ports;
  }

  Numbering numbering() {
    return numbering;
  }

  /** When it was captured, and whether that is all of it. */
  public Span span() {
    return span;
  }
}
