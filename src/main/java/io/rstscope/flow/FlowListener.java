package io.rstscope.flow;

import io.rstscope.decode.Segment;
import io.rstscope.decode.SegmentBatch;
import io.rstscope.net.Side;

/**
 * Told what happens to flows, on the tracker's thread. The arguments are reused: nothing of them
 * may be kept.
 */
public interface FlowListener {
  /**
   * A reset, before it is noted in the flow: the endpoints are still the baseline to hold it
   * against.
   */
  void reset(Flow flow, Side from, Segment segment);

  /** {@link #usual} has to see the flow: {@link #segment} is to be called. */
  int LOOK = Integer.MIN_VALUE;

  /**
   * A segment that is like the one before from its side and goes on where that ended, after the
   * flow has taken it in. The flow is not over, and its roles are settled.
   *
   * @param id the flow's
   * @param batch holds the segment at {@code i}
   * @param position what the listener last gave {@link Endpoint#listenerPosition(int)} of the side
   *     that sent it
   * @return that position from now on, or {@link #LOOK}
   */
  default int usual(int id, SegmentBatch batch, int i, int position) {
    return LOOK;
  }

  /** Any other segment, after the flow has taken it in. Duplicates are not told. */
  void segment(Flow flow, Side from, Segment segment, SegmentKind kind);

  /**
   * Client and broker of the flow have been exchanged: what was told of one so far is the other's.
   */
  void rolesSwapped(Flow flow);

  /** The flow leaves the table; last call for its id, which may then be given to another one. */
  void ended(Flow flow, FlowEnd why);
}
