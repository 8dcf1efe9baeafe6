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
   * Takes the segment into its flow if it is such a one.
   *
   * @param look its look ({@link UsualPath#look})
   * @param page with the flow's record, from {@code at}
   * @return false when it is not; nothing has changed then
   */
  static boolean take(Segment segment, int look, long[] page, int at) {
    boolean lower = segment.key.sourceIsLower;
    int sender = at + (lower ? Flow.LOWER : Flow.UPPER);
    if (!isPlain(segment)
        || !Flow.expects(page, at, segment)
        || !expects(segment, look, page, sender)) {
      return false;
    }
    int other = at + (lower ? Flow.UPPER : Flow.LOWER);
    long silence = Math.max(segment.timeNanos - Flow.lastNanos(page, at), 0);
    answer(segment, page, at, sender, other);
    update(segment, page, sender);
    if (segment.payloadLength == 0 || !isAnswered(segment, page, other)) {
      ask(segment, page, sender, silence);
    }
    Flow.takeLast(page, at, lower);
    return true;
  }

  /** The listener's position in the stream of the segment's side. */
  static int position(Segment segment, long[] page, int at) {
    return high(page[sender(segment, at) + RTT_AND_POSITION]);
  }

  static void position(Segment segment, long[] page, int at, int position) {
    int place = sender(segment, at) + RTT_AND_POSITION;
    page[place] = word(low(page[place]), position);
  }

  private static int sender(Segment segment, int at) {
    return at + (segment.key.sourceIsLower ? Flow.LOWER : Flow.UPPER);
  }

  private static boolean isPlain(Segment segment) {
    return (segment.flags & ~Segment.PSH) == Segment.ACK && segment.window > 0;
  }

  private static boolean expects(Segment segment, int look, long[] page, int sender) {
    long numbers = page[sender + NEXT_AND_ACK];
    int acknowledged = segment.acknowledgement - high(numbers);
    return segment.sequence == low(numbers)
        && acknowledged >= 0
        && (acknowledged | segment.payloadLength) != 0
        && low(page[sender + LOOK_AND_VOTES]) == look
        && expects(segment, high(page[sender + PENDING_END_AND_MARKS]))
        && IpIdCounter.isExpected(low(page[sender + IP_ID_AND_PACKETS]), segment.ipId)
        && (!segment.timestamps || segment.tsVal - low(page[sender + TS_VAL_AND_FRAME]) >= 0);
  }

  private static boolean expects(Segment segment, int marks) {
    boolean firstOptions = (marks & Endpoint.ONLY_CUT_OPTIONS) != 0 && !segment.optionsCut;
    return (marks & NUMBERS_KNOWN) == NUMBERS_KNOWN && !firstOptions;
  }

  /** As {@link FlowTracker}'s takeAnswer. */
  private static void answer(Segment segment, long[] page, int at, int sender, int other) {
    long since = page[other + PENDING];
    long endAndMarks = page[other + PENDING_END_AND_MARKS];
    if (since == 0 || segment.acknowledgement - low(endAndMarks) < 0) {
      return;
    }
    int marks = high(endAndMarks);
    if ((marks & Unanswered.IS_SAMPLE) != 0) {
      long rttAndPosition = page[sender + RTT_AND_POSITION];
      int rtt = Endpoint.shorterRtt(low(rttAndPosition), segment.timeNanos - since);
      page[sender + RTT_AND_POSITION] = word(rtt, high(rttAndPosition));
    }
    long frameAndSilence = page[other + PENDING_FRAME_AND_SILENCE];
    if ((marks & Unanswered.WANTS_ANSWER) != 0) {
      Flow.takeIdle(page, at, high(frameAndSilence));
    }
    marks &= ~(Unanswered.IS_SAMPLE | Unanswered.AGAIN);
    int end = low(endAndMarks);
    if (segment.acknowledgement - low(page[other + NEXT_AND_ACK]) >= 0) {
      page[other + PENDING] = 0;
      marks &= ~Unanswered.WANTS_ANSWER;
    } else {
      end = segment.acknowledgement + 1;
      page[other + PENDING_FRAME_AND_SILENCE] = word(low(frameAndSilence), 0);
    }
    page[other + PENDING_END_AND_MARKS] = word(end, marks);
  }

  /** As {@link Endpoint#take}. */
  private static void update(Segment segment, long[] page, int sender) {
    page[sender + LAST] = segment.timeNanos;
    page[sender + NEXT_AND_ACK] = word(segment.nextSequence(), segment.acknowledgement);
    if (segment.payloadLength > 0) {
      page[sender + LAST_PAYLOAD] = segment.timeNanos;
    }
    int tsVal = segment.timestamps ? segment.tsVal : low(page[sender + TS_VAL_AND_FRAME]);
    page[sender + TS_VAL_AND_FRAME] = word(tsVal, (int) segment.frame);
    page[sender + RECENT] = RecentPackets.take(page[sender + RECENT], segment);
    long lookAndVotes = page[sender + LOOK_AND_VOTES];
    page[sender + LOOK_AND_VOTES] = word(low(lookAndVotes), UsualPath.agree(high(lookAndVotes)));
    long idAndPackets = page[sender + IP_ID_AND_PACKETS];
    int id =
        segment.flowLabel >= 0
            ? segment.flowLabel
            : IpIdCounter.take(low(idAndPackets), segment.ipId);
    page[sender + IP_ID_AND_PACKETS] = word(id, Endpoint.oneMore(high(idAndPackets)));
  }

  /** Whether the answer was captured before the segment, as happens with several queues. */
  private static boolean isAnswered(Segment segment, long[] page, int other) {
    return (high(page[other + PENDING_END_AND_MARKS]) & Endpoint.SOME_ACK) != 0
        && high(page[other + NEXT_AND_ACK]) - segment.nextSequence() >= 0;
  }

  /** As {@link Unanswered#take}. */
  private static void ask(Segment segment, long[] page, int sender, long silence) {
    long endAndMarks = page[sender + PENDING_END_AND_MARKS];
    int end = low(endAndMarks);
    int marks = high(endAndMarks);
    boolean wantsAnswer = segment.payloadLength > 0;
    boolean first = wantsAnswer && (marks & Unanswered.WANTS_ANSWER) == 0;
    if (page[sender + PENDING] == 0 || first && silence >= Unanswered.ACK_IS_STALE_NANOS) {
      page[sender + PENDING] = segment.timeNanos;
      page[sender + PENDING_FRAME_AND_SILENCE] =
          word((int) segment.frame, Float.floatToRawIntBits(silence));
      end = segment.nextSequence();
      marks &= ~(Unanswered.IS_SAMPLE | Unanswered.WANTS_ANSWER);
      marks |= wantsAnswer ? Unanswered.IS_SAMPLE : 0;
    } else if (first) {
      end = segment.sequence + 1;
    }
    marks |= wantsAnswer ? Unanswered.WANTS_ANSWER : 0;
    page[sender + PENDING_END_AND_MARKS] = word(end, marks);
  }
}
