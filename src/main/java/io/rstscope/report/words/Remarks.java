package io.rstscope.report.words;

/** What is to be said of a connection beside its ending; clauses, without full stop. */
public final class Remarks {
  public static final String ROLES_GUESSED = "client and broker inferred from port numbers";

  public static final String NO_HANDSHAKE = "the TCP handshake is not in the capture";

  private Remarks() {}
}
