package io.rstscope.judge.sender;

import io.rstscope.judge.context.CaptureContext;
import io.rstscope.judge.context.FlowContext;
import io.rstscope.judge.context.InitialTtl;
import io.rstscope.reset.EndpointState;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.ResetPacket;
import io.rstscope.reset.Shape;
import java.util.List;
import java.util.function.Supplier;

/**
 * The TTL, or IPv6 hop limit, against the baseline of that direction of that flow. What counts is
 * that it differs, not by how much: a device in the path has its own distance and its own initial
 * TTL.
 */
public final class TtlClue implements Clue {
  /** A route seldom grows by more hops at once. */
  private static final int LONGER_ROUTE = 4;

  /** So many packets with another TTL are no single odd one. */
  private static final int OFTEN = 2;

  @Override
  public Evidence examine(ResetObservation reset, FlowContext flow, CaptureContext captureContext) {
    EndpointState sender = reset.sender();
    if (sender.packets() == 0) {
      return againstOtherFlows(reset, flow, captureContext);
    }
    int ttl = reset.packet().ttl();
    if (ttl == sender.ttl()) {
      return evidence(
          reset,
          Sender.of(reset.from()),
          InitialTtl.hops(ttl) > 0 ? Weights.TTL_SAME_REMOTE : 0,
          () -> name(reset.packet()) + ", as in earlier packets from this side");
    }
    if (reset.shape() == Shape.REFUSAL) {
      return evidence(
          reset,
          Sender.UNDETERMINED,
          0,
          () -> differs(reset) + "; a SYN proxy answers in its place");
    }
    if (ttl == sender.otherTtl()) {
      boolean often = sender.otherTtlCount() >= OFTEN && InitialTtl.hops(ttl) > 0;
      return evidence(
          reset,
          often ? Sender.of(reset.from()) : Sender.UNDETERMINED,
          often ? Weights.TTL_SEEN_BEFORE : 0,
          () -> differs(reset) + " and sometimes " + ttl);
    }
    if (ttl == reset.aftermath().lifeTtl()) {
      return evidence(
          reset,
          Sender.UNDETERMINED,
          0,
          () -> differs(reset) + "; later packets have it too: the route has changed");
    }
    if (captureContext.isOfAnotherServer(flow.observation(), reset)) {
      return evidence(
          reset,
          Sender.of(reset.from()),
          Weights.TTL_OF_ANOTHER_SERVER,
          () ->
              differs(reset)
                  + "; connections to that port are accepted with it: another host has the address");
    }
    if (captureContext.othersHaveTtl(flow.observation(), reset)) {
      return evidence(
          reset,
          Sender.UNDETERMINED,
          0,
          () ->
              differs(reset) + "; other flows of that address have it too: the route has changed");
    }
    if (sender.otherTtlCount() > 0) {
      return evidence(
          reset,
          Sender.MIDDLEBOX,
          Weights.TTL_DIFFERS_UNSTEADY,
          () -> differs(reset) + " and others");
    }
    boolean longer = isLongerRoute(ttl, sender.ttl());
    return evidence(
        reset,
        Sender.MIDDLEBOX,
        longer ? Weights.TTL_DIFFERS_FARTHER : Weights.TTL_DIFFERS,
        () -> differs(reset) + (longer ? "; a longer route would look the same" : ""));
  }

  private static String differs(ResetObservation reset) {
    return name(reset.packet())
        + "; earlier packets from this side: "
        + InitialTtl.words(reset.sender().ttl());
  }

  /** What lies between the two is nearer than the sender, unless it began with another TTL. */
  private static boolean isLongerRoute(int ttl, int usual) {
    return InitialTtl.initial(ttl) == InitialTtl.initial(usual)
        && ttl < usual
        && usual - ttl <= LONGER_ROUTE;
  }

  private static String name(ResetPacket reset) {
    return (reset.isIpv6() ? "hop limit " : "TTL ") + InitialTtl.wordsAway(reset.ttl());
  }

  /** Weaker: behind one address there may be several hosts, and paths differ. */
  private static Evidence againstOtherFlows(
      ResetObservation reset, FlowContext flow, CaptureContext captureContext) {
    String address = flow.observation().hostPort(reset.from()).address();
    int usual = captureContext.onlyTtlOf(address);
    if (usual < 0) {
      return null;
    }
    int ttl = reset.packet().ttl();
    boolean same = ttl == usual;
    return new Evidence(
        ClueKind.TTL,
        same ? Sender.of(reset.from()) : Sender.MIDDLEBOX,
        same ? sameElsewhere(ttl) : differsElsewhere(ttl, usual),
        true,
        () ->
            name(reset.packet())
                + (same ? ", as" : ";")
                + " other flows of "
                + address
                + " have"
                + (same ? "" : " " + InitialTtl.words(usual)),
        List.of(reset.packet().frame()));
  }

  /** On the same segment a device in the path has that TTL as well. */
  private static double sameElsewhere(int ttl) {
    return InitialTtl.hops(ttl) > 0 ? Weights.TTL_SAME_ELSEWHERE : 0;
  }

  private static double differsElsewhere(int ttl, int usual) {
    return isLongerRoute(ttl, usual)
        ? Weights.TTL_FARTHER_ELSEWHERE
        : Weights.TTL_DIFFERS_ELSEWHERE;
  }

  private static Evidence evidence(
      ResetObservation reset, Sender pointsTo, double weight, Supplier<String> says) {
    boolean imitable = pointsTo != Sender.MIDDLEBOX || weight < Weights.TTL_DIFFERS;
    return new Evidence(
        ClueKind.TTL,
        pointsTo,
        weight,
        imitable,
        says,
        List.of(reset.sender().lastFrame(), reset.packet().frame()));
  }
}
