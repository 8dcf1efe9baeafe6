package io.rstscope.report.model;

import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.net.HostPort;
import io.rstscope.net.Side;
import io.rstscope.reset.EndpointState;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.Numbered;
import io.rstscope.wire.SequenceNumber;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The connections of captures, to know those again that another capture holds, too: the same four
 * ends at the same time, or, where a NAT shows others, the same sequence numbers on both sides.
 */
final class SeenConnections {
  /** Some hundred bytes each; what comes later is not known again. */
  private static final int MOST = 100_000;

  /** Clocks of two hosts differ. */
  private static final long CLOCKS_NANOS = 2_000_000_000L;

  /** Both ends, whichever was taken for the client. */
  private record Ends(HostPort one, HostPort other) {
    @Override
    public boolean equals(Object object) {
      return object instanceof Ends that
          && (one.equals(that.one) && other.equals(that.other)
              || one.equals(that.other) && other.equals(that.one));
    }

    @Override
    public int hashCode() {
      return one.hashCode() + other.hashCode();
    }
  }

  /** What a side would send next: a NAT leaves that as it is. */
  private static Numbered next(FlowObservation flow, Side side) {
    return new Numbered(side, flow.state(side).nextSequence());
  }

  /** What one capture has of the other side may have been lost before it reached the other. */
  private static final int MOST_LOST = 1 << 20;

  private static final class Seen {
    final int capture;
    final long from;
    final long to;
    final int clientNext;
    final int brokerNext;
    VerdictCounts counted;

    Seen(int capture, long from, long to, FlowObservation flow, VerdictCounts counted) {
      this.capture = capture;
      this.from = from;
      this.to = to;
      this.counted = counted;
      clientNext = flow.clientState().nextSequence();
      brokerNext = flow.brokerState().nextSequence();
    }

    boolean isOf(int otherCapture, long otherFrom, long otherTo) {
      return capture != otherCapture && from <= otherTo && otherFrom <= to;
    }

    boolean isNear(FlowObservation flow) {
      return isNear(clientNext, flow.clientState()) && isNear(brokerNext, flow.brokerState());
    }

    private static boolean isNear(int next, EndpointState side) {
      return Math.abs((long) SequenceNumber.difference(next, side.nextSequence())) < MOST_LOST;
    }
  }

  private final Map<Ends, List<Seen>> byEnds = new HashMap<>();
  private final Map<Numbered, List<Seen>> byNext = new HashMap<>();
  private int size;

  /**
   * Notes a connection.
   *
   * @return as what it was counted when another capture showed it, or null when none has
   */
  VerdictCounts replace(int capture, FlowVerdict verdict, VerdictCounts tally) {
    FlowObservation flow = verdict.flow();
    long from = Math.min(flow.startedNanos(), flow.lastNanos()) - CLOCKS_NANOS;
    long to = Math.max(flow.startedNanos(), flow.lastNanos());
    Ends ends = new Ends(flow.client(), flow.broker());
    Seen same = find(capture, flow, ends, from, to);
    if (same != null) {
      VerdictCounts before = same.counted;
      same.counted = Outcome.better(before, tally);
      return before;
    }
    if (size < MOST) {
      size++;
      add(new Seen(capture, from, to, flow, tally), flow, ends);
    }
    return null;
  }

  private Seen find(int capture, FlowObservation flow, Ends ends, long from, long to) {
    for (Seen each : byEnds.getOrDefault(ends, List.of())) {
      if (each.isOf(capture, from, to)) {
        return each;
      }
    }
    if (isNumbered(flow)) {
      for (Side side : Side.values()) {
        for (Seen each : byNext.getOrDefault(next(flow, side), List.of())) {
          if (each.isOf(capture, from, to) && each.isNear(flow)) {
            return each;
          }
        }
      }
    }
    return null;
  }

  private void add(Seen seen, FlowObservation flow, Ends ends) {
    byEnds.computeIfAbsent(ends, any -> new ArrayList<>(1)).add(seen);
    if (isNumbered(flow)) {
      for (Side side : Side.values()) {
        byNext.computeIfAbsent(next(flow, side), any -> new ArrayList<>(1)).add(seen);
      }
    }
  }

  /** Of both sides payload was seen: others have too few numbers to be known by. */
  private static boolean isNumbered(FlowObservation flow) {
    return flow.clientState().lastPayloadNanos() != 0 && flow.brokerState().lastPayloadNanos() != 0;
  }
}
