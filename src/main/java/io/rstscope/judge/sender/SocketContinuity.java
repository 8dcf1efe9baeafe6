package io.rstscope.judge.sender;

import io.rstscope.judge.context.CaptureContext;
import io.rstscope.judge.context.FlowContext;
import io.rstscope.judge.context.Thresholds;
import io.rstscope.net.Durations;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Shape;
import io.rstscope.wire.SequenceNumber;
import java.util.List;
import java.util.Locale;

/**
 * Timestamps and IP identification go on from the claimed sender's previous packet. Linux numbers
 * the packets of a socket one by one (ip_select_ident), and its timestamp clock is read for each
 * packet (tcp_send_active_reset).
 */
public final class SocketContinuity implements Clue {
  /**
   * Timestamp clocks tick 1 to 1000 times a second (RFC 7323, section 5.4); that of Linux 1000
   * times (TCP_TS_HZ, include/net/tcp.h).
   */
  private static final double FASTEST_CLOCK = 1000;

  /** From here on a copied timestamp is told from one that went on: some ticks of a slow clock. */
  private static final long TELLING_NANOS = 200_000_000L;

  private static final double CLOCK_TOLERANCE = 0.2;
  private static final long TICK_TOLERANCE = 20;

  @Override
  public Evidence examine(ResetObservation reset, FlowContext flow, CaptureContext captureContext) {
    boolean clock =
        reset.packet().timestamps()
            && reset.sender().timestamps()
            && reset.idle().sameDirection() >= 0;
    boolean counter = counterTells(reset);
    if (reset.sender().packets() == 0 || !clock && !counter) {
      return null;
    }
    long setBack = captureContext.recording().setBackNanos();
    boolean goesOn = clock && clockGoesOn(reset, setBack);
    boolean copied = clock && !goesOn && reset.sender().tsTicksPerSecond() > 0;
    boolean stopped = copied && setBack == 0 && hasStopped(reset);
    double ofClock = !clock ? 0 : stopped ? -Weights.CLOCK_STOPPED : clockWeight(reset, goesOn);
    double ofCounter = !counter || copied && isNext(reset) ? 0 : counterWeight(reset);
    double weight = ofClock + ofCounter;
    return new Evidence(
        ClueKind.SOCKET_CONTINUITY,
        weight >= 0 ? Sender.of(reset.from()) : Sender.MIDDLEBOX,
        Math.abs(weight),
        !stopped,
        () ->
            (clock ? clockSays(reset, goesOn) : "")
                + (clock && counter ? "; " : "")
                + (counter ? counterSays(reset, copied) : ""),
        List.of(reset.sender().lastFrame(), reset.packet().frame()));
  }

  /**
   * Whether its identification can tell. A kernel that has no socket numbers its answers from
   * another counter, if at all: then one that does not go on says nothing.
   */
  private static boolean counterTells(ResetObservation reset) {
    return reset.packet().ipId() > 0
        && reset.sender().countsIpId()
        && (reset.shape() != Shape.STATELESS || isNext(reset));
  }

  /**
   * Whether the timestamp is the last one, though the clock has shown that it would have gone on.
   */
  private static boolean hasStopped(ResetObservation reset) {
    long elapsed = reset.idle().sameDirection();
    double rate = reset.sender().tsTicksPerSecond();
    return ticks(reset) == 0 && elapsed >= TELLING_NANOS && rate * elapsed / 1e9 > TICK_TOLERANCE;
  }

  /**
   * @param setBackNanos the capture's clock was set back by up to that much, so that more time may
   *     have passed than its times say
   */
  private static boolean clockGoesOn(ResetObservation reset, long setBackNanos) {
    long elapsed = reset.idle().sameDirection();
    long step = ticks(reset);
    double rate = reset.sender().tsTicksPerSecond();
    return step > 0 && fits(step, elapsed, 0, FASTEST_CLOCK)
        || step >= 0 && !stoodStill(step, elapsed, rate) && fits(step, elapsed, setBackNanos, rate);
  }

  private static long ticks(ResetObservation reset) {
    return SequenceNumber.difference(reset.packet().tsVal(), reset.sender().tsVal());
  }

  private static double clockWeight(ResetObservation reset, boolean goesOn) {
    long elapsed = reset.idle().sameDirection();
    if (goesOn) {
      return elapsed >= TELLING_NANOS ? Weights.CLOCK_GOES_ON : Weights.CLOCK_AT_ONCE;
    }
    long step = ticks(reset);
    boolean behind = step > 0 && step < FASTEST_CLOCK * elapsed / 1e9;
    return behind ? -Weights.CLOCK_BEHIND : -Weights.CLOCK_WRONG;
  }

  private static String clockSays(ResetObservation reset, boolean goesOn) {
    return (goesOn ? "TSval continues (" : "TSval does not fit the sender's clock (")
        + String.format(Locale.ROOT, "%+d", ticks(reset))
        + " in "
        + Durations.text(reset.idle().sameDirection())
        + ")";
  }

  /**
   * Whether so many ticks pass in that time, which may be longer by {@code moreNanos}.
   *
   * @param rate ticks per second, or -1 when any up to the fastest will do
   */
  private static boolean fits(long step, long elapsedNanos, long moreNanos, double rate) {
    double perNano = (rate > 0 ? rate : FASTEST_CLOCK) / 1e9;
    double most = perNano * (elapsedNanos + moreNanos);
    double least = rate > 0 ? perNano * elapsedNanos : 0;
    return step <= most * (1 + CLOCK_TOLERANCE) + TICK_TOLERANCE
        && step >= least * (1 - CLOCK_TOLERANCE) - TICK_TOLERANCE;
  }

  private static boolean stoodStill(long step, long elapsedNanos, double rate) {
    return step == 0 && elapsedNanos >= TELLING_NANOS && rate <= 0;
  }

  private static boolean isNext(ResetObservation reset) {
    int step = idStep(reset);
    return step > 0 && step <= Thresholds.IP_ID_STEPS;
  }

  private static int idStep(ResetObservation reset) {
    return reset.packet().ipId() - reset.sender().ipId() & 0xffff;
  }

  private static double counterWeight(ResetObservation reset) {
    return isNext(reset) ? Weights.IP_ID_GOES_ON : -Weights.IP_ID_BROKEN;
  }

  private static String counterSays(ResetObservation reset, boolean copied) {
    return isNext(reset)
        ? "IP ID continues (+" + idStep(reset) + (copied ? "; a forger can see that too)" : ")")
        : "IP ID " + reset.packet().ipId() + " does not follow " + reset.sender().ipId();
  }
}
