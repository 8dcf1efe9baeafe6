package io.rstscope.wire;

/**
 * Arithmetic on TCP sequence numbers, which are compared modulo 2<sup>32</sup> (RFC 9293, section
 * 3.4).
 *
 * <p>Every comparison of sequence or acknowledgement numbers, and of TCP timestamps (RFC 7323,
 * section 5.2, which compare the same way), goes through here.
 */
public final class SequenceNumber {
  private SequenceNumber() {}

  /** How far {@code a} is ahead of {@code b}: negative when it is behind, exact within 2 GiB. */
  public static int difference(int a, int b) {
    return a - b;
  }

  /** Whether {@code a} comes after {@code b}. */
  public static boolean isAfter(int a, int b) {
    return a - b > 0;
  }

  /** Whether {@code a} comes after {@code b} or is the same. */
  public static boolean isAtOrAfter(int a, int b) {
    return a - b >= 0;
  }

  /** The later of the two. */
  public static int later(int a, int b) {
    return a - b >= 0 ? a : b;
  }
}
