package io.rstscope.attribution;

import java.util.Map;

/**
 * Connections that were lost together: one after the other without a longer pause, and for causes
 * that lie with the same host or on the same path.
 *
 * @param number in its capture, from 1, in the order of time
 * @param firstNanos when the first was lost, ns since 1970
 * @param lastNanos when the last was
 * @param connections how many, 2 or more; each counts once however many resets it saw
 * @param cause the most frequent one
 * @param endedBy who ended most of them
 * @param traits for each trait what they have in common, and how much they differ
 * @param says all this in a sentence, without full stop
 */
public record Incident(
    int number,
    long firstNanos,
    long lastNanos,
    int connections,
    Cause cause,
    Sender endedBy,
    Map<Trait, Common> traits,
    String says) {

  /** What connections can have in common. */
  public enum Trait {
    CLIENT_HOST("client_host", "address of the client's host, of a named client behind a proxy"),
    CONNECTION_NAME("connection_name", "the name that the client gave its connection"),
    PRODUCT("product", "the client library"),
    BROKER("broker", "address and port of the broker"),
    NEXT_HOP(
        "next_hop",
        "source MAC address of the client's packets: of the router nearest to the capture, or the"
            + " client's own");

    private final String word;
    private final String explanation;

    Trait(String word, String explanation) {
      this.word = word;
      this.explanation = explanation;
    }

    /** The word in reports. */
    public String word() {
      return word;
    }

    /** What it means, a phrase. */
    public String explanation() {
      return explanation;
    }
  }

  /**
   * One trait of all connections of an incident.
   *
   * @param shared what it is in all of them, or null when they differ or it is not known of all
   * @param distinct how many different values there are; 0 when it is known of none
   */
  public record Common(String shared, int distinct) {}
}
