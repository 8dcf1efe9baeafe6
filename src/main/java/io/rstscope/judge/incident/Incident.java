package io.rstscope.judge.incident;

import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.sender.Sender;
import java.util.Locale;
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
 * @param losses those of them that were lost, by cause; the others were refused
 * @param traits for each trait what they have in common, and how much they differ
 */
public record Incident(
    int number,
    long firstNanos,
    long lastNanos,
    int connections,
    Cause cause,
    Sender endedBy,
    Losses losses,
    Map<Trait, Common> traits) {

  /** What connections can have in common. */
  public enum Trait {
    /** Address of the client's host; behind a proxy that names it, the real client's. */
    CLIENT_HOST,
    /** The name that the client gave its connection. */
    CONNECTION_NAME,
    /** The client library. */
    PRODUCT,
    /** Address and port of the broker. */
    BROKER,
    /**
     * Source MAC address of the client's packets: of the router nearest to the capture, or the
     * client's own.
     */
    NEXT_HOP;

    /** The word in reports. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
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
