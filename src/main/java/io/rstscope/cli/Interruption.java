package io.rstscope.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C asks the run to stop where it is and to report what it has: the process then ends with
 * status 0.
 *
 * <p>A shutdown hook, since Java has no public way to catch a signal: the JVM is on its way down
 * when it runs, so it waits for the report and then ends the process itself.
 *
 * <p>Made by the thread that reads; that thread is interrupted, as it may be waiting for a pipe.
 */
final class Interruption implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final Thread reader = Thread.currentThread();
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop, "interruption");
  private volatile boolean requested;

  Interruption() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  boolean requested() {
    return requested;
  }

  private void stop() {
    requested = true;
    reader.interrupt();
    try {
      if (done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(ExitStatus.DONE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The report is written; nothing is left to wait for. */
  @Override
  public void close() {
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // it is running, and ends the process
    }
  }
}
