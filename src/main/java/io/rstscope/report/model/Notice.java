package io.rstscope.report.model;

import io.rstscope.judge.cause.FlowVerdict;

/**
 * A verdict given while the capture goes on.
 *
 * @param number of the notice's connection, from 1 in the order in which they are told of
 * @param revision 0 for the first notice of a connection; each further one replaces those before
 * @param source the interface
 * @param verdict what is known so far
 * @param dropped packets that were lost near the ending: what decides may be missing
 * @param clockStepNanos by how much the clock was set during the connection, 0 if it was not:
 *     silences are wrong by as much
 * @param notCapturedNanos how long the interface was not captured near the ending, 0 if it was: a
 *     reset may have passed meanwhile
 * @param listener the process of this host that accepts connections at the broker's address and
 *     port, such as {@code beam.smp (pid 812)}; null when that is not known
 * @param clientName what the user calls the client's host, or null
 * @param brokerName what the user calls the broker's, or null
 */
public record Notice(
    long number,
    int revision,
    String source,
    FlowVerdict verdict,
    long dropped,
    long clockStepNanos,
    long notCapturedNanos,
    String listener,
    String clientName,
    String brokerName) {
  /** One whose interface was captured all the time, and of which it is not known who listens. */
  public Notice(
      long number,
      int revision,
      String source,
      FlowVerdict verdict,
      long dropped,
      long clockStepNanos) {
    this(number, revision, source, verdict, dropped, clockStepNanos, 0, null, null, null);
  }

  /** The same with another verdict on its connection. */
  public Notice with(FlowVerdict other) {
    return copy(other, clientName, brokerName);
  }

  /** The same with names of its hosts, each of which may be null. */
  public Notice named(String client, String broker) {
    return copy(verdict, client, broker);
  }

  private Notice copy(FlowVerdict of, String client, String broker) {
    return new Notice(
        number,
        revision,
        source,
        of,
        dropped,
        clockStepNanos,
        notCapturedNanos,
        listener,
        client,
        broker);
  }
}
