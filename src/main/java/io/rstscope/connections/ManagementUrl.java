package io.rstscope.connections;

import io.rstscope.net.NumericAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where RabbitMQ's management API is: what comes before {@code /api}, the path that a proxy or
 * {@code management.path_prefix} puts there included. A password goes to it, so that it is https
 * but on this host, and holds none itself: whoever lists processes reads it.
 */
public final class ManagementUrl {
  private static final int MOST_PORTS = 65_535;

  private final URI base;

  private ManagementUrl(URI base) {
    this.base = base;
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException when it may not be used; the message says why, and repeats
   *     nothing of it
   */
  public static ManagementUrl parse(String text) {
    URI url;
    try {
      url = new URI(text.replaceAll("/+$", ""));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("is not a URL, such as http://localhost:15672");
    }
    boolean http = "http".equalsIgnoreCase(url.getScheme());
    require(
        url.getRawAuthority() == null || url.getRawAuthority().indexOf('@') < 0,
        "holds a user or a password, which whoever lists processes reads:"
            + " use --management-user and --management-password-file");
    require(
        (http || "https".equalsIgnoreCase(url.getScheme()))
            && url.getHost() != null
            && url.getPort() <= MOST_PORTS,
        "is not a URL, such as http://localhost:15672");
    require(
        url.getRawQuery() == null && url.getRawFragment() == null,
        "has a query or a fragment: give what comes before /api");
    require(
        !http || isThisHost(url.getHost()),
        "would send the password unencrypted: use https, or http to a loopback address");
    return new ManagementUrl(url);
  }

  private static void require(boolean right, String mistake) {
    if (!right) {
      throw new IllegalArgumentException(mistake);
    }
  }

  /** No other name is one: what it stands for may be another host by the next request. */
  private static boolean isThisHost(String host) {
    InetSocketAddress figures = NumericAddress.key(host.replaceAll("[\\[\\]]", ""), 0);
    return host.equalsIgnoreCase("localhost")
        || figures != null && figures.getAddress().isLoopbackAddress();
  }

  /** The URL of a page of its connections, from 1. */
  URI connections(int page, int size) {
    return URI.create(
        base
            + "/api/connections?page="
            + page
            + "&page_size="
            + size
            + "&columns="
            + ConnectionRow.WANTED);
  }

  /** As it was given. */
  @Override
  public String toString() {
    return base.toString();
  }
}
