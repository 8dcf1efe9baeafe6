package io.rstscope.watch.incident;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One run of the user's program, without a shell, with few variables of our environment, and for so
 * long at most; then it and what it has started are killed. Used by one thread, which waits.
 */
final class ChildProcess {
  /** No variable that another program may obey: a password of ours may be among them. */
  private static final Set<String> ENVIRONMENT = Set.of("PATH", "HOME", "LANG", "LC_ALL", "TZ");

  private static final long LOOK_MILLIS = 20;

  private final Process process;
  private final Thread feeder;
  private final OutputLines output;

  private ChildProcess(Process process, byte[] input, OutputLines output) {
    this.process = process;
    this.output = output;
    feeder = new Thread(() -> feed(input), "input of " + process.pid());
    feeder.setDaemon(true);
    feeder.start();
  }

  /**
   * Runs it to its end.
   *
   * @param input for its standard input
   * @param limitMillis after so long it is killed; also when this thread is interrupted
   * @param output takes what it writes, on whichever stream
   * @return what went wrong, to follow its name; null when it ended with status 0
   */
  static String run(List<String> command, byte[] input, long limitMillis, OutputLines output) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().retainAll(ENVIRONMENT);
    try {
      return new ChildProcess(builder.start(), input, output).await(limitMillis);
    } catch (IOException e) {
      return "could not be run: " + e.getMessage();
    }
  }

  /** In a thread of its own, as a program that does not read lets a writer wait. */
  private void feed(byte[] input) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(input);
    } catch (IOException e) {
      // it does not want to read it
    }
  }

  private String await(long limitMillis) throws IOException {
    long start = System.nanoTime();
    try {
      while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        drain();
        if (System.nanoTime() - start > TimeUnit.MILLISECONDS.toNanos(limitMillis)) {
          return killed("after " + limitMillis / 1000.0 + " s");
        }
      }
      drain();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return killed("as watch ends");
    } finally {
      output.finish();
    }
    int status = process.exitValue();
    return status == 0 ? null : "ended with status " + status;
  }

  /** Never waits: what it has left in the background may hold the pipe open. */
  private void drain() throws IOException {
    InputStream from = process.getInputStream();
    for (int ready = from.available(); ready > 0; ready = from.available()) {
      output.accept(from.readNBytes(ready));
    }
  }

  private String killed(String when) {
    boolean unread = feeder.isAlive();
    // those that it started go first: they cannot be found when it is gone
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    return "was killed " + when + (unread ? "; it had not read its input" : "");
  }
}
