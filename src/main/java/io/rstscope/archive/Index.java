package io.rstscope.archive;

import io.rstscope.judge.Rules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The captures in a store. Used by one thread, except that any may ask {@link #holding}. */
public final class Index {
  /**
   * What new rows change.
   *
   * @param dead rows that others replace
   * @param deadContent content whose flows are replaced, or belong to no capture any more
   */
  public record Change(Set<CaptureRow> dead, Set<String> deadContent) {}

  /** In the order in which they came. */
  private final Map<String, List<CaptureRow>> bySource = new HashMap<>();

  private final Map<String, CaptureRow> byContent = new HashMap<>();

  /** Adds a row that came after those that are in it. */
  public void add(CaptureRow row) {
    bySource.computeIfAbsent(row.source(), key -> new ArrayList<>()).add(row);
    if (row.sha256() != null && row.state() != State.DUPLICATE) {
      byContent.put(row.sha256(), row);
    }
  }

  /** Whether it is new or changed, was judged by other rules, or could not even be opened. */
  public boolean isPending(Source source) {
    List<CaptureRow> rows = bySource.getOrDefault(source.name(), List.of());
    if (rows.isEmpty()) {
      return true;
    }
    CaptureRow latest = rows.get(rows.size() - 1);
    return latest.sha256() == null
        || !source.isAsBefore(latest.bytes(), latest.modifiedMillis())
        || !isOfTheseRules(latest);
  }

  /**
   * The row of the capture whose flows are those that this source would have: one of another name
   * with the same content, judged by these rules. Null when there is none.
   */
  public CaptureRow holding(Source source, String sha256) {
    CaptureRow known = byContent.get(sha256);
    return known != null && isOfTheseRules(known) && !known.source().equals(source.name())
        ? known
        : null;
  }

  private static boolean isOfTheseRules(CaptureRow row) {
    return row.rules().equals(Rules.version());
  }

  /** Takes rows in, and says which they replace. */
  public Change take(Collection<CaptureRow> rows) {
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
