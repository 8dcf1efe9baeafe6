package io.rstscope.pairing.clock;

/**
 * A part of both captures in which neither clock was set, and how the clocks run in it.
 *
 * @param line in that part
 * @param packets that it rests on
 * @param here the part of this capture
 * @param there the part of the other one
 */
public record ClockPiece(ClockLine line, int packets, Part here, Part there) {
  /**
   * A part of a capture, by its packets: their order stays, whatever the clock does.
   *
   * @param firstFrame number of its first packet
   * @param lastFrame number of its last
   * @param firstNanos time of its first packet
   * @param lastNanos time of its last
   */
  public record Part(long firstFrame, long lastFrame, long firstNanos, long lastNanos) {
    static final Part WHOLE = new Part(0, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE);

    /** Whether that packet is in it. */
    public boolean holds(long frame) {
      return frame >= firstFrame && frame <= lastFrame;
    }
  }
}
