package io.rstscope.report.model;

import io.rstscope.amqp.ConnectionClose;
import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.sender.Sender;
import io.rstscope.net.FramePlace;
import io.rstscope.net.HostPort;
import io.rstscope.net.Side;
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
public final class EndingGroup {
  /**
   * What its connections have in common.
   *
   * @param opened whether they came about, as far as the capture tells
   * @param said what tells them from others with the same cause
   */
  public record Key(
      String capture,
      String client,
      HostPort broker,
      boolean rolesGuessed,
      Cause cause,
      Sender endedBy,
      boolean opened,
      String said) {
    private static final Pattern NUMBERS = Pattern.compile("[0-9.]+");

    public static Key of(String capture, FlowVerdict verdict) {
      FlowObservation flow = verdict.flow();
      return new Key(
          capture,
          flow.client().address(),
          flow.broker(),
          flow.rolesGuessed(),
          verdict.ending().cause(),
          verdict.ending().endedBy(),
          VerdictCounts.isOpened(verdict),
          said(flow) + told(verdict));
    }

    /** What the broker said of it: different reasons are different endings. */
    private static String said(FlowObservation flow) {
      return flow.amqp() == null
          ? ""
          : code(flow.amqp().channelError()) + said(flow.amqp().close());
    }

    private static String said(ConnectionClose close) {
      return code(close) + (isBrokers(close) ? " " + close.text() : "");
    }

    private static String code(ConnectionClose close) {
      return isBrokers(close) ? close.code() + " " + close.condition() : "";
    }

    private static boolean isBrokers(ConnectionClose close) {
      return close != null && close.by() == Side.BROKER;
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

    // By hand: those of a record take 5 ms at their first use (native-notes/memory.md).
    @Override
    public boolean equals(Object other) {
      return other instanceof Key that
          && cause == that.cause
          && endedBy == that.endedBy
          && opened == that.opened
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
  private final LongFunction<FramePlace> places;
  private final List<Integer> ports = new ArrayList<>();
  private final Set<String> identities = new LinkedHashSet<>();
  private final Set<Integer> heartbeats = new LinkedHashSet<>();
  private final Set<String> logged = new LinkedHashSet<>();
  private final LongSummaryStatistics endNanos = new LongSummaryStatistics();
  private final LongSummaryStatistics idleNanos = new LongSummaryStatistics();
  private final DoubleSummaryStatistics confidence = new DoubleSummaryStatistics();

  /**
   * @param places where a frame of a series lies, or null when the capture is no series
   */
  public EndingGroup(Key key, FlowVerdict first, LongFunction<FramePlace> places) {
    this.key = key;
    this.first = first;
    this.places = places;
  }

  /**
   * Adds a connection.
   *
   * @param log what the broker's log says of it; may be empty
   */
  public void add(FlowVerdict verdict, String log) {
    if (!log.isEmpty() && logged.size() < IDENTITIES_KEPT) {
      logged.add(log);
    }
    FlowObservation flow = verdict.flow();
    if (ports.size() < PORTS_KEPT) {
      ports.add(flow.client().port());
    }
    if (identities.size() < IDENTITIES_KEPT) {
      addIdentity(IdentityText.describe(flow));
    }
    Integer heartbeat = flow.amqp() == null ? null : flow.amqp().heartbeatSeconds();
    if (heartbeat != null && heartbeats.size() < IDENTITIES_KEPT) {
      heartbeats.add(heartbeat);
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

  public Key key() {
    return key;
  }

  /** The connection that came first. */
  public FlowVerdict first() {
    return first;
  }

  /** Where a frame of a series lies, or null when the capture is no series. */
  public LongFunction<FramePlace> places() {
    return places;
  }

  /** Connections. */
  public long size() {
    return endNanos.getCount();
  }

  /** The client's ports in those connections, the first few. */
  public List<Integer> ports() {
    return ports;
  }

  /** Who the clients say they are; the first few that differ. */
  public Set<String> identities() {
    return identities;
  }

  /**
   * The heartbeats that were agreed with them, in seconds, 0 for none; the first few that differ.
   */
  public Set<Integer> heartbeats() {
    return heartbeats;
  }

  /** What the broker's log says of them; the first few that differ. */
  public Set<String> logged() {
    return logged;
  }

  /** When they ended, nanoseconds since 1970. */
  public LongSummaryStatistics endNanos() {
    return endNanos;
  }

  /** The idle times before that, in nanoseconds, where they are known. */
  public LongSummaryStatistics idleNanos() {
    return idleNanos;
  }

  public DoubleSummaryStatistics confidence() {
    return confidence;
  }
}
