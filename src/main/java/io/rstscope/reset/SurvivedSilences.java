package io.rstscope.reset;

import io.rstscope.flow.Flow;
import io.rstscope.net.HostPort;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The longest silence between each client host and broker host after which a connection went on and
 * was answered: no idle timer on that path is shorter. Of all connections, also of those that were
 * neither reset nor lost.
 *
 * <p>Filled by the tracker's thread, read by any.
 */
public final class SurvivedSilences {
  /** Shorter silences tell nothing: no timer in a path is that short. */
  private static final long SHORTEST_NANOS = 1_000_000_000L;

  private record Path(String client, String broker) {
    // By hand: those of a record take 5 ms at their first use (native-notes/memory.md).
    @Override
    public boolean equals(Object other) {
      return other instanceof Path that && client.equals(that.client) && broker.equals(that.broker);
    }

    @Override
    public int hashCode() {
      return 31 * client.hashCode() + broker.hashCode();
    }
  }

  /** Takes the longest silence that survived between two hosts. */
  public interface Taking {
    /** Called once for each pair of hosts. */
    void accept(String client, String broker, long nanos);
  }

  private final Map<Path, Long> longest = new ConcurrentHashMap<>();
  private final int maxPaths;
  private volatile boolean complete = true;

  /**
   * @param maxPaths pairs of hosts to keep
   */
  public SurvivedSilences(int maxPaths) {
    this.maxPaths = maxPaths;
  }

  /** Takes what a flow has survived so far. */
  void add(Flow flow, HostPort client, HostPort broker) {
    long nanos = flow.longestIdleNanos();
    if (nanos >= SHORTEST_NANOS) {
      add(client.address(), broker.address(), nanos);
    }
  }

  /** Takes what a connection between these hosts has survived, ns. */
  public void add(String client, String broker, long nanos) {
    Path path = new Path(client, broker);
    Long before = longest.get(path);
    if (before == null && longest.size() >= maxPaths) {
      complete = false;
    } else if (before == null || before < nanos) {
      longest.put(path, nanos);
    }
  }

  /**
   * The longest silence that survived between these hosts, in nanoseconds, exact to six digits; -1
   * when none of a second or more did.
   */
  public long longestNanos(String client, String broker) {
    return longest.getOrDefault(new Path(client, broker), -1L);
  }

  /** Gives all of them, in no order. */
  public void forEach(Taking taking) {
    longest.forEach((path, nanos) -> taking.accept(path.client, path.broker, nanos));
  }

  /** Whether no host had to be left out: if not, more may have survived than is known here. */
  public boolean isComplete() {
    return complete;
  }
}
