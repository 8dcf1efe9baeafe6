package io.rstscope.watch;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Passes words about the run on to where they may have to wait, such as for a standard error that
 * nobody reads, on a thread of its own: neither capturing nor judging waits for them. When too many
 * wait, further ones are left out and counted.
 *
 * <p>Words are taken from any thread.
 */
public final class AsyncDiagnostics implements Consumer<String>, AutoCloseable {
  /** A pipe that is read again takes about that many at once. */
  static final int WAITING = 1 << 9;

  private final Consumer<String> words;
  private final long patienceMillis;
  private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(WAITING);
  private final AtomicLong leftOut = new AtomicLong();
  private final Thread thread = new Thread(this::run, "words");

  /**
   * @param words is used by a thread of ours only
   * @param patienceMillis at the end it is given up when not all is said after so long
   */
  public AsyncDiagnostics(Consumer<String> words, long patienceMillis) {
    this.words = words;
    this.patienceMillis = patienceMillis;
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void accept(String sentence) {
    if (!waiting.offer(sentence)) {
      leftOut.incrementAndGet();
    }
  }

  private void run() {
    try {
      while (true) {
        say(waiting.take());
      }
    } catch (InterruptedException e) {
      for (String next = waiting.poll(); next != null; next = waiting.poll()) {
        say(next);
      }
    }
  }

  private void say(String sentence) {
    words.accept(sentence);
    long missing = leftOut.getAndSet(0);
    if (missing > 0) {
      words.accept("standard error was blocked: messages left out: " + missing);
    }
  }

  /** Says what waits, unless nobody listens. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(patienceMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
