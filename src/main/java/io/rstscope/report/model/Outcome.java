package io.rstscope.report.model;

import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.incident.Losses;
import java.util.EnumMap;
import java.util.Map;

/**
 * What became of all connections of a run: the numbers behind its first line. A connection that two
 * captures hold counts once, and only what had come about is lost. Filled by one thread.
 */
public final class Outcome {
  private final Losses losses = new Losses();
  private final Losses attempts = new Losses();
  private final Map<Cause, Long> harmless = new EnumMap<>(Cause.class);
  private final SeenConnections seen = new SeenConnections();
  private long joined;
  private long twice;

  /**
   * Counts a connection of a capture.
   *
   * @param capture its number: only one of another capture may be the same
   */
  void add(int capture, FlowVerdict verdict, VerdictCounts tally) {
    VerdictCounts before = tally.joined() ? null : seen.replace(capture, verdict, tally);
    if (before != null) {
      count(before, -1);
      twice++;
    }
    count(before == null ? tally : better(before, tally), 1);
  }

  /** Of two captures one may end before the connection does; else the surer one is right. */
  static VerdictCounts better(VerdictCounts one, VerdictCounts other) {
    if (one.benign() != other.benign()) {
      return one.benign() ? other : one;
    }
    return other.confidence() > one.confidence() ? other : one;
  }

  void count(VerdictCounts tally, long by) {
    if (tally.joined()) {
      joined += by;
    } else if (tally.benign()) {
      harmless.merge(tally.cause(), by, Long::sum);
      harmless.values().removeIf(number -> number == 0);
    } else {
      Losses counted = tally.opened() ? losses : attempts;
      counted.count(tally.cause(), tally.endedBy(), tally.timer(), tally.confidence(), by);
    }
  }

  /** Connections that were lost. */
  public Losses losses() {
    return losses;
  }

  /** Connections that ended without a loss, or did not end, by how. */
  public Map<Cause, Long> harmless() {
    return harmless;
  }

  /** All of these. */
  public long harmlessTotal() {
    return harmless.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Attempts to connect that came to nothing. */
  public Losses attempts() {
    return attempts;
  }

  /** Those of them that a reset answered. */
  public long refused() {
    return attempts.of(Cause.REFUSED);
  }

  /** Those of them that nothing answered. */
  public long halfOpen() {
    return attempts.total() - refused();
  }

  /** Flows that never were connections, or are legs of others: not to be counted as connections. */
  long noConnections() {
    return attempts.total() + joined;
  }

  /** How often a connection was found in one more capture. */
  public long twice() {
    return twice;
  }
}
