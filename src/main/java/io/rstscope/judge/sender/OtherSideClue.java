package io.rstscope.judge.sender;

import io.rstscope.judge.context.CaptureContext;
import io.rstscope.judge.context.FlowContext;
import io.rstscope.judge.context.InitialTtl;
import io.rstscope.net.Durations;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.witness.Crossing;
import java.util.ArrayList;
import java.util.List;

/**
 * A capture of the same time at the other end: what never was at the end it claims to come from was
 * made in between.
 */
public final class OtherSideClue implements Clue {
  @Override
  public Evidence examine(ResetObservation reset, FlowContext flow, CaptureContext captureContext) {
    Crossing crossing = captureContext.recording().crossing(reset);
    if (crossing == null) {
      return null;
    }
    boolean elsewhere = mayComeFromElsewhere(crossing, reset);
    double weight = elsewhere ? 0 : weight(crossing);
    if (!elsewhere
        && crossing.kind() == Crossing.Kind.MADE_BETWEEN
        && weight < Weights.LEAST_ABSENCE) {
      return null;
    }
    List<Long> frames = new ArrayList<>(crossing.framesHere());
    frames.add(reset.packet().frame());
    return new Evidence(
        ClueKind.OTHER_SIDE,
        weight > 0 ? Sender.MIDDLEBOX : Sender.UNDETERMINED,
        weight,
        weight == 0,
        () ->
            elsewhere
                ? elsewhere(crossing, Sender.of(reset.from()).word())
                : says(crossing, Sender.of(reset.from()).word()),
        List.copyOf(frames),
        new Elsewhere(crossing.capture(), crossing.frames()));
  }

  /**
   * Whether another host that has the address now would send the same: it answers what never
   * reached the captured one, from as many hops away. One hop's MAC address would show it.
   */
  private static boolean mayComeFromElsewhere(Crossing crossing, ResetObservation reset) {
    int ttl = reset.packet().ttl();
    return crossing.kind() == Crossing.Kind.MADE_BETWEEN
        && crossing.triggerAbsent()
        && reset.sender().packets() > 0
        && ttl == reset.sender().ttl()
        && InitialTtl.hops(ttl) > 0;
  }

  private static String elsewhere(Crossing crossing, String sender) {
    return "not in "
        + crossing.capture()
        + ", and neither is the packet that it answers: a device in between, or another host with"
        + " the "
        + sender
        + "'s address";
  }

  private static double weight(Crossing crossing) {
    return switch (crossing.kind()) {
      case MADE_BETWEEN ->
          crossing.aliveFrame() >= 0
              ? Weights.NEVER_AT_ITS_END
              : Math.min(-Math.log(crossing.chance()), Weights.NEVER_AT_ITS_END);
      case TOO_FAST, OVERTAKING -> Weights.FASTER_THAN_ANY;
      case CROSSED, STOPPED -> 0;
    };
  }

  private static String says(Crossing crossing, String sender) {
    String capture = crossing.capture();
    return switch (crossing.kind()) {
      case MADE_BETWEEN ->
          "not in "
              + capture
              + ", which has the "
              + sender
              + "'s other packets (frame "
              + crossing.frames().get(0)
              + "): a device in between made it"
              + (crossing.aliveFrame() >= 0
                  ? "; the " + sender + " keeps sending there (frame " + crossing.aliveFrame() + ")"
                  : "");
      case TOO_FAST ->
          "frame "
              + crossing.frames().get(0)
              + " of "
              + capture
              + ", but in transit for "
              + Durations.text(Math.max(crossing.transitNanos(), 0))
              + " only; no other packet took less than "
              + Durations.text(crossing.shortestNanos());
      case OVERTAKING ->
          "frame "
              + crossing.frames().get(1)
              + " of "
              + capture
              + ", and in between it overtook frame "
              + crossing.framesHere().get(0)
              + " (frame "
              + crossing.frames().get(0)
              + " there): put in on the way";
      case CROSSED ->
          "frame "
              + crossing.frames().get(0)
              + " of "
              + capture
              + ": seen at both ends"
              + (crossing.transitNanos() < 0
                  ? ""
                  : ", " + Durations.text(crossing.transitNanos()) + " in transit")
              + ", which proves nothing";
      case STOPPED -> "left this end and is not in " + capture + ": stopped in the path";
    };
  }
}
