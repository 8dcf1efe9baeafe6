package io.rstscope.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Addresses in figures as others write them. No name is ever looked up. */
public final class NumericAddress {
  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
  private static final Pattern IPV4 = Pattern.compile("(" + OCTET + "\\.){3}" + OCTET);

  /** With a dot in front, Java would look it up as a name. */
  private static final Pattern IPV6 = Pattern.compile("(?![.])[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private static final int MAX_PORT = 65_535;

  private NumericAddress() {}

  /**
   * What is the same for all spellings of an end, an IPv4 address mapped to IPv6 among them; null
   * when the address is not in figures, or the port is none.
   */
  public static InetSocketAddress key(String address, int port) {
    boolean figures = IPV4.matcher(address).matches() || IPV6.matcher(address).matches();
    if (!figures || port < 0 || port > MAX_PORT) {
      return null;
    }
    try {
      return new InetSocketAddress(InetAddress.getByName(address), port);
    } catch (UnknownHostException e) {
      return null;
    }
  }

  /** The same for an end of a flow. */
  public static InetSocketAddress key(HostPort end) {
    return key(end.address(), end.port());
  }
}
