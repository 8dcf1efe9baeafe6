package io.rstscope.judge.context;

import io.rstscope.net.Side;
import io.rstscope.reset.Closing;
import io.rstscope.reset.FlowObservation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How long one side had been silent when the client's side closed connections on which the other
 * still spoke. A timer may count one direction alone, as HAProxy's does with {@code option
 * independent-streams}.
 */
public final class OneWaySilences {
  /** What one process ends at once is one moment. */
  private static final long AT_ONCE_NANOS = 150_000_000L;

  /** More of them tell nothing more. */
  private static final int ENOUGH = 64;

  /** The other side spoke again while this one was silent. */
  private static final int TIMES_AS_LONG = 2;

  /** Silences between half and twice as long tell how dense they are there. */
  private static final double NEAR = 2;

  /** Where no others are near they may still be. */
  private static final double UNSEEN = 1;

  /** Natural log-odds from which on so many alike are no chance: five to one. */
  private static final double NO_CHANCE = 1.6;

  /**
   * The silence of one side alone.
   *
   * @param of who was silent
   * @param nanos since its last payload, 1 s or more
   */
  public record Silence(Side of, long nanos) {}

  /**
   * Those before other ends that are the same.
   *
   * @param alike how many at different moments, this one included; 1 where chance may make as many
   * @param livesAlike whether all of them had been in use for as long before: programs that work
   *     for a fixed time end so, too
   */
  public record Found(int alike, boolean livesAlike) {}

  private record Member(long endNanos, Silence silence, long beforeNanos) {}

  private final Map<String, List<Member>> members = new HashMap<>();

  void add(FlowObservation flow, FirstEnd end) {
    Member member = member(flow, end);
    if (member != null) {
      List<Member> known = members.computeIfAbsent(hostOf(flow), key -> new ArrayList<>());
      if (known.size() < ENOUGH) {
        known.add(member);
      }
    }
  }

  /** Of that connection; null when both sides had been silent for about as long, or none was. */
  public static Silence of(FlowObservation flow, FirstEnd end) {
    if (end.way() != FirstEnd.Way.FIN || end.by() != Side.CLIENT || end.orderly()) {
      return null;
    }
    Closing closing = flow.closing();
    Side longer = Side.of(closing.clientSilentNanos() >= closing.brokerSilentNanos());
    long silence = closing.silentNanos(longer);
    long other = closing.silentNanos(longer.other());
    return silence >= Thresholds.SILENCE_NANOS && other >= 0 && other <= silence / TIMES_AS_LONG
        ? new Silence(longer, silence)
        : null;
  }

  private static Member member(FlowObservation flow, FirstEnd end) {
    Silence silence = of(flow, end);
    return silence == null
        ? null
        : new Member(
            end.nanos(), silence, end.lifeNanos() < 0 ? -1 : end.lifeNanos() - silence.nanos());
  }

  private static String hostOf(FlowObservation flow) {
    return flow.client().address();
  }

  /** What the one-way silence of that connection shares with others of its client's address. */
  Found found(FlowObservation flow, FirstEnd end) {
    Member own = member(flow, end);
    if (own == null) {
      return new Found(1, false);
    }
    int alike = 1;
    int near = 0;
    int all = 0;
    boolean livesAlike = own.beforeNanos >= 0;
    for (Member other : members.getOrDefault(hostOf(flow), List.of())) {
      if (isAlike(own, other)) {
        alike++;
        livesAlike &=
            other.beforeNanos >= 0
                && Math.abs(other.beforeNanos - own.beforeNanos) <= Thresholds.START_NANOS;
      }
      near += isNear(own, other) ? 1 : 0;
      all += isApart(own, other) ? 1 : 0;
    }
    return isNoChance(alike - 1, near, all) ? new Found(alike, livesAlike) : new Found(1, false);
  }

  private static boolean isAlike(Member own, Member other) {
    long difference = Math.abs(other.silence.nanos() - own.silence.nanos());
    return isApart(own, other) && difference <= Thresholds.SAME_SILENCE * own.silence.nanos();
  }

  private static boolean isNear(Member own, Member other) {
    return isApart(own, other)
        && other.silence.nanos() <= NEAR * own.silence.nanos()
        && own.silence.nanos() <= NEAR * other.silence.nanos();
  }

  /** The same side's, at another moment. */
  private static boolean isApart(Member own, Member other) {
    return other.silence.of() == own.silence.of()
        && Math.abs(other.endNanos - own.endNanos) > AT_ONCE_NANOS;
  }

  /** Against as many as chance puts there (Poisson), beside any of them. */
  private static boolean isNoChance(int others, int near, int all) {
    double expected = (near + UNSEEN) * 2 * Thresholds.SAME_SILENCE / (NEAR - 1 / NEAR);
    return others > expected
        && others * Math.log(others / expected) - (others - expected) - Math.log(all) >= NO_CHANCE;
  }
}
