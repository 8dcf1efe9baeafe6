package io.rstscope.capture;

import java.io.InterruptedIOException;

/** A stream that need not be waited for longer than its reader likes. */
public abstract class AwaitableStream extends BulkStream {
  /**
   * Waits until {@link #read} need not, for at most that long.
   *
   * @param millis how long, 0 or more
   * @return whether it would return at once: with bytes, with the end, or with an exception
   * @throws InterruptedIOException when the thread that waits is interrupted, and stays so
   */
  public abstract boolean await(long millis) throws InterruptedIOException;
}
