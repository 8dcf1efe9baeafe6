package io.rstscope.flow;

import io.rstscope.decode.Segment;
import io.rstscope.net.HostPort;
import io.rstscope.net.Side;
import io.rstscope.wire.SequenceNumber;

/**
 * One TCP connection as seen by the capture: its two endpoints, who of them is the client, and its
 * history.
 *
 * <p>A view on the {@link FlowStore} that the table moves from flow to flow; nothing of it may be
 * kept beyond the call that hands it over. Which of the two addresses is the lower one decides how
 * a flow is stored, and nothing else. Its record has a part for each end:
 *
 * <pre>
 * word   low 32 bits                    high 32 bits              written by          read by
 *    0   addresses, as in the FlowKey                             the first packet    each packet
 *    1   ports                          marks of the flow         what is new         each packet
 *    2   CountsAndIdle                                            answers, listener   the end
 *  3 14  time of its last packet                                  each packet         each packet
 *  4 15  next sequence number           highest acknowledgement   each packet         each packet
 *  5 16  time of a packet that is not answered                    what wants answers  each packet
 *  6 17  sequence number behind it      marks of the end          what wants answers  each packet
 *  7 18  time of its last payload                                 payload             the end
 *  8 19  TSval                          frame of its last packet  each packet         each packet
 *  9 20  RecentPackets                                            each packet         odd packets
 * 10 21  look, as in PathBaseline       votes on it               each packet         each packet
 * 11 22  IpIdCounter, or flow label     packets                   each packet         each packet
 * 12 23  frame of the packet of word 5  silence before it, float  what wants answers  its answer
 * 13 24  shortest RTT + 1, ns           listener's position       answers, listener   payload
 *   25   time of the first packet                                 the first packet    the end
 *   26   History                                                  what is new         the end
 *   27   first TSval, lower end         first TSval, upper end    packets that begin it  the end
 * </pre>
 *
 * Times are nanoseconds since 1970, silences are of the whole flow. What few flows have lies apart
 * ({@link SparseColumns}): IPv6 addresses, duplicates, the last reset.
 */
public final class Flow extends RecordView {
  private static final int KEY = 0;
  private static final int PORTS_AND_MARKS = 1;
  private static final int COUNTS_AND_IDLE = 2;
  static final int LOWER = 3;
  static final int UPPER = LOWER + Endpoint.WORDS;

  // not looked at for every packet
  private static final int STARTED = UPPER + Endpoint.WORDS;
  private static final int HISTORY = STARTED + 1;

  /**
   * When their clocks stood where they were first seen: the lower endpoint's TSval, the upper's.
   */
  private static final int FIRST_TS_VALS = HISTORY + 1;

  static final int LONGS = FIRST_TS_VALS + 1;

  // the first mark is part of the key
  private static final long KEY_MARKS_AND_PORTS = 0x1_ffff_ffffL;

  private static final int IPV6 = 1;
  private static final int CLIENT_IS_LOWER = 1 << 1;
  private static final int ROLES_GUESSED = 1 << 2;
  private static final int OVER = 1 << 3;
  private static final int IN_USE = 1 << 4;

  /** Whose packet was the last one, unless that was a reset. */
  private static final int LAST_BY_LOWER = 1 << 5;

  private static final int LAST_IS_RESET = 1 << 6;

  /** One bit for each of {@link History}'s letters: whether it is there. */
  private static final int NOTED_SHIFT = 8;

  private static final int CLIENT_WENT_ON =
      noted(History.code(History.PURE_ACK, true))
          | noted(History.code(History.DATA, true))
          | noted(History.code(History.FIN, true));

  private final FlowStore store;
  private final Endpoint lower;
  private final Endpoint upper;
  private int id;
  private long silenceBeforeNanos;

  Flow(FlowStore store) {
    this.store = store;
    lower = new Endpoint(store.macs());
    upper = new Endpoint(store.macs());
  }

  void moveTo(int id) {
    this.id = id;
    long[] page = store.page(id);
    int at = store.at(id);
    moveTo(page, at);
    lower.moveTo(page, at + LOWER);
    upper.moveTo(page, at + UPPER);
  }

  /**
   * How long the flow had been silent before the segment that is being told by {@link
   * FlowListener#segment}, nanoseconds; not set where that came the short way, which is for
   * segments that neither open nor close.
   */
  public long silenceBeforeNanos() {
    return silenceBeforeNanos;
  }

  void silenceBefore(long nanos) {
    silenceBeforeNanos = nanos;
  }

  // ---- who

  /** Number of this flow while it lives, from 0; dense, and given to another flow later. */
  public int id() {
    return id;
  }

  public Endpoint client() {
    return clientIsLower() ? lower : upper;
  }

  public Endpoint broker() {
    return clientIsLower() ? upper : lower;
  }

  /** The endpoint of a side. */
  public Endpoint endpoint(Side side) {
    return side == Side.CLIENT ? client() : broker();
  }

  public boolean isIpv6() {
    return marked(IPV6);
  }

  /** High half of an endpoint's address; 0 on IPv4. */
  public long addressHigh(Side side) {
    return isIpv6() ? store.addresses().get(id, isLower(side) ? 0 : 2) : 0;
  }

  /** Low half of an endpoint's address; the whole of an IPv4 address in its low 32 bits. */
  public long addressLow(Side side) {
    if (isIpv6()) {
      return store.addresses().get(id, isLower(side) ? 1 : 3);
    }
    long key = getLong(KEY);
    return isLower(side) ? key >>> 32 : key & 0xffff_ffffL;
  }

  /** Address and port of a side. */
  public HostPort hostPort(Side side) {
    long low = addressLow(side);
    return isIpv6()
        ? HostPort.ofIpv6(addressHigh(side), low, port(side))
        : HostPort.ofIpv4((int) low, port(side));
  }

  /** Port of an endpoint, 0 to 65,535. */
  public int port(Side side) {
    int ports = (int) getLong(PORTS_AND_MARKS);
    return isLower(side) ? ports >>> 16 : ports & 0xffff;
  }

  /**
   * Whether the roles are a guess from the port numbers: no SYN was seen, and both or neither port
   * is a broker's.
   */
  public boolean rolesGuessed() {
    return marked(ROLES_GUESSED);
  }

  /**
   * Exchanges client and broker, in the history too, and settles the roles: what they said to each
   * other shows who is who.
   */
  public void swapRoles() {
    putLong(HISTORY, History.swap(getLong(HISTORY), letters()));
    int others = marks() & (1 << NOTED_SHIFT) - 1;
    marks(History.swapNoted(notedLetters()) << NOTED_SHIFT | others ^ CLIENT_IS_LOWER);
    settleRoles();
  }

  /** The roles are no guess any more. */
  public void settleRoles() {
    marks(marks() & ~ROLES_GUESSED);
  }

  private boolean clientIsLower() {
    return marked(CLIENT_IS_LOWER);
  }

  private boolean isLower(Side side) {
    return (side == Side.CLIENT) == clientIsLower();
  }

  // ---- what was seen

  /** When its first packet was captured, nanoseconds since 1970. */
  public long startedNanos() {
    return getLong(STARTED);
  }

  /** When its last packet of any kind was captured. */
  public long lastNanos() {
    if (marked(LAST_IS_RESET)) {
      return store.lastResets().get(id, 0);
    }
    long last = lastSender().lastNanos();
    return last == 0 ? startedNanos() : last;
  }

  /** Frame number of its last packet of any kind; packets seen once more are none. */
  public long lastFrame() {
    return marked(LAST_IS_RESET) ? store.lastResets().get(id, 1) : lastSender().lastFrame();
  }

  /** Who sent the last packet that is no reset. */
  private Endpoint lastSender() {
    return marked(LAST_BY_LOWER) ? lower : upper;
  }

  /** Whether both SYN and SYN,ACK were captured. */
  public boolean handshakeSeen() {
    return lower.synSeen() && upper.synSeen();
  }

  /**
   * Whether there is or was a connection: both sides have spoken, and the client more than its SYN.
   * Not known of a flow of which one direction was captured.
   */
  public boolean isEstablished() {
    return lower.packets() > 0 && upper.packets() > 0 && (marks() & CLIENT_WENT_ON) != 0;
  }

  /** Whether one side alone was captured, of a connection in which the other had spoken, too. */
  public boolean isOneSided() {
    return isOneSided(lower, upper) || isOneSided(upper, lower);
  }

  private static boolean isOneSided(Endpoint seen, Endpoint unseen) {
    return unseen.packets() == 0 && seen.packets() > 0 && seen.hasAcknowledgement();
  }

  /**
   * Longest silence, in nanoseconds, after which the flow went on and was answered; exact to six
   * digits, not too long.
   */
  public long longestIdleNanos() {
    return CountsAndIdle.idleNanos(getLong(COUNTS_AND_IDLE));
  }

  /** Packets seen once more at another point of the capture. */
  public int duplicates() {
    return (int) store.duplicates().get(id, 0);
  }

  /**
   * Ticks per second of an endpoint's timestamp clock, measured between its first and its last
   * packet with timestamps, or -1 when they lie too close to tell.
   */
  public double tsTicksPerSecond(Side side) {
    Endpoint endpoint = endpoint(side);
    long nanos =
        endpoint.lastNanos() - startedNanos() - endpoint.firstTimestampMillis() * 1_000_000L;
    long first = getLong(FIRST_TS_VALS);
    int ticks =
        SequenceNumber.difference(endpoint.tsVal(), isLower(side) ? low(first) : high(first));
    return !endpoint.timestamps() || nanos < 500_000_000L || ticks <= 0 ? -1 : ticks * 1e9 / nanos;
  }

  /** Whether it ended: a reset was seen, or a FIN of both sides. */
  public boolean isOver() {
    return marked(OVER);
  }

  /** What happened, in {@link History}'s letters. */
  public String history() {
    return History.text(getLong(HISTORY), letters());
  }

  // ---- what the listener keeps here

  /**
   * How many of something the listener counted on an endpoint's side, 0 to 524,287; as many when
   * there were more.
   */
  public int listenerCount(Side side) {
    return CountsAndIdle.count(getLong(COUNTS_AND_IDLE), isLower(side));
  }

  /** Keeps how many of something the listener counted on an endpoint's side, 0 or more. */
  public void listenerCount(Side side, int count) {
    long word = getLong(COUNTS_AND_IDLE);
    putLong(COUNTS_AND_IDLE, CountsAndIdle.withCount(word, isLower(side), count));
  }

  // ---- what the tracker writes

  /** Starts a flow in a zeroed record. */
  void start(long nanos, long addresses, long ports) {
    putLong(KEY, addresses);
    putLong(PORTS_AND_MARKS, ports);
    putLong(STARTED, nanos);
    mark(IN_USE);
  }

  /** Says which side the source of the segment is. */
  void assignRoles(boolean sourceIsLower, Side source, boolean guessed) {
    mark(
        (sourceIsLower == (source == Side.CLIENT) ? CLIENT_IS_LOWER : 0)
            | (guessed ? ROLES_GUESSED : 0));
  }

  /** The side that a segment comes from. */
  Side sender(boolean sourceIsLower) {
    return Side.of(sourceIsLower == clientIsLower());
  }

  /**
   * Whether one more segment with or without payload from that side is nothing new: the flow lives,
   * its roles are settled, and the letter is in its history.
   */
  static boolean expects(long[] page, int at, boolean sourceIsLower, boolean payload) {
    int marks = high(page[at + PORTS_AND_MARKS]);
    boolean client = sourceIsLower == ((marks & CLIENT_IS_LOWER) != 0);
    int letter = payload ? History.DATA : History.PURE_ACK;
    int bit = noted(History.code(letter, client));
    return (marks & (OVER | ROLES_GUESSED | bit)) == bit;
  }

  /** Whether the record is that of a flow with this key; of IPv6, one that hashes to it. */
  static boolean hasKey(long[] page, int at, long addresses, long ports) {
    long inUse = (long) IN_USE << Integer.SIZE;
    return page[at + KEY] == addresses
        && (page[at + PORTS_AND_MARKS] & (KEY_MARKS_AND_PORTS | inUse)) == (ports | inUse);
  }

  boolean inUse() {
    return marked(IN_USE);
  }

  long key() {
    return getLong(KEY);
  }

  /** The ports of {@link io.rstscope.decode.FlowKey}. */
  long ports() {
    return getLong(PORTS_AND_MARKS) & KEY_MARKS_AND_PORTS;
  }

  /** The last packet so far came from that side, whose view knows when. */
  void noteLast(boolean sourceIsLower) {
    marks(marks() & ~(LAST_IS_RESET | LAST_BY_LOWER) | (sourceIsLower ? LAST_BY_LOWER : 0));
  }

  /** The last packet so far was a reset. */
  void noteLastReset(Segment reset) {
    store.lastResets().put(id, 0, reset.timeNanos);
    store.lastResets().put(id, 1, reset.frame);
    mark(LAST_IS_RESET);
  }

  /** As {@link #lastNanos()}, of a flow that lives and of which some packet was taken. */
  static long lastNanos(long[] page, int at) {
    int side = (high(page[at + PORTS_AND_MARKS]) & LAST_BY_LOWER) != 0 ? LOWER : UPPER;
    return page[at + side + Endpoint.LAST];
  }

  /** As {@link #noteLast(boolean)}, of a flow that lives. */
  static void noteLast(long[] page, int at, boolean sourceIsLower) {
    long word = page[at + PORTS_AND_MARKS];
    if ((high(word) & LAST_BY_LOWER) != 0 != sourceIsLower) {
      page[at + PORTS_AND_MARKS] = word(low(word), high(word) ^ LAST_BY_LOWER);
    }
  }

  void noteIdle(long nanos) {
    int silence = Float.floatToRawIntBits((float) nanos);
    putLong(COUNTS_AND_IDLE, CountsAndIdle.longerIdle(getLong(COUNTS_AND_IDLE), silence));
  }

  /** As {@link #noteIdle(long)}, of a silence that is a float's bits. */
  static void noteIdle(long[] page, int at, int silence) {
    page[at + COUNTS_AND_IDLE] = CountsAndIdle.longerIdle(page[at + COUNTS_AND_IDLE], silence);
  }

  void countDuplicate() {
    store.duplicates().put(id, 0, duplicates() + 1L);
  }

  /** Takes an endpoint's first packet with timestamps, from which their rate is measured. */
  void beginTimestamps(Side side, Segment segment) {
    long millis = (segment.timeNanos - startedNanos()) / 1_000_000;
    endpoint(side).beginTimestamps(segment, millis);
    if (isLower(side)) {
      putLow(FIRST_TS_VALS, segment.tsVal);
    } else {
      putHigh(FIRST_TS_VALS, segment.tsVal);
    }
  }

  void markOver() {
    mark(OVER);
  }

  /** Adds one of {@link History}'s letters unless it is there for this side. */
  void note(int letter, Side side) {
    int code = History.code(letter, side == Side.CLIENT);
    int bit = noted(code);
    if (!marked(bit)) {
      putLong(HISTORY, History.add(getLong(HISTORY), notedLetters(), code));
      mark(bit);
    }
  }

  private static int noted(int code) {
    return 1 << NOTED_SHIFT + code;
  }

  /** The bits of {@link History}'s letters that are there. */
  private int notedLetters() {
    return marks() >>> NOTED_SHIFT;
  }

  private int letters() {
    return Integer.bitCount(notedLetters());
  }

  private int marks() {
    return getHigh(PORTS_AND_MARKS);
  }

  private void marks(int marks) {
    putHigh(PORTS_AND_MARKS, marks);
  }

  private void mark(int bits) {
    marks(marks() | bits);
  }

  private boolean marked(int bit) {
    return (marks() & bit) != 0;
  }
}
