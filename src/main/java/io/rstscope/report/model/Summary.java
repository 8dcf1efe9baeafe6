package io.rstscope.report.model;

import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.cause.Ending;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.sender.Sender;
import io.rstscope.judge.sender.Verdict;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Role;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Counts over all captures of a run. Filled by one thread, read when the run is over. */
public final class Summary {
  private static final int DIGITS = 3;

  /** Incidents, and idle timers, of each capture: nobody reads more. */
  private static final int KEPT = 1_000;

  private final Map<Sender, Long> resetsBySender = new EnumMap<>(Sender.class);
  private final Map<Sender, Long> lostBySender = new EnumMap<>(Sender.class);
  private final Map<Cause, Long> endings = new EnumMap<>(Cause.class);
  private final Histogram idleMicros = new Histogram(DIGITS);
  private final Histogram rttMicros = new Histogram(DIGITS);
  private final List<CaptureReport> captures = new ArrayList<>();
  private final Outcome outcome = new Outcome();
  private long resets;
  private long harmlessResets;
  private long harmless;
  private long lost;
  private long refused;
  private long incidentsLeftOut;
  private String among = "";
  private HostTcp hostTcp;

  /**
   * Not all connections are reported.
   *
   * @param words of which, to follow "no connection was lost"; empty when all are
   */
  public void chosen(String words) {
    among = words;
  }

  /** Of which connections it tells; empty for all. */
  public String among() {
    return among;
  }

  /** What the capturing host's kernel counted meanwhile. */
  public void host(HostTcp counted) {
    hostTcp = counted;
  }

  /** What the capturing host's kernel counted; null of files. */
  public HostTcp host() {
    return hostTcp;
  }

  /** Adds a capture; of its flows only counts are kept, of its incidents the largest. */
  public void add(CaptureReport capture) {
    CaptureReport kept = capture.withoutFlows(KEPT);
    incidentsLeftOut += capture.verdict().incidents().size() - kept.verdict().incidents().size();
    captures.add(kept);
    for (FlowVerdict flow : capture.flows()) {
      count(flow);
      outcome.add(captures.size(), flow, VerdictCounts.of(flow));
    }
  }

  /** Adds a connection of a capture that goes on. */
  public void add(FlowVerdict verdict) {
    count(verdict);
    outcome.count(VerdictCounts.of(verdict), 1);
  }

  private void count(FlowVerdict verdict) {
    FlowObservation flow = verdict.flow();
    for (Verdict reset : verdict.verdicts()) {
      count(resetsBySender, reset.sender(), 1);
    }
    Ending ending = verdict.ending();
    if (verdict.otherLeg() == null) {
      count(ending.endedBy(), ending.cause(), ending.benign(), verdict.verdicts().size(), 1);
    } else {
      resets += verdict.verdicts().size();
    }
    record(idleMicros, verdict.ending().benign() ? -1 : idleBeforeReset(flow));
    record(rttMicros, Math.max(flow.clientState().minRttNanos(), flow.brokerState().minRttNanos()));
  }

  /** What was added about a connection is not so; percentiles keep what they were first told. */
  public void revise(VerdictCounts before, VerdictCounts after) {
    count(before, -1);
    count(after, 1);
    outcome.count(before, -1);
    outcome.count(after, 1);
  }

  private void count(VerdictCounts tally, long by) {
    for (Map.Entry<Sender, Long> sent : tally.resets().entrySet()) {
      count(resetsBySender, sent.getKey(), sent.getValue() * by);
    }
    if (tally.joined()) {
      resets += tally.totalResets() * by;
    } else {
      count(tally.endedBy(), tally.cause(), tally.benign(), tally.totalResets(), by);
    }
  }

  private void count(Sender endedBy, Cause cause, boolean benign, long itsResets, long by) {
    resets += itsResets * by;
    count(endings, cause, by);
    if (benign) {
      harmless += by;
      harmlessResets += itsResets * by;
    } else if (cause == Cause.REFUSED) {
      refused += by;
    } else {
      lost += by;
      count(lostBySender, endedBy, by);
    }
  }

  private static <E> void count(Map<E, Long> counts, E key, long by) {
    long sum = counts.getOrDefault(key, 0L) + by;
    if (sum == 0) {
      counts.remove(key);
    } else {
      counts.put(key, sum);
    }
  }

  private static long idleBeforeReset(FlowObservation flow) {
    for (ResetObservation reset : flow.resets()) {
      if (reset.role() == Role.ENDS_CONNECTION) {
        return reset.idle().silenceNanos();
      }
    }
    return -1;
  }

  private static void record(Histogram micros, long nanos) {
    if (nanos >= 0) {
      micros.recordValue(nanos / 1000);
    }
  }

  /** The captures in the order of the command line, without their flows. */
  public List<CaptureReport> captures() {
    return captures;
  }

  /** What became of the connections, each counted once. */
  public Outcome outcome() {
    return outcome;
  }

  /**
   * Connections that were up at some time, those among them that nothing happened to; -1 when that
   * cannot be told: only some are reported, or captures may hold the same ones, or a connection was
   * evicted and counted again.
   */
  public long allConnections() {
    long flows = 0;
    for (CaptureReport capture : captures) {
      if (capture.quality().leftOut().evictedFlows() > 0) {
        return -1;
      }
      flows += capture.quality().flows();
    }
    long connections = flows - outcome.noConnections();
    boolean known = among.isEmpty() && captures.size() == 1;
    return known && connections >= outcome.losses().total() ? connections : -1;
  }

  /** Resets in all captures. */
  public long resets() {
    return resets;
  }

  /** Resets of connections whose ending is benign. */
  public long harmlessResets() {
    return harmlessResets;
  }

  /** Connections in the report: those that were lost, refused, or ended harmlessly. */
  public long connections() {
    return lost + refused + harmless;
  }

  /** Connections whose ending is benign. */
  public long harmless() {
    return harmless;
  }

  /** Connections whose ending is not benign, other than refused ones. */
  public long lost() {
    return lost;
  }

  /** Connections that did not come about. */
  public long refused() {
    return refused;
  }

  /** Connections that were to be judged and are counted nowhere else, for lack of memory. */
  public long flowsLeftOut() {
    long flows = 0;
    for (CaptureReport capture : captures) {
      flows += capture.quality().leftOut().flows();
    }
    return flows;
  }

  /** Resets that are counted nowhere else, for lack of memory. */
  public long resetsLeftOut() {
    long left = 0;
    for (CaptureReport capture : captures) {
      left += capture.quality().leftOut().resets();
    }
    return left;
  }

  /** Incidents that the captures here do not hold, since there were too many. */
  public long incidentsLeftOut() {
    return incidentsLeftOut;
  }

  /** Resets by who sent them. */
  public Map<Sender, Long> resetsBySender() {
    return resetsBySender;
  }

  /** Lost connections by who ended them. */
  public Map<Sender, Long> lostBySender() {
    return lostBySender;
  }

  /** All connections that were reset or lost by cause. */
  public Map<Cause, Long> endings() {
    return endings;
  }

  /** Silence before the reset that ended a connection, in µs, of those that were lost. */
  public Histogram idleMicros() {
    return idleMicros;
  }

  /** Shortest round trip to the farther side, in µs, of each connection that was reset or lost. */
  public Histogram rttMicros() {
    return rttMicros;
  }

  /** Whether all captures were read to their ends. */
  public boolean complete() {
    return captures.stream().allMatch(capture -> capture.quality().complete());
  }
}
