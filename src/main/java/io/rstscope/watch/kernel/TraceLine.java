package io.rstscope.watch.kernel;

import io.rstscope.net.HostPort;
import io.rstscope.net.NumericAddress;
import io.rstscope.watch.kernel.TraceEvent.Kind;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of {@code trace_pipe} (Documentation/trace/ftrace.rst), of the events {@code
 * tcp:tcp_send_reset} and {@code tcp:tcp_receive_reset} (include/trace/events/tcp.h), and {@code
 * sock:inet_sk_error_report} (include/trace/events/sock.h).
 */
final class TraceLine {
  /** {@code python3-2691 [001] ..s2. 2516.799710: tcp_send_reset: ...}; names may hold blanks. */
  private static final Pattern LINE =
      Pattern.compile(
          ".*\\[\\d+\\]\\s+\\S+\\s+(\\d{1,9})\\.(\\d{6,9}): (tcp_send_reset|tcp_receive_reset|inet_sk_error_report):"
              + " (.*)");

  private static final Pattern SENT =
      Pattern.compile(".*\\bsrc=(\\S+) dest=(\\S+) state=\\S+(?: reason=([A-Z0-9_]{1,64}))?\\s*");

  /** Of an event that names a socket; an error report names protocol and error, too. */
  private static final Pattern SOCKET =
      Pattern.compile(
          "(?:family=(\\S+) )?(?:protocol=IPPROTO_TCP )?sport=(\\d{1,5}) dport=(\\d{1,5})"
              + " saddr=(\\S+) daddr=(\\S+) saddrv6=(\\S+) daddrv6=(\\S+)"
              + "(?: error=(\\d{1,5}))?.*");

  private static final Pattern ENDPOINT = Pattern.compile("\\[?([0-9a-fA-F:.]+?)\\]?:(\\d{1,5})");

  private TraceLine() {}

  /** What that line records, or null when it is none of these or cannot be read. */
  static TraceEvent parse(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      return null;
    }
    long nanos =
        Long.parseLong(matcher.group(1)) * 1_000_000_000L
            + Long.parseLong((matcher.group(2) + "000").substring(0, 9));
    return switch (matcher.group(3)) {
      case "tcp_send_reset" -> sent(nanos, matcher.group(4));
      case "tcp_receive_reset" -> taken(nanos, matcher.group(4));
      default -> error(nanos, matcher.group(4));
    };
  }

  /** Whether it says that events were lost, as after more than the buffer holds. */
  static boolean tellsOfLostEvents(String line) {
    return line.contains("[LOST ");
  }

  private static TraceEvent sent(long nanos, String fields) {
    Matcher matcher = SENT.matcher(fields);
    if (!matcher.matches()) {
      return null;
    }
    HostPort source = hostPort(matcher.group(1));
    HostPort destination = hostPort(matcher.group(2));
    return source == null || destination == null
        ? null
        : new TraceEvent(nanos, Kind.SENT, source, destination, matcher.group(3), null);
  }

  /** The event names the socket that took it: the reset came from the other end. */
  private static TraceEvent taken(long nanos, String fields) {
    Matcher matcher = SOCKET.matcher(fields);
    HostPort socket = end(matcher, true);
    HostPort peer = end(matcher, false);
    return socket == null || peer == null
        ? null
        : new TraceEvent(nanos, Kind.TAKEN, peer, socket, null, null);
  }

  private static TraceEvent error(long nanos, String fields) {
    Matcher matcher = SOCKET.matcher(fields);
    HostPort socket = end(matcher, true);
    HostPort peer = end(matcher, false);
    if (socket == null || peer == null || matcher.group(8) == null) {
      return null;
    }
    Errno error = Errno.of(Integer.parseInt(matcher.group(8)));
    return error == null ? null : new TraceEvent(nanos, Kind.ERROR, socket, peer, null, error);
  }

  /** The end of the socket itself, or the other one; null when the line is of another kind. */
  private static HostPort end(Matcher socket, boolean own) {
    if (!socket.matches()) {
      return null;
    }
    boolean six = "AF_INET6".equals(socket.group(1)) || socket.group(4).equals("0.0.0.0");
    int address = (six ? 6 : 4) + (own ? 0 : 1);
    return hostPort(socket.group(address), socket.group(own ? 2 : 3));
  }

  private static HostPort hostPort(String endpoint) {
    Matcher matcher = ENDPOINT.matcher(endpoint);
    return matcher.matches() ? hostPort(matcher.group(1), matcher.group(2)) : null;
  }

  /** An IPv4 address that is mapped into IPv6, as sockets of both have it, is the IPv4 address. */
  private static HostPort hostPort(String address, String port) {
    InetSocketAddress end = NumericAddress.key(address, Integer.parseInt(port));
    return end == null ? null : HostPort.of(end.getAddress(), end.getPort());
  }
}
