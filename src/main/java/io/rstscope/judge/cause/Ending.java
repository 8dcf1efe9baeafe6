package io.rstscope.judge.cause;

import io.rstscope.judge.sender.Sender;
import java.util.List;
import java.util.function.Supplier;

/**
 * Who ended a connection, and why.
 *
 * @param confidence how probable the cause is; of the endings given with it, this share is right
 * @param benign whether nothing was lost by it
 * @param idleNanos the silence of the flow before it ended, or -1
 * @param likelihoods how probable each cause is that competed, the likeliest first; together 1
 * @param sentence puts together what {@link #says} returns, since most of it is never read
 * @param reasons puts together what {@link #evidence} returns, for the same reason
 */
public record Ending(
    Sender endedBy,
    Cause cause,
    double confidence,
    boolean benign,
    long idleNanos,
    List<Alternative> likelihoods,
    Supplier<String> sentence,
    Supplier<List<CauseEvidence>> reasons) {
  /** A sentence that explains it and names the {@link #runnerUp}, without full stop. */
  public String says() {
    return sentence.get();
  }

  /** What decided between the likeliest cause and the next, strongest first. */
  public List<CauseEvidence> evidence() {
    return reasons.get();
  }

  /** By what it says, wherever that comes from. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Ending that
        && endedBy == that.endedBy
        && cause == that.cause
        && confidence == that.confidence
        && benign == that.benign
        && idleNanos == that.idleNanos
        && likelihoods.equals(that.likelihoods)
        && says().equals(that.says())
        && evidence().equals(that.evidence());
  }

  @Override
  public int hashCode() {
    return 31 * cause.hashCode() + likelihoods.hashCode();
  }

  /** How probable that cause is, 0 to 1. */
  public double likelihood(Cause other) {
    for (Alternative each : likelihoods) {
      if (each.cause() == other) {
        return each.probability();
      }
    }
    return 0;
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
