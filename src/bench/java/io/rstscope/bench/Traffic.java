package io.rstscope.bench;

import java.io.IOException;

/** Part of what a capture holds, to be mixed with others by time. Used by one thread. */
interface Traffic {
  /** In place of a time: nothing more will be sent. */
  long NEVER = Long.MAX_VALUE;

  /** When its next packet is to be sent, in nanoseconds, or {@link #NEVER}. */
  long due();

  /** Sends the packet that is due. */
  void send() throws IOException;

  /** Sends all of both, in the order of time. */
  static void mix(Traffic one, Traffic other) throws IOException {
    while (one.due() != NEVER || other.due() != NEVER) {
      (one.due() <= other.due() ? one : other).send();
    }
  }
}
