package io.rstscope.archive;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The captures in a store. Used by one thread, except that any may ask {@link #holding}. */
final class Index {
  /**
   * What new rows change.
   *
   * @param dead rows that others replace
   * @param deadContent content whose flows are replaced, or belong to no capture any more
   */
  record Change(Set<CaptureRow> dead, Set<String> deadContent) {}

  /** In the order in which they came. */
  private final Map<String, List<CaptureRow>> bySource = new HashMap<>();

  private final Map<String, CaptureRow> byContent = new HashMap<>();

  void add(CaptureRow row) {
    bySource.computeIfAbsent(row.source(), key -> new ArrayList<>()).add(row);
    if (row.sha256() != null && row.state() != State.DUPLICATE) {
      byContent.put(row.sha256(), row);
    }
  }

  /** The latest row of that source, or null. */
  CaptureRow latest(String source) {
    List<CaptureRow> rows = bySource.getOrDefault(source, List.of());
    return rows.isEmpty() ? null : rows.get(rows.size() - 1);
  }

  /** The row of the capture whose flows are those of that content, or null. */
  CaptureRow holding(String sha256) {
    return byContent.get(sha256);
  }

  /** Takes rows in, and says which they replace. */
  Change take(Collection<CaptureRow> rows) {
    Set<CaptureRow> dead = new HashSet<>();
    Set<String> content = new HashSet<>();
    for (CaptureRow row : rows) {
      for (CaptureRow earlier : bySource.getOrDefault(row.source(), List.of())) {
        if (replaces(row, earlier)) {
          dead.add(earlier);
        }
      }
      if (row.state() != State.DUPLICATE && byContent.containsKey(row.sha256())) {
        content.add(row.sha256());
      }
    }
    dead.forEach(this::remove);
    rows.forEach(this::add);
    for (CaptureRow each : dead) {
      if (each.sha256() != null && !isReferred(each.sha256())) {
        content.add(each.sha256());
        byContent.remove(each.sha256());
      }
    }
    return new Change(dead, content);
  }

  /**
   * Whether both are of the same packets, or of more of them. A file that is written anew, as in a
   * ring, is another capture under the same name; one that can no longer be read changes nothing.
   */
  private static boolean replaces(CaptureRow row, CaptureRow earlier) {
    if (earlier.state() == State.FAILED) {
      return true;
    }
    return row.state() != State.FAILED
        && (earlier.sha256().equals(row.sha256()) || row.overlaps(earlier));
  }

  private void remove(CaptureRow row) {
    bySource.get(row.source()).remove(row);
  }

  private boolean isReferred(String sha256) {
    return bySource.values().stream()
        .flatMap(List::stream)
        .anyMatch(row -> sha256.equals(row.sha256()));
  }
}
