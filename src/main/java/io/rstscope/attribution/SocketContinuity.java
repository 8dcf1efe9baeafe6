package io.rstscope.attribution;

import io.rstscope.reset.EndpointState;
import io.rstscope.reset.ResetObservation;
import io.rstscope.wire.SequenceNumber;
import java.util.ArrayList;
import java.util.List;

/**
 * Timestamps and IP identification go on from the claimed sender's previous packet. Linux numbers
 * the packets of a socket one by one (ip_select_ident), and its timestamp clock is read for each
 * packet (tcp_send_active_reset).
 */
final class SocketContinuity implements Clue {
  private static final int IP_ID_STEPS = 64;

  /** A counter that has gone on this often by small steps is one. */
  private static final int STEPS_OF_A_COUNTER = 2;

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
  public Evidence examine(ResetObservation reset, FlowCase flow, Surroundings surroundings) {
    if (reset.sender().packets() == 0) {
      return null;
    }
    List<String> says = new ArrayList<>();
    double clock = clock(reset, surroundings.recording().setBackNanos(), says);
    double weight = clock + ipId(reset, says);
    if (says.isEmpty()) {
      return null;
    }
    return new Evidence(
        ClueKind.SOCKET_CONTINUITY,
        weight >= 0 ? Sender.endpoint(reset.fromClient()) : Sender.MIDDLEBOX,
        Math.abs(weight),
        true,
        String.join("; ", says),
        List.of(reset.sender().lastFrame(), reset.packet().frame()));
  }

  /**
   * @param setBackNanos the capture's clock was set back by up to that much, so that more time may
   *     have passed than its times say
   */
  private static double clock(ResetObservation reset, long setBackNanos, List<String> says) {
    EndpointState sender = reset.sender();
    if (!reset.packet().timestamps() || !sender.timestamps()) {
      return 0;
    }
    long elapsed = reset.idle().sameDirection();
    long step = SequenceNumber.difference(reset.packet().tsVal(), sender.tsVal());
    double rate = sender.tsTicksPerSecond();
    boolean goesOn =
        step > 0 && fits(step, elapsed, 0, FASTEST_CLOCK)
            || step >= 0
                && !stoodStill(step, elapsed, rate)
                && fits(step, elapsed, setBackNanos, rate);
    String ticks = Words.count(step, "tick") + " in " + Words.duration(elapsed);
    if (!goesOn) {
      says.add("its timestamp does not fit the sender's clock: " + ticks);
      boolean behind = step > 0 && step < FASTEST_CLOCK * elapsed / 1e9;
      return behind ? -Weights.CLOCK_BEHIND : -Weights.CLOCK_WRONG;
    }
    says.add("its timestamp goes on from the sender's last packet: " + ticks);
    return elapsed >= TELLING_NANOS ? Weights.CLOCK_GOES_ON : Weights.CLOCK_AT_ONCE;
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

  private static double ipId(ResetObservation reset, List<String> says) {
    EndpointState sender = reset.sender();
    int id = reset.packet().ipId();
    if (id <= 0 || sender.ipIdSteps() < STEPS_OF_A_COUNTER) {
      return 0;
    }
    int step = id - sender.ipId() & 0xffff;
    if (step > 0 && step <= IP_ID_STEPS) {
      says.add("its IP identification is the sender's previous one plus " + step);
      return Weights.IP_ID_GOES_ON;
    }
    says.add("its IP identification " + id + " does not follow the sender's " + sender.ipId());
    return -Weights.IP_ID_BROKEN;
  }
}
