package io.rstscope.reset;

/**
 * What the same flow did after a reset, up to the end of the flow or of the capture.
 *
 * @param sameDirection segments, no resets, that the claimed sender went on to send
 * @param opposite segments, no resets, of the other side
 * @param lifeFrame frame of the first segment of the claimed sender after it, or -1
 * @param lifeNanos how long after the reset that was, or -1
 * @param lifeSequenceOffset its sequence number less that of the reset: negative for one that may
 *     have been under way
 * @param lifeIpIdStep its IPv4 identification less that of the last one before the reset, -1 when
 *     there is none
 * @param lifeTsStep its TSval less that of the last one before the reset, -1 when there is none
 * @param lifeTtl TTL of that segment, or -1
 * @param livedOn whether after that both sides went on: the connection did not end
 */
public record Aftermath(
    int sameDirection,
    int opposite,
    long lifeFrame,
    long lifeNanos,
    int lifeSequenceOffset,
    int lifeIpIdStep,
    long lifeTsStep,
    int lifeTtl,
    boolean livedOn) {
  /** What was sent before the reset may still arrive after it, within about a round trip. */
  private static final long UNDER_WAY_NANOS = 1_000_000L;

  /**
   * Bytes that a capture may lack between two packets of a stream. A sequence number further off is
   * that of a new connection between the same ports, whose SYN was not captured.
   */
  private static final int REACH = 1 << 20;

  /**
   * Whether the claimed sender went on sending in the same connection, by more than what was under
   * way with the reset.
   *
   * @param minRttNanos its shortest round trip, or -1
   */
  public boolean goesOn(long minRttNanos) {
    return lifeFrame != -1
        && Math.abs((long) lifeSequenceOffset) <= REACH
        && (lifeSequenceOffset >= 0 || lifeNanos >= Math.max(UNDER_WAY_NANOS, minRttNanos));
  }
}
