package io.rstscope.flow;

/**
 * One TCP connection as seen by the capture: its two endpoints, who of them is the client, and its
 * history.
 *
 * <p>A view on the {@link FlowStore} that the table moves from flow to flow; nothing of it may be
 * kept beyond the call that hands it over. Which of the two addresses is the lower one decides how
 * a flow is stored, and nothing else.
 */
public final class Flow {
  private static final int OWN_LONGS = 7;
  static final int LONGS = OWN_LONGS + 2 * Endpoint.LONGS;
  private static final int KEY = 0;
  private static final int PORTS = 1;
  private static final int STARTED = 2;
  private static final int LAST = 3;
  private static final int HISTORY = 4;
  private static final int LONGEST_IDLE = 6;

  private static final int OWN_INTS = 2;
  static final int INTS = OWN_INTS + 2 * Endpoint.INTS;
  private static final int MARKS = 0;
  private static final int DUPLICATES = 1;

  private static final int IPV6 = 1;
  private static final int CLIENT_IS_LOWER = 1 << 1;
  private static final int ROLES_GUESSED = 1 << 2;
  private static final int OVER = 1 << 3;
  private static final int IN_USE = 1 << 4;
  private static final int CONTINUES = 1 << 5;

  /** One bit for each of {@link History}'s letters: whether it is there. */
  private static final int NOTED_SHIFT = 8;

  private final FlowStore store;
  private final Endpoint lower = new Endpoint();
  private final Endpoint upper = new Endpoint();
  private int id;
  private long[] longs;
  private int longsAt;
  private int[] ints;
  private int intsAt;

  Flow(FlowStore store) {
    this.store = store;
  }

  void moveTo(int id) {
    this.id = id;
    longs = store.longs(id);
    longsAt = store.longsAt(id);
    ints = store.ints(id);
    intsAt = store.intsAt(id);
    lower.moveTo(longs, longsAt + OWN_LONGS, ints, intsAt + OWN_INTS);
    upper.moveTo(
        longs, longsAt + OWN_LONGS + Endpoint.LONGS, ints, intsAt + OWN_INTS + Endpoint.INTS);
  }

  // ---- who
  // ---------------------------------------------------------------------------------------------------------

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

  /** The client's endpoint, or the broker's. */
  public Endpoint endpoint(boolean client) {
    return client ? client() : broker();
  }

  public boolean isIpv6() {
    return marked(IPV6);
  }

  /** High half of an endpoint's address; 0 on IPv4. */
  public long addressHigh(boolean client) {
    return isIpv6() ? store.addresses(id)[store.addressesAt(id) + (isLower(client) ? 0 : 2)] : 0;
  }

  /** Low half of an endpoint's address; the whole of an IPv4 address in its low 32 bits. */
  public long addressLow(boolean client) {
    if (isIpv6()) {
      return store.addresses(id)[store.addressesAt(id) + (isLower(client) ? 1 : 3)];
    }
    long key = longs[longsAt + KEY];
    return isLower(client) ? key >>> 32 : key & 0xffff_ffffL;
  }

  /** Port of an endpoint, 0 to 65,535. */
  public int port(boolean client) {
    long ports = longs[longsAt + PORTS];
    return (int) (isLower(client) ? ports >>> 16 & 0xffff : ports & 0xffff);
  }

  /**
   * Whether the roles are a guess from the port numbers: no SYN was seen, and both or neither port
   * is a broker's.
   */
  public boolean rolesGuessed() {
    return marked(ROLES_GUESSED);
  }

  /**
   * Exchanges client and broker, and settles the roles: what they said to each other shows who is
   * who.
   */
  public void swapRoles() {
    ints[intsAt + MARKS] ^= CLIENT_IS_LOWER;
    settleRoles();
  }

  /** The roles are no guess any more. */
  public void settleRoles() {
    ints[intsAt + MARKS] &= ~ROLES_GUESSED;
  }

  private boolean clientIsLower() {
    return marked(CLIENT_IS_LOWER);
  }

  private boolean isLower(boolean client) {
    return client == clientIsLower();
  }

  // ---- what was seen
  // -----------------------------------------------------------------------------------------------

  /** When its first packet was captured, nanoseconds since 1970. */
  public long startedNanos() {
    return longs[longsAt + STARTED];
  }

  /** When its last packet of any kind was captured. */
  public long lastNanos() {
    return longs[longsAt + LAST];
  }

  /** Whether both SYN and SYN,ACK were captured. */
  public boolean handshakeSeen() {
    return lower.synSeen() && upper.synSeen();
  }

  /**
   * Longest silence, in nanoseconds, after which the flow went on and was answered; exact to seven
   * digits.
   */
  public long longestIdleNanos() {
    return longs[longsAt + LONGEST_IDLE];
  }

  /** Packets seen once more at another point of the capture. */
  public int duplicates() {
    return ints[intsAt + DUPLICATES];
  }

  /** Whether a flow of the same addresses and ports came before it in this capture. */
  public boolean continuesOldTuple() {
    return marked(CONTINUES);
  }

  /** Whether it ended: a reset was seen, or a FIN of both sides. */
  public boolean isOver() {
    return marked(OVER);
  }

  /** What happened, in {@link History}'s letters. */
  public String history() {
    return History.text(longs[longsAt + HISTORY], longs[longsAt + HISTORY + 1]);
  }

  // ---- what the tracker writes
  // -------------------------------------------------------------------------------------

  /** Starts a flow in a zeroed record. */
  void start(Segment segment, long key, long ports, boolean continues) {
    longs[longsAt + KEY] = key;
    longs[longsAt + PORTS] = ports;
    longs[longsAt + STARTED] = segment.timeNanos;
    longs[longsAt + LAST] = segment.timeNanos;
    ints[intsAt + MARKS] =
        IN_USE | (segment.ipVersion == 6 ? IPV6 : 0) | (continues ? CONTINUES : 0);
  }

  /** Says which side of the segment is the client. */
  void assignRoles(boolean sourceIsLower, boolean sourceIsClient, boolean guessed) {
    ints[intsAt + MARKS] |=
        (sourceIsLower == sourceIsClient ? CLIENT_IS_LOWER : 0) | (guessed ? ROLES_GUESSED : 0);
  }

  boolean isClient(boolean sourceIsLower) {
    return sourceIsLower == clientIsLower();
  }

  boolean inUse() {
    return marked(IN_USE);
  }

  long key() {
    return longs[longsAt + KEY];
  }

  long ports() {
    return longs[longsAt + PORTS];
  }

  void takeTime(long nanos) {
    longs[longsAt + LAST] = nanos;
  }

  void takeIdle(long nanos) {
    if (nanos > longs[longsAt + LONGEST_IDLE]) {
      longs[longsAt + LONGEST_IDLE] = nanos;
    }
  }

  void takeDuplicate() {
    ints[intsAt + DUPLICATES]++;
  }

  void markOver() {
    ints[intsAt + MARKS] |= OVER;
  }

  /** Adds one of {@link History}'s letters unless it is there for this side. */
  void note(int letter, boolean client) {
    int code = History.code(letter, client);
    int bit = 1 << NOTED_SHIFT + code;
    int marks = ints[intsAt + MARKS];
    if ((marks & bit) == 0) {
      int place = Integer.bitCount(marks >>> NOTED_SHIFT);
      longs[longsAt + HISTORY + History.word(place)] |= History.letterAt(place, code);
      ints[intsAt + MARKS] = marks | bit;
    }
  }

  private boolean marked(int bit) {
    return (ints[intsAt + MARKS] & bit) != 0;
  }
}
