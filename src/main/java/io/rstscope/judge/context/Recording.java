package io.rstscope.judge.context;

import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.witness.Crossing;
import io.rstscope.reset.witness.KernelRecord;
import java.util.List;
import java.util.Map;

/**
 * How a capture was recorded, as far as it limits what may be concluded from it.
 *
 * @param vantage where it was taken
 * @param vantageGiven whether its user says so; else it is inferred from the packets
 * @param lostPackets packets that the capturing system says it lost, 0 or more
 * @param setBackNanos by how much its clock was set back at most, 0 when it only went on
 * @param timed whether all packets have times; else nothing is concluded from any
 * @param kernel what the kernel of the capturing host recorded of its resets, by their frames
 * @param crossings what captures at the other end show of its resets, by their frames
 */
public record Recording(
    Vantage vantage,
    boolean vantageGiven,
    long lostPackets,
    long setBackNanos,
    boolean timed,
    Map<Long, KernelRecord> kernel,
    Map<Long, Crossing> crossings) {

  /** A capture whose packets all have times. */
  public Recording(Vantage vantage, boolean vantageGiven, long lostPackets, long setBackNanos) {
    this(vantage, vantageGiven, lostPackets, setBackNanos, true, Map.of(), Map.of());
  }

  /**
   * Of a capture whose packets all have times.
   *
   * @param given where its user says that it was taken, or null
   */
  public static Recording of(
      Vantage given, List<FlowObservation> flows, long lostPackets, long setBackNanos) {
    return new Recording(
        given == null ? Vantage.of(flows) : given, given != null, lostPackets, setBackNanos);
  }

  /** The same of a capture with packets that have no time. */
  public Recording withoutTimes() {
    return new Recording(
        vantage, vantageGiven, lostPackets, setBackNanos, false, kernel, crossings);
  }

  /** The same with what the kernel recorded. */
  public Recording withKernel(Map<Long, KernelRecord> records) {
    return new Recording(
        vantage, vantageGiven, lostPackets, setBackNanos, timed, Map.copyOf(records), crossings);
  }

  /** What the kernel recorded of that reset, or null. */
  public KernelRecord kernel(ResetObservation reset) {
    return kernel.get(reset.packet().frame());
  }

  /** The same beside captures at the other end. */
  public Recording withCrossings(Map<Long, Crossing> atOtherEnd) {
    return new Recording(
        vantage, vantageGiven, lostPackets, setBackNanos, timed, kernel, Map.copyOf(atOtherEnd));
  }

  /** What a capture at the other end shows of the reset, or null when nothing. */
  public Crossing crossing(ResetObservation reset) {
    return crossings.get(reset.packet().frame());
  }

  /** In words, such as {@code at the broker (inferred)}; empty when unknown. */
  public String place() {
    return switch (vantage) {
      case UNKNOWN -> "";
      case MIDDLE -> "in transit" + origin();
      case CLIENT, BROKER -> "at the " + vantage.word() + origin();
    };
  }

  private String origin() {
    return vantageGiven ? " (as given)" : " (inferred)";
  }
}
