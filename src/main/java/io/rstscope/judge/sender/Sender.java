package io.rstscope.judge.sender;

import io.rstscope.net.Side;
import io.rstscope.net.Term;

/** Who put a reset on the wire, or ended a connection. */
public enum Sender implements Term {
  CLIENT("client", "the client host itself, or the proxy that is the broker's TCP peer"),
  BROKER("broker", "the broker host itself"),
  MIDDLEBOX(
      "middlebox",
      "something between the two that used the source address of one of them: a firewall, NAT or"
          + " load balancer, or an intruder"),
  UNDETERMINED("undetermined", "this capture does not show it");

  private final String word;
  private final String explanation;

  Sender(String word, String explanation) {
    this.word = word;
    this.explanation = explanation;
  }

  /** The client, or the broker. */
  public static Sender of(Side side) {
    return side == Side.CLIENT ? CLIENT : BROKER;
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
