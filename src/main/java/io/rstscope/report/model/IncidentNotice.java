package io.rstscope.report.model;

import io.rstscope.judge.incident.Incident;
import io.rstscope.judge.incident.Losses;
import java.util.List;

/**
 * Losses that came without a longer pause between them, when they are over: what a watch passes on
 * once, where it reports each of them by a {@link Notice}.
 *
 * @param losses all that were lost, by cause
 * @param incidents those of most losses first; a connection that was lost alone is one of its own
 * @param incidentsLeftOut further ones, since there were too many
 * @param first the first loss of the first of them
 * @param missed what was not passed on since the last that was
 */
public record IncidentNotice(
    Losses losses, List<Incident> incidents, int incidentsLeftOut, Notice first, Missed missed) {
  /**
   * Events that came too soon after another one.
   *
   * @param events how many
   * @param losses connections lost in them
   */
  public record Missed(long events, long losses) {
    /** None. */
    public static final Missed NOTHING = new Missed(0, 0);

    /** With one more. */
    public Missed and(long lost) {
      return new Missed(events + 1, losses + lost);
    }
  }
}
