package io.rstscope.pairing;

import io.rstscope.decode.Segment;
import java.util.ArrayList;
import java.util.List;

/** What the other capture has of a flow besides the packets that both have. */
final class FlowThere {
  private static final int MOST_RESETS = 64;

  private final long fromNanos;
  private final long overNanos;
  private final List<SeenPacket> resets = new ArrayList<>();
  private final long[] lastNanos = {Long.MIN_VALUE, Long.MIN_VALUE};
  private final long[] lastFrame = {-1, -1};
  private boolean over;

  /**
   * @param fromNanos before that time there, the same ends had another connection
   * @param overNanos a SYN after that time begins another one
   */
  FlowThere(long fromNanos, long overNanos) {
    this.fromNanos = fromNanos;
    this.overNanos = overNanos;
  }

  void add(Segment segment, boolean fromClient, long identity) {
    over |= segment.has(Segment.SYN) && segment.timeNanos > overNanos;
    if (over || segment.timeNanos < fromNanos) {
      return;
    }
    if (!segment.has(Segment.RST)) {
      lastNanos[fromClient ? 1 : 0] = segment.timeNanos;
      lastFrame[fromClient ? 1 : 0] = segment.frame;
    } else if (resets.size() < MOST_RESETS) {
      resets.add(SeenPacket.of(segment, fromClient, identity));
    }
  }

  /** Those that were sent, and those that arrived, in the order of the capture. */
  List<SeenPacket> resets() {
    return resets;
  }

  /** Number of that side's last packet that is no reset, if it is later than that time; else -1. */
  long aliveFrame(boolean client, long afterNanos) {
    return lastNanos[client ? 1 : 0] > afterNanos ? lastFrame[client ? 1 : 0] : -1;
  }
}
