package io.rstscope.watch.incident;

import io.rstscope.report.words.Printable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/**
 * Runs the user's program, one run at a time, on a thread of its own: nobody waits for it. Used by
 * one thread, beside its own.
 */
final class IncidentProgram implements AutoCloseable {
  /** What waits while it runs; more is refused. */
  static final int WAITING = 4;

  /** Of what waits for the thread at its end. */
  private static final String END = "";

  private final List<String> command;
  private final Limits limits;
  private final Consumer<String> words;
  private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(WAITING + 1);
  private final Thread thread = new Thread(this::work, "incidents");
  private volatile long calls;
  private volatile long failures;

  /**
   * How long it may take.
   *
   * @param runMillis a run; then it is killed
   * @param endMillis all that runs and waits when no more is wanted
   */
  record Limits(long runMillis, long endMillis) {}

  /**
   * @param words takes what it writes, and how it failed
   */
  IncidentProgram(List<String> command, Limits limits, Consumer<String> words) {
    this.command = command;
    this.limits = limits;
    this.words = words;
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Runs it soon.
   *
   * @param input for its standard input
   * @return false when too many runs wait
   */
  boolean run(String input) {
    return waiting.size() < WAITING && waiting.offer(input);
  }

  long calls() {
    return calls;
  }

  long failures() {
    return failures;
  }

  private void work() {
    try {
      for (String input = waiting.take(); !input.equals(END); input = waiting.take()) {
        call(input);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  private void call(String input) {
    calls++;
    OutputLines output = new OutputLines(line -> words.accept(name() + ": " + Printable.of(line)));
    byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
    String problem = ChildProcess.run(command, bytes, limits.runMillis(), output);
    if (problem != null) {
      failures++;
      words.accept("--on-incident: " + command.get(0) + " " + problem);
    }
  }

  private String name() {
    return command.get(0).substring(command.get(0).lastIndexOf('/') + 1);
  }

  /** Waits for what runs and waits, then kills it. */
  @Override
  public void close() {
    try {
      waiting.offer(END);
      thread.join(limits.endMillis());
      if (thread.isAlive()) {
        waiting.remove(END);
        if (!waiting.isEmpty()) {
          words.accept("--on-incident: runs left out at the end: " + waiting.size());
        }
        waiting.clear();
        thread.interrupt();
        thread.join();
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
