package io.rstscope.judge.cause;

import io.rstscope.judge.context.FlowCase;
import io.rstscope.judge.context.HiddenBytes;
import io.rstscope.judge.context.InitialTtl;
import io.rstscope.judge.context.Surroundings;
import io.rstscope.judge.context.Thresholds;
import io.rstscope.judge.context.Words;
import io.rstscope.judge.sender.Sender;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Shape;

/** The cause when something in the path sent the reset that ended the connection. */
public final class MiddleboxCause {
  private final FlowCase flowCase;
  private final FlowObservation flow;
  private final ResetObservation reset;
  private final Surroundings surroundings;

  public MiddleboxCause(FlowCase flowCase, ResetObservation reset, Surroundings surroundings) {
    this.flowCase = flowCase;
    this.flow = flowCase.observation();
    this.reset = reset;
    this.surroundings = surroundings;
  }

  public Finding finding() {
    if (HiddenBytes.betweenSynAndEnd(flow)) {
      return Finding.of(
          Sender.MIDDLEBOX,
          Cause.UNDETERMINED,
          0.5,
          "something in the path sent the reset; what was before it, and for how long there was"
              + " silence, is not in the capture");
    }
    long idle = reset.idle().silenceNanos();
    boolean answers =
        reset.shape() == Shape.STATELESS && (reset.trigger() != null || isQuestionLost());
    boolean pair = flowCase.twinOf(reset) != null;
    boolean ofItsOwnAccord = idle >= Thresholds.SHORTEST_TIMER_NANOS && reset.trigger() == null;
    boolean byTimer = surroundings.othersResetBySameTimer(flow, reset);
    if (isImitation() && !ofItsOwnAccord && !byTimer) {
      return Finding.of(
          Sender.MIDDLEBOX,
          Cause.INJECTED_RESET,
          0.75,
          "something in the path sent a reset and set the TTL that the "
              + Sender.endpoint(reset.fromClient()).word()
              + "'s packets have here: that is done on purpose");
    }
    if (idle >= Thresholds.SILENCE_NANOS && pair) {
      return idleTimeout(idle, "reset both sides");
    }
    if (idle >= Thresholds.SILENCE_NANOS && answers) {
      return isTableLost() ? tableLost() : idleTimeout(idle, "no longer knew the connection");
    }
    if (ofItsOwnAccord) {
      return Finding.of(
          Sender.MIDDLEBOX,
          Cause.IDLE_TIMEOUT,
          0.7,
          "after "
              + Words.duration(idle)
              + " of silence a device in the path reset the connection of its own accord");
    }
    if (byTimer || surroundings.othersResetAfterSameSilence(flow, reset)) {
      return Finding.of(
          Sender.MIDDLEBOX,
          Cause.IDLE_TIMEOUT,
          0.65,
          "several connections were reset after the same "
              + Words.duration(idle)
              + " of silence: the idle timer of a device in the path");
    }
    if (answers && reset.other().unanswered() == 0) {
      return Finding.of(
          Sender.MIDDLEBOX,
          Cause.STATE_LOST,
          0.6,
          "a device in the path no longer knew the connection, though it was not silent for long");
    }
    return Finding.of(
        Sender.MIDDLEBOX,
        Cause.INJECTED_RESET,
        0.75,
        "something in the path sent a reset in the name of the "
            + Sender.endpoint(reset.fromClient()).word());
  }

  /** A pool that falls silent and wakes up together is no sign of it, whatever its size. */
  private boolean isTableLost() {
    return surroundings.forgottenTogether(flow, reset) >= Thresholds.MANY
        && (surroundings.anyForgottenSoon(flow, reset)
            || surroundings.forgottenOfSeveralClients(flow, reset));
  }

  private Finding tableLost() {
    boolean soon = surroundings.anyForgottenSoon(flow, reset);
    return Finding.of(
        Sender.MIDDLEBOX,
        Cause.STATE_LOST,
        soon ? 0.8 : 0.65,
        Words.count(surroundings.forgottenTogether(flow, reset), "connection")
            + " were answered like this within seconds"
            + (soon
                ? ", though not all had been silent for long: a device in the path lost its table"
                : ", of several clients: a device in the path lost its table, or all had been"
                    + " silent for longer than its idle timer"));
  }

  /** Shorter silences than timers have tell less: the device may have lost its table as well. */
  private static Finding idleTimeout(long idle, String what) {
    boolean isTimers = idle >= Thresholds.SHORTEST_TIMER_NANOS;
    return Finding.of(
        Sender.MIDDLEBOX,
        Cause.IDLE_TIMEOUT,
        isTimers ? 0.8 : 0.65,
        "after "
            + Words.duration(idle)
            + " of silence a device in the path "
            + what
            + (isTimers ? "" : ": its idle timer is very short, or it lost its table"));
  }

  /** What the reset answers may be among the packets that the capture lost. */
  private boolean isQuestionLost() {
    return surroundings.recording().lostPackets() > 0
        || reset.other().gapSeen()
        || reset.other().packets() == 0;
  }

  /**
   * A device that merely forgot the connection answers with a TTL of its own, unless it is next to
   * the sender.
   */
  private boolean isImitation() {
    int ttl = reset.packet().ttl();
    return reset.sender().packets() > 0 && reset.sender().ttl() == ttl && InitialTtl.hops(ttl) > 0;
  }
}
