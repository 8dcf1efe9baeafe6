package io.rstscope.judge.context;

import io.rstscope.reset.FlowObservation;
import java.util.List;

/**
 * How a capture was recorded, as far as it limits what may be concluded from it.
 *
 * @param vantage where it was taken
 * @param vantageGiven whether its user says so; else it is inferred from the packets
 * @param lostPackets packets that the capturing system says it lost, 0 or more
 * @param setBackNanos by how much its clock was set back at most, 0 when it only went on
 */
public record Recording(
    Vantage vantage, boolean vantageGiven, long lostPackets, long setBackNanos) {

  /**
   * @param given where its user says that it was taken, or null
   */
  public static Recording of(
      Vantage given, List<FlowObservation> flows, long lostPackets, long setBackNanos) {
    return new Recording(
        given == null ? Vantage.of(flows) : given, given != null, lostPackets, setBackNanos);
  }

  /** In words, such as {@code at the broker (inferred)}; empty when unknown. */
  public String place() {
    return switch (vantage) {
      case UNKNOWN -> "";
      case MIDDLE -> "between client and broker" + origin();
      case CLIENT, BROKER -> "at the " + vantage.word() + origin();
    };
  }

  private String origin() {
    return vantageGiven ? " (as given)" : " (inferred)";
  }
}
