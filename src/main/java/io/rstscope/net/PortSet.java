package io.rstscope.net;

/**
 * The ports on which brokers listen.
 *
 * <p>Immutable, for any thread.
 */
public final class PortSet {
  private static final int MAXIMUM = 65_535;

  private final long[] bits = new long[(MAXIMUM + 1) / Long.SIZE];
  private final String spec;

  private PortSet(String spec) {
    this.spec = spec;
  }

  /**
   * Reads a list of ports.
   *
   * @param spec ports and ranges such as {@code 5672,5671,15670-15680}, or {@code any}; spaces
   *     around them do not matter
   * @throws IllegalArgumentException with a message for the user, when it is none of these
   */
  public static PortSet parse(String spec) {
    PortSet ports = new PortSet(spec.strip());
    if (ports.spec.equalsIgnoreCase("any")) {
      ports.add(0, MAXIMUM);
      return ports;
    }
    for (String range : ports.spec.split(",", -1)) {
      ports.add(range.strip());
    }
    return ports;
  }

  /**
   * Whether the port is in the set.
   *
   * @param port 0 to 65,535
   */
  public boolean contains(int port) {
    return (bits[port >>> 6] >>> port & 1) != 0;
  }

  /** As it was given to {@link #parse}. */
  @Override
  public String toString() {
    return spec;
  }

  private void add(String range) {
    int dash = range.indexOf('-');
    if (dash < 0) {
      int port = port(range);
      add(port, port);
      return;
    }
    int first = port(range.substring(0, dash).strip());
    int last = port(range.substring(dash + 1).strip());
    if (first > last) {
      throw new IllegalArgumentException("port range '" + range + "' runs backwards");
    }
    add(first, last);
  }

  private void add(int first, int last) {
    for (int port = first; port <= last; port++) {
      bits[port >>> 6] |= 1L << port;
    }
  }

  private int port(String text) {
    if (!text.matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' in '"
              + spec
              + "' is not a port: give numbers and ranges such as 5672,15670-15680, or any");
    }
    int port = Integer.parseInt(text);
    if (port < 1 || port > MAXIMUM) {
      throw new IllegalArgumentException("port " + text + " is not within 1 to " + MAXIMUM);
    }
    return port;
  }
}
