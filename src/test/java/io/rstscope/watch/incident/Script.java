package io.rstscope.watch.incident;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.Callable;

/** A program of a user, as a shell script, and what it leaves. */
public final class Script {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final long LOOK_AGAIN_MILLIS = 20;

  private Script() {}

  /** Writes one that may be executed. */
  public static Path write(Path file, String... lines) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  /** Waits until it is so. */
  public static void await(String what, Callable<Boolean> condition) throws Exception {
    long start = System.nanoTime();
    while (!condition.call()) {
      if (System.nanoTime() - start > DEADLINE.toNanos()) {
        throw new AssertionError("never: " + what);
      }
      Thread.sleep(LOOK_AGAIN_MILLIS);
    }
  }

  /** Waits until a process, whose number the file holds, is gone. */
  static void awaitGone(Path pid) throws Exception {
    long number = Long.parseLong(Files.readString(pid).strip());
    await(pid + " is gone", () -> !isRunning(number));
  }

  /** One that is dead may still wait to be reaped. */
  private static boolean isRunning(long pid) throws IOException {
    Path stat = Path.of("/proc", Long.toString(pid), "stat");
    try {
      return !Files.readString(stat).replaceFirst(".*\\) ", "").startsWith("Z");
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
