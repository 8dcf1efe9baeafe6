package io.rstscope.judge.context;

import java.util.HashMap;
import java.util.Map;

/**
 * When something happened to the connections of a host, to count what belongs to one event: {@link
 * EventTimes} by host, which counts none where nothing happened.
 */
public final class HostEventTimes {
  private final Map<String, EventTimes> byHost = new HashMap<>();

  /**
   * Adds one.
   *
   * @param nanos when, ns since 1970; in any order
   */
  public void add(String host, long nanos) {
    byHost.computeIfAbsent(host, key -> new EventTimes()).add(nanos);
  }

  /** To be called when all are added, and before any are counted. */
  public void sort() {
    byHost.values().forEach(EventTimes::sort);
  }

  /** The host's first one that is not earlier than that moment, or -1. */
  public long next(String host, long nanos) {
    return byHost.getOrDefault(host, EventTimes.NONE).next(nanos);
  }

  /** How many of the host's are at most so far from that moment. */
  public int around(String host, long nanos, long withinNanos) {
    return byHost.getOrDefault(host, EventTimes.NONE).around(nanos, withinNanos);
  }
}
