package io.rstscope.judge.cause;

import io.rstscope.judge.sender.Sender;
import java.util.List;
import java.util.Map;

/**
 * Who ended a connection, and why.
 *
 * @param confidence how probable the cause is; of the endings given with it, this share is right
 * @param benign whether nothing was lost by it
 * @param idleNanos the silence of the flow before it ended, or -1
 * @param says a sentence that explains it and names the {@link #runnerUp}, without full stop
 * @param likelihoods how probable each cause is that competed, the likeliest first; together 1
 * @param evidence what decided between the likeliest cause and the next, strongest first
 */
public record Ending(
    Sender endedBy,
    Cause cause,
    double confidence,
    boolean benign,
    long idleNanos,
    String says,
    Map<Cause, Double> likelihoods,
    List<CauseEvidence> evidence) {
  /** How probable that cause is, 0 to 1. */
  public double likelihood(Cause other) {
    return likelihoods.getOrDefault(other, 0.0);
  }

  /** The other causes with a probability of 0.1 and more, the likeliest first. */
  public List<Alternative> alternatives() {
    return Alternative.to(cause, likelihoods, Alternative.WORTH_NAMING);
  }

  /**
   * The likeliest other cause with a probability of 0.15 and more, which the sentence names, or
   * null. Where the cause is undetermined it is the likeliest of all.
   */
  public Alternative runnerUp() {
    return Alternative.runnerUp(likelihoods, cause);
  }
}
