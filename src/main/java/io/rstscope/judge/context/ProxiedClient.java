package io.rstscope.judge.context;

import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.amqp.ProxyHeader;
import io.rstscope.net.HostPort;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The client behind a proxy, as the PROXY protocol header of its connection names it. */
public final class ProxiedClient {
  /** RFC 4291, section 2.5.5.2; HAProxy writes it when it listens on both. */
  private static final Pattern MAPPED_HEX =
      Pattern.compile("::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})");

  private static final Pattern MAPPED_DOTTED = Pattern.compile("::ffff:([0-9.]+)");

  private ProxiedClient() {}

  /**
   * Its address and port, an IPv4 address mapped to IPv6 as IPv4; port 0 when the header does not
   * say it. Null when no header names a client.
   *
   * @param amqp what the connection said, or null
   */
  public static HostPort of(AmqpSnapshot amqp) {
    if (amqp == null || amqp.proxy() == null || amqp.proxy().address() == null) {
      return null;
    }
    ProxyHeader proxy = amqp.proxy();
    return new HostPort(unmapped(proxy.address()), Math.max(proxy.port(), 0));
  }

  private static String unmapped(String address) {
    Matcher hex = MAPPED_HEX.matcher(address);
    if (hex.matches()) {
      int high = Integer.parseInt(hex.group(1), 16);
      int low = Integer.parseInt(hex.group(2), 16);
      return (high >> 8) + "." + (high & 0xff) + "." + (low >> 8) + "." + (low & 0xff);
    }
    Matcher dotted = MAPPED_DOTTED.matcher(address);
    return dotted.matches() ? dotted.group(1) : address;
  }
}
