package io.rstscope.judge.context;

import io.rstscope.net.Term;

/** What shows that a proxy may stand in the client's place. */
public enum ProxySign implements Term {
  PROXY_HEADER("it opened the connection with a PROXY protocol header"),
  FIN_THEN_RESET("it sent FIN, then at once an RST of its own, as HAProxy does on a timeout"),
  REASON_IN_RESET("it wrote a load balancer's reason into an RST of its own"),
  SEVERAL_CLIENTS("several kinds of programs connect from its address"),
  RELAYS("it accepts connections as well: this is a proxy's leg to the broker"),
  HEALTH_CHECKS(
      "besides connections in use it repeatedly opens others that end without a byte, as a proxy's"
          + " health checks do");

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
