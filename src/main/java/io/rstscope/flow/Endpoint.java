package io.rstscope.flow;

import io.rstscope.wire.SequenceNumber;

/**
 * One side of a flow: what its packets looked like so far, which is the baseline that a reset is
 * held against.
 *
 * <p>A view that {@link Flow} moves; valid until the flow is moved. Resets are not part of the
 * baseline. A value can be wrong in the ways its method says; all begin late when the capture does.
 */
public final class Endpoint {
  /**
   * Longest round trip that {@link #minRttNanos} can hold, about 2.1 s; longer ones count as this.
   */
  public static final long MAX_RTT_NANOS = Integer.MAX_VALUE;

  // the layout, in bytes from where the view begins
  private static final int LAST = 0;
  private static final int LAST_PAYLOAD = 8;
  private static final int PENDING = 16;
  private static final int MAC = 24;
  private static final int LAST_FRAME = 32;
  private static final int NEXT_SEQUENCE = 36;
  private static final int LAST_ACK = 40;
  private static final int TS_VAL = 44;
  private static final int FIRST_TS_VAL = 48;
  private static final int FIRST_TS_MILLIS = 52;
  private static final int PACKETS = 56;
  private static final int PENDING_FRAME = 60;
  private static final int PENDING_END = 64;
  private static final int PENDING_SILENCE = 68;
  private static final int TTL = 72;
  private static final int IP_ID = 76;
  private static final int WINDOW = 80;
  private static final int MARKS = 84;
  private static final int FINGERPRINT = 88;
  private static final int MIN_RTT = 92;
  static final int BYTES = 96;

  private static final int SYN_SEEN = 1;
  private static final int FIN_SEEN = 1 << 1;
  private static final int CLOSED_FIRST = 1 << 2;
  private static final int RST_SEEN = 1 << 3;
  private static final int TIMESTAMPS = 1 << 4;
  private static final int DONT_FRAGMENT = 1 << 5;
  private static final int GAP = 1 << 6;
  private static final int PENDING_IS_SAMPLE = 1 << 7;
  private static final int PENDING_WANTS_ANSWER = 1 << 8;
  private static final int INBOUND_SEEN = 1 << 9;
  private static final int OUTBOUND_SEEN = 1 << 10;
  private static final int SOME_SEQUENCE = 1 << 11;
  private static final int SOME_ACK = 1 << 12;
  private static final int UNANSWERED_SHIFT = 16;
  private static final int MAX_UNANSWERED = 0xff;
  private static final int INTERFACE_SHIFT = 24;

  /**
   * A silence of this length before a packet that wants an answer makes a bare ACK sent before it
   * too old to be what a reset answers: no round trip takes that long (RFC 6298, section 2, starts
   * the retransmission timer with it).
   */
  private static final long ACK_IS_STALE_NANOS = 1_000_000_000L;

  private static final int MAX_VOTES = 15;
  private static final int MAX_COUNT = 0xff;
  private static final long MAC_MASK = 0xffff_ffff_ffffL;

  private long[] page;
  private int at;

  void moveTo(long[] page, int at) {
    this.page = page;
    this.at = at;
  }

  // ---- what was seen
  // -----------------------------------------------------------------------------------------------

  /** Packets other than resets and duplicates, 0 to 2<sup>31</sup> - 1. */
  public int packets() {
    return getInt(PACKETS);
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
    return getInt(LAST_FRAME) & 0xffff_ffffL;
  }

  /**
   * When the last packet with payload beyond a keep-alive's byte was captured; 0 when there was
   * none.
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
    return getInt(NEXT_SEQUENCE);
  }

  /** Whether {@link #lastAcknowledgement} is known. */
  public boolean hasAcknowledgement() {
    return marked(SOME_ACK);
  }

  /** The highest acknowledgement number sent so far. */
  public int lastAcknowledgement() {
    return getInt(LAST_ACK);
  }

  /** Window field of the last packet, not scaled. */
  public int window() {
    return getInt(WINDOW) & 0xffff;
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

  /** Whether its packets carry TCP timestamps (RFC 7323). */
  public boolean timestamps() {
    return marked(TIMESTAMPS);
  }

  /** TSval of the last packet; meaningless without {@link #timestamps}. */
  public int tsVal() {
    return getInt(TS_VAL);
  }

  /**
   * Ticks per second of its timestamp clock, measured between the first and the last packet, or -1
   * when they lie too close to tell.
   */
  public double tsTicksPerSecond(long startedNanos) {
    long nanos = lastNanos() - startedNanos - getInt(FIRST_TS_MILLIS) * 1_000_000L;
    int ticks = SequenceNumber.difference(tsVal(), getInt(FIRST_TS_VAL));
    return !timestamps() || nanos < 500_000_000L || ticks <= 0 ? -1 : ticks * 1e9 / nanos;
  }

  /** IPv4 identification of the last packet, or -1 when there was none. */
  public int ipId() {
    return packets() == 0 ? -1 : getInt(IP_ID) & 0xffff;
  }

  /** How often the IPv4 identification was the previous one plus a little, 0 to 255. */
  public int ipIdSteps() {
    return getInt(IP_ID) >>> 16 & MAX_COUNT;
  }

  /** How often the IPv4 identification was 0, 0 to 255. */
  public int ipIdZeros() {
    return getInt(IP_ID) >>> 24;
  }

  /** Whether its last packet had Don't Fragment set. */
  public boolean dontFragment() {
    return marked(DONT_FRAGMENT);
  }

  /**
   * The usual TTL or hop limit; one odd packet does not move it. Meaningless while {@link #packets}
   * is 0.
   */
  public int ttl() {
    return getInt(TTL) & 0xff;
  }

  /** Another TTL that was seen lately, or -1. */
  public int otherTtl() {
    return otherTtlCount() == 0 ? -1 : getInt(TTL) >>> 16 & 0xff;
  }

  /** How many packets had not the usual TTL, 0 to 255. */
  public int otherTtlCount() {
    return getInt(TTL) >>> 24;
  }

  /** The usual source MAC address, or {@link Segment#NO_MAC}. One odd packet does not move it. */
  public long mac() {
    long mac = getLong(MAC) & MAC_MASK;
    return packets() == 0 || mac == MAC_MASK ? Segment.NO_MAC : mac;
  }

  /** How many packets had another MAC address than the usual one, 0 to 255. */
  public int otherMacCount() {
    return (int) (getLong(MAC) >>> 56);
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
    return getInt(MIN_RTT) - 1L;
  }

  /**
   * When the oldest of its packets that has no answer yet was captured, or 0. May be too early,
   * never too late.
   */
  public long pendingNanos() {
    return getLong(PENDING);
  }

  /** Frame number of that packet. */
  public long pendingFrame() {
    return getInt(PENDING_FRAME) & 0xffff_ffffL;
  }

  /** Silence of the whole flow before that packet, in nanoseconds; exact to seven digits. */
  public long pendingSilenceNanos() {
    return (long) Float.intBitsToFloat(getInt(PENDING_SILENCE));
  }

  /** Whether that packet, or one after it, wants an answer: data, SYN, FIN or a keep-alive. */
  public boolean pendingWantsAnswer() {
    return pendingNanos() != 0 && marked(PENDING_WANTS_ANSWER);
  }

  /** Retransmissions and probes since the other side last answered, 0 to 255. */
  public int unanswered() {
    return getInt(MARKS) >>> UNANSWERED_SHIFT & MAX_UNANSWERED;
  }

  // ---- what the tracker writes
  // -------------------------------------------------------------------------------------

  /** Takes a packet that is neither reset nor duplicate into the baseline. */
  void take(Segment segment, long startedNanos, boolean payload) {
    putInt(PACKETS, getInt(PACKETS) + (packets() == Integer.MAX_VALUE ? 0 : 1));
    putLong(LAST, segment.timeNanos);
    putInt(LAST_FRAME, (int) segment.frame);
    if (payload) {
      putLong(LAST_PAYLOAD, segment.timeNanos);
    }
    putInt(WINDOW, segment.window);
    takeAcknowledgement(segment);
    takeTtl(segment.ttl);
    takeMac(segment.mac);
    takeIpId(segment);
    if (segment.timestamps) {
      takeTimestamp(segment, startedNanos);
    }
    takeCapturePoint(segment);
  }

  /**
   * Moves the end of what was sent; {@code gap} when bytes before the segment were not captured.
   */
  void takeSequence(int next, boolean gap) {
    putInt(NEXT_SEQUENCE, next);
    putInt(MARKS, getInt(MARKS) | (SOME_SEQUENCE | (gap ? GAP : 0)));
  }

  private void takeAcknowledgement(Segment segment) {
    if (!segment.has(Segment.ACK)) {
      return;
    }
    int acknowledgement = segment.acknowledgement;
    putInt(
        LAST_ACK,
        hasAcknowledgement()
            ? SequenceNumber.later(lastAcknowledgement(), acknowledgement)
            : acknowledgement);
    putInt(MARKS, getInt(MARKS) | SOME_ACK);
  }

  /**
   * The majority vote of Boyer and Moore with few votes, so that a lasting change of path moves it
   * after a while.
   */
  private void takeTtl(int ttl) {
    int old = getInt(TTL);
    int votes = old >>> 8 & 0xff;
    if (ttl == (old & 0xff) && votes > 0) {
      putInt(TTL, votes == MAX_VOTES ? old : old + 0x100);
    } else if (votes == 0) {
      putInt(TTL, old & 0xffff_0000 | 0x100 | ttl);
    } else {
      int count = Math.min((old >>> 24) + 1, MAX_COUNT);
      putInt(TTL, count << 24 | ttl << 16 | votes - 1 << 8 | old & 0xff);
    }
  }

  private void takeMac(long segmentMac) {
    long mac = segmentMac & MAC_MASK;
    long old = getLong(MAC);
    long votes = old >>> 48 & 0xff;
    if (mac == (old & MAC_MASK) && votes > 0) {
      putLong(MAC, votes == MAX_VOTES ? old : old + (1L << 48));
    } else if (votes == 0) {
      putLong(MAC, old & 0xff00_0000_0000_0000L | 1L << 48 | mac);
    } else {
      long count = Math.min((old >>> 56) + 1, MAX_COUNT);
      putLong(MAC, count << 56 | votes - 1 << 48 | old & MAC_MASK);
    }
  }

  private void takeIpId(Segment segment) {
    if (segment.dontFragment) {
      putInt(MARKS, getInt(MARKS) | DONT_FRAGMENT);
    } else {
      putInt(MARKS, getInt(MARKS) & (~DONT_FRAGMENT));
    }
    int old = getInt(IP_ID);
    int zeros = old >>> 24;
    int steps = old >>> 16 & MAX_COUNT;
    if (segment.ipId <= 0) {
      zeros = Math.min(zeros + 1, MAX_COUNT);
    } else {
      int step = segment.ipId - old & 0xffff;
      boolean first = packets() == zeros + 1;
      if (!first && step >= 0x8000) {
        return; // a packet that was overtaken does not take the counter back
      }
      boolean counted = !first && step > 0 && step <= IP_ID_STEP;
      steps = Math.min(steps + (counted ? 1 : 0), MAX_COUNT);
    }
    putInt(IP_ID, zeros << 24 | steps << 16 | Math.max(segment.ipId, 0));
  }

  /**
   * The widest step of an identification that still counts as the same counter: hosts that number
   * all their packets with one counter, as Windows does, spend some on others between two of this
   * flow.
   */
  static final int IP_ID_STEP = 64;

  private void takeTimestamp(Segment segment, long startedNanos) {
    if (!timestamps()) {
      putInt(MARKS, getInt(MARKS) | TIMESTAMPS);
      putInt(FIRST_TS_VAL, segment.tsVal);
      putInt(FIRST_TS_MILLIS, (int) ((segment.timeNanos - startedNanos) / 1_000_000));
      putInt(TS_VAL, segment.tsVal);
    } else {
      putInt(TS_VAL, SequenceNumber.later(getInt(TS_VAL), segment.tsVal));
    }
  }

  private void takeCapturePoint(Segment segment) {
    putInt(FINGERPRINT, fingerprint(segment));
    putInt(
        MARKS,
        getInt(MARKS) & 0x00ff_ffff
            | segment.interfaceId << INTERFACE_SHIFT
            | (segment.direction == io.rstscope.capture.CapturedPacket.INBOUND ? INBOUND_SEEN : 0)
            | (segment.direction == io.rstscope.capture.CapturedPacket.OUTBOUND
                ? OUTBOUND_SEEN
                : 0));
  }

  /**
   * Whether the segment is the last packet once more, seen at another point of the capture, and not
   * sent again: a host gives what it sends again a new identification. Without one (0, or IPv6) the
   * place must differ.
   */
  boolean isDuplicate(Segment segment) {
    if (packets() == 0 || getInt(FINGERPRINT) != fingerprint(segment)) {
      return false;
    }
    return segment.ipId > 0
        || segment.ttl != ttl()
        || (segment.mac & MAC_MASK) != (getLong(MAC) & MAC_MASK)
        || (segment.interfaceId & 0xff) != getInt(MARKS) >>> INTERFACE_SHIFT;
  }

  private static int fingerprint(Segment segment) {
    int hash = segment.sequence;
    hash = hash * 31 + segment.acknowledgement;
    hash = hash * 31 + segment.tsVal;
    hash = hash * 31 + (segment.ipId << 16 | segment.window);
    return hash * 31 + (segment.payloadLength << 8 | segment.flags);
  }

  /** Notes a packet of this side that the other one has not answered yet. */
  void sent(Segment segment, long silenceNanos, boolean again) {
    boolean wantsAnswer = again || segment.sequenceLength() > 0;
    if (again) {
      putInt(MARKS, getInt(MARKS) & (~PENDING_IS_SAMPLE));
      if (unanswered() < MAX_UNANSWERED) {
        putInt(MARKS, getInt(MARKS) + (1 << UNANSWERED_SHIFT));
      }
    }
    boolean staleAck =
        wantsAnswer && !marked(PENDING_WANTS_ANSWER) && silenceNanos >= ACK_IS_STALE_NANOS;
    if (pendingNanos() == 0 || staleAck) {
      putLong(PENDING, segment.timeNanos);
      putInt(PENDING_FRAME, (int) segment.frame);
      putInt(PENDING_END, segment.nextSequence());
      putInt(PENDING_SILENCE, Float.floatToRawIntBits(silenceNanos));
      putInt(MARKS, getInt(MARKS) & (~(PENDING_IS_SAMPLE | PENDING_WANTS_ANSWER)));
      putInt(MARKS, getInt(MARKS) | (wantsAnswer && !again ? PENDING_IS_SAMPLE : 0));
    }
    putInt(MARKS, getInt(MARKS) | (wantsAnswer ? PENDING_WANTS_ANSWER : 0));
  }

  /**
   * The other side acknowledges up to {@code acknowledgement}.
   *
   * @return nanoseconds from the pending packet to this answer if it is a round trip, -1 if not
   */
  long answered(int acknowledgement, long timeNanos) {
    if (pendingNanos() == 0 || !SequenceNumber.isAtOrAfter(acknowledgement, getInt(PENDING_END))) {
      return -1;
    }
    long rtt = marked(PENDING_IS_SAMPLE) ? timeNanos - pendingNanos() : -1;
    putInt(MARKS, getInt(MARKS) & (~(PENDING_IS_SAMPLE | MAX_UNANSWERED << UNANSWERED_SHIFT)));
    if (SequenceNumber.isAtOrAfter(acknowledgement, nextSequence())) {
      putLong(PENDING, 0);
      putInt(MARKS, getInt(MARKS) & (~PENDING_WANTS_ANSWER));
    }
    return rtt;
  }

  void takeRtt(long nanos) {
    long known = minRttNanos();
    if (nanos >= 0 && (known < 0 || nanos < known)) {
      putInt(MIN_RTT, (int) Math.min(nanos, MAX_RTT_NANOS - 1) + 1);
    }
  }

  void markSyn() {
    putInt(MARKS, getInt(MARKS) | SYN_SEEN);
  }

  void markFin(boolean first) {
    putInt(MARKS, getInt(MARKS) | (FIN_SEEN | (first ? CLOSED_FIRST : 0)));
  }

  void markReset() {
    putInt(MARKS, getInt(MARKS) | RST_SEEN);
  }

  private boolean marked(int bit) {
    return (getInt(MARKS) & bit) != 0;
  }

  private int getInt(int field) {
    return (int) (page[at + (field >> 3)] >>> ((field & 4) << 3));
  }

  private void putInt(int field, int value) {
    int word = at + (field >> 3);
    int shift = (field & 4) << 3;
    page[word] = page[word] & ~(0xffff_ffffL << shift) | (value & 0xffff_ffffL) << shift;
  }

  private long getLong(int field) {
    return page[at + (field >> 3)];
  }

  private void putLong(int field, long value) {
    page[at + (field >> 3)] = value;
  }
}
