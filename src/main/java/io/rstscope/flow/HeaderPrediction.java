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
  /** The segment is not such a one; nothing has changed. */
  static final int NOT_TAKEN = -1;

  private static final int NUMBERS_KNOWN = Endpoint.SOME_SEQUENCE | Endpoint.SOME_ACK;

  private HeaderPrediction() {}

  /**
   * Takes a segment into its flow if it is such a one.
   *
   * @param macs which the flow's looks refer to
   * @param page with the flow's record, from {@code at}
   * @return where in the page its side begins, or {@link #NOT_TAKEN}
   */
  static int accept(SegmentBatch batch, int i, MacAddresses macs, long[] page, int at) {
    long flagsAndWay = batch.flagsAndWay(i);
    boolean lower = SegmentBatch.sourceIsLower(flagsAndWay);
    int length = SegmentBatch.payloadLength(flagsAndWay);
    int sender = at + (lower ? Flow.LOWER : Flow.UPPER);
    if (!isPlain(flagsAndWay)
        || !Flow.expects(page, at, lower, length > 0)
        || !isNext(batch.numbers(i), length, page[sender + NEXT_AND_ACK])
        || !isOfLook(batch, i, flagsAndWay, low(page[sender + LOOK_AND_VOTES]), macs)
        || !expects(flagsAndWay, high(page[sender + PENDING_END_AND_MARKS]))
        || !expects(batch, i, flagsAndWay, page, sender)) {
      return NOT_TAKEN;
    }
    int other = at + (lower ? Flow.UPPER : Flow.LOWER);
    long nanos = batch.timeNanos(i);
    long silence = Math.max(nanos - Flow.lastNanos(page, at), 0);
    int acknowledgement = (int) batch.numbers(i);
    int next = high(batch.numbers(i)) + length;
    long endAndMarks = page[other + PENDING_END_AND_MARKS];
    if (page[other + PENDING] != 0
        && SequenceNumber.isAtOrAfter(acknowledgement, low(endAndMarks))) {
      answer(nanos, acknowledgement, endAndMarks, page, at, sender, other);
    }
    page[sender + LAST] = nanos;
    page[sender + NEXT_AND_ACK] = word(next, acknowledgement);
    update(batch, i, flagsAndWay, page, sender);
    boolean answeredBefore =
        (high(endAndMarks) & Endpoint.SOME_ACK) != 0
            && SequenceNumber.isAtOrAfter(high(page[other + NEXT_AND_ACK]), next);
    if (length > 0) {
      page[sender + LAST_PAYLOAD] = nanos;
    }
    if (length == 0 || !answeredBefore) {
      ask(batch, i, next - length, length, silence, page, sender);
    }
    Flow.noteLast(page, at, lower);
    return sender;
  }

  /** The listener's position in the stream of a side. */
  static int position(long[] page, int side) {
    return high(page[side + RTT_AND_POSITION]);
  }

  static void position(long[] page, int side, int position) {
    page[side + RTT_AND_POSITION] = word(low(page[side + RTT_AND_POSITION]), position);
  }

  private static boolean isPlain(long flagsAndWay) {
    return (SegmentBatch.flags(flagsAndWay) & ~Segment.PSH) == Segment.ACK
        && SegmentBatch.window(flagsAndWay) > 0;
  }

  /** Whether it goes on where its side was, and has payload or acknowledges more. */
  private static boolean isNext(long numbers, int length, long nextAndAck) {
    int acknowledged = SequenceNumber.difference(low(numbers), high(nextAndAck));
    return high(numbers) == low(nextAndAck) && acknowledged >= 0 && (acknowledged | length) != 0;
  }

  private static boolean isOfLook(
      SegmentBatch batch, int i, long flagsAndWay, int look, MacAddresses macs) {
    return PathBaseline.way(look) == SegmentBatch.way(flagsAndWay)
        && macs.mac(PathBaseline.mac(look)) == batch.mac(i);
  }

  private static boolean expects(long flagsAndWay, int marks) {
    boolean firstOptions =
        (marks & Endpoint.ONLY_CUT_OPTIONS) != 0 && !SegmentBatch.optionsCut(flagsAndWay);
    return (marks & NUMBERS_KNOWN) == NUMBERS_KNOWN && !firstOptions;
  }

  private static boolean expects(
      SegmentBatch batch, int i, long flagsAndWay, long[] page, int sender) {
    return IpIdCounter.isExpected(low(page[sender + IP_ID_AND_PACKETS]), batch.ipId(i))
        && (!SegmentBatch.timestamps(flagsAndWay)
            || SequenceNumber.isAtOrAfter(
                high(batch.tsValAndFrame(i)), low(page[sender + TS_VAL_AND_FRAME])));
  }

  /** As {@link FlowTracker}'s noteAnswer, of an acknowledgement that answers what is pending. */
  private static void answer(
      long nanos,
      int acknowledgement,
      long endAndMarks,
      long[] page,
      int at,
      int sender,
      int other) {
    int marks = high(endAndMarks);
    if ((marks & Unanswered.IS_SAMPLE) != 0) {
      long rttAndPosition = page[sender + RTT_AND_POSITION];
      int rtt = Endpoint.shorterRtt(low(rttAndPosition), nanos - page[other + PENDING]);
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

  /** As {@link Endpoint#note}, but for times and numbers. */
  private static void update(SegmentBatch batch, int i, long flagsAndWay, long[] page, int sender) {
    long tsValAndFrame = batch.tsValAndFrame(i);
    int tsVal =
        SegmentBatch.timestamps(flagsAndWay)
            ? high(tsValAndFrame)
            : low(page[sender + TS_VAL_AND_FRAME]);
    page[sender + TS_VAL_AND_FRAME] = word(tsVal, low(tsValAndFrame));
    page[sender + RECENT] = RecentPackets.after(page[sender + RECENT], batch, i);
    long lookAndVotes = page[sender + LOOK_AND_VOTES];
    page[sender + LOOK_AND_VOTES] = word(low(lookAndVotes), PathBaseline.agree(high(lookAndVotes)));
    long idAndPackets = page[sender + IP_ID_AND_PACKETS];
    int id =
        batch.isIpv6(i) ? batch.flowLabel(i) : IpIdCounter.after(low(idAndPackets), batch.ipId(i));
    page[sender + IP_ID_AND_PACKETS] = word(id, Endpoint.oneMore(high(idAndPackets)));
  }

  /** As {@link Unanswered#note}. */
  private static void ask(
      SegmentBatch batch, int i, int sequence, int length, long silence, long[] page, int sender) {
    long endAndMarks = page[sender + PENDING_END_AND_MARKS];
    int end = low(endAndMarks);
    int marks = high(endAndMarks);
    boolean wantsAnswer = length > 0;
    boolean first = wantsAnswer && (marks & Unanswered.WANTS_ANSWER) == 0;
    if (page[sender + PENDING] == 0 || first && silence >= Unanswered.ACK_IS_STALE_NANOS) {
      page[sender + PENDING] = batch.timeNanos(i);
      page[sender + PENDING_FRAME_AND_SILENCE] =
          word(low(batch.tsValAndFrame(i)), Float.floatToRawIntBits((float) silence));
      end = sequence + length;
      marks &= ~(Unanswered.IS_SAMPLE | Unanswered.WANTS_ANSWER);
      marks |= wantsAnswer ? Unanswered.IS_SAMPLE : 0;
    } else if (first) {
      end = sequence + 1;
    }
    marks |= wantsAnswer ? Unanswered.WANTS_ANSWER : 0;
    page[sender + PENDING_END_AND_MARKS] = word(end, marks);
  }
}
