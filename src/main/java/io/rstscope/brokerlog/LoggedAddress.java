package io.rstscope.brokerlog;

import io.rstscope.flow.HostPort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Addresses as the broker writes them. */
final class LoggedAddress {
  private static final int MAX_PORT = 65_535;
  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
  private static final Pattern IPV4 = Pattern.compile("(" + OCTET + "\\.){3}" + OCTET);

  private LoggedAddress() {}

  /** Null when it is none. An IPv6 address is in brackets there. */
  static HostPort of(String address, String port) {
    int number = Integer.parseInt(port);
    boolean ipv6 = address.startsWith("[");
    String bare = ipv6 ? address.substring(1, address.length() - 1) : address;
    // what has no colon in brackets would be looked up as the name of a host
    boolean numeric = ipv6 ? bare.indexOf(':') >= 0 : IPV4.matcher(bare).matches();
    if (number > MAX_PORT || !numeric) {
      return null;
    }
    HostPort end = new HostPort(bare.toLowerCase(Locale.ROOT), number);
    return key(end) == null ? null : end;
  }

  /**
   * What is the same for all spellings of an address, an IPv4 address mapped to IPv6 among them;
   * null when it is none. In figures, so that no name is looked up.
   */
  static InetSocketAddress key(HostPort end) {
    try {
      return new InetSocketAddress(InetAddress.getByName(end.address()), end.port());
    } catch (UnknownHostException e) {
      return null;
    }
  }
}
