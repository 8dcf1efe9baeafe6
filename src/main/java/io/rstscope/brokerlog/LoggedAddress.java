package io.rstscope.brokerlog;

import io.rstscope.net.HostPort;
import io.rstscope.net.NumericAddress;
import java.net.InetSocketAddress;
import java.util.Locale;

/** Addresses as the broker writes them. */
final class LoggedAddress {
  private static final int MAX_PORT = 65_535;

  private LoggedAddress() {}

  /**
   * Null when it is none. An IPv6 address is in brackets there; the name of a host, which the
   * broker writes where it is to look it up ({@code reverse_dns_lookups}), stays a name.
   */
  static HostPort of(String address, String port) {
    int number = Integer.parseInt(port);
    boolean ipv6 = address.startsWith("[");
    String bare = ipv6 ? address.substring(1, address.length() - 1) : address;
    HostPort end = new HostPort(bare.toLowerCase(Locale.ROOT), number);
    boolean plain = ipv6 == bare.indexOf(':') >= 0;
    return plain && number <= MAX_PORT && key(end) != null ? end : null;
  }

  /** Whether a name of a host stands where others have an address. */
  static boolean isName(HostPort end) {
    return end.address().indexOf(':') < 0 && end.address().chars().anyMatch(Character::isLetter);
  }

  /** What is the same for all spellings of an address or a name; null when it is neither. */
  static InetSocketAddress key(HostPort end) {
    return isName(end)
        ? InetSocketAddress.createUnresolved(end.address(), end.port())
        : NumericAddress.key(end);
  }
}
