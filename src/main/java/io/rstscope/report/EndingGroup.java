package io.rstscope.report;

import io.rstscope.amqp.AmqpRole;
import io.rstscope.amqp.ConnectionClose;
import io.rstscope.capture.SeriesSource.Place;
import io.rstscope.flow.HostPort;
import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.sender.Sender;
import io.rstscope.reset.FlowObservation;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.regex.Pattern;

/**
 * Connections of one capture and one client host that ended in the same way: they are told of once,
 * by the example of the first.
 */
final class EndingGroup {
  /** What its connections have in common. */
  record Key(
      String capture,
      String client,
      HostPort broker,
      boolean rolesGuessed,
      Cause cause,
      Sender endedBy,
      String said) {
    private static final Pattern NUMBERS = Pattern.compile("[0-9.]+");

    static Key of(String capture, FlowVerdict verdict) {
      FlowObservation flow = verdict.flow();
      return new Key(
          capture,
          flow.client().address(),
          flow.broker(),
          flow.rolesGuessed(),
          verdict.ending().cause(),
          verdict.ending().endedBy(),
          said(flow) + told(verdict));
    }

    /** What the broker said of it: different reasons are different endings. */
    private static String said(FlowObservation flow) {
      ConnectionClose close = flow.amqp() == null ? null : flow.amqp().close();
      return close == null || close.by() != AmqpRole.BROKER
          ? ""
          : close.code() + " " + close.condition() + " " + close.text();
    }

    /**
     * The sentence itself, without its numbers, where it tells what the client sent: the sentence
     * and the advice of the first would be false of the others.
     */
    private static String told(FlowVerdict verdict) {
      return switch (verdict.ending().cause()) {
        case BAD_PROTOCOL, AUTH_FAILURE, PROBE ->
            NUMBERS.matcher(verdict.ending().says()).replaceAll("");
        default -> "";
      };
    }

    // By hand, as those of a record link dozens of method handles at their first use.
    @Override
    public boolean equals(Object other) {
      return other instanceof Key that
          && cause == that.cause
          && endedBy == that.endedBy
          && rolesGuessed == that.rolesGuessed
          && client.equals(that.client)
          && broker.equals(that.broker)
          && said.equals(that.said)
          && capture.equals(that.capture);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * client.hashCode() + broker.hashCode()) + cause.ordinal();
    }
  }

  /** More ports, or more names, tell a reader nothing. */
  private static final int PORTS_KEPT = 6;

  private static final int IDENTITIES_KEPT = 3;

  private final Key key;
  private final FlowVerdict first;
  private final LongFunction<Place> places;
  private final List<Integer> ports = new ArrayList<>();
  private final Set<String> identities = new LinkedHashSet<>();
  private final Set<String> logged = new LinkedHashSet<>();
  private final LongSummaryStatistics endNanos = new LongSummaryStatistics();
  private final LongSummaryStatistics idleNanos = new LongSummaryStatistics();
  private final DoubleSummaryStatistics confidence = new DoubleSummaryStatistics();

  /**
   * @param places where a frame of a series lies, or null when the capture is no series
   */
  EndingGroup(Key key, FlowVerdict first, LongFunction<Place> places) {
    this.key = key;
    this.first = first;
    this.places = places;
  }

  /**
   * Adds a connection.
   *
   * @param log what the broker's log says of it; may be empty
   */
  void add(FlowVerdict verdict, String log) {
    if (!log.isEmpty() && logged.size() < IDENTITIES_KEPT) {
      logged.add(log);
    }
    FlowObservation flow = verdict.flow();
    if (ports.size() < PORTS_KEPT) {
      ports.add(flow.client().port());
    }
    if (identities.size() < IDENTITIES_KEPT) {
      addIdentity(IdentityText.describe(flow.amqp()));
    }
    endNanos.accept(verdict.endNanos());
    if (verdict.ending().idleNanos() >= 0) {
      idleNanos.accept(verdict.ending().idleNanos());
    }
    confidence.accept(verdict.ending().confidence());
  }

  private void addIdentity(String identity) {
    if (!identity.isEmpty()) {
      identities.add(identity);
    }
  }

  Key key() {
    return key;
  }

  /** The connection that came first. */
  FlowVerdict first() {
    return first;
  }

  /** Where a frame of a series lies, or null when the capture is no series. */
  LongFunction<Place> places() {
    return places;
  }

  /** Connections. */
  long size() {
    return endNanos.getCount();
  }

  /** The client's ports in those connections, the first few. */
  List<Integer> ports() {
    return ports;
  }

  /** Who the clients say they are; the first few that differ. */
  Set<String> identities() {
    return identities;
  }

  /** What the broker's log says of them; the first few that differ. */
  Set<String> logged() {
    return logged;
  }

  /** When they ended, nanoseconds since 1970. */
  LongSummaryStatistics endNanos() {
    return endNanos;
  }

  /** The silences before that, in nanoseconds, where they are known. */
  LongSummaryStatistics idleNanos() {
    return idleNanos;
  }

  DoubleSummaryStatistics confidence() {
    return confidence;
  }
}
