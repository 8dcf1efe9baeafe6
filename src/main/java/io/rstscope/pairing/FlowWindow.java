package io.rstscope.pairing;

import io.rstscope.decode.Segment;
import io.rstscope.decode.Tuple;
import io.rstscope.reset.FlowObservation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The packets of one flow here near its resets, or near its end where it has none, and with which
 * flow there they are in common.
 */
final class FlowWindow {
  /** Enough to hold some of each direction. */
  private static final int BEFORE = 16;

  private static final int AFTER = 16;

  /** A killed consumer can cause hundreds of resets, which all say the same. */
  private static final int MOST_PACKETS = 256;

  /** An honest path shows a flow at one pair of ends. */
  private static final int MOST_TUPLES = 8;

  private final FlowObservation flow;
  private final ArrayDeque<SeenPacket> before = new ArrayDeque<>(BEFORE);
  private final List<SeenPacket> packets = new ArrayList<>();
  private final Map<Tuple, Integer> tuplesThere = new HashMap<>();
  private boolean begun;
  private boolean overflowed;
  private int wanted;

  FlowWindow(FlowObservation flow) {
    this.flow = flow;
  }

  FlowObservation flow() {
    return flow;
  }

  /** Whether a packet of these addresses is of this flow: others may use them before and after. */
  boolean covers(Segment segment) {
    begun = begun || segment.timeNanos == flow.startedNanos();
    return begun && segment.frame <= flow.lastFrame();
  }

  void add(Segment segment, boolean fromClient, long identity) {
    SeenPacket packet = SeenPacket.of(segment, fromClient, identity);
    if (packet.isReset()) {
      keepThoseBefore();
      wanted = AFTER + 1;
    }
    if (wanted > 0) {
      wanted--;
      keep(packet);
    } else {
      if (before.size() == BEFORE) {
        before.removeFirst();
      }
      before.addLast(packet);
    }
  }

  private void keepThoseBefore() {
    before.forEach(this::keep);
    before.clear();
  }

  private void keep(SeenPacket packet) {
    if (packets.size() < MOST_PACKETS) {
      packets.add(packet);
    } else {
      overflowed = true;
    }
  }

  /** The flow is over: of one without resets the last packets are those that matter. */
  void finish() {
    if (flow.resets().isEmpty()) {
      keepThoseBefore();
    }
    before.clear();
  }

  /** In the order of the capture. */
  List<SeenPacket> packets() {
    return packets;
  }

  /** Whether all its resets are among {@link #packets}. */
  boolean holdsAllResets() {
    return !overflowed && flow.resetsLeftOut() == 0;
  }

  /**
   * One of its packets is there, too.
   *
   * @param tuple as it is from the client there
   */
  void foundThere(Tuple tuple) {
    if (tuplesThere.size() < MOST_TUPLES || tuplesThere.containsKey(tuple)) {
      tuplesThere.merge(tuple, 1, Integer::sum);
    }
  }

  /** Addresses and ports of the same flow there, from the client; null when it is not there. */
  Tuple tupleThere() {
    return tuplesThere.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(null);
  }

  /** To be compared with another capture. */
  void forget() {
    tuplesThere.clear();
  }
}
