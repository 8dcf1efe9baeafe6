package io.rstscope.pairing.proxy;

import io.rstscope.net.Side;
import io.rstscope.pairing.clock.SharedPacket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Two legs that carry the same: streams that are cut at the same places.
 *
 * @param here as this capture has it
 * @param there as the other one has it
 * @param moreThere by how many bytes the client's stream there is longer from its begin on: the
 *     PROXY protocol's header, which one of both legs has
 */
record LegPair(Leg here, Leg there, long moreThere) {
  /** Of each direction, within what both carried: start, tune and open are as many. */
  private static final int FEWEST_CUTS = 2;

  /** Proxies join and cut what is large. */
  private static final double LEAST_SHARE = 0.5;

  /** What a proxy takes and does not pass on: its buffers, and those of two sockets. */
  private static final long MOST_BYTES_APART = 4L << 20;

  /** A proxy connects, and passes on an end, within this time. */
  static final long TOGETHER_NANOS = 500_000_000L;

  /** A header of the PROXY protocol is shorter. */
  private static final long LONGEST_HEADER = 4_096;

  /**
   * The pair, if both carry the same.
   *
   * @return null when they do not
   */
  static LegPair of(Leg here, Leg there) {
    long more = header(here.stream(Side.CLIENT), there.stream(Side.CLIENT));
    boolean same =
        agree(here.stream(Side.CLIENT), there.stream(Side.CLIENT), more)
            && agree(here.stream(Side.BROKER), there.stream(Side.BROKER), 0);
    return same ? new LegPair(here, there, more) : null;
  }

  /** The difference at which most of their first cuts agree. */
  private static long header(LegStream here, LegStream there) {
    Map<Long, Integer> counts = new HashMap<>();
    counts.put(0L, cutsInCommon(here, there, 0));
    for (int i = 0; i < here.firstMarks(); i++) {
      for (int j = 0; j < there.firstMarks(); j++) {
        long more = there.offset(j) - here.offset(i);
        if (Math.abs(more) <= LONGEST_HEADER) {
          counts.computeIfAbsent(more, each -> cutsInCommon(here, there, each));
        }
      }
    }
    long best = 0;
    for (Map.Entry<Long, Integer> each : counts.entrySet()) {
      if (each.getValue() > counts.get(best)) {
        best = each.getKey();
      }
    }
    return best;
  }

  private static int cutsInCommon(LegStream here, LegStream there, long more) {
    int common = 0;
    for (int i = 0; i < here.firstMarks(); i++) {
      common += there.at(here.offset(i) + more) >= 0 ? 1 : 0;
    }
    return common;
  }

  private static boolean agree(LegStream here, LegStream there, long more) {
    int common = cutsInCommon(here, there, more);
    int most = Math.min(here.firstMarks(), there.firstMarks());
    return common >= Math.min(FEWEST_CUTS, most)
        && common >= LEAST_SHARE * most
        && Math.abs(there.bytes() - more - here.bytes()) <= MOST_BYTES_APART;
  }

  /**
   * Whether more than the first words agree, which those of all clients of one library do: a name,
   * the times of their ends, or, where one has none, those of their begins.
   */
  boolean isPlausible() {
    LegEnd endHere = LegEnd.of(here.flow());
    LegEnd endThere = LegEnd.of(there.flow());
    if (endHere == null || endThere == null) {
      return here.isNamed() || Math.abs(startsApartNanos()) <= TOGETHER_NANOS;
    }
    long endsApart = endHere.nanos() - endThere.nanos();
    return Math.abs(endsApart - startsApartNanos()) <= TOGETHER_NANOS;
  }

  /** Whether each byte that the one leg carried the other one did, too. */
  boolean isExact() {
    return there.stream(Side.CLIENT).bytes() - moreThere == here.stream(Side.CLIENT).bytes()
        && there.stream(Side.BROKER).bytes() == here.stream(Side.BROKER).bytes();
  }

  /** By how much later the leg here began, by the clocks of both. */
  long startsApartNanos() {
    return here.flow().startedNanos() - there.flow().startedNanos();
  }

  /** When the same bytes passed both captures. */
  List<SharedPacket> shared() {
    List<SharedPacket> shared = new ArrayList<>();
    for (Side from : Side.values()) {
      LegStream one = here.stream(from);
      LegStream other = there.stream(from);
      for (int i = 0; i < one.marks(); i++) {
        int j = other.at(one.offset(i) + (from == Side.CLIENT ? moreThere : 0));
        if (j >= 0) {
          shared.add(
              new SharedPacket(
                  from == Side.CLIENT, one.nanos(i), other.nanos(j), one.frame(i), other.frame(j)));
        }
      }
    }
    return shared;
  }
}
