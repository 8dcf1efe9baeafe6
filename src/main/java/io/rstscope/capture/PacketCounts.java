package io.rstscope.capture;

/** Counts the packets of a capture, whatever they hold. Used by one thread at a time. */
public final class PacketCounts {
  /**
   * A clock that is set back by less is no clock step, but packets of several queues out of order.
   */
  private static final long BACKWARDS_NANOS = 100_000_000L;

  /**
   * A time without any packet.
   *
   * @param fromNanos when the last one before came, ns since 1970
   * @param untilNanos when the next one came
   */
  public record Pause(long fromNanos, long untilNanos) {
    /** How long it was by the capture's clock, ns. */
    public long nanos() {
      return untilNanos - fromNanos;
    }
  }

  private long packets;
  private long cut;
  private long dropped;
  private long untimed;
  private long backwards;
  private long firstNanos = Long.MAX_VALUE;
  private long lastNanos = Long.MIN_VALUE;
  private long previousNanos;
  private long setBackNanos;
  private long pauseNanos;
  private long pauseUntilNanos;

  /** Counts one more. */
  public void add(CapturedPacket packet) {
    packets++;
    dropped += packet.dropped;
    if (packet.capturedLength < packet.originalLength) {
      cut++;
    }
    if (!packet.timed) {
      untimed++;
    }
    long nanos = packet.timeNanos;
    if (nanos < previousNanos - BACKWARDS_NANOS) {
      backwards++;
      setBackNanos = Math.max(setBackNanos, previousNanos - nanos);
    }
    if (nanos - previousNanos > pauseNanos && packets > 1) {
      pauseNanos = nanos - previousNanos;
      pauseUntilNanos = nanos;
    }
    previousNanos = nanos;
    firstNanos = Math.min(firstNanos, nanos);
    lastNanos = Math.max(lastNanos, nanos);
  }

  /** Packets in all. */
  public long packets() {
    return packets;
  }

  /** Packets of which the snap length cut something off. */
  public long cut() {
    return cut;
  }

  /** Packets that the capture says it lost. */
  public long dropped() {
    return dropped;
  }

  /** Packets of which the capture does not say when. */
  public long untimed() {
    return untimed;
  }

  /** How often a packet is more than a tenth of a second earlier than the one before it. */
  public long backwards() {
    return backwards;
  }

  /** By how much at most, in nanoseconds; 0 when never. */
  public long setBackNanos() {
    return setBackNanos;
  }

  /** The longest time without a packet, or null when there was none. */
  public Pause longestPause() {
    return pauseNanos == 0 ? null : new Pause(pauseUntilNanos - pauseNanos, pauseUntilNanos);
  }

  /** The earliest time, nanoseconds since 1970; 0 when there was no packet. */
  public long firstNanos() {
    return packets == 0 ? 0 : firstNanos;
  }

  /** The latest time, nanoseconds since 1970; 0 when there was no packet. */
  public long lastNanos() {
    return packets == 0 ? 0 : lastNanos;
  }
}
