package io.rstscope.watch.host;

import io.rstscope.net.HostPort;
import io.rstscope.net.NumericAddress;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Names of hosts, or of pods, from a file that others write anew now and then, in the form of
 * hosts(5): an address, and its name as the next word of the line. No name server is asked. Owned
 * by one thread.
 */
public final class HostNames {
  static final int MOST_BYTES = 4 << 20;

  /** Of DNS; those of pods with their namespace are shorter. */
  static final int LONGEST_NAME = 255;

  private static final long FRESH_NANOS = 1_000_000_000L;

  private final Path file;
  private final Consumer<String> words;
  private Map<InetSocketAddress, String> names = Map.of();
  private Object state;
  private boolean looked;
  private long lookedAtNanos;
  private String said;

  /**
   * @param file need not be there yet
   * @param words takes what is wrong with it, once until that changes
   */
  public HostNames(Path file, Consumer<String> words) {
    this.file = file;
    this.words = words;
  }

  /**
   * The name of an end's host, the first that the file has for it; null when it has none.
   *
   * @param nowNanos of a clock that is never set; the file is looked at once in a second
   */
  public String of(HostPort end, long nowNanos) {
    if (!looked || nowNanos - lookedAtNanos > FRESH_NANOS) {
      looked = true;
      lookedAtNanos = nowNanos;
      refresh();
    }
    return names.get(NumericAddress.key(end.address(), 0));
  }

  private void refresh() {
    String problem;
    try {
      problem = read();
    } catch (IOException e) {
      state = null;
      names = Map.of();
      problem = Files.exists(file) ? "cannot be read: " + e.getMessage() : "no such file";
    }
    if (problem != null && !problem.equals(said)) {
      words.accept("--hosts: " + file + ": " + problem);
    }
    said = problem;
  }

  /** What is wrong with it, or null. */
  private String read() throws IOException {
    BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
    List<Object> seen = List.of(now.lastModifiedTime(), now.size(), String.valueOf(now.fileKey()));
    if (seen.equals(state)) {
      return said;
    }
    state = seen;
    names = Map.of();
    if (!now.isRegularFile()) {
      return "is not a file";
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    }
    if (bytes.length > MOST_BYTES) {
      return "is larger than 4 MiB and not used";
    }
    Map<InetSocketAddress, String> read = new HashMap<>();
    new String(bytes, StandardCharsets.UTF_8).lines().forEach(line -> add(line, read));
    names = read;
    return null;
  }

  private static void add(String line, Map<InetSocketAddress, String> read) {
    String[] fields = line.replaceFirst("#.*", "").strip().split("\\s+", 3);
    if (fields.length > 1 && fields[1].length() <= LONGEST_NAME) {
      InetSocketAddress key = NumericAddress.key(fields[0], 0);
      if (key != null) {
        read.putIfAbsent(key, fields[1]);
      }
    }
  }
}
