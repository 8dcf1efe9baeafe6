package io.rstscope.reset;

import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.amqp.AmqpState;
import io.rstscope.decode.Segment;
import io.rstscope.flow.Flow;
import io.rstscope.net.Side;
import java.util.ArrayList;
import java.util.List;

/**
 * The resets of one flow in the order of the capture, and what followed each.
 *
 * <p>Who guesses at a sequence number sends any number of them. Only so many are kept: the first
 * ones, and of those that come later the ones that may have had an effect.
 */
final class ResetLog {
  /** Looks back over a few resets only: copies, and packets that were overtaken, follow closely. */
  private static final int LOOK_BACK = 8;

  private static final int STEPS_PER_RESET = 16;

  private final int most;
  private final List<PendingReset> resets = new ArrayList<>(2);
  private int clientSegments;
  private int brokerSegments;

  /** Resets of each side before these places have been followed by a segment of it. */
  private int clientLived;

  private int brokerLived;

  private int leftOut;

  /** Steps that looking for room may take by now: some for each reset, whatever comes. */
  private int credit;

  /**
   * @param most resets kept
   */
  ResetLog(int most) {
    this.most = most;
  }

  int size() {
    return resets.size();
  }

  /** Resets that were not kept. */
  int leftOut() {
    return leftOut;
  }

  void add(Flow flow, Side from, Segment segment, AmqpSnapshot amqp) {
    credit += STEPS_PER_RESET;
    if (resets.size() >= most && !makeRoom()) {
      leftOut++;
      return;
    }
    ResetPacket packet = ResetPacket.of(segment);
    resets.add(
        new PendingReset(
            flow,
            from,
            packet,
            amqp,
            amqp != null && amqp.state() == AmqpState.CLOSED,
            earlierFrameOf(packet, from),
            segments(from),
            segments(from.other())));
  }

  /**
   * Leaves out those of the later half that had no effect. They are looked for when that is paid
   * for, or sure to find one: else the reset after a burst of them, which ends it all, is refused.
   */
  private boolean makeRoom() {
    if (credit < most && !isIneffective(resets.get(resets.size() - 1))) {
      return false;
    }
    credit = 0;
    int before = resets.size();
    clientLived -= ineffectiveUpTo(clientLived);
    brokerLived -= ineffectiveUpTo(brokerLived);
    resets.subList(most / 2, before).removeIf(this::isIneffective);
    leftOut += before - resets.size();
    return resets.size() < most;
  }

  private int ineffectiveUpTo(int place) {
    int from = Math.min(most / 2, place);
    return (int) resets.subList(from, place).stream().filter(this::isIneffective).count();
  }

  private boolean isIneffective(PendingReset reset) {
    return reset.isLivedOn(segments(reset.from().other()));
  }

  /** A segment of the flow that is no reset. */
  void follow(Side from, Segment segment) {
    if (isOvertaken(from, segment)) {
      return;
    }
    for (int i = from == Side.CLIENT ? clientLived : brokerLived; i < resets.size(); i++) {
      if (resets.get(i).from() == from) {
        resets.get(i).live(segment, segments(from.other()));
      }
    }
    if (from == Side.CLIENT) {
      clientLived = resets.size();
      clientSegments++;
    } else {
      brokerLived = resets.size();
      brokerSegments++;
    }
  }

  /** Client and broker of the flow were taken for each other so far. */
  void swapRoles() {
    resets.forEach(PendingReset::swapRoles);
    int segments = clientSegments;
    clientSegments = brokerSegments;
    brokerSegments = segments;
    int lived = clientLived;
    clientLived = brokerLived;
    brokerLived = lived;
  }

  List<ResetObservation> complete() {
    List<ResetObservation> complete = new ArrayList<>(resets.size());
    boolean over = false;
    for (PendingReset reset : resets) {
      ResetObservation observation =
          reset.complete(over, segments(reset.from()), segments(reset.from().other()));
      over |= observation.role() != Role.IGNORED && reset.samePacketAs == -1;
      complete.add(observation);
    }
    return List.copyOf(complete);
  }

  private int segments(Side side) {
    return side == Side.CLIENT ? clientSegments : brokerSegments;
  }

  private boolean isOvertaken(Side from, Segment segment) {
    for (int i = resets.size() - 1; i >= Math.max(0, resets.size() - LOOK_BACK); i--) {
      PendingReset reset = resets.get(i);
      if (reset.from() == from && reset.overtook(segment)) {
        return true;
      }
    }
    return false;
  }

  private long earlierFrameOf(ResetPacket packet, Side from) {
    for (int i = resets.size() - 1; i >= Math.max(0, resets.size() - LOOK_BACK); i--) {
      PendingReset reset = resets.get(i);
      if (reset.from() == from && reset.packet.isSamePacketAs(packet)) {
        return reset.packet.frame();
      }
    }
    return -1;
  }
}
