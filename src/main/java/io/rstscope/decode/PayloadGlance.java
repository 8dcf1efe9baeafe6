package io.rstscope.decode;

/**
 * What is found out of a payload where it is decoded, for whoever follows streams on another
 * thread: here its bytes are at hand, there each would have to be fetched.
 *
 * <p>Called by the thread that decodes.
 */
@FunctionalInterface
public interface PayloadGlance {
  /** What {@link SegmentBatch#glance} gives of a segment at which nobody glanced. */
  int NOT_TAKEN = 0;

  /** For those who follow no streams. */
  PayloadGlance NONE = (data, offset, captured, length) -> NOT_TAKEN;

  /**
   * Looks at a payload of which nothing is known, not even whether a frame begins with it.
   *
   * @param data the first {@code captured} bytes of the payload, from {@code offset}
   * @param captured 1 or more
   * @param length bytes of payload on the wire
   * @return what {@link SegmentBatch#glance} will give
   */
  int take(byte[] data, int offset, int captured, int length);
}
