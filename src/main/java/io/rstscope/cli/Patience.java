package io.rstscope.cli;

import io.rstscope.capture.CaptureFiles;
import io.rstscope.capture.FileNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Opens what may make its opener wait for ever, as a FIFO that nobody has at its other end does:
 * says so, and can be interrupted.
 */
final class Patience {
  /** Whoever is there already is there by then, and nothing is said. */
  private static final long SILENT_MILLIS = 300;

  private Patience() {}

  /**
   * Opens a file, or a FIFO whose writer may not be there yet.
   *
   * @throws IOException when it cannot be read; the message names it
   */
  static InputStream openFile(Console console, Path file) throws IOException {
    String name = FileNames.of(file);
    return open(console, waiting(name), () -> CaptureFiles.openFile(file));
  }

  /** What is said while nobody writes to a FIFO of that name. */
  static String waiting(String name) {
    return name + ": waiting for what writes to this FIFO";
  }

  /**
   * Opens it on a thread of its own, which is left behind when this one is interrupted.
   *
   * @param what is said when it takes long
   * @throws IOException as the opening throws it, or when this thread is interrupted
   */
  static <T> T open(Console console, String what, Callable<T> opening) throws IOException {
    FutureTask<T> task = new FutureTask<>(opening);
    Thread thread = new Thread(task, "opening");
    thread.setDaemon(true);
    thread.start();
    try {
      try {
        return task.get(SILENT_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        console.say(what);
        return task.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
