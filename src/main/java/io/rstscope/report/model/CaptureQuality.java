package io.rstscope.report.model;

import io.rstscope.decode.OtherPort;
import java.util.List;

/**
 * What a capture holds, and what is missing from it.
 *
 * @param packets packets read
 * @param segments TCP segments on the brokers' ports
 * @param flows TCP flows on the brokers' ports
 * @param leftOut what was given up so that the memory sufficed
 * @param firstNanos time of the earliest packet, nanoseconds since 1970; 0 without packets
 * @param lastNanos time of the latest packet
 * @param backwards packets with a time before that of the packet before them by more than 0.1 s
 * @param cutPackets packets that the snap length cut
 * @param undecoded TCP packets of which too little was captured, or whose lengths lie
 * @param laterFragments IP fragments other than first ones, which cannot be told from other traffic
 * @param unknownLinkType packets of link types that we do not decode
 * @param duplicates segments seen again at another point of the capture
 * @param dropped packets that the capturing system says it lost
 * @param untimed packets of which the capture does not say when: then nothing is concluded from the
 *     times of the others either
 * @param oneSided flows of which one side alone is in it: what the other did does not show
 * @param problem why the capture could not be read to its end, or null
 * @param otherPorts the busiest TCP ports that were not asked for, first those that may be a
 *     broker's
 * @param setForwardNanos by how much its clock was set forward while no packet came, as the TCP
 *     timestamps of several hosts show, ns; 0 when it was not
 */
public record CaptureQuality(
    long packets,
    long segments,
    long flows,
    LeftOut leftOut,
    long firstNanos,
    long lastNanos,
    long backwards,
    long cutPackets,
    long undecoded,
    long laterFragments,
    long unknownLinkType,
    long duplicates,
    long dropped,
    long untimed,
    long oneSided,
    String problem,
    List<OtherPort> otherPorts,
    long setForwardNanos) {
  /** Whether there are packets with a time, so that the capture has a first and a last one. */
  public boolean hasTimes() {
    return packets > untimed;
  }

  /** Whether the capture was read to its regular end. */
  public boolean complete() {
    return problem == null;
  }
}
