package io.rstscope.watch.host;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.rstscope.report.model.TcpCounter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * By how much the kernel's counters of resets have risen, in the network namespace of this process
 * (proc_pid_net(5)). For any thread.
 */
public final class TcpCounters {
  private static final long WORD = 1L << 32;

  private final List<Path> files;
  private final Map<TcpCounter, Long> last = new EnumMap<>(TcpCounter.class);
  private final Map<TcpCounter, Long> risen = new EnumMap<>(TcpCounter.class);

  /**
   * Reads them for the first time.
   *
   * @param words is told if they cannot be read; later it is not said again
   */
  public TcpCounters(Consumer<String> words) {
    this(Path.of("/proc/self/net"), words);
  }

  TcpCounters(Path net, Consumer<String> words) {
    files = List.of(net.resolve("snmp"), net.resolve("netstat"));
    last.putAll(read());
    last.keySet().forEach(counter -> risen.put(counter, 0L));
    if (!last.containsKey(TcpCounter.OUT_RSTS)) {
      words.accept("the RSTs of this host's sockets cannot be counted: " + files.get(0));
    }
  }

  /** By how much each rose since the first reading; without those that are not there. */
  public synchronized Map<TcpCounter, Long> risen() {
    read()
        .forEach(
            (counter, now) -> {
              Long before = last.put(counter, now);
              risen.merge(counter, before == null ? 0 : rise(before, now), Long::sum);
            });
    return new EnumMap<>(risen);
  }

  /**
   * Counters of 32 bit kernels begin again at 0 after 2^32. One that fell in another way began
   * again with its network namespace, as when a container is restored.
   */
  private static long rise(long before, long now) {
    boolean wrapped = before < WORD && now + WORD - before < WORD / 2;
    return now >= before ? now - before : wrapped ? now + WORD - before : now;
  }

  private Map<TcpCounter, Long> read() {
    Map<String, Long> values = new HashMap<>();
    for (Path file : files) {
      try {
        List<String> lines = Files.readAllLines(file, ISO_8859_1);
        for (int i = 1; i < lines.size(); i += 2) {
          pair(lines.get(i - 1).split("\\s+"), lines.get(i).split("\\s+"), values);
        }
      } catch (IOException e) {
        // not there, or for a moment
      }
    }
    Map<TcpCounter, Long> counters = new EnumMap<>(TcpCounter.class);
    for (TcpCounter counter : TcpCounter.values()) {
      Long value = values.get(counter.group() + ":" + counter.kernelName());
      if (value != null) {
        counters.put(counter, value);
      }
    }
    return counters;
  }

  /** {@code Tcp: RtoAlgorithm RtoMin ...} and below it {@code Tcp: 1 200 ...}. */
  private static void pair(String[] names, String[] numbers, Map<String, Long> values) {
    for (int i = 1; i < Math.min(names.length, numbers.length); i++) {
      if (names[0].equals(numbers[0]) && numbers[i].matches("\\d{1,18}")) {
        values.put(names[0] + names[i], Long.parseLong(numbers[i]));
      }
    }
  }
}
