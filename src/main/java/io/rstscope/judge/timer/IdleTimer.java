package io.rstscope.judge.timer;

import java.util.List;

/**
 * An idle timer on a path, as the connections show it that did not survive their silences, and
 * those that did.
 *
 * @param broker address of the broker's host
 * @param clients addresses of the clients' hosts on whose paths it was seen, the first few
 * @param clientHosts how many they are
 * @param expiry what happens when it runs out
 * @param atLeastNanos it is at least that long, ns; -1 when no bound is known. If it is exact: the
 *     shortest silence that ended a connection. Else the longest that one survived
 * @param atMostNanos it is at most that long, ns. If it is exact: the longest silence that ended a
 *     connection. Else the shortest after which a connection was no longer known
 * @param witnesses connections that it ended
 * @param independent how many of them no single event can explain together; 1 or more
 * @param longestSurvivedNanos the longest silence that a connection on the same paths survived, ns;
 *     -1 when none of a second or more did
 * @param contradicted whether that is longer than {@code atMostNanos}: then it was no timer alone,
 *     or not the same for all
 * @param mayBe devices whose default it is; hints
 * @param says all this in a clause
 */
public record IdleTimer(
    String broker,
    List<String> clients,
    int clientHosts,
    Expiry expiry,
    long atLeastNanos,
    long atMostNanos,
    int witnesses,
    int independent,
    long longestSurvivedNanos,
    boolean contradicted,
    List<KnownDevice> mayBe,
    String says) {

  /** Whether several witnesses saw it that do not depend on each other, and nothing contradicts. */
  public boolean isSure() {
    return independent >= 2 && !contradicted;
  }
}
