package io.rstscope.judge.advice;

import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.context.FirstEnd;
import io.rstscope.judge.context.InitialTtl;
import io.rstscope.judge.sender.Sender;
import io.rstscope.net.HostPort;
import io.rstscope.net.Side;
import io.rstscope.reset.EndpointState;
import io.rstscope.reset.FlowObservation;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The commands that confirm causes, filled in with the hosts and times of one connection. */
public final class Checks {
  /** systemd.time(7): a time may name its zone. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Clocks differ, and what ends a connection may have begun before. */
  private static final long MARGIN_SECONDS = 60;

  /** Holds what AMQP says of itself and why it closes; messages are cut. */
  private static final int SNAP_LENGTH = 512;

  private final FlowObservation flow;
  private final FirstEnd first;
  private final boolean bySocket;
  private final Instant end;
  private final String realClient;

  /** Whether a proxy closed in the broker's place: then that address is the proxy's. */
  private final boolean behindProxy;

  public Checks(FlowVerdict verdict) {
    bySocket = verdict.isEndedBySocket();
    flow = verdict.flow();
    first = FirstEnd.of(flow);
    end =
        Instant.ofEpochSecond(
            Math.floorDiv(verdict.endNanos(), 1_000_000_000L),
            Math.floorMod(verdict.endNanos(), 1_000_000_000L));
    realClient = verdict.realClient();
    behindProxy =
        bySocket && first.by() == Side.BROKER && verdict.ending().endedBy() == Sender.MIDDLEBOX;
  }

  /** That of the table of remedies. */
  Check named(String name) {
    return switch (name) {
      case "out-of-memory-client" -> outOfMemory(Side.CLIENT);
      case "out-of-memory-broker" -> outOfMemory(Side.BROKER);
      case "journal-client" -> journal(Side.CLIENT);
      case "journal-broker" -> journal(Side.BROKER);
      case "reboots" -> reboots(Side.CLIENT);
      case "reboots-broker" -> reboots(Side.BROKER);
      case "broker-log" -> brokerLog();
      case "heartbeats" -> heartbeats();
      case "alarms" -> alarms();
      case "path-mtu" -> pathMtu();
      case "programs" -> programs();
      case "proxy-log" -> proxyLog();
      case "path-timer" -> bySocket ? proxyTimeouts() : keepAlive();
      case "listener" -> listener();
      case "listeners" -> listeners();
      case "tls" -> tls();
      case "limits" -> limits();
      case "packet-filter" -> packetFilter();
      case "discarded" -> discarded();
      case "syn-drops" -> synDrops();
      case "conntrack" -> conntrack();
      case "conntrack-counts" -> conntrackCounts();
      case "proxy-journal" -> journalOn(proxy());
      case "capture-client" -> capture(Side.CLIENT);
      case "capture-silent-side" -> capture(first.by().other());
      case "capture-other-side" -> capture(capturedAt(flow).other());
      case "capture-here" -> capture(capturedAt(flow));
      default -> throw new IllegalStateException("no such check: " + name);
    };
  }

  /** As its packets have come through no router. In doubt the capture is the broker's. */
  static Side capturedAt(FlowObservation flow) {
    return Side.of(isNear(flow.clientState()) && !isNear(flow.brokerState()));
  }

  private static boolean isNear(EndpointState side) {
    return side.packets() > 0 && InitialTtl.hops(side.ttl()) == 0;
  }

  private String client() {
    return "client " + realClient;
  }

  private String broker() {
    return (behindProxy ? "broker behind " : "broker ") + flow.broker().address();
  }

  private String host(Side side) {
    if (side == Side.CLIENT) {
      return client();
    }
    return behindProxy ? proxy() : broker();
  }

  /** Of a client behind a proxy only the proxy's TTL is seen. */
  private boolean isWindows(Side side) {
    EndpointState state = flow.state(side);
    boolean seen = side == Side.BROKER || realClient.equals(flow.client().address());
    return seen && state.packets() > 0 && InitialTtl.isWindows(state.ttl());
  }

  private boolean isIpv6() {
    return flow.broker().address().indexOf(':') >= 0;
  }

  /** When the connection was lost, as text. */
  public String clock() {
    return CLOCK.format(end);
  }

  public Check outOfMemory(Side side) {
    return isWindows(side)
        ? eventLog(side)
        : new Check(
            host(side),
            "a process killed for lack of memory around " + clock(),
            "TZ=UTC dmesg -T | grep -iE 'oom|killed process'");
  }

  public Check journal(Side side) {
    return isWindows(side) ? eventLog(side) : journalOn(host(side));
  }

  private Check journalOn(String host) {
    return new Check(
        host,
        "what happened there at that time",
        "journalctl --since '"
            + TIME.format(end.minusSeconds(MARGIN_SECONDS))
            + "' --until '"
            + TIME.format(end.plusSeconds(MARGIN_SECONDS))
            + "'");
  }

  private Check reboots(Side side) {
    return isWindows(side)
        ? eventLog(side)
        : new Check(
            host(side), "a boot around " + clock(), "TZ=UTC last -x reboot shutdown | head");
  }

  /** A crash, a lack of memory, a boot: all are in Windows' event log. */
  private Check eventLog(Side side) {
    return new Check(
        host(side),
        "which is Windows by its TTL, what the System and Application logs have around " + clock(),
        "eventvwr");
  }

  /**
   * RabbitMQ logs into files unless told otherwise, and to standard output in its container image;
   * its times are those of its host's zone.
   */
  public Check brokerLog() {
    return isWindows(Side.BROKER)
        ? new Check(
            broker(),
            "what the broker says about it around " + clock(),
            "rabbitmq-diagnostics log_tail -N 200")
        : new Check(
            broker(),
            "what the broker says about it; its log may be elsewhere: see rabbitmq-diagnostics"
                + " log_location, or docker logs or kubectl logs for a container",
            "for t in "
                + minute(-MARGIN_SECONDS)
                + minute(0)
                + minute(MARGIN_SECONDS).trim()
                + "; do grep -h \"$(date -d \"$t UTC\" +%F.%H:%M)\" /var/log/rabbitmq/*.log; done");
  }

  private String minute(long secondsLater) {
    return "'" + MINUTE.format(end.plusSeconds(secondsLater)) + "' ";
  }

  public Check heartbeats() {
    return new Check(
        broker(),
        "the heartbeat of each connection (timeout; 0 is off)",
        "rabbitmqctl list_connections name peer_host timeout");
  }

  /** Keep-alive timers of the sockets on the broker's host. */
  public Check keepAlive() {
    String peer = flow.client().address();
    return new Check(
        broker(),
        "timer:(keepalive…) where TCP keep-alive is on, and idle times (lastsnd, lastrcv)",
        "ss -tnoi dst " + Shell.word(isIpv6() ? "[" + peer + "]" : peer));
  }

  public Check listener() {
    return new Check(
        broker(), "whether something listens", "ss -tln 'sport = :" + flow.broker().port() + "'");
  }

  /** The connection tracking of a Linux device in the path; IPv6 has its own table. */
  public Check conntrack() {
    HostPort broker = flow.broker();
    String family = isIpv6() ? "-f ipv6 " : "";
    return new Check(
        "a Linux firewall or NAT in the path",
        "which connections it knows, and for how many seconds more",
        "conntrack -L "
            + family
            + "-p tcp --dport "
            + broker.port()
            + " -d "
            + Shell.word(broker.address()));
  }

  /** How often conntrack found a packet INVALID, which it then does not translate. */
  public Check conntrackCounts() {
    return new Check(
        "the Linux host that translates",
        "whether \"invalid\" grows, and what is configured",
        "conntrack -S; sysctl net.netfilter | grep -E 'tcp_be_liberal|tcp_timeout'");
  }

  public Check proxyTimeouts() {
    return new Check(
        proxy(),
        "the timeouts of HAProxy, nginx or Envoy",
        "grep -nrE 'timeout +(client|server|tunnel)|proxy_timeout|idle_timeout' /etc/haproxy"
            + " /etc/nginx /etc/envoy");
  }

  /** Who connects to the broker from the client's host. */
  private Check programs() {
    String host = flow.broker().address();
    return new Check(
        client(),
        "which programs connect to the broker: a proxy, or the application itself",
        "ss -tnp dst " + Shell.word(isIpv6() ? "[" + host + "]" : host));
  }

  /**
   * HAProxy's termination state: the timer of the client's (c) or the server's side (s), in data.
   */
  private Check proxyLog() {
    return new Check(
        proxy(),
        "which sessions HAProxy ended by its timers (termination state cD or sD)",
        "grep -hE ' [cs]D ' /var/log/haproxy.log");
  }

  /** It speaks with the address of the side that ended the connection. */
  private String proxy() {
    return "proxy " + flow.hostPort(first.by()).address();
  }

  /** What the broker's listeners expect: TLS, PROXY headers. */
  public Check listeners() {
    return new Check(
        broker(),
        "which protocol each port expects, and whether proxy_protocol is set",
        "rabbitmq-diagnostics listeners; rabbitmq-diagnostics environment | grep proxy_protocol");
  }

  public Check tls() {
    String host = flow.broker().address();
    return new Check(
        client(),
        "whether the port speaks TLS, which version and which certificate",
        "openssl s_client -connect "
            + Shell.word((isIpv6() ? "[" + host + "]" : host) + ":" + flow.broker().port())
            + " </dev/null");
  }

  public Check alarms() {
    return new Check(
        broker(),
        "alarms of memory and disk, and what takes the memory",
        "rabbitmq-diagnostics alarms; rabbitmq-diagnostics memory_breakdown; df -h");
  }

  /** From the side whose packets did not arrive. */
  public Check pathMtu() {
    return new Check(
        host(first.by().other()),
        "up to which size packets pass: 1472 where the path takes 1500",
        "for n in 1472 1422 1372 1252; do ping -M do -c 2 -s $n "
            + Shell.word(flow.hostPort(first.by()).address())
            + "; done");
  }

  public Check limits() {
    return new Check(
        broker(),
        "limits of connections, and how many there are",
        "rabbitmqctl list_vhost_limits --global; rabbitmqctl list_user_limits --global; rabbitmqctl"
            + " list_connections user vhost peer_host");
  }

  /** On the host whose own kernel rejected. */
  public Check packetFilter() {
    return new Check(
        host(first.by()),
        "rules with reject or drop, and ct state invalid",
        "nft list ruleset; iptables-save");
  }

  private Check discarded() {
    return new Check(
        host(first.by()),
        "counters that rise while packets are not taken",
        "nstat -az TcpInCsumErrors TcpExtIPReversePathFilter");
  }

  /** A connection that waits to be accepted takes a place in the listen queue. */
  private Check synDrops() {
    return new Check(
        broker(),
        "counters that rise while SYNs are dropped",
        "nstat -az TcpExtListenOverflows TcpExtListenDrops");
  }

  /**
   * A capture at the other end of the path.
   *
   * @param at the side whose end that is
   */
  public Check capture(Side at) {
    return new Check(
        host(at),
        "whether the packets arrive there, and what it sends",
        "tcpdump -ni any -s "
            + SNAP_LENGTH
            + " -w "
            + at.word()
            + ".pcap tcp port "
            + flow.broker().port()
            + " and host "
            + Shell.word(flow.hostPort(at.other()).address()));
  }
}
