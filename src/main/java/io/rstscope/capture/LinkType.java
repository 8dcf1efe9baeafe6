package io.rstscope.capture;

/**
 * Link-layer header types, as numbered for both capture formats
 * (https://www.tcpdump.org/linktypes.html): those we decode, and some that are met and are not.
 */
public final class LinkType {
  public static final int NULL = 0;
  public static final int ETHERNET = 1;

  /** PPP, in HDLC-like framing or without. */
  public static final int PPP = 9;

  /** Raw IP, as BSD, OpenBSD and the registry number it. */
  public static final int RAW_BSD = 12;

  public static final int RAW_OPENBSD = 14;

  /** PPP in HDLC-like framing, or Cisco's HDLC. */
  public static final int PPP_HDLC = 50;

  public static final int RAW = 101;
  public static final int LOOP = 108;
  public static final int LINUX_SLL = 113;
  public static final int IPV4 = 228;
  public static final int IPV6 = 229;

  /** What macOS puts before packets of all interfaces: {@code tcpdump -i pktap}. */
  public static final int PKTAP = 258;

  public static final int LINUX_SLL2 = 276;

  private static final int FDDI = 10;
  private static final int PFLOG = 117;
  private static final int PPI = 192;
  private static final int NFLOG = 239;

  private LinkType() {}

  /** Whether packets of this type can be decoded. */
  public static boolean isSupported(int linkType) {
    return switch (linkType) {
      case NULL,
          ETHERNET,
          PPP,
          RAW_BSD,
          RAW_OPENBSD,
          PPP_HDLC,
          RAW,
          LOOP,
          LINUX_SLL,
          IPV4,
          IPV6,
          PKTAP,
          LINUX_SLL2 ->
          true;
      default -> false;
    };
  }

  /** In words, such as {@code link type 10 (FDDI)}: the name where it is one that people meet. */
  static String describe(int linkType) {
    String name =
        switch (linkType) {
          case PPP, PPP_HDLC -> " (PPP)";
          case FDDI -> " (FDDI)";
          case PFLOG -> " (PFLOG: OpenBSD's pf)";
          case PPI -> " (PPI)";
          case NFLOG -> " (NFLOG: Linux's netfilter)";
          case PKTAP -> " (PKTAP: macOS)";
          default -> "";
        };
    return "link type " + linkType + name;
  }
}
