package io.rstscope.judge.timer;

import io.rstscope.reset.Term;

/** What a device does to a connection when its idle timer runs out, as far as the capture shows. */
public enum Expiry implements Term {
  RESETS_BOTH("resets-both", true, "it resets both sides when the timer runs out"),
  RESETS(
      "resets",
      true,
      "it sends a reset when the timer runs out; that to the other side, if there is one, is not in"
          + " this capture"),
  CLOSES(
      "closes", true, "it is a proxy, or a program, that closes with FIN when the timer ran out"),
  REJECTS_LATER(
      "rejects-later",
      false,
      "it forgets the connection silently, and what comes later is answered by a reset"),
  DROPS_LATER(
      "drops-later", false, "it forgets the connection silently, and what comes later is dropped");

  private final String word;
  private final boolean exact;
  private final String explanation;

  Expiry(String word, boolean exact, String explanation) {
    this.word = word;
    this.exact = exact;
    this.explanation = explanation;
  }

  @Override
  public String word() {
    return word;
  }

  /**
   * Whether the silence before the loss is the timer itself. If not the timer is at most that long:
   * the device waits until somebody speaks.
   */
  public boolean isExact() {
    return exact;
  }

  @Override
  public String explanation() {
    return explanation;
  }
}
