package io.rstscope.excerpt;

import io.rstscope.capture.CaptureException;
import io.rstscope.capture.CapturedPacket;
import io.rstscope.capture.PacketSource;
import io.rstscope.decode.Segment;
import io.rstscope.decode.SegmentDecoder;
import io.rstscope.decode.Tuple;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.net.HostPort;
import io.rstscope.net.PortSet;
import io.rstscope.net.Side;
import io.rstscope.report.model.Excerpts;
import io.rstscope.report.model.FlowExcerpt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * The second reading of a capture: of the flows that matter, the packets that matter. Objects are
 * made for packets of those flows only.
 *
 * <p>Used by one thread.
 */
public final class ExcerptReader {
  /** Of so many flows packets are read; each keeps some tens of them. */
  public static final int MAX_FLOWS = 2_000;

  private record Direction(FlowReader flow, Side from) {}

  private final SegmentDecoder decoder;
  private final Map<Tuple, List<Direction>> directions = new HashMap<>();
  private final List<FlowReader> readers = new ArrayList<>();
  private final Tuple key = new Tuple();
  private final int flowsLeftOut;

  /**
   * @param ports as in the first reading
   * @param flows whose packets to read, the most interesting first; of more than {@link #MAX_FLOWS}
   *     the others are left out
   */
  public ExcerptReader(PortSet ports, List<FlowVerdict> flows) {
    decoder = new SegmentDecoder(ports);
    List<FlowVerdict> taken = flows.subList(0, Math.min(MAX_FLOWS, flows.size()));
    flowsLeftOut = flows.size() - taken.size();
    for (FlowVerdict flow : taken) {
      FlowReader reader = new FlowReader(flow);
      readers.add(reader);
      HostPort client = flow.flow().client();
      HostPort broker = flow.flow().broker();
      follow(Tuple.of(client, broker), new Direction(reader, Side.CLIENT));
      follow(Tuple.of(broker, client), new Direction(reader, Side.BROKER));
    }
  }

  private void follow(Tuple tuple, Direction direction) {
    directions.computeIfAbsent(tuple, any -> new ArrayList<>(1)).add(direction);
  }

  /**
   * Reads the source to its end, or until it is told to stop.
   *
   * @param source the same packets as in the first reading
   * @param stop asked for each packet
   * @return the packets found; when the source can no longer be read, those before and why
   */
  public Excerpts read(PacketSource source, BooleanSupplier stop) {
    CapturedPacket packet = new CapturedPacket();
    Segment segment = new Segment();
    String problem = null;
    try {
      while (source.next(packet)) {
        if (decoder.decode(packet, segment)) {
          add(segment);
        }
        if (stop.getAsBoolean()) {
          problem = "the second reading was stopped before its end";
          break;
        }
      }
    } catch (CaptureException e) {
      problem = e.detail();
    }
    IdentityHashMap<FlowVerdict, FlowExcerpt> excerpts = new IdentityHashMap<>();
    readers.forEach(reader -> excerpts.put(reader.verdict(), reader.excerpt()));
    return new Excerpts(excerpts, flowsLeftOut, problem);
  }

  private void add(Segment segment) {
    List<Direction> candidates = directions.get(key.refill(segment));
    if (candidates == null) {
      return;
    }
    for (Direction direction : candidates) {
      if (direction.flow.covers(segment)) {
        direction.flow.add(segment, direction.from);
        return;
      }
    }
  }
}
