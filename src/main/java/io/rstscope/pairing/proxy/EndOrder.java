package io.rstscope.pairing.proxy;

import io.rstscope.net.Term;

/** Which leg's end caused that of the other one. */
public enum EndOrder implements Term {
  CLIENT_FIRST("client-first", "the client ended its leg, and the proxy passed it on"),
  BROKER_FIRST("broker-first", "the broker ended its leg, and the proxy passed it on"),
  PROXY_BOTH("proxy-both", "the proxy ended both legs itself"),
  PROXY_FIRST("proxy-first", "the proxy ended one leg itself before the other one ended"),
  PROXY_ONE_LEG("proxy-one-leg", "the proxy ended one leg itself while the other one was open"),
  NOT_PASSED_ON("not-passed-on", "one leg was ended, and the proxy left the other one open"),
  BOTH_ENDS("both-ends", "client and broker each ended their own leg"),
  OPEN("open", "neither leg has ended in the captures"),
  UNKNOWN("order-unknown", "the captures do not show which leg ended first");

  private final String word;
  private final String explanation;

  EndOrder(String word, String explanation) {
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
