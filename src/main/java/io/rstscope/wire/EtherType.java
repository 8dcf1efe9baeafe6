package io.rstscope.wire;

/**
 * What an Ethernet frame, and all that borrowed its numbers, says of its payload
 * (https://www.iana.org/assignments/ieee-802-numbers). Smaller numbers than {@link #MINIMUM} are
 * the length of an IEEE 802.3 frame.
 */
public final class EtherType {
  public static final int MINIMUM = 0x0600;
  public static final int IPV4 = 0x0800;

  /** An Ethernet frame without its checksum, as tunnels carry it (RFC 1701). */
  public static final int ETHERNET = 0x6558;

  /** IEEE 802.1Q tag. */
  public static final int VLAN = 0x8100;

  public static final int IPV6 = 0x86dd;
  public static final int MPLS = 0x8847;

  /** MPLS with an upstream-assigned label (RFC 5332). */
  public static final int MPLS_UPSTREAM = 0x8848;

  public static final int PPPOE_SESSION = 0x8864;

  /** IEEE 802.1ad service tag, the outer one of two. */
  public static final int SERVICE_VLAN = 0x88a8;

  /** ERSPAN types I and II, within GRE. */
  public static final int ERSPAN = 0x88be;

  /** ERSPAN type III, within GRE. */
  public static final int ERSPAN_III = 0x22eb;

  /** The outer tag of two before 802.1ad gave it a number, still sent by some switches. */
  public static final int OLD_SERVICE_VLAN = 0x9100;

  private EtherType() {}
}
