package io.rstscope.amqp;

import java.util.ArrayDeque;

/**
 * What the connections of one thread share: equal identities are kept once, and buffers are used
 * again, so that following a connection allocates nothing per packet.
 */
public final class AmqpContext {
  /** Distinct client identities and virtual hosts that are shared; further ones are not. */
  private static final int MAX_INTERNED = 65_536;

  /** Spare buffers: connections that wait for the rest of a frame at the same time. */
  private static final int MAX_SPARE_PARTIALS = 256;

  private final Interner interner = new Interner(MAX_INTERNED);
  private final ArrayDeque<Partial> spare = new ArrayDeque<>();
  private final SegmentScan scan = new SegmentScan(this);

  SegmentScan scan() {
    return scan;
  }

  <T> T intern(T value) {
    return interner.intern(value);
  }

  Partial takePartial() {
    Partial partial = spare.poll();
    return partial == null ? new Partial() : partial;
  }

  void release(Partial partial) {
    if (partial.isSmall() && spare.size() < MAX_SPARE_PARTIALS) {
      partial.clear();
      spare.push(partial);
    }
  }
}
