package io.rstscope.archive;

import io.rstscope.net.Term;

/** How far a capture has come. */
public enum State implements Term {
  DONE("all of it is in the archive"),
  GROWING("it was written to meanwhile: it is taken again next time"),
  INCOMPLETE("it cannot be read to its end; what comes before is in the archive"),
  DUPLICATE("another capture with the same content is in the archive"),
  FAILED("it cannot be read");

  private final String explanation;

  State(String explanation) {
    this.explanation = explanation;
  }

  @Override
  public String word() {
    return Term.ofName(this);
  }

  @Override
  public String explanation() {
    return explanation;
  }
}
