package io.rstscope.pairing;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Which packets near the ends of connections are which in the other capture. */
public final class FramePairs {
  /** It was looked for, and is not there. */
  public static final long NOT_THERE = 0;

  /** It was not looked for. */
  public static final long UNKNOWN = -1;

  static final FramePairs NONE = new FramePairs(List.of());

  private final long[] here;
  private final long[] there;

  private record FramePair(long here, long there) {}

  private FramePairs(List<FramePair> pairs) {
    here = pairs.stream().mapToLong(FramePair::here).toArray();
    there = pairs.stream().mapToLong(FramePair::there).toArray();
  }

  /** Those of the flows that are in both captures. */
  static FramePairs of(PacketTable table) {
    return new FramePairs(
        table.flows().stream()
            .filter(flow -> flow.tupleThere() != null)
            .flatMap(flow -> flow.packets().stream())
            .map(packet -> new FramePair(packet.frame(), table.frameThere(packet)))
            .sorted(Comparator.comparingLong(FramePair::here))
            .toList());
  }

  /** Number there of a packet here, from 1; or {@link #NOT_THERE}, or {@link #UNKNOWN}. */
  public long there(long frame) {
    int place = Arrays.binarySearch(here, frame);
    return place < 0 ? UNKNOWN : there[place];
  }
}
