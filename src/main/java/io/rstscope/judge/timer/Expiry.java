package io.rstscope.judge.timer;

import io.rstscope.net.Term;

/** What a device does to a connection when its idle timer runs out, as far as the capture shows. */
public enum Expiry implements Term {
  RESETS_BOTH("resets-both", true, "it resets both sides when the timer expires"),
  RESETS(
      "resets",
      true,
      "it sends an RST when the timer expires; one to the other side, if any, is not in this"
          + " capture"),
  CLOSES("closes", true, "it is a proxy or a program, and closes with FIN when the timer expires"),
  REJECTS_LATER(
      "rejects-later", false, "it forgets the connection, and answers later packets with an RST"),
  DROPS_LATER("drops-later", false, "it forgets the connection, and drops later packets");

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
