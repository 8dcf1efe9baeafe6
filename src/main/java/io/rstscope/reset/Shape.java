package io.rstscope.reset;

import io.rstscope.net.Term;

/** What a reset looks like, which tells what kind of sender can have made it. */
public enum Shape implements Term {
  SOCKET(
      "socket",
      "RST,ACK with a window, and timestamps if the flow uses them: made by a live socket, as by a"
          + " process killed with unread data, SO_LINGER 0, or RabbitMQ closing anything"),
  STATELESS(
      "stateless",
      "bare RST, window 0, no timestamps, sequence number copied from the packet it answers: made"
          + " by a kernel that knows no such connection, or by a firewall's REJECT"),
  CRAFTED(
      "crafted",
      "no known TCP stack sends such an RST: made by a tool or a device that builds its own"
          + " packets"),
  REFUSAL(
      "refusal", "RST,ACK with window 0 that answers a SYN: a closed port, or a rule that rejects");

  private final String word;
  private final String explanation;

  Shape(String word, String explanation) {
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
