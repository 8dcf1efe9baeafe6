package io.rstscope.flow;

import io.rstscope.capture.CapturedPacket;
import io.rstscope.decode.Segment;
import io.rstscope.decode.SegmentBatch;
import io.rstscope.wire.SequenceNumber;

/**
 * One side of a flow: what its packets looked like so far, which is the baseline that a reset is
 * held against.
 *
 * <p>A view that {@link Flow} moves; valid until the flow is moved. Resets are not part of the
 * baseline. A value can be wrong in the ways its method says; all begin late when the capture does.
 */
public final class Endpoint extends RecordView {
  /**
   * Longest round trip that {@link #minRttNanos} can hold, about 2.1 s; longer ones count as this.
   */
  public static final long MAX_RTT_NANOS = Integer.MAX_VALUE;

  // words of its part of the record that Flow draws; what packets of the other side look at comes
  // first
  static final int LAST = 0;
  static final int NEXT_AND_ACK = 1;
  static final int PENDING = 2;
  static final int PENDING_END_AND_MARKS = 3;
  static final int LAST_PAYLOAD = 4;
  static final int TS_VAL_AND_FRAME = 5;
  static final int RECENT = 6;
  static final int LOOK_AND_VOTES = 7;
  static final int IP_ID_AND_PACKETS = 8;
  static final int PENDING_FRAME_AND_SILENCE = 9;
  static final int RTT_AND_POSITION = 10;
  static final int WORDS = 11;

  /** The last word that packets of the other side look at. */
  static final int LAST_SHARED = PENDING_END_AND_MARKS;

  /** The last word that nearly all packets of this side look at. */
  static final int LAST_OFTEN_USED = RTT_AND_POSITION;

  // bits of the marks; those from 10 to 16 are Unanswered's, those from 18 the first timestamp's
  private static final int SYN_SEEN = 1;
  private static final int FIN_SEEN = 1 << 1;
  private static final int CLOSED_FIRST = 1 << 2;
  private static final int RST_SEEN = 1 << 3;
  private static final int TIMESTAMPS = 1 << 4;
  private static final int GAP = 1 << 5;
  private static final int INBOUND_SEEN = 1 << 6;
  private static final int OUTBOUND_SEEN = 1 << 7;
  static final int SOME_SEQUENCE = 1 << 8;
  static final int SOME_ACK = 1 << 9;
  static final int ONLY_CUT_OPTIONS = 1 << 17;
  private static final int FIRST_TS_SHIFT = Integer.SIZE - RoughMillis.BITS;

  private final MacAddresses macs;
  private final Unanswered unanswered = new Unanswered(this);

  Endpoint(MacAddresses macs) {
    this.macs = macs;
  }

  // ---- what was seen

  /** Packets other than resets and duplicates, 0 to 2<sup>31</sup> - 1. */
  public int packets() {
    return getHigh(IP_ID_AND_PACKETS);
  }

  /**
   * When the last packet that is no reset was captured, nanoseconds since 1970; 0 when there was
   * none.
   */
  public long lastNanos() {
    return getLong(LAST);
  }

  /** Frame number of that packet. */
  public long lastFrame() {
    return getHigh(TS_VAL_AND_FRAME) & 0xffff_ffffL;
  }

  /**
   * When the last packet was captured with payload that the other side had not acknowledged yet,
   * more than a keep-alive's byte; 0 when there was none.
   */
  public long lastPayloadNanos() {
    return getLong(LAST_PAYLOAD);
  }

  /** Whether {@link #nextSequence} is known. */
  public boolean hasSequence() {
    return marked(SOME_SEQUENCE);
  }

  /** The sequence number after the highest one sent so far. */
  public int nextSequence() {
    return getLow(NEXT_AND_ACK);
  }

  /** Whether {@link #lastAcknowledgement} is known. */
  public boolean hasAcknowledgement() {
    return marked(SOME_ACK);
  }

  /** The highest acknowledgement number sent so far. */
  public int lastAcknowledgement() {
    return getHigh(NEXT_AND_ACK);
  }

  /** Window field of the last packet, not scaled. */
  public int window() {
    return RecentPackets.window(getLong(RECENT));
  }

  public boolean synSeen() {
    return marked(SYN_SEEN);
  }

  public boolean finSeen() {
    return marked(FIN_SEEN);
  }

  /** Whether this side sent the first FIN of the flow. */
  public boolean closedFirst() {
    return marked(CLOSED_FIRST);
  }

  /** Whether a reset in this side's name was seen. */
  public boolean resetSeen() {
    return marked(RST_SEEN);
  }

  /** Whether bytes of this side are missing from the capture: its sequence numbers jumped ahead. */
  public boolean gapSeen() {
    return marked(GAP);
  }

  /** Whether its packets carry TCP timestamps (RFC 7323). Not known where {@link #optionsCut}. */
  public boolean timestamps() {
    return marked(TIMESTAMPS);
  }

  /** Whether the capture has cut the TCP options of all its packets, as the snap length may. */
  public boolean optionsCut() {
    return marked(ONLY_CUT_OPTIONS);
  }

  /** TSval of the last packet; meaningless without {@link #timestamps}. */
  public int tsVal() {
    return getLow(TS_VAL_AND_FRAME);
  }

  /**
   * The latest IPv4 identification that was not 0, or 0 when all were; that of a packet that was
   * overtaken is not the latest. -1 when there was no packet; meaningless on IPv6, as are the
   * counts.
   */
  public int ipId() {
    return packets() == 0 ? -1 : IpIdCounter.value(getLow(IP_ID_AND_PACKETS));
  }

  /** How often the IPv4 identification was the previous one plus a little, 0 to 255. */
  public int ipIdSteps() {
    return IpIdCounter.steps(getLow(IP_ID_AND_PACKETS));
  }

  /**
   * IPv6 flow label of the last packet, which takes the place of the identification, 0 when it had
   * none; meaningless on IPv4.
   */
  public int flowLabel() {
    return getLow(IP_ID_AND_PACKETS);
  }

  /** Whether its last packet had Don't Fragment set. */
  public boolean dontFragment() {
    return packets() > 0 && PathBaseline.dontFragment(getLow(LOOK_AND_VOTES));
  }

  /**
   * The usual TTL or hop limit; one odd packet does not move it. Meaningless while {@link #packets}
   * is 0.
   */
  public int ttl() {
    return PathBaseline.ttl(getLow(LOOK_AND_VOTES));
  }

  /** Another TTL that was seen lately, or -1. */
  public int otherTtl() {
    return PathBaseline.otherTtl(getHigh(LOOK_AND_VOTES));
  }

  /** How many packets had not the usual TTL, 0 to 255. */
  public int otherTtlCount() {
    return PathBaseline.otherTtls(getHigh(LOOK_AND_VOTES));
  }

  /** The usual source MAC address, or {@link Segment#NO_MAC}. One odd packet does not move it. */
  public long mac() {
    return packets() == 0 ? Segment.NO_MAC : macs.mac(PathBaseline.mac(getLow(LOOK_AND_VOTES)));
  }

  /** How many packets had another MAC address than the usual one, 0 to 255. */
  public int otherMacCount() {
    return PathBaseline.otherMacs(getHigh(LOOK_AND_VOTES));
  }

  /** Whether the capturing host marked one of its packets as received. */
  public boolean inboundSeen() {
    return marked(INBOUND_SEEN);
  }

  /** Whether the capturing host marked one of its packets as sent. */
  public boolean outboundSeen() {
    return marked(OUTBOUND_SEEN);
  }

  /**
   * Shortest time this side took to answer, from the capture point and back, in nanoseconds, or -1
   * when unknown. From the handshake and from data that was sent once (RFC 6298, section 3). At its
   * own host it is near 0.
   */
  public long minRttNanos() {
    return getLow(RTT_AND_POSITION) - 1L;
  }

  /** What it sent without an answer yet; moves with this view. */
  public Unanswered unanswered() {
    return unanswered;
  }

  // ---- what the listener keeps here, side by side with what each packet needs

  /** What the listener last gave {@link #listenerPosition(int)}; 0 at first. */
  public int listenerPosition() {
    return getHigh(RTT_AND_POSITION);
  }

  /** Keeps where the listener is in this side's stream; the tracker never looks at it. */
  public void listenerPosition(int position) {
    putHigh(RTT_AND_POSITION, position);
  }

  // ---- what the tracker writes

  /** Takes a packet that is neither reset nor duplicate into the baseline. */
  void note(Segment segment, boolean payload) {
    notePath(segment);
    noteOptions(segment);
    notePacket(segment, payload);
    if (!isOvertaken(segment)) {
      putLong(RECENT, RecentPackets.after(getLong(RECENT), segment));
    }
    noteIdentification(segment);
    noteAcknowledgement(segment);
    noteTimestamp(segment);
  }

  private void notePacket(Segment segment, boolean payload) {
    putHigh(IP_ID_AND_PACKETS, oneMore(packets()));
    putLong(LAST, segment.timeNanos);
    putHigh(TS_VAL_AND_FRAME, (int) segment.frame);
    if (payload) {
      putLong(LAST_PAYLOAD, segment.timeNanos);
    }
  }

  static int oneMore(int packets) {
    return packets + (packets == Integer.MAX_VALUE ? 0 : 1);
  }

  private void notePath(Segment segment) {
    int seen = look(segment);
    int look = getLow(LOOK_AND_VOTES);
    int votes = getHigh(LOOK_AND_VOTES);
    putLong(
        LOOK_AND_VOTES,
        packets() == 0
            ? word(seen, PathBaseline.FIRST_VOTES)
            : word(
                PathBaseline.lookAfter(votes, look, seen),
                PathBaseline.votesAfter(votes, look, seen)));
    mark(segment.direction == CapturedPacket.INBOUND ? INBOUND_SEEN : 0);
    mark(segment.direction == CapturedPacket.OUTBOUND ? OUTBOUND_SEEN : 0);
  }

  private void noteOptions(Segment segment) {
    if (!segment.optionsCut) {
      clear(ONLY_CUT_OPTIONS);
    } else if (packets() == 0) {
      mark(ONLY_CUT_OPTIONS);
    }
  }

  private int look(Segment segment) {
    return PathBaseline.look(macs.number(segment.mac), SegmentBatch.way(segment));
  }

  /** Whether a segment was captured on another interface than the last packet, as far as known. */
  boolean isOnOtherInterface(Segment segment) {
    return PathBaseline.isOnOtherInterface(getLow(LOOK_AND_VOTES), look(segment));
  }

  /** IPv6 has no identification, but a flow label. */
  private void noteIdentification(Segment segment) {
    putLow(
        IP_ID_AND_PACKETS,
        segment.flowLabel >= 0
            ? segment.flowLabel
            : IpIdCounter.after(getLow(IP_ID_AND_PACKETS), segment.ipId));
  }

  /**
   * Moves the end of what was sent; {@code gap} when bytes before the segment were not captured.
   */
  void noteSequence(int next, boolean gap) {
    putLow(NEXT_AND_ACK, next);
    mark(SOME_SEQUENCE | (gap ? GAP : 0));
  }

  private void noteAcknowledgement(Segment segment) {
    if (segment.has(Segment.ACK)) {
      int highest = hasAcknowledgement() ? lastAcknowledgement() : segment.acknowledgement;
      putHigh(NEXT_AND_ACK, SequenceNumber.later(highest, segment.acknowledgement));
      mark(SOME_ACK);
    }
  }

  private void noteTimestamp(Segment segment) {
    if (segment.timestamps) {
      putLow(TS_VAL_AND_FRAME, SequenceNumber.later(tsVal(), segment.tsVal));
    }
  }

  /** Takes the first packet with timestamps, which came so long after the flow's first packet. */
  void beginTimestamps(Segment segment, long millis) {
    putLow(TS_VAL_AND_FRAME, segment.tsVal);
    mark(TIMESTAMPS | RoughMillis.of(millis) << FIRST_TS_SHIFT);
  }

  /**
   * Its SYN offered timestamps that the other side did not accept, or seems not to have: they are
   * not in use (RFC 7323, section 3.2).
   */
  void withdrawTimestamps() {
    int withoutFirst = getHigh(PENDING_END_AND_MARKS) & (1 << FIRST_TS_SHIFT) - 1;
    putHigh(PENDING_END_AND_MARKS, withoutFirst & ~TIMESTAMPS);
  }

  /** How long after the flow's first packet the first one with timestamps came, about. */
  long firstTimestampMillis() {
    return RoughMillis.millis(getHigh(PENDING_END_AND_MARKS) >>> FIRST_TS_SHIFT);
  }

  /** Whether the segment was sent before others that were captured before it. */
  boolean isOvertaken(Segment segment) {
    return segment.flowLabel < 0
        && IpIdCounter.isOvertaken(getLow(IP_ID_AND_PACKETS), segment.ipId);
  }

  void noteRtt(long nanos) {
    putLow(RTT_AND_POSITION, shorterRtt(getLow(RTT_AND_POSITION), nanos));
  }

  /** The field after a round trip; it holds one more than its nanoseconds, 0 at first. */
  static int shorterRtt(int known, long nanos) {
    return nanos >= 0 && (known == 0 || nanos < known - 1)
        ? (int) Math.min(nanos, MAX_RTT_NANOS - 1) + 1
        : known;
  }

  void markSyn() {
    mark(SYN_SEEN);
  }

  void markFin(boolean first) {
    mark(FIN_SEEN | (first ? CLOSED_FIRST : 0));
  }

  void markReset() {
    mark(RST_SEEN);
  }

  private void mark(int bits) {
    putHigh(PENDING_END_AND_MARKS, getHigh(PENDING_END_AND_MARKS) | bits);
  }

  private void clear(int bits) {
    putHigh(PENDING_END_AND_MARKS, getHigh(PENDING_END_AND_MARKS) & ~bits);
  }

  boolean marked(int bit) {
    return (getHigh(PENDING_END_AND_MARKS) & bit) != 0;
  }
}
