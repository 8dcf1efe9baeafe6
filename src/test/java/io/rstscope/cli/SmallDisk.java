package io.rstscope.cli;

import io.rstscope.testing.Needs;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk of a few pages, in memory; it is gone when it is closed. */
record SmallDisk(Path folder) implements AutoCloseable {
  private static final int PAGE = 4096;

  /** Goes on only if disks can be mounted. */
  static SmallDisk mount(Path folder) throws IOException {
    Files.createDirectories(folder);
    Needs.LIVE.require(
        run("mount", "-t", "tmpfs", "-o", "size=256k", "none", folder.toString()),
        "no disk can be mounted here");
    return new SmallDisk(folder);
  }

  private static boolean run(String... command) throws IOException {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Path filler() {
    return folder.resolve("filler");
  }

  /** Leaves no room. */
  void fill() throws IOException {
    try (OutputStream out = Files.newOutputStream(filler())) {
      while (true) {
        out.write(new byte[PAGE]);
      }
    } catch (IOException e) {
      if (!String.valueOf(e.getMessage()).contains("No space")) {
        throw e;
      }
    }
  }

  void makeRoom() throws IOException {
    Files.delete(filler());
  }

  void makeReadOnly() throws IOException {
    if (!run("mount", "-o", "remount,ro", folder.toString())) {
      throw new IOException("cannot make it read-only");
    }
  }

  /** Whatever is open on it does not keep it from going. */
  @Override
  public void close() throws IOException {
    if (!run("umount", "--lazy", folder.toString())) {
      throw new IOException("cannot unmount " + folder);
    }
  }
}
