package io.rstscope.wire;

/**
 * What an IPv4 header, or the last of the chain of IPv6 headers, says of its payload
 * (https://www.iana.org/assignments/protocol-numbers). Those of extension headers are in {@link
 * Ipv6ExtensionHeader}.
 */
public final class IpProtocol {
  /** IPv4 within IP (RFC 2003). */
  public static final int IPV4 = 4;

  public static final int TCP = 6;
  public static final int UDP = 17;

  /** IPv6 within IP (RFC 4213, RFC 2473). */
  public static final int IPV6 = 41;

  public static final int GRE = 47;

  private IpProtocol() {}
}
