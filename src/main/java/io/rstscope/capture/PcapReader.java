package io.rstscope.capture;

import io.rstscope.wire.Bytes;

/**
 * Reads pcap files (draft-ietf-opsawg-pcap), which tcpdump writes.
 *
 * <pre>
 *  file header                            packet header
 *  0 magic, tells byte order and variant   0 seconds since 1970
 *  4 major version    6 minor version      4 fraction of the second: µs or ns
 *  8 time zone, unused                     8 captured length
 * 12 accuracy, unused                     12 original length
 * 16 snap length                          16 more in some variants: PcapVariant
 * 20 link type, and FCS length above it
 * </pre>
 *
 * <p>Accepts what libpcap's {@code sf-pcap.c} does: microseconds (magic a1b2c3d4), nanoseconds
 * (a1b23c4d) and Kuznetzov's modified variant (a1b2cd34), in either byte order, versions 2.0 to 2.4
 * and 543.0; and of files, not of pipes, the {@linkplain PcapVariant variants} that have to be
 * tried. A packet longer than the snap length is accepted, as Wireshark does.
 */
final class PcapReader implements PacketSource {
  private static final int MICROSECONDS = 0xa1b2c3d4;
  private static final int NANOSECONDS = 0xa1b23c4d;
  private static final int MODIFIED = 0xa1b2cd34;

  private static final int FILE_HEADER = 24;

  /** The longest packet that libpcap and Wireshark take: MAXIMUM_SNAPLEN. */
  static final int MAX_CAPTURED = 262_144;

  /** Above it, libpcap's {@code LT_LINKTYPE} finds whether and how long a FCS follows packets. */
  private static final int LINK_TYPE_BITS = 0x03ff_ffff;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final RecordBuffer in;
  private final int packetHeader;
  private final int nanosPerTick;
  private final boolean lengthsMayBeSwapped;
  private final int linkType;
  private long frame;

  /**
   * Reads the file header.
   *
   * @param in stands before the magic, for which {@link #isMagic} holds; is closed by {@link
   *     #close}
   * @throws CaptureException when the header is cut short, or names a version or a link type that
   *     is not supported
   */
  PcapReader(RecordBuffer in) throws CaptureException {
    this.in = in;
    if (!in.require(FILE_HEADER)) {
      throw in.problem("cut short inside the file header");
    }
    in.bigEndian(isVariant(Bytes.i32(in.data(), in.position())));
    int magic = in.i32(0);
    nanosPerTick = magic == NANOSECONDS ? 1 : 1_000;
    lengthsMayBeSwapped = checkVersion(in.u16(4), in.u16(6));
    linkType = in.i32(20) & LINK_TYPE_BITS;
    if (!LinkType.isSupported(linkType)) {
      throw in.problem(LinkType.describe(linkType) + " is not supported");
    }
    int snapLength = in.i32(16);
    in.advance(FILE_HEADER);
    packetHeader = variant(magic, snapLength).packetHeader;
  }

  /** Pipes are not waited for: whoever watches one wants the first packet at once. */
  private PcapVariant variant(int magic, int snapLength) throws CaptureException {
    PcapVariant usual = magic == MODIFIED ? PcapVariant.MODIFIED : PcapVariant.STANDARD;
    if (magic == NANOSECONDS || lengthsMayBeSwapped || in.mayWait()) {
      return usual;
    }
    in.require(PcapVariant.LOOKED_AT);
    return magic == MODIFIED
        ? PcapVariant.of(in, snapLength, usual, PcapVariant.SUSE_6_3)
        : PcapVariant.of(in, snapLength, usual, PcapVariant.RED_HAT_6_1, PcapVariant.NOKIA);
  }

  /** Whether a file that begins with these bytes (read in network byte order) is for us. */
  static boolean isMagic(int firstBytes) {
    return isVariant(firstBytes) || isVariant(Integer.reverseBytes(firstBytes));
  }

  private static boolean isVariant(int magic) {
    return magic == MICROSECONDS || magic == NANOSECONDS || magic == MODIFIED;
  }

  /** Whether writers of this version did not agree which length comes first. */
  private boolean checkVersion(int major, int minor) throws CaptureException {
    boolean known = major == 2 && minor <= 4 || major == 543 && minor == 0;
    if (!known) {
      throw in.problem("version " + major + "." + minor + " of pcap is not supported");
    }
    return minor < 4;
  }

  @Override
  public boolean next(CapturedPacket packet) throws CaptureException {
    if (!in.require(packetHeader)) {
      if (in.available() == 0) {
        return false;
      }
      throw in.problem("cut short inside a packet header");
    }
    long time = in.i64(0);
    long lengths = in.i64(8);
    int captured = in.first(lengths);
    int original = in.second(lengths);
    if (captured > original && lengthsMayBeSwapped) {
      captured = in.second(lengths);
      original = in.first(lengths);
    }
    if (captured < 0 || captured > MAX_CAPTURED) {
      throw in.problem(lyingLengths(captured, original));
    }
    if (!in.require(packetHeader + captured)) {
      throw in.problem("cut short inside a packet of " + captured + " bytes");
    }
    packet.data = in.data();
    packet.offset = in.position() + packetHeader;
    packet.capturedLength = captured;
    packet.originalLength = Math.max(captured, original);
    packet.timeNanos =
        (in.first(time) & 0xffff_ffffL) * NANOS_PER_SECOND
            + (in.second(time) & 0xffff_ffffL) * nanosPerTick;
    packet.timed = true;
    packet.frame = ++frame;
    packet.linkType = linkType;
    packet.interfaceId = 0;
    packet.direction = CapturedPacket.DIRECTION_UNKNOWN;
    packet.dropped = 0;
    in.advance(packetHeader + captured);
    return true;
  }

  @Override
  public void readInto(Blocks blocks) throws CaptureException {
    in.readInto(blocks);
  }

  @Override
  public boolean nextIsAtHand() {
    int rest = in.available() - packetHeader;
    return rest >= 0 && in.i32(8) >= 0 && in.i32(8) <= rest && !lengthsMayBeSwapped;
  }

  @Override
  public boolean await(long millis) throws CaptureException {
    return isReady() || in.await(millis) && isReady();
  }

  private boolean isReady() {
    return in.ended() || nextIsAtHand() || isDamaged();
  }

  /** Whether what follows is no packet, for which nobody needs to wait. */
  private boolean isDamaged() {
    return in.available() >= packetHeader && (in.i32(8) < 0 || in.i32(8) > MAX_CAPTURED);
  }

  /** What is wrong with the lengths of a packet, as a sentence. */
  static String lyingLengths(int captured, int original) {
    String claim =
        "damaged: a packet claims %d captured bytes of %d"
            .formatted(Integer.toUnsignedLong(captured), Integer.toUnsignedLong(original));
    return captured > MAX_CAPTURED ? claim + ", and " + MAX_CAPTURED + " is the most" : claim;
  }

  @Override
  public boolean mayWait() {
    return in.mayWait();
  }

  @Override
  public String name() {
    return in.name();
  }

  @Override
  public long bytesRead() {
    return in.fileBytes();
  }

  @Override
  public void close() {
    in.close();
  }
}
