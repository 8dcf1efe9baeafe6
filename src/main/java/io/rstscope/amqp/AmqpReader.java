package io.rstscope.amqp;

import io.rstscope.net.Side;
import io.rstscope.wire.Bytes;

/**
 * Reads what connections say of themselves from the TCP payloads of both directions, for all
 * connections of one thread.
 *
 * <p>It keeps nothing of a connection but beginnings of frames that wait for their rest. What is
 * known of one is an {@link AmqpSnapshot}, shared by all that said the same; where one direction is
 * in its stream is an int. The caller keeps both: a million quiet connections are a million
 * references and positions. Allocates nothing for segments that tell nothing new. Nothing that a
 * payload holds makes a method throw.
 */
public final class AmqpReader {
  /** The position of a stream of which no payload was seen. */
  public static final int UNREAD = 0;

  // Positions: above 0 one more than the bytes of a frame still to pass over, and whether messages
  // tell nothing new of the connection; below it a constant of SegmentScan, or, from here on down,
  // the number of a partial.
  private static final int FIRST_PARTIAL = -16;

  /** Mark of a position on a connection of which messages tell nothing new. */
  private static final int IN_USE = 1 << 30;

  /** Mark of one of which it is known, too, that the snap length cuts frames. */
  private static final int CUT = 1 << 29;

  /** Both marks; they lie above the longest frame, and may come late. */
  static final int MARKS = IN_USE | CUT;

  /** Has both marks, but where frames begin is not known: they were cut. */
  private static final int LOST_IN_USE = -4;

  // what else a glance may find
  private static final int ENDS_FRAME = -1;
  private static final int STRANGE = -2;

  /** Distinct client identities, hosts and snapshots that are shared. */
  private static final int MAX_INTERNED = 65_536;

  /** What a client can say of itself: five texts of 255 characters, and what holds them. */
  private static final int LARGEST_INTERNED = 2_048;

  private final Interner interner;
  private final ConnectionFacts facts;
  private final PartialPool pool;
  private final SegmentScan scan;
  private AmqpSnapshot known;
  private int position;

  /**
   * @param maxBytes about as much is held of what connections choose to say, however many they are;
   *     beyond it names that no other connection has are shortened, and frames that end in a later
   *     segment passed over; {@link #leftOut} counts both
   */
  public AmqpReader(long maxBytes) {
    this(maxBytes, PayloadReads.UNHEEDED);
  }

  /**
   * The same.
   *
   * @param reads is shown what {@link #read} reads of payloads
   */
  public AmqpReader(long maxBytes, PayloadReads reads) {
    long third = maxBytes / 3;
    interner = new Interner((int) Math.min(MAX_INTERNED, third / LARGEST_INTERNED), third);
    facts = new ConnectionFacts(interner);
    pool = new PartialPool(third);
    scan = new SegmentScan(pool, facts, reads);
  }

  /** How many names were shortened, and frames not read, for lack of room. */
  public long leftOut() {
    return interner.leftOut() + pool.refused();
  }

  /**
   * Passes over a segment that goes on where its stream was, if it holds nothing but what messages
   * are made of, as most do, on a connection of which no message tells anything new.
   *
   * @param position where the direction is
   * @param glance what {@link #glance} gave for the payload, or 0 when it was not asked
   * @param data the first {@code captured} bytes of the payload, from {@code offset}
   * @param length bytes of payload on the wire
   * @return where the direction is then, or {@link #UNREAD} when the segment must be read; what is
   *     known is the same in any case
   */
  public static int skim(
      int position, int glance, byte[] data, int offset, int captured, int length) {
    if (position == SegmentScan.DARK) {
      return position;
    }
    boolean lost = position == LOST_IN_USE;
    int marks = lost ? MARKS : position & MARKS;
    int amidFrame = lost ? 0 : position - marks - 1;
    if (position > 0 && amidFrame > length) {
      return position - length;
    }
    if (position >= IN_USE) {
      if (amidFrame == 0 && glance >= length) {
        return glance - length + 1 | marks;
      }
      if (amidFrame == 0 && glance < 0) {
        return UNREAD;
      }
      if (amidFrame == length && glance == ENDS_FRAME) {
        return 1 | marks;
      }
    }
    int visible = Math.min(captured, length);
    boolean mayBe = lost ? Framing091.isFrame(data, offset, visible) : position >= IN_USE;
    int next =
        mayBe
            ? Framing091.skim(data, offset + amidFrame, amidFrame > 0, offset + visible)
            : Framing091.STRANGE;
    int left = next - offset - length;
    if (next != Framing091.STRANGE && left >= 0) {
      return left + 1 | marks;
    }
    boolean cutAgain = visible < length && (marks & CUT) != 0;
    return next != Framing091.STRANGE && cutAgain ? LOST_IN_USE : UNREAD;
  }

  /**
   * How far the frames go that begin with a payload, if they hold nothing but what messages are
   * made of: bytes from its beginning, {@code length} or more when they pass over all of it. Or
   * whether it may be the rest of a frame.
   *
   * <p>The arguments are those of {@link #skim}. May be called on another thread.
   *
   * @return that length, or a negative number; never 0
   */
  public static int glance(byte[] data, int offset, int captured, int length) {
    int visible = Math.min(captured, length);
    int next = Framing091.skim(data, offset, false, offset + visible);
    if (next != Framing091.STRANGE) {
      return next - offset;
    }
    boolean ends = visible == length && Framing091.isEnd(data, offset + length);
    return ends ? ENDS_FRAME : STRANGE;
  }

  /** Whether nothing of that direction can be read, as within TLS. */
  public static boolean isDark(int position) {
    return position == SegmentScan.DARK;
  }

  /**
   * Whether a segment that goes on where its stream was is one heartbeat and nothing else, on a
   * connection of which it tells nothing but that: the position stays, and so does what is known.
   *
   * <p>The arguments are those of {@link #skim}.
   */
  public static boolean isHeartbeat(
      int position, byte[] data, int offset, int captured, int length) {
    return position >= IN_USE
        && (position & ~MARKS) == 1
        && length == Amqp091.FRAME_OVERHEAD
        && captured >= length
        && Bytes.i64(data, offset) == Amqp091.HEARTBEAT;
  }

  /**
   * Takes a segment's payload; to be called for every segment that has one, in the order of the
   * capture, but not for the payload of a reset. Bytes seen before are passed over, missing ones
   * noticed. {@link #known()}, {@link #position()} and {@link #heartbeats()} tell the result.
   *
   * @param known what is known of the connection so far, or null
   * @param position where the direction is, {@link #UNREAD} at first
   * @param fromStart whether the first payload byte of the direction is the one after its SYN; only
   *     then can bytes that are not AMQP be told from an AMQP stream that began before the capture
   * @param ahead bytes missing before the segment, or, negative, seen before from its beginning
   * @param data the first {@code captured} bytes of the payload, from {@code offset}
   * @param length bytes of payload on the wire
   */
  public void read(
      AmqpSnapshot known,
      int position,
      Side from,
      boolean fromStart,
      int ahead,
      byte[] data,
      int offset,
      int captured,
      int length) {
    this.known = known;
    this.position = position;
    facts.load(known == null ? AmqpSnapshot.NOTHING : known);
    int gap = position == UNREAD ? 0 : ahead;
    if (length <= 0 || position == SegmentScan.DARK || gap <= -length) {
      return;
    }
    int visible = Math.max(0, Math.min(captured, length));
    int seen = Math.max(0, -gap);
    int first = Math.min(seen, visible);
    begin(from, fromStart);
    if (gap > 0) {
      scan.gap(gap);
    }
    if (visible > first) {
      facts.payloadVisible();
    }
    scan.run(data, offset + first, visible - first, length - seen - (visible - first));
    end();
  }

  private void begin(Side from, boolean fromStart) {
    if (position == UNREAD) {
      scan.begin(from, fromStart ? SegmentScan.START : SegmentScan.LOST, null);
    } else if (position > 0) {
      scan.begin(from, (position & ~MARKS) - 1, null);
    } else if (position > FIRST_PARTIAL) {
      scan.begin(from, position == LOST_IN_USE ? SegmentScan.LOST : position, null);
    } else {
      Partial partial = pool.takeBack(FIRST_PARTIAL - position);
      scan.begin(from, partial.isAtStart() ? SegmentScan.START : 0, partial);
    }
  }

  private void end() {
    if (facts.isChanged()) {
      forget(known);
      known = interner.intern(facts.snapshot());
      interner.hold(known.textLength());
    }
    position = position(scan.skip(), scan.partial());
  }

  private int position(int skip, Partial partial) {
    if (partial != null) {
      partial.atStart(skip == SegmentScan.START);
      return FIRST_PARTIAL - pool.hold(partial);
    }
    int marks = marks();
    if (skip < 0) {
      return skip == SegmentScan.LOST && marks == MARKS ? LOST_IN_USE : skip;
    }
    return skip + 1 | marks;
  }

  private int marks() {
    boolean inUse = known != null && known.tellsNothingNewByMessages();
    return (inUse ? IN_USE : 0) | (inUse && known.lostToSnapLength() ? CUT : 0);
  }

  /** What is known of the connection after {@link #read}: the same instance when nothing new. */
  public AmqpSnapshot known() {
    return known;
  }

  /** Where the direction is after {@link #read}. */
  public int position() {
    return position;
  }

  /** Heartbeats in the segment that {@link #read} took. */
  public int heartbeats() {
    return facts.heartbeats();
  }

  /** A connection is gone of which this was known; null is nothing. */
  public void forget(AmqpSnapshot known) {
    if (known != null) {
      interner.hold(-known.textLength());
    }
  }

  /** Gives up what is kept for a direction that has come to this position and goes no further. */
  public void forget(int position) {
    if (position <= FIRST_PARTIAL) {
      pool.release(pool.takeBack(FIRST_PARTIAL - position));
    }
  }
}
