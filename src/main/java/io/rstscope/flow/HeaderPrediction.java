package io.rstscope.flow;

import static io.rstscope.flow.Endpoint.IP_ID_AND_PACKETS;
import static io.rstscope.flow.Endpoint.LAST;
import static io.rstscope.flow.Endpoint.LAST_PAYLOAD;
import static io.rstscope.flow.Endpoint.LOOK_AND_VOTES;
import static io.rstscope.flow.Endpoint.NEXT_AND_ACK;
import static io.rstscope.flow.Endpoint.PENDING;
import static io.rstscope.flow.Endpoint.PENDING_END_AND_MARKS;
import static io.rstscope.flow.Endpoint.PENDING_FRAME_AND_SILENCE;
import static io.rstscope.flow.Endpoint.RECENT;
import static io.rstscope.flow.Endpoint.RTT_AND_POSITION;
import static io.rstscope.flow.Endpoint.TS_VAL_AND_FRAME;
import static io.rstscope.flow.RecordView.high;
import static io.rstscope.flow.RecordView.low;
import static io.rstscope.flow.RecordView.word;

import io.rstscope.decode.Segment;
import io.rstscope.decode.SegmentBatch;
import io.rstscope.wire.SequenceNumber;

/**
 * A short way for the segment that nearly all are: the next bytes or a new acknowledgement, and
 * else like the one before from its side. After the receive path of TCP implementations (Van
 * Jacobson; tcp_rcv_established in net/ipv4/tcp_input.c). What it leads to is the same as on the
 * long way.
 *
 * <p>It works on the record itself, a word at a time, as this is where a capture's time is spent:
 * the views would look each field up anew.
 */
final class HeaderPrediction {
  private static final int NUMBERS_KNOWN = Endpoint.SOME_SEQUENCE | Endpoint.SOME_ACK;

  private HeaderPrediction() {}

  /**
   * Takes a segment into its flow if it is such a one.
   *
   * @param look its look ({@link PathBaseline#look})
   * @param page with the flow's record, from {@code at}
   * @return false when it is not; nothing has changed then
   */
  static boolean accept(SegmentBatch batch, int i, int look, long[] page, int at) {
    boolean lower = batch.sourceIsLower(i);
    boolean payload = batch.payloadLength(i) > 0;
    int sender = at + (lower ? Flow.LOWER : Flow.UPPER);
    if (!isPlain(batch, i)
        || !Flow.expects(page, at, lower, payload)
        || !expects(batch, i, look, page, sender)) {
      return false;
    }
    int other = at + (lower ? Flow.UPPER : Flow.LOWER);
    long silence = Math.max(batch.timeNanos(i) - Flow.lastNanos(page, at), 0);
    answer(batch, i, page, at, sender, other);
    update(batch, i, page, sender);
    if (!payload || !isAnswered(batch, i, page, other)) {
      ask(batch, i, page, sender, silence);
    }
    Flow.noteLast(page, at, lower);
    return true;
  }

  /** Where the side of a segment begins in its flow's record. */
  static int sender(SegmentBatch batch, int i, int at) {
    return at + (batch.sourceIsLower(i) ? Flow.LOWER : Flow.UPPER);
  }

  /** The listener's position in the stream of a side. */
  static int position(long[] page, int side) {
    return high(page[side + RTT_AND_POSITION]);
  }

  static void position(long[] page, int side, int position) {
    page[side + RTT_AND_POSITION] = word(low(page[side + RTT_AND_POSITION]), position);
  }

  private static boolean isPlain(SegmentBatch batch, int i) {
    return (batch.flags(i) & ~Segment.PSH) == Segment.ACK && batch.window(i) > 0;
  }

  private static boolean expects(SegmentBatch batch, int i, int look, long[] page, int sender) {
    long numbers = page[sender + NEXT_AND_ACK];
    int acknowledged = SequenceNumber.difference(batch.acknowledgement(i), high(numbers));
    return batch.sequence(i) == low(numbers)
        && acknowledged >= 0
        && (acknowledged | batch.payloadLength(i)) != 0
        && low(page[sender + LOOK_AND_VOTES]) == look
        && expects(batch.optionsCut(i), high(page[sender + PENDING_END_AND_MARKS]))
        && IpIdCounter.isExpected(low(page[sender + IP_ID_AND_PACKETS]), batch.ipId(i))
        && (!batch.timestamps(i)
            || SequenceNumber.isAtOrAfter(batch.tsVal(i), low(page[sender + TS_VAL_AND_FRAME])));
  }

  private static boolean expects(boolean optionsCut, int marks) {
    boolean firstOptions = (marks & Endpoint.ONLY_CUT_OPTIONS) != 0 && !optionsCut;
    return (marks & NUMBERS_KNOWN) == NUMBERS_KNOWN && !firstOptions;
  }

  /** As {@link FlowTracker}'s noteAnswer. */
  private static void answer(
      SegmentBatch batch, int i, long[] page, int at, int sender, int other) {
    int acknowledgement = batch.acknowledgement(i);
    long since = page[other + PENDING];
    long endAndMarks = page[other + PENDING_END_AND_MARKS];
    if (since == 0 || !SequenceNumber.isAtOrAfter(acknowledgement, low(endAndMarks))) {
      return;
    }
    int marks = high(endAndMarks);
    if ((marks & Unanswered.IS_SAMPLE) != 0) {
      long rttAndPosition = page[sender + RTT_AND_POSITION];
      int rtt = Endpoint.shorterRtt(low(rttAndPosition), batch.timeNanos(i) - since);
      page[sender + RTT_AND_POSITION] = word(rtt, high(rttAndPosition));
    }
    long frameAndSilence = page[other + PENDING_FRAME_AND_SILENCE];
    if ((marks & Unanswered.WANTS_ANSWER) != 0) {
      Flow.noteIdle(page, at, high(frameAndSilence));
    }
    marks &= ~(Unanswered.IS_SAMPLE | Unanswered.AGAIN);
    int end = low(endAndMarks);
    if (SequenceNumber.isAtOrAfter(acknowledgement, low(page[other + NEXT_AND_ACK]))) {
      page[other + PENDING] = 0;
      marks &= ~Unanswered.WANTS_ANSWER;
    } else {
      end = acknowledgement + 1;
      page[other + PENDING_FRAME_AND_SILENCE] = word(low(frameAndSilence), 0);
    }
    page[other + PENDING_END_AND_MARKS] = word(end, marks);
  }

  /** As {@link Endpoint#note}. */
  private static void update(SegmentBatch batch, int i, long[] page, int sender) {
    long nanos = batch.timeNanos(i);
    page[sender + LAST] = nanos;
    page[sender + NEXT_AND_ACK] = word(nextSequence(batch, i), batch.acknowledgement(i));
    if (batch.payloadLength(i) > 0) {
      page[sender + LAST_PAYLOAD] = nanos;
    }
    int tsVal = batch.timestamps(i) ? batch.tsVal(i) : low(page[sender + TS_VAL_AND_FRAME]);
    page[sender + TS_VAL_AND_FRAME] = word(tsVal, (int) batch.frame(i));
    page[sender + RECENT] = RecentPackets.after(page[sender + RECENT], batch, i);
    long lookAndVotes = page[sender + LOOK_AND_VOTES];
    page[sender + LOOK_AND_VOTES] = word(low(lookAndVotes), PathBaseline.agree(high(lookAndVotes)));
    long idAndPackets = page[sender + IP_ID_AND_PACKETS];
    int id =
        batch.isIpv6(i) ? batch.flowLabel(i) : IpIdCounter.after(low(idAndPackets), batch.ipId(i));
    page[sender + IP_ID_AND_PACKETS] = word(id, Endpoint.oneMore(high(idAndPackets)));
  }

  /** Whether the answer was captured before the segment, as happens with several queues. */
  private static boolean isAnswered(SegmentBatch batch, int i, long[] page, int other) {
    return (high(page[other + PENDING_END_AND_MARKS]) & Endpoint.SOME_ACK) != 0
        && SequenceNumber.isAtOrAfter(high(page[other + NEXT_AND_ACK]), nextSequence(batch, i));
  }

  /** Neither SYN nor FIN is set. */
  private static int nextSequence(SegmentBatch batch, int i) {
    return batch.sequence(i) + batch.payloadLength(i);
  }

  /** As {@link Unanswered#note}. */
  private static void ask(SegmentBatch batch, int i, long[] page, int sender, long silence) {
    long endAndMarks = page[sender + PENDING_END_AND_MARKS];
    int end = low(endAndMarks);
    int marks = high(endAndMarks);
    boolean wantsAnswer = batch.payloadLength(i) > 0;
    boolean first = wantsAnswer && (marks & Unanswered.WANTS_ANSWER) == 0;
    if (page[sender + PENDING] == 0 || first && silence >= Unanswered.ACK_IS_STALE_NANOS) {
      page[sender + PENDING] = batch.timeNanos(i);
      page[sender + PENDING_FRAME_AND_SILENCE] =
          word((int) batch.frame(i), Float.floatToRawIntBits((float) silence));
      end = nextSequence(batch, i);
      marks &= ~(Unanswered.IS_SAMPLE | Unanswered.WANTS_ANSWER);
      marks |= wantsAnswer ? Unanswered.IS_SAMPLE : 0;
    } else if (first) {
      end = batch.sequence(i) + 1;
    }
    marks |= wantsAnswer ? Unanswered.WANTS_ANSWER : 0;
    page[sender + PENDING_END_AND_MARKS] = word(end, marks);
  }
}
