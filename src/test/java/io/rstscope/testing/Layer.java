package io.rstscope.testing;

/** One header of a packet made by {@link Packets}. */
interface Layer {
  Kind kind();

  /**
   * The header and what it carries.
   *
   * @param next what it carries, {@link Kind#PAYLOAD} when the last
   */
  byte[] encode(Kind next, byte[] inner);

  /** How the header before names this one: by EtherType, by IP protocol. */
  enum Kind {
    ETHERNET(0x6558, 143),
    VLAN(0x8100, -1),
    SERVICE_VLAN(0x88a8, -1),
    OLD_SERVICE_VLAN(0x9100, -1),
    MPLS(0x8847, 137),
    PPPOE(0x8864, -1),
    IPV4(0x0800, 4),
    IPV6(0x86dd, 41),
    HOP_BY_HOP(-1, 0),
    ROUTING(-1, 43),
    FRAGMENT(-1, 44),
    AUTHENTICATION(-1, 51),
    DESTINATION_OPTIONS(-1, 60),
    MOBILITY(-1, 135),
    TCP(-1, 6),
    UDP(-1, 17),
    GRE(-1, 47),
    ERSPAN(0x88be, -1),
    ERSPAN_III(0x22eb, -1),
    PAYLOAD(0x88b5, 253);

    final int etherType;
    final int protocol;

    Kind(int etherType, int protocol) {
      this.etherType = etherType;
      this.protocol = protocol;
    }
  }
}
