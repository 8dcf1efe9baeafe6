package io.rstscope.capture;

import java.io.Closeable;
import java.util.List;

/**
 * A stream of captured packets: a file, a pipe or an interface.
 *
 * <p>Used by one thread.
 */
public interface PacketSource extends Closeable {
  /**
   * Moves to the next packet.
   *
   * @param packet is filled; its bytes are valid until the next call, or as long as those who gave
   *     the {@linkplain #readInto array} leave it as it is
   * @return false at the regular end of the capture
   * @throws CaptureException when what follows cannot be read: cut short, damaged, or not readable.
   *     All packets before it have been delivered, and no further call is allowed
   */
  boolean next(CapturedPacket packet) throws CaptureException;

  /**
   * Puts what follows into arrays that {@code blocks} gives: the first one now, others when there
   * is no room left. All packets delivered between two of its calls lie in one array.
   *
   * @throws CaptureException when the thread is interrupted as it waits for an array
   */
  void readInto(Blocks blocks) throws CaptureException;

  /** Whether the next packet lies in memory already: {@link #next} then does not wait. */
  default boolean nextIsAtHand() {
    return false;
  }

  /**
   * Whether {@link #next} may have to wait for whoever writes the capture, as with a pipe or an
   * interface, but not with a file; the same as long as the source lives.
   */
  default boolean mayWait() {
    return true;
  }

  /**
   * Waits until {@link #next} need not, for at most that long.
   *
   * @param millis how long, 0 or more
   * @return whether it would return at once, with a packet or with the end; sources that cannot
   *     tell always say yes
   * @throws CaptureException when the source cannot be read further
   */
  default boolean await(long millis) throws CaptureException {
    return true;
  }

  /** Lets go of the file; returns at once, even if it is blocked. Nothing is thrown. */
  @Override
  void close();

  /** What messages call this source: the file name as given, or {@code -} for standard input. */
  String name();

  /**
   * Bytes consumed so far, of the file as it lies on the disk (compressed, if it is); for progress.
   */
  long bytesRead();

  /**
   * What its user should know of a capture though it can be read, such as a link type that is not
   * supported; sentences without full stop, complete when the capture has ended.
   */
  default List<String> warnings() {
    return List.of();
  }
}
