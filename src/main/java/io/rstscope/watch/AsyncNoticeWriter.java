package io.rstscope.watch;

import io.rstscope.report.model.Notice;
import io.rstscope.report.model.NoticeWriter;
import io.rstscope.report.model.Summary;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * Passes notices on to a writer that may have to wait, such as for a pipe that nobody reads, on a
 * thread of its own: the agent goes on meanwhile. When too many wait, further ones are left out.
 *
 * <p>Used by one thread, beside its own.
 */
final class AsyncNoticeWriter implements NoticeWriter, AutoCloseable {
  /** A notice takes some KiB. */
  static final int WAITING = 1 << 10;

  private interface Task {
    void write() throws IOException;
  }

  private final NoticeWriter writer;
  private final Consumer<String> words;
  private final long patienceMillis;
  private final BlockingQueue<Task> waiting = new LinkedBlockingQueue<>();
  private final Thread thread = new Thread(this::run, "notices");
  private volatile boolean finished;
  private volatile long written;
  private volatile Exception failure;
  private long accepted;
  private long leftOut;

  /**
   * @param writer is used by a thread of ours only
   * @param words is told when notices are left out
   * @param patienceMillis at the end it is given up when nothing could be written for so long
   */
  AsyncNoticeWriter(NoticeWriter writer, Consumer<String> words, long patienceMillis) {
    this.writer = writer;
    this.words = words;
    this.patienceMillis = patienceMillis;
    thread.setDaemon(true);
    thread.start();
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  private void run() {
    try {
      while (!finished) {
        waiting.take().write();
        written++;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      // whatever happens here has to reach the agent, which would go on unheard
    } catch (IOException | RuntimeException e) {
      failure = e;
    }
  }

  @Override
  public void notice(Notice notice) throws IOException {
    check();
    if (waiting.size() >= WAITING) {
      if (leftOut++ == 0) {
        words.accept(
            "standard output is blocked: its reader does not read; notices are left out there");
      }
      return;
    }
    if (leftOut > 0 && waiting.isEmpty()) {
      sayLeftOut();
    }
    accepted++;
    waiting.add(() -> writer.notice(notice));
  }

  private void sayLeftOut() {
    words.accept("notices left out on standard output, which was not being read: " + leftOut);
    leftOut = 0;
  }

  /**
   * Writes what waits and what was counted, unless nothing can be written.
   *
   * @throws IOException when writing has failed
   */
  @Override
  public void finish(Summary summary) throws IOException {
    waiting.add(
        () -> {
          writer.finish(summary);
          finished = true;
        });
    awaitEnd();
    if (thread.isAlive()) {
      leftOut += accepted - written;
    }
    if (leftOut > 0) {
      sayLeftOut();
    }
    check();
  }

  private void awaitEnd() {
    try {
      long before;
      do {
        before = written;
        thread.join(patienceMillis);
      } while (thread.isAlive() && written != before);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Returns if all went well so far.
   *
   * @throws IOException when the output could not be written: nobody listens any more
   */
  void check() throws IOException {
    if (failure instanceof IOException output) {
      throw output;
    }
    if (failure != null) {
      throw new IllegalStateException(failure);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
