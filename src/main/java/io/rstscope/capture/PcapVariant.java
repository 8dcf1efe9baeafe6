package io.rstscope.capture;

/**
 * Variants of pcap that share a magic and differ in the length of their packet headers, after
 * Wireshark's wiretap/libpcap.c: which one it is can only be told by trying.
 */
enum PcapVariant {
  /** What everybody writes. */
  STANDARD(16),

  /** Red Hat Linux 6.1 and others, by a patch of 1999-04-17: interface, protocol, type. */
  RED_HAT_6_1(24),

  /** Nokia's IPSO: four more bytes. */
  NOKIA(20),

  /** Kuznetzov's patch of 1999-10-29, which has a magic of its own. */
  MODIFIED(24),

  /** SuSE Linux 6.3, by a patch of 1999-09-15 with the same magic: processors, too. */
  SUSE_6_3(28);

  /** Bytes from which a variant is told, where so many follow the file header. */
  static final int LOOKED_AT = 1 << 15;

  /** Packets that are looked at. */
  private static final int PACKETS = 3;

  private static final int MICROS_PER_SECOND = 1_000_000;

  /** Neighbours in a capture are not further apart. */
  private static final long YEAR = 366 * 86_400L;

  /** Bytes of a packet header: the packet follows them. */
  final int packetHeader;

  PcapVariant(int packetHeader) {
    this.packetHeader = packetHeader;
  }

  /**
   * The first of those that the beginning of a file fits; the usual one when none does, or when
   * another would fit by a single packet, as a file cut short might.
   *
   * @param in stands before the first packet header
   * @param snapLength as the file header says it, unsigned
   */
  static PcapVariant of(RecordBuffer in, int snapLength, PcapVariant usual, PcapVariant... others) {
    if (usual.packetsThatFit(in, snapLength) > 0) {
      return usual;
    }
    for (PcapVariant other : others) {
      if (other.packetsThatFit(in, snapLength) > 1) {
        return other;
      }
    }
    return usual;
  }

  /** How many of the first packets follow each other well; 0 when one of them does not. */
  private int packetsThatFit(RecordBuffer in, int snapLength) {
    int at = 0;
    for (int packets = 0; packets < PACKETS; packets++) {
      int rest = in.available() - at;
      if (rest < packetHeader) {
        // the file ends here, or what follows is not at hand
        return rest > 0 && in.ended() ? 0 : packets;
      }
      if (!fits(in, at, snapLength)) {
        return 0;
      }
      int length = packetHeader + in.i32(at + 8);
      if (rest < length) {
        return in.ended() ? 0 : packets + 1;
      }
      at += length;
    }
    return PACKETS;
  }

  private static boolean fits(RecordBuffer in, int at, int snapLength) {
    long captured = in.u32(at + 8);
    return in.u32(at + 4) < MICROS_PER_SECOND
        && Math.abs(in.u32(at) - in.u32(0)) < YEAR
        && captured <= PcapReader.MAX_CAPTURED
        && captured <= Integer.toUnsignedLong(snapLength)
        && captured <= in.u32(at + 12);
  }
}
