package io.rstscope.pairing;

import io.rstscope.decode.Segment;
import io.rstscope.decode.Tuple;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Packets of all flows here, evenly over the time of the capture and bounded whatever it holds: the
 * first of each direction in each span of time, one with payload and one without.
 */
final class ClockSample {
  private static final int SPANS = 4096;

  /** One of all flows, which is looked for there. */
  record Sampled(SeenPacket packet, Tuple fromClient) {}

  private final Sampled[] sampled = new Sampled[4 * SPANS];
  private final long firstNanos;
  private final double nanosPerSpan;

  ClockSample(long firstNanos, long lastNanos) {
    this.firstNanos = firstNanos;
    nanosPerSpan = Math.max((double) lastNanos - firstNanos, 1) / (SPANS - 1);
  }

  void add(Segment segment, boolean fromClient, long identity) {
    int span = (int) ((segment.timeNanos - firstNanos) / nanosPerSpan);
    int place =
        4 * Math.max(0, Math.min(span, SPANS - 1))
            + (fromClient ? 2 : 0)
            + (segment.payloadLength > 0 ? 1 : 0);
    if (sampled[place] == null && !segment.has(Segment.RST)) {
      Tuple tuple = new Tuple().refill(segment);
      sampled[place] =
          new Sampled(
              SeenPacket.of(segment, fromClient, identity), fromClient ? tuple : tuple.reversed());
    }
  }

  List<Sampled> packets() {
    return Arrays.stream(sampled).filter(Objects::nonNull).toList();
  }
}
