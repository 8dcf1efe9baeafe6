package io.rstscope.attribution;

/**
 * How a capture was recorded, as far as it limits what may be concluded from it.
 *
 * @param vantage where it was taken, as its user says, or null when that is to be inferred
 * @param lostPackets packets that the capturing system says it lost, 0 or more
 * @param setBackNanos by how much its clock was set back at most, 0 when it only went on
 */
public record Recording(Vantage vantage, long lostPackets, long setBackNanos) {
  /** Nothing is missing from it, as far as is known. */
  public static final Recording WHOLE = new Recording(null, 0, 0);
}
