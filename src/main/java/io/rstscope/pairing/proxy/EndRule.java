package io.rstscope.pairing.proxy;

import io.rstscope.net.Side;
import io.rstscope.pairing.Span;
import io.rstscope.pairing.clock.ClockPiece;
import io.rstscope.pairing.clock.Clocks;
import io.rstscope.pairing.proxy.ProxiedConnection.EndedLeg;

/**
 * Says which leg's end caused that of the other one: who ended each, and what came first. What a
 * proxy passes on takes as long as any payload; what it ends itself does not follow the other end.
 */
final class EndRule {
  /** Of the shortest time through the proxy, which payload took. */
  private static final double PASSED_ON_SHARE = 0.5;

  /** A proxy that is to pass on an end does so within this time. */
  private static final long OPEN_NANOS = 1_000_000_000L;

  private final Clocks clocks;
  private final boolean clientLegsHere;
  private final Span here;
  private final Span there;

  EndRule(Clocks clocks, Span here, Span there) {
    this.clocks = clocks;
    this.clientLegsHere = !clocks.fromClientArrivesHere();
    this.here = here;
    this.there = there;
  }

  ProxiedConnection of(LegPair pair) {
    EndedLeg legHere = EndedLeg.of(pair.here().flow());
    EndedLeg legThere = EndedLeg.of(pair.there().flow());
    LegEnd endHere = legHere.end();
    LegEnd endThere = legThere.end();
    ClockPiece piece = piece(endHere, endThere);
    boolean both = endHere != null && endThere != null && piece != null;
    long apart = both ? piece.line().hereNanos(endThere.nanos()) - endHere.nanos() : 0;
    return new ProxiedConnection(
        legHere,
        legThere,
        clientLegsHere,
        order(endHere, endThere, piece),
        apart,
        both ? piece.line().boundAt(endHere.nanos()) : 0);
  }

  /** The part of the captures with both ends, or null. */
  private ClockPiece piece(LegEnd endHere, LegEnd endThere) {
    ClockPiece piece =
        endHere != null
            ? clocks.atHere(endHere.frame())
            : endThere == null ? null : clocks.atThere(endThere.frame());
    boolean one =
        piece != null
            && (endHere == null || endThere == null || piece.there().holds(endThere.frame()));
    return one ? piece : null;
  }

  private EndOrder order(LegEnd endHere, LegEnd endThere, ClockPiece piece) {
    if (endHere == null && endThere == null) {
      return EndOrder.OPEN;
    }
    LegEnd client = clientLegsHere ? endHere : endThere;
    LegEnd broker = clientLegsHere ? endThere : endHere;
    if (client == null || broker == null) {
      return oneLeg(client, broker, piece);
    }
    boolean proxyToClient = client.by() == Side.BROKER;
    boolean proxyToBroker = broker.by() == Side.CLIENT;
    if (proxyToClient && proxyToBroker) {
      return EndOrder.PROXY_BOTH;
    }
    if (!proxyToClient && !proxyToBroker) {
      return EndOrder.BOTH_ENDS;
    }
    return passedOn(endHere, endThere, proxyToBroker, piece);
  }

  /** The other capture has to show that its leg went on. */
  private EndOrder oneLeg(LegEnd client, LegEnd broker, ClockPiece piece) {
    LegEnd end = client == null ? broker : client;
    boolean endedHere = (client != null) == clientLegsHere;
    if (piece == null) {
      return EndOrder.UNKNOWN;
    }
    long then =
        endedHere ? piece.line().thereNanos(end.nanos()) : piece.line().hereNanos(end.nanos());
    long shownUntil = endedHere ? there.lastNanos() : here.lastNanos();
    if (shownUntil < then + OPEN_NANOS) {
      return EndOrder.UNKNOWN;
    }
    boolean byProxy = end.by() == (client == null ? Side.CLIENT : Side.BROKER);
    return byProxy ? EndOrder.PROXY_ONE_LEG : EndOrder.NOT_PASSED_ON;
  }

  /**
   * One end was a peer's, the other the proxy's.
   *
   * @param toBroker whether the proxy's was that of the broker's leg
   */
  private EndOrder passedOn(LegEnd endHere, LegEnd endThere, boolean toBroker, ClockPiece piece) {
    if (piece == null) {
      return EndOrder.UNKNOWN;
    }
    boolean arrivesHere = toBroker != clientLegsHere;
    long shortest = Math.round(piece.line().boundNanos());
    long transit = piece.line().transitNanos(endHere.nanos(), endThere.nanos(), arrivesHere);
    double drift = piece.line().driftBoundAt(endHere.nanos());
    if (transit + drift < -shortest) {
      return EndOrder.PROXY_FIRST;
    }
    if (transit + drift < PASSED_ON_SHARE * shortest) {
      return EndOrder.UNKNOWN;
    }
    return toBroker ? EndOrder.CLIENT_FIRST : EndOrder.BROKER_FIRST;
  }
}
