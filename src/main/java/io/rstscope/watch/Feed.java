package io.rstscope.watch;

import io.rstscope.capture.BpfFilter;
import io.rstscope.capture.live.CaptureProcess;
import io.rstscope.capture.live.CaptureProgram;
import io.rstscope.capture.live.LiveCapture;
import io.rstscope.capture.live.LiveException;
import io.rstscope.capture.live.LiveException.Reason;
import io.rstscope.capture.live.LiveOptions;
import io.rstscope.capture.live.LiveSource;
import io.rstscope.capture.live.StreamCapture;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Where packets come from.
 *
 * @param name what notices call it: the interface, the file, or {@code -}
 * @param opening opens it, and again when it has gone away
 * @param recorded whether somebody else captures, and we read what he writes: time is that of the
 *     packets, and their end is ours
 * @param filter which packets to take of those that come, or null for all
 */
public record Feed(String name, Opening opening, boolean recorded, BpfFilter filter) {
  /** How to open it. */
  public interface Opening {
    /**
     * Opens it; of what is recorded the writer is waited for.
     *
     * @throws IOException when that is not possible, in words for the user
     */
    LiveSource open() throws IOException;
  }

  /** The packets of an interface, of which the kernel filters those that are wanted. */
  public static Feed ofInterface(String name, LiveOptions options) {
    return new Feed(name, () -> LiveCapture.open(name, options), false, null);
  }

  /** The same, captured by another program. */
  public static Feed ofInterface(
      String name, LiveOptions options, CaptureProgram program, Consumer<String> words) {
    return new Feed(name, () -> CaptureProcess.open(program, name, options, words), false, null);
  }

  /** The same, captured by dumpcap where this process may not capture and dumpcap may. */
  public static Feed ofInterface(String name, LiveOptions options, Consumer<String> words) {
    return new Feed(name, () -> openAsPermitted(name, options, words), false, null);
  }

  private static LiveSource openAsPermitted(
      String name, LiveOptions options, Consumer<String> words) throws LiveException {
    try {
      return LiveCapture.open(name, options);
    } catch (LiveException e) {
      boolean another = e.reason() == Reason.NOT_PERMITTED || e.reason() == Reason.NO_LIBRARY;
      if (!another || CaptureProgram.DUMPCAP.executable() == null) {
        throw e;
      }
      try {
        LiveSource opened = CaptureProcess.open(CaptureProgram.DUMPCAP, name, options, words);
        words.accept(name + ": dumpcap captures, as this process may not");
        return opened;
      } catch (LiveException notEither) {
        // why that failed is one thing more that its user need not have known
        throw notEither.reason() == Reason.NOT_PERMITTED ? e : notEither;
      }
    }
  }

  /**
   * A capture that is still being written.
   *
   * @param name a FIFO or a file, or {@code -} for standard input
   * @param follow whether what is appended to the file is waited for
   * @param filter is used by the thread that reads, or null
   */
  public static Feed ofStream(String name, boolean follow, BpfFilter filter) {
    Opening opening = follow ? () -> StreamCapture.follow(name) : () -> StreamCapture.open(name);
    return new Feed(name, opening, true, filter);
  }
}
