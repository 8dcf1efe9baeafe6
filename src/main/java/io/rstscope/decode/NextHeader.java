package io.rstscope.decode;

/**
 * What taking off one header leads to: the kind of the header that follows, as a number from 0, or
 * how decoding ends, as a negative one.
 *
 * <p>A following header is an EtherType as it is, or an IP protocol with {@link #IP_PROTOCOL} set.
 */
final class NextHeader {
  /** Set in the number of an IP protocol, to tell it from an EtherType. */
  static final int IP_PROTOCOL = 0x10000;

  /** The end: a TCP segment on one of the ports was decoded. */
  static final int SEGMENT = -1;

  /** The end: something else. */
  static final int OTHER = -2;

  /** The end: a fragment without the TCP header. */
  static final int LATER_FRAGMENT = -3;

  /** The end: the snap length cut a header. */
  static final int CUT = -4;

  /** The end: a length or version that cannot be. */
  static final int MALFORMED = -5;

  /** The end: a link type that is not decoded. */
  static final int UNSUPPORTED_LINK_TYPE = -6;

  private NextHeader() {}
}
