package io.rstscope.judge.context;

import io.rstscope.reset.Term;

/** What shows that a proxy may stand in the client's place. */
public enum ProxySign implements Term {
  PROXY_HEADER("it began the connection with a PROXY protocol header"),
  FIN_THEN_RESET("it sent FIN and at once a reset of its own, as HAProxy does on a timeout"),
  REASON_IN_RESET("it wrote a load balancer's reason into a reset of its own"),
  SEVERAL_CLIENTS("programs of several kinds speak from its address"),
  HEALTH_CHECKS(
      "beside connections in use it opens others again and again that end without a byte, as a"
          + " proxy's health checks do");

  private final String explanation;

  ProxySign(String explanation) {
    this.explanation = explanation;
  }

  /** The word in reports: {@code proxy-header}. */
  @Override
  public String word() {
    return Term.ofName(this);
  }

  @Override
  public String explanation() {
    return explanation;
  }
}
