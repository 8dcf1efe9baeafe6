package io.rstscope.amqp;

import io.rstscope.net.Side;

/**
 * How a version of AMQP cuts its byte stream into frames. Stateless: the bytes of a frame are given
 * with each call, and never read beyond what the call says is there.
 */
interface Framing {
  /** What cannot be a frame. */
  int MALFORMED = -1;

  /**
   * Bytes of a frame, from its first, that {@link #accept} wants to see; more than {@code
   * available} when more must come, perhaps only to say how many. Never reaches into credentials.
   * {@link #MALFORMED} when this is no frame.
   */
  int need(byte[] bytes, int at, int available);

  /**
   * Length of the whole frame in bytes, or {@link #MALFORMED} when {@code available} does not tell.
   */
  int length(byte[] bytes, int at, int available);

  /**
   * Tells the connection what the frame says, as far as {@code visible} bytes of it do. Returns
   * false, and tells nothing, when this is no frame after all.
   */
  boolean accept(ConnectionFacts connection, Side from, byte[] bytes, int at, int visible);

  /**
   * Steps over whole frames that say nothing of an open connection, the bulk of all; returns where
   * the first other one begins, or {@code end}.
   */
  int passMessages(byte[] bytes, int at, int end);

  /** Whether a frame can have ended right before {@code end}. */
  boolean endsBefore(byte[] bytes, int end);

  /** Bytes at the end of a frame that {@link #endsBefore} looks at. */
  int endLength();

  /** Bytes of the frame at {@code at}, from its first, that {@link #isPlausible} looks at. */
  int plausibleLength(byte[] bytes, int at);

  /**
   * Whether a frame seems to begin at {@code at}: strict enough to find the frames again after a
   * loss.
   */
  boolean isPlausible(byte[] bytes, int at, int available);
}
