package io.rstscope.reset;

import io.rstscope.net.Term;

/** What a reset does to its connection. */
public enum Role implements Term {
  ENDS_CONNECTION("ends-connection", "the connection was up, and this reset ended it"),
  ANSWERS_CLOSE(
      "answers-close",
      "a FIN or close-ok came first: the connection was closing, the RST only cleans up"),
  REPEATS("repeats", "the connection had been reset already"),
  REFUSES("refuses", "it answers a SYN: no connection was established"),
  IGNORED("ignored", "the connection stayed up: the RST had no effect");

  private final String word;
  private final String explanation;

  Role(String word, String explanation) {
    this.word = word;
    this.explanation = explanation;
  }

  @Override
  public String word() {
    return word;
  }

  @Override
  public String explanation() {
    return explanation;
  }
}
