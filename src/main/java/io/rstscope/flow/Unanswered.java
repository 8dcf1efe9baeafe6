package io.rstscope.flow;

import io.rstscope.decode.Segment;
import io.rstscope.wire.SequenceNumber;

/**
 * What one side of a flow sent and the other has not answered yet, from which follow round trips,
 * silences and losses.
 *
 * <p>A view that moves with its {@link Endpoint}.
 */
public final class Unanswered {
  /** Bits of the endpoint's marks that are this class's. */
  static final int IS_SAMPLE = 1 << 10;

  static final int WANTS_ANSWER = 1 << 11;
  private static final int AGAIN_SHIFT = 12;
  private static final int MAX_AGAIN = 0x1f;
  static final int AGAIN = MAX_AGAIN << AGAIN_SHIFT;

  /**
   * A silence of this length before a packet that wants an answer makes a bare ACK sent before it
   * too old to be what a reset answers: no round trip takes that long (RFC 6298, section 2, starts
   * the retransmission timer with it).
   */
  static final long ACK_IS_STALE_NANOS = 1_000_000_000L;

  private final Endpoint record;

  Unanswered(Endpoint record) {
    this.record = record;
  }

  /**
   * When the oldest packet without an answer was captured, nanoseconds since 1970, or 0 when there
   * is none. May be too early, never too late.
   */
  public long sinceNanos() {
    return record.getLong(Endpoint.PENDING);
  }

  /** Frame number of that packet. */
  public long frame() {
    return record.getLow(Endpoint.PENDING_FRAME_AND_SILENCE) & 0xffff_ffffL;
  }

  /**
   * Silence of the whole flow before that packet, in nanoseconds; exact to seven digits. 0 when
   * some later packet is the oldest by now.
   */
  public long silenceNanos() {
    return (long) Float.intBitsToFloat(record.getHigh(Endpoint.PENDING_FRAME_AND_SILENCE));
  }

  /** Whether that packet, or one after it, wants an answer: data, SYN, FIN or a keep-alive. */
  public boolean wantsAnswer() {
    return isPending() && marked(WANTS_ANSWER);
  }

  /** Retransmissions and probes since the other side last answered, 0 to 31. */
  public int retransmissions() {
    return record.getHigh(Endpoint.PENDING_END_AND_MARKS) >>> AGAIN_SHIFT & MAX_AGAIN;
  }

  boolean isPending() {
    return sinceNanos() != 0;
  }

  /**
   * Notes a packet that the other side has not answered yet.
   *
   * @param silenceNanos of the whole flow before it
   * @param again whether it was sent before, or asks for what should have come
   */
  void note(Segment segment, long silenceNanos, boolean again) {
    boolean wantsAnswer = again || segment.sequenceLength() > 0;
    if (again) {
      clear(IS_SAMPLE);
      countAgain();
    }
    boolean staleAck = wantsAnswer && !marked(WANTS_ANSWER) && silenceNanos >= ACK_IS_STALE_NANOS;
    if (!isPending() || staleAck) {
      begin(segment, silenceNanos);
      mark(wantsAnswer && !again ? IS_SAMPLE : 0);
    } else if (wantsAnswer && !marked(WANTS_ANSWER)) {
      record.putLow(Endpoint.PENDING_END_AND_MARKS, segment.sequence + 1);
    }
    mark(wantsAnswer ? WANTS_ANSWER : 0);
  }

  private void begin(Segment segment, long silenceNanos) {
    record.putLong(Endpoint.PENDING, segment.timeNanos);
    record.putLow(Endpoint.PENDING_FRAME_AND_SILENCE, (int) segment.frame);
    record.putLow(Endpoint.PENDING_END_AND_MARKS, segment.nextSequence());
    record.putHigh(
        Endpoint.PENDING_FRAME_AND_SILENCE, Float.floatToRawIntBits((float) silenceNanos));
    clear(IS_SAMPLE | WANTS_ANSWER);
  }

  private void countAgain() {
    if (retransmissions() < MAX_AGAIN) {
      record.putHigh(
          Endpoint.PENDING_END_AND_MARKS,
          record.getHigh(Endpoint.PENDING_END_AND_MARKS) + (1 << AGAIN_SHIFT));
    }
  }

  /** Whether an acknowledgement answers the oldest packet. */
  boolean isAnsweredBy(int acknowledgement) {
    return isPending()
        && SequenceNumber.isAtOrAfter(
            acknowledgement, record.getLow(Endpoint.PENDING_END_AND_MARKS));
  }

  /**
   * Nanoseconds from the oldest packet to its answer, or -1 when that is no round trip: it was sent
   * again, and the answer may be to either (Karn's algorithm; RFC 6298, section 3).
   */
  long roundTripNanos(long answerNanos) {
    return marked(IS_SAMPLE) ? answerNanos - sinceNanos() : -1;
  }

  /**
   * The oldest packet was answered; if not all, which of the later ones is the oldest now is not
   * known, but what its answer acknowledges is.
   */
  void answered(int acknowledgement) {
    clear(IS_SAMPLE | AGAIN);
    if (SequenceNumber.isAtOrAfter(acknowledgement, record.nextSequence())) {
      record.putLong(Endpoint.PENDING, 0);
      clear(WANTS_ANSWER);
    } else {
      record.putLow(Endpoint.PENDING_END_AND_MARKS, acknowledgement + 1);
      record.putHigh(Endpoint.PENDING_FRAME_AND_SILENCE, Float.floatToRawIntBits(0));
    }
  }

  private boolean marked(int bit) {
    return (record.getHigh(Endpoint.PENDING_END_AND_MARKS) & bit) != 0;
  }

  private void mark(int bits) {
    record.putHigh(
        Endpoint.PENDING_END_AND_MARKS, record.getHigh(Endpoint.PENDING_END_AND_MARKS) | bits);
  }

  private void clear(int bits) {
    record.putHigh(
        Endpoint.PENDING_END_AND_MARKS, record.getHigh(Endpoint.PENDING_END_AND_MARKS) & ~bits);
  }
}
