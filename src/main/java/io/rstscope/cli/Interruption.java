package io.rstscope.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C (SIGINT), SIGTERM and SIGHUP ask the run to stop where it is and to report what it has:
 * the process then ends with 128 and the signal's number, as a shell has it.
 *
 * <p>A shutdown hook, since Java has no public way to catch a signal: the JVM is on its way down
 * when it runs, with that status, and goes on when the report is written.
 *
 * <p>Made by the thread that reads; that thread is interrupted, as it may be waiting for a pipe.
 */
final class Interruption implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final Console console;
  private final Thread reader = Thread.currentThread();
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop, "interruption");
  private volatile boolean requested;

  /**
   * @param console is told when a signal came
   */
  Interruption(Console console) {
    this.console = console;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  boolean requested() {
    return requested;
  }

  private void stop() {
    requested = true;
    console.say("ended by a signal: what was read until then is reported");
    reader.interrupt();
    try {
      done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
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
