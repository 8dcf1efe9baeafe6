package io.rstscope.testing.day;

/** How a connection ends, in the words of the truth: {@code captures/README.md}. */
enum Ending {
  KILLED("client_crash", "broker", "benign_after_close", "answer_to_fin"),
  CUT("proxy_idle_timeout", "broker", "benign_after_close", "answer_to_fin"),
  CLOSED("healthy", "broker", "benign_after_close", "answer_to_fin"),
  FORGOTTEN("middlebox_idle_timeout", "middlebox", "middlebox_idle_timeout", "first_termination"),
  CHECKED("health_probe", "client", "health_probe", "first_termination"),
  LIVING(null, null, null, null);

  /** Why the connection ended. */
  final String rootCause;

  /** Who sends its reset, if there is one. */
  final String originator;

  /** Why that was sent. */
  final String cause;

  final String role;

  Ending(String rootCause, String originator, String cause, String role) {
    this.rootCause = rootCause;
    this.originator = originator;
    this.cause = cause;
    this.role = role;
  }

  boolean isByFin() {
    return role != null && role.equals("answer_to_fin");
  }

  /** Whether packets alone leave other causes possible. */
  boolean isCauseOpen() {
    return this == KILLED || this == CUT || this == FORGOTTEN;
  }
}
