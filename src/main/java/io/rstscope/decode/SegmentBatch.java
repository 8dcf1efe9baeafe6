package io.rstscope.decode;

import io.rstscope.capture.Blocks;
import io.rstscope.capture.CapturedPacket;
import io.rstscope.wire.MptcpOption;
import java.util.Arrays;

/**
 * The segments of one block of a capture, on their way from where they are decoded to where flows
 * are followed, which may be another thread. Payloads stay in the block; of each segment there is a
 * summary of 64 bytes, which {@link FastPath} and {@link #add} write:
 *
 * <pre>
 * word   high bits                                                          low bits
 *    0   captured at, nanoseconds since 1970                                     64
 *    1   lower end's address       32   upper end's address                      32
 *    2   glance at the payload     32   lower end's port   16   upper end's port 16
 *    3   sequence number           32   acknowledgement number                   32
 *    4   TSval                     32   frame number, its lower half             32
 *    5   marks 3   flags 8   payload length 21   window    16   way              16
 *    6   source MAC address                                48   identification   16
 *    7   marks 4   interface 18   payload captured         20   payload at       22
 * </pre>
 *
 * <p>The way is what segments that come the same way have in common: TTL (8 bits), interface (the
 * lower 4), direction (2), whether there are timestamps, Don't Fragment. Of IPv6, word 1 is a hash,
 * and addresses and flow label lie apart. {@link Segment} says what each value means.
 */
public final class SegmentBatch {
  static final int TIME = 0;
  static final int ADDRESSES = 1;
  static final int GLANCE_AND_PORTS = 2;
  static final int NUMBERS = 3;
  static final int TS_VAL_AND_FRAME = 4;
  static final int FLAGS_AND_WAY = 5;
  static final int MAC_AND_ID = 6;
  static final int PLACE = 7;
  private static final int WORDS = 8;

  // marks of word 5
  static final long SOURCE_IS_LOWER = 1L << 61;
  private static final long IPV6 = 1L << 62;
  private static final long OPTIONS_CUT = 1L << 63;

  // marks of word 7
  private static final long NO_MAC = 1L << 60;
  private static final long NO_ID = 1L << 61;
  private static final long FRAGMENT = 1L << 62;
  private static final long TUNNELLED = 1L << 63;

  private static final int TIMESTAMPS = 1 << 1;
  private static final int DONT_FRAGMENT = 1;

  /** Words apart of an IPv6 segment: lower end's address, upper end's address, flow label. */
  private static final int IPV6_WORDS = 5;

  private byte[] data = new byte[1];
  private long[] words = new long[WORDS];
  private long[] ipv6 = {};
  private int size;

  /** Index and {@link Segment#mptcpReset} of each reset that has one: as good as none. */
  private long[] mptcp = {};

  private int mptcpEnd;

  /** Frame number of the first segment, which has the upper half of the others'. */
  private long firstFrame;

  private long bytesRead;
  private boolean last;
  private Throwable failure;

  // ---- what is written

  /** The array to read packets into, with room for so many bytes; the batch must be empty. */
  byte[] block(int room) {
    data = Blocks.withRoom(data, room);
    return data;
  }

  /** Empties it. */
  public void clear() {
    size = 0;
    mptcpEnd = 0;
  }

  /**
   * Where to write the words of another segment, from {@link #end}; it counts when {@link #keep} is
   * called.
   *
   * @param packets the array with its packet and those of all segments before it
   */
  long[] free(byte[] packets, long frame) {
    if (size == 0) {
      data = packets;
      firstFrame = frame;
    }
    if (end() == words.length) {
      words = Arrays.copyOf(words, 2 * words.length);
    }
    return words;
  }

  int end() {
    return size * WORDS;
  }

  void keep() {
    size++;
  }

  /**
   * Adds a segment as decoded; the batch is good as long as its packet.
   *
   * @param s of a packet in the same array as those of all segments before it
   */
  public void add(Segment s) {
    add(s, PayloadGlance.NONE);
  }

  /** The same with a glance at its payload. */
  void add(Segment s, PayloadGlance glance) {
    boolean lower = s.sourceIsLower();
    long addresses = FlowKey.addresses(s, lower);
    int ports = (int) FlowKey.ports(s, lower);
    long[] to = free(s.data, s.frame);
    int at = end();
    to[at + TIME] = s.timeNanos;
    to[at + ADDRESSES] = addresses;
    to[at + GLANCE_AND_PORTS] = word(glance(s, glance), ports);
    to[at + NUMBERS] = word(s.sequence, s.acknowledgement);
    to[at + TS_VAL_AND_FRAME] = word(s.tsVal, (int) s.frame);
    to[at + FLAGS_AND_WAY] =
        flags(s.flags, s.payloadLength, s.window)
            | way(s)
            | (lower ? SOURCE_IS_LOWER : 0)
            | (s.ipVersion == 6 ? IPV6 : 0)
            | (s.optionsCut ? OPTIONS_CUT : 0);
    to[at + MAC_AND_ID] = s.mac << 16 | s.ipId & 0xffff;
    to[at + PLACE] =
        place(s.payloadOffset, s.payloadCaptured, s.interfaceId)
            | (s.mac == Segment.NO_MAC ? NO_MAC : 0)
            | (s.ipId < 0 ? NO_ID : 0)
            | (s.fragment ? FRAGMENT : 0)
            | (s.tunnelled ? TUNNELLED : 0);
    if (s.ipVersion == 6) {
      putIpv6(s, lower);
    }
    if (s.mptcpReset != MptcpOption.NONE) {
      putMptcp(s.mptcpReset);
    }
    keep();
  }

  private static int glance(Segment s, PayloadGlance glance) {
    return s.payloadCaptured == 0
        ? PayloadGlance.NOT_TAKEN
        : glance.take(s.data, s.payloadOffset, s.payloadCaptured, s.payloadLength);
  }

  private void putMptcp(int reset) {
    if (mptcpEnd == mptcp.length) {
      mptcp = Arrays.copyOf(mptcp, 2 * mptcpEnd + 1);
    }
    mptcp[mptcpEnd++] = word(size, reset);
  }

  private int mptcpReset(int i) {
    int at = Arrays.binarySearch(mptcp, 0, mptcpEnd, word(i, 0));
    int next = at < 0 ? ~at : at;
    return next < mptcpEnd && mptcp[next] >>> 32 == i ? (int) mptcp[next] : MptcpOption.NONE;
  }

  private void putIpv6(Segment s, boolean lower) {
    int at = size * IPV6_WORDS;
    if (at + IPV6_WORDS > ipv6.length) {
      ipv6 = Arrays.copyOf(ipv6, words.length / WORDS * IPV6_WORDS);
    }
    int source = at + (lower ? 0 : 2);
    int destination = at + (lower ? 2 : 0);
    ipv6[source] = s.sourceHigh;
    ipv6[source + 1] = s.sourceLow;
    ipv6[destination] = s.destinationHigh;
    ipv6[destination + 1] = s.destinationLow;
    ipv6[at + 4] = s.flowLabel;
  }

  static long word(int high, int low) {
    return (long) high << 32 | low & 0xffff_ffffL;
  }

  static long flags(int flags, int payloadLength, int window) {
    return (long) flags << 53 | (long) payloadLength << 32 | (long) window << 16;
  }

  /** What segments that come the same way have in common, 16 bits. */
  public static int way(Segment s) {
    return way(s.ttl, s.interfaceId, s.direction, s.timestamps, s.dontFragment);
  }

  static int way(
      int ttl, int interfaceId, int direction, boolean timestamps, boolean dontFragment) {
    return ttl << 8
        | (interfaceId & 0xf) << 4
        | direction << 2
        | (timestamps ? TIMESTAMPS : 0)
        | (dontFragment ? DONT_FRAGMENT : 0);
  }

  static long place(int payloadOffset, int payloadCaptured, int interfaceId) {
    return (long) interfaceId << 42 | (long) payloadCaptured << 22 | payloadOffset;
  }

  // ---- what is read, of a segment from 0 to less than the size; good as long as the batch

  /** Segments in the batch. */
  public int size() {
    return size;
  }

  /** The array in which the packets lie. */
  public byte[] data() {
    return data;
  }

  /** As {@link Segment#timeNanos}. */
  public long timeNanos(int i) {
    return words[i * WORDS + TIME];
  }

  /** As {@link Segment#frame}. */
  public long frame(int i) {
    return firstFrame + ((int) tsValAndFrame(i) - (int) firstFrame);
  }

  /** The addresses of {@link FlowKey}. */
  public long addresses(int i) {
    return words[i * WORDS + ADDRESSES];
  }

  /** The ports of {@link FlowKey}. */
  public long ports(int i) {
    return words[i * WORDS + GLANCE_AND_PORTS] & 0xffff_ffffL | (isIpv6(i) ? FlowKey.IPV6 : 0);
  }

  /** {@link FlowKey#hash} of both. */
  public int hash(int i) {
    return FlowKey.hash(addresses(i), ports(i));
  }

  /**
   * What the decoder's {@link PayloadGlance} found; {@link PayloadGlance#NOT_TAKEN} when nobody
   * glanced, or there is no payload.
   */
  public int glance(int i) {
    return (int) (words[i * WORDS + GLANCE_AND_PORTS] >>> 32);
  }

  /** As {@link Segment#sourceIsLower}. */
  public boolean sourceIsLower(int i) {
    return sourceIsLower(flagsAndWay(i));
  }

  /** Whether it came by IPv6. */
  public boolean isIpv6(int i) {
    return (flagsAndWay(i) & IPV6) != 0;
  }

  /**
   * Part of an IPv6 segment's addresses: the halves of the lower one, then those of the upper one.
   *
   * @param part 0 to 3
   */
  public long ipv6Address(int i, int part) {
    return ipv6[i * IPV6_WORDS + part];
  }

  /** As {@link Segment#flowLabel}. */
  public int flowLabel(int i) {
    return isIpv6(i) ? (int) ipv6[i * IPV6_WORDS + 4] : -1;
  }

  /** As {@link Segment#sequence}. */
  public int sequence(int i) {
    return (int) (numbers(i) >>> 32);
  }

  /** As {@link Segment#acknowledgement}. */
  public int acknowledgement(int i) {
    return (int) numbers(i);
  }

  /** As {@link Segment#tsVal}. */
  public int tsVal(int i) {
    return (int) (tsValAndFrame(i) >>> 32);
  }

  /** As {@link Segment#timestamps}. */
  public boolean timestamps(int i) {
    return timestamps(flagsAndWay(i));
  }

  /** As {@link Segment#optionsCut}. */
  public boolean optionsCut(int i) {
    return optionsCut(flagsAndWay(i));
  }

  /** As {@link Segment#flags}. */
  public int flags(int i) {
    return flags(flagsAndWay(i));
  }

  /** As {@link Segment#payloadLength}. */
  public int payloadLength(int i) {
    return payloadLength(flagsAndWay(i));
  }

  /** As {@link Segment#window}. */
  public int window(int i) {
    return window(flagsAndWay(i));
  }

  /** As {@link #way(Segment)}. */
  public int way(int i) {
    return way(flagsAndWay(i));
  }

  /** As {@link Segment#mac}. */
  public long mac(int i) {
    return (words[i * WORDS + PLACE] & NO_MAC) != 0
        ? Segment.NO_MAC
        : words[i * WORDS + MAC_AND_ID] >>> 16;
  }

  /** As {@link Segment#ipId}. */
  public int ipId(int i) {
    return (words[i * WORDS + PLACE] & NO_ID) != 0
        ? -1
        : (int) words[i * WORDS + MAC_AND_ID] & 0xffff;
  }

  /** As {@link Segment#payloadOffset}, in {@link #data}. */
  public int payloadOffset(int i) {
    return (int) words[i * WORDS + PLACE] & 0x3f_ffff;
  }

  /** As {@link Segment#payloadCaptured}. */
  public int payloadCaptured(int i) {
    return (int) (words[i * WORDS + PLACE] >>> 22) & 0xf_ffff;
  }

  /**
   * Reads where the payload begins and ends, as whoever reads frames does, so that these bytes,
   * which another processor may have written, are on their way; their sum keeps the compiler from
   * leaving that out. Not where a glance has found all that is there.
   */
  public int touch(int i) {
    int captured = payloadCaptured(i);
    if (captured == 0 || glance(i) >= payloadLength(i)) {
      return 0;
    }
    int at = payloadOffset(i);
    return data[at] + data[at + captured - 1];
  }

  /** Fills a segment with all that is known of one of these. */
  public void read(int i, Segment s) {
    long place = words[i * WORDS + PLACE];
    int way = way(i);
    s.timeNanos = timeNanos(i);
    s.frame = frame(i);
    s.interfaceId = (int) (place >>> 42) & CapturedPacket.MAX_INTERFACE;
    s.direction = way >> 2 & 3;
    s.mac = mac(i);
    s.ttl = way >> 8;
    s.ipId = ipId(i);
    s.dontFragment = (way & DONT_FRAGMENT) != 0;
    s.flowLabel = flowLabel(i);
    s.tunnelled = (place & TUNNELLED) != 0;
    s.fragment = (place & FRAGMENT) != 0;
    readEnds(i, s);
    s.sequence = sequence(i);
    s.acknowledgement = acknowledgement(i);
    s.flags = flags(i);
    s.window = window(i);
    s.timestamps = timestamps(i);
    s.optionsCut = optionsCut(i);
    s.tsVal = tsVal(i);
    s.mptcpReset = mptcpReset(i);
    s.data = data;
    s.payloadOffset = payloadOffset(i);
    s.payloadCaptured = payloadCaptured(i);
    s.payloadLength = payloadLength(i);
    s.ahead = 0;
  }

  private void readEnds(int i, Segment s) {
    boolean lower = sourceIsLower(i);
    int ports = (int) words[i * WORDS + GLANCE_AND_PORTS];
    s.sourcePort = lower ? ports >>> 16 : ports & 0xffff;
    s.destinationPort = lower ? ports & 0xffff : ports >>> 16;
    if (isIpv6(i)) {
      s.ipVersion = 6;
      int source = lower ? 0 : 2;
      int destination = lower ? 2 : 0;
      s.sourceHigh = ipv6Address(i, source);
      s.sourceLow = ipv6Address(i, source + 1);
      s.destinationHigh = ipv6Address(i, destination);
      s.destinationLow = ipv6Address(i, destination + 1);
    } else {
      s.ipVersion = 4;
      long addresses = addresses(i);
      s.sourceHigh = 0;
      s.sourceLow = lower ? addresses >>> 32 : addresses & 0xffff_ffffL;
      s.destinationHigh = 0;
      s.destinationLow = lower ? addresses & 0xffff_ffffL : addresses >>> 32;
    }
  }

  // ---- words of a segment that are to be taken apart in a local variable

  /** {@link Segment#sequence} in the upper half, {@link Segment#acknowledgement} in the lower. */
  public long numbers(int i) {
    return words[i * WORDS + NUMBERS];
  }

  /** {@link Segment#tsVal} in the upper half, the lower half of the frame number in the lower. */
  public long tsValAndFrame(int i) {
    return words[i * WORDS + TS_VAL_AND_FRAME];
  }

  /** What the methods below take apart. */
  public long flagsAndWay(int i) {
    return words[i * WORDS + FLAGS_AND_WAY];
  }

  /** As {@link Segment#sourceIsLower}. */
  public static boolean sourceIsLower(long flagsAndWay) {
    return (flagsAndWay & SOURCE_IS_LOWER) != 0;
  }

  /** As {@link Segment#timestamps}. */
  public static boolean timestamps(long flagsAndWay) {
    return (flagsAndWay & TIMESTAMPS) != 0;
  }

  /** As {@link Segment#optionsCut}. */
  public static boolean optionsCut(long flagsAndWay) {
    return (flagsAndWay & OPTIONS_CUT) != 0;
  }

  /** As {@link Segment#flags}. */
  public static int flags(long flagsAndWay) {
    return (int) (flagsAndWay >>> 53) & 0xff;
  }

  /** As {@link Segment#payloadLength}. */
  public static int payloadLength(long flagsAndWay) {
    return (int) (flagsAndWay >>> 32) & 0x1f_ffff;
  }

  /** As {@link Segment#window}. */
  public static int window(long flagsAndWay) {
    return (int) flagsAndWay >>> 16;
  }

  /** As {@link #way(Segment)}. */
  public static int way(long flagsAndWay) {
    return (int) flagsAndWay & 0xffff;
  }

  // ---- how it was handed over

  /** Bytes of the source read when the batch was handed over; for progress. */
  public long bytesRead() {
    return bytesRead;
  }

  void bytesRead(long bytes) {
    bytesRead = bytes;
  }

  /** No batch follows this one; {@code why} is null at the regular end. */
  void endWith(Throwable why) {
    last = true;
    failure = why;
  }

  boolean isLast() {
    return last;
  }

  Throwable failure() {
    return failure;
  }
}
