package io.rstscope.watch;

import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.watch.VerdictTracker.Told;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Says once, before the notices, that very many connections are being lost together, and at the end
 * how many they were. Used by one thread.
 */
final class MassLoss {
  /** So many within a pause's length are one event, of which nobody reads each notice. */
  private static final int MANY = 100;

  /** Losses further apart are not lost together. */
  private static final long PAUSE_NANOS = 5_000_000_000L;

  private final Consumer<String> words;
  private final Map<String, Integer> causes = new HashMap<>();
  private long lost;
  private long lastAtNanos;
  private boolean said;

  MassLoss(Consumer<String> words) {
    this.words = words;
  }

  /**
   * Takes what is told next.
   *
   * @param nowNanos of a clock that is never set
   */
  void note(List<Told> told, long nowNanos) {
    endAfterPause(nowNanos);
    for (Told each : told) {
      FlowVerdict verdict = each.notice().verdict();
      if (each.notice().revision() == 0 && verdict.isLost()) {
        lost++;
        lastAtNanos = nowNanos;
        causes.merge(verdict.ending().cause().word(), 1, Integer::sum);
      }
    }
    if (!said && lost >= MANY) {
      said = true;
      words.accept(
          "mass loss: %d connections so far, most of them %s; each is reported"
              .formatted(lost, mostFrequent()));
    }
  }

  /** Says how many they were, when no more have come for a while. */
  void endAfterPause(long nowNanos) {
    if (lost > 0 && nowNanos - lastAtNanos > PAUSE_NANOS) {
      if (said) {
        words.accept(
            "mass loss: %d connections in all, most of them %s".formatted(lost, mostFrequent()));
      }
      said = false;
      lost = 0;
      causes.clear();
    }
  }

  private String mostFrequent() {
    return causes.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }
}
