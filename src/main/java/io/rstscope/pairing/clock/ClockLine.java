package io.rstscope.pairing.clock;

/**
 * How the clock of the other capture runs beside this one's: their difference is a straight line.
 *
 * @param originNanos the time here, amid the packets in both, at which the difference is {@code
 *     differenceNanos}
 * @param differenceNanos the time here less the time there, nanoseconds
 * @param skew by how much the difference grows, a number without unit: 0.00005 is 50 ppm
 * @param boundNanos the difference is off by this at most at the origin, nanoseconds, more than 0;
 *     it is also the shortest transit of each direction
 * @param skewBound the skew is off by this at most
 */
public record ClockLine(
    long originNanos, double differenceNanos, double skew, double boundNanos, double skewBound) {
  /** The time there at a time here, nanoseconds since 1970. */
  public long thereNanos(long hereNanos) {
    return hereNanos - Math.round(differenceAt(hereNanos));
  }

  /** The time here at a time there. */
  public long hereNanos(long thereNanos) {
    long about = thereNanos + Math.round(differenceAt(thereNanos));
    return thereNanos + Math.round(differenceAt(about));
  }

  /**
   * How long a packet was on its way, nanoseconds: right for both ways together, and off by the
   * bound for each.
   *
   * @param fromThere whether it was sent there and arrived here
   */
  public long transitNanos(long hereNanos, long thereNanos, boolean fromThere) {
    double later = hereNanos - thereNanos - differenceAt(hereNanos);
    return Math.round(fromThere ? later : -later);
  }

  /** The time here less the time there, at a time here, nanoseconds. */
  public double differenceAt(long hereNanos) {
    return differenceNanos + skew * (hereNanos - originNanos);
  }

  /** By how much {@link #thereNanos} is off at most, nanoseconds. */
  public long boundAt(long hereNanos) {
    return Math.round(boundNanos + driftBoundAt(hereNanos));
  }

  /** How much of that comes from the skew. */
  public double driftBoundAt(long hereNanos) {
    return skewBound * Math.abs(hereNanos - originNanos);
  }
}
