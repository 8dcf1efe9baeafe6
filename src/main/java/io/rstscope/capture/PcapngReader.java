package io.rstscope.capture;

import io.rstscope.wire.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads pcapng files (draft-ietf-opsawg-pcapng), which Wireshark and dumpcap write.
 *
 * <pre>
 * every block           section header   interface         enhanced packet    obsolete packet
 *  0 type                8 byte order     8 link type       8 interface        8 interface
 *  4 length of it all   12 version       12 snap length                       10 drops
 *  8 ...                16 length        16 options        12 time, high      12 time, high
 * -4 length again       24 options                         16 time, low       16 time, low
 *                                        simple packet     20 captured        20 captured
 *                                         8 original       24 original        24 original
 *                                        12 bytes          28 bytes, options  28 bytes, options
 * </pre>
 *
 * <p>Frames are counted as Wireshark (4.0) does, which also counts custom, systemd journal and
 * sysdig blocks. A simple packet has no time: it gets that of the packet before it, and is marked.
 */
final class PcapngReader implements PacketSource {
  private static final int SECTION_HEADER = 0x0a0d0d0a;
  private static final int INTERFACE_DESCRIPTION = 1;
  private static final int OBSOLETE_PACKET = 2;
  private static final int SIMPLE_PACKET = 3;
  private static final int ENHANCED_PACKET = 6;
  private static final int SYSTEMD_JOURNAL = 9;
  private static final int SYSDIG_EVENT = 0x204;
  private static final int SYSDIG_EVENT_2 = 0x216;
  private static final int CUSTOM = 0xbad;
  private static final int CUSTOM_NOT_TO_BE_COPIED = 0x4000_0bad;

  private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;

  private static final int MIN_SECTION_HEADER = 28;
  private static final int MIN_INTERFACE_DESCRIPTION = 20;
  private static final int PACKET_AT = 28;
  private static final int SIMPLE_PACKET_AT = 12;

  private static final int FLAGS_OPTION = 2;
  private static final int DROPCOUNT_OPTION = 4;
  private static final int DIRECTION_MASK = 3;
  private static final int DROPS_UNKNOWN = 0xffff;

  private final RecordBuffer in;
  private final PcapngBlocks blocks;
  private final PcapngOptions options;
  private final PcapngInterfaces interfaces = new PcapngInterfaces();
  private long frame;

  /** Of the packet before. It does not begin at 0, which further on stands for none. */
  private long lastTime = 1;

  private long untimed;

  /**
   * @param in stands before the first section header; is closed by {@link #close}
   * @throws CaptureException when the section header cannot be read
   */
  PcapngReader(RecordBuffer in) throws CaptureException {
    this.in = in;
    blocks = new PcapngBlocks(in);
    options = new PcapngOptions(in);
    beginSection();
  }

  /** Whether a file that begins with these bytes (read in network byte order) is for us. */
  static boolean isMagic(int firstBytes) {
    return firstBytes == SECTION_HEADER;
  }

  @Override
  public boolean next(CapturedPacket packet) throws CaptureException {
    while (in.require(PcapngBlocks.HEADER)) {
      if (readBlock(packet)) {
        return true;
      }
    }
    if (in.available() > 0) {
      throw in.problem("cut short inside a block header");
    }
    return false;
  }

  @Override
  public void readInto(Blocks blocks) throws CaptureException {
    in.readInto(blocks);
  }

  @Override
  public boolean nextIsAtHand() {
    if (in.available() < PcapngBlocks.HEADER) {
      return false;
    }
    int type = in.i32(0);
    boolean packet = type == ENHANCED_PACKET || type == SIMPLE_PACKET || type == OBSOLETE_PACKET;
    return packet && Integer.compareUnsigned(in.i32(4), in.available()) <= 0;
  }

  /** Consumes one block; returns whether it holds a packet. */
  private boolean readBlock(CapturedPacket packet) throws CaptureException {
    switch (in.i32(0)) {
      case ENHANCED_PACKET -> readPacket(packet, ENHANCED_PACKET);
      case SIMPLE_PACKET -> readSimplePacket(packet);
      case OBSOLETE_PACKET -> readPacket(packet, OBSOLETE_PACKET);
      case INTERFACE_DESCRIPTION -> {
        readInterface();
        return false;
      }
      case SECTION_HEADER -> {
        beginSection();
        return false;
      }
      case SYSTEMD_JOURNAL, SYSDIG_EVENT, SYSDIG_EVENT_2, CUSTOM, CUSTOM_NOT_TO_BE_COPIED -> {
        blocks.skip(PcapngBlocks.MINIMUM);
        frame++;
        return false;
      }
      default -> {
        blocks.skip(PcapngBlocks.MINIMUM);
        return false;
      }
    }
    return true;
  }

  private void beginSection() throws CaptureException {
    if (!in.require(MIN_SECTION_HEADER)) {
      throw in.problem("cut short inside a section header");
    }
    int magic = Bytes.i32(in.data(), in.position() + 8);
    if (magic != BYTE_ORDER_MAGIC && Integer.reverseBytes(magic) != BYTE_ORDER_MAGIC) {
      throw in.problem("damaged: a section header without byte order magic");
    }
    in.bigEndian(magic == BYTE_ORDER_MAGIC);
    int major = in.u16(12);
    int minor = in.u16(14);
    // Wireshark and libpcap take 1.2, which some writers put there, for 1.0
    if (major != 1 || minor != 0 && minor != 2) {
      throw in.problem("version " + major + "." + minor + " of pcapng is not supported");
    }
    blocks.skip(MIN_SECTION_HEADER);
    interfaces.beginSection();
  }

  private void readInterface() throws CaptureException {
    int length = blocks.require(MIN_INTERFACE_DESCRIPTION);
    if (interfaces.isFull()) {
      throw in.problem(
          "damaged: a section describes more than %d interfaces"
              .formatted(PcapngInterfaces.MAX_INTERFACES));
    }
    interfaces.add(PcapngInterface.read(in, length));
    in.advance(length);
  }

  /** Reads an enhanced or an obsolete packet block, which differ in one field. */
  private void readPacket(CapturedPacket packet, int type) throws CaptureException {
    int length = blocks.require(PACKET_AT + PcapngBlocks.TRAILER);
    boolean enhanced = type == ENHANCED_PACKET;
    long interfaceId = enhanced ? in.u32(8) : in.u16(8);
    PcapngInterface description = interfaceOf(interfaceId);
    int captured = in.i32(20);
    int room = length - PACKET_AT - PcapngBlocks.TRAILER;
    fill(packet, PACKET_AT, captured, in.i32(24), room);
    lastTime = description.time().nanos(in.u32(12) << Integer.SIZE | in.u32(16));
    packet.timeNanos = lastTime;
    packet.timed = true;
    packet.linkType = description.linkType();
    packet.interfaceId = interfaces.number((int) interfaceId);
    packet.direction = CapturedPacket.DIRECTION_UNKNOWN;
    packet.dropped = enhanced || in.u16(10) == DROPS_UNKNOWN ? 0 : in.u16(10);
    int optionsAt = PACKET_AT + PcapngBlocks.padded(captured);
    if (optionsAt < length - PcapngBlocks.TRAILER) {
      readOptions(packet, optionsAt, length);
    }
    in.advance(length);
  }

  private void readSimplePacket(CapturedPacket packet) throws CaptureException {
    int length = blocks.require(SIMPLE_PACKET_AT + PcapngBlocks.TRAILER);
    PcapngInterface description = interfaceOf(0);
    int original = in.i32(8);
    int room = length - SIMPLE_PACKET_AT - PcapngBlocks.TRAILER;
    fill(packet, SIMPLE_PACKET_AT, description.captured(original), original, room);
    packet.timeNanos = lastTime;
    packet.timed = false;
    untimed++;
    packet.linkType = description.linkType();
    packet.interfaceId = interfaces.number(0);
    packet.direction = CapturedPacket.DIRECTION_UNKNOWN;
    packet.dropped = 0;
    in.advance(length);
  }

  private void fill(CapturedPacket packet, int at, int captured, int original, int room)
      throws CaptureException {
    if (captured < 0 || captured > PcapReader.MAX_CAPTURED) {
      throw in.problem(PcapReader.lyingLengths(captured, original));
    }
    if (captured > room) {
      throw in.problem(
          "damaged: a packet claims %d captured bytes, and its block has room for %d"
              .formatted(captured, room));
    }
    packet.data = in.data();
    packet.offset = in.position() + at;
    packet.capturedLength = captured;
    packet.originalLength = Math.max(captured, original);
    packet.frame = ++frame;
  }

  private void readOptions(CapturedPacket packet, int optionsAt, int length)
      throws CaptureException {
    options.start(optionsAt, length);
    while (options.next()) {
      if (options.is(FLAGS_OPTION, Integer.BYTES)) {
        // the draft numbers the directions as we do; 3 means nothing
        int direction = options.i32() & DIRECTION_MASK;
        packet.direction =
            direction <= CapturedPacket.OUTBOUND ? direction : CapturedPacket.DIRECTION_UNKNOWN;
      } else if (options.is(DROPCOUNT_OPTION, Long.BYTES)) {
        packet.dropped = Math.max(0, options.i64());
      }
    }
  }

  private PcapngInterface interfaceOf(long id) throws CaptureException {
    if (id >= interfaces.size()) {
      throw in.problem(
          "damaged: a packet of interface %d, and its section describes %d"
              .formatted(id, interfaces.size()));
    }
    return interfaces.get((int) id);
  }

  @Override
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>(interfaces.warnings());
    if (untimed > 0) {
      warnings.add(
          "%d simple packet block%s no time: nothing is concluded from times"
              .formatted(untimed, untimed == 1 ? " has" : "s have"));
    }
    return warnings;
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
