package io.rstscope.attribution;

import io.rstscope.flow.HostPort;
import io.rstscope.reset.FlowObservation;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The commands that confirm causes, filled in with the hosts and times of one connection. */
final class Checks {
  /** systemd.time(7): a time may name its zone. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Clocks differ, and what ends a connection may have begun before. */
  private static final long MARGIN_SECONDS = 60;

  private final FlowObservation flow;
  private final Instant end;
  private final String realClient;

  Checks(FlowVerdict verdict) {
    flow = verdict.flow();
    end =
        Instant.ofEpochSecond(
            Math.floorDiv(verdict.endNanos(), 1_000_000_000L),
            Math.floorMod(verdict.endNanos(), 1_000_000_000L));
    realClient = verdict.realClient();
  }

  private String client() {
    return "client " + realClient;
  }

  private String broker() {
    return "broker " + flow.broker().address();
  }

  private boolean isIpv6() {
    return flow.broker().address().indexOf(':') >= 0;
  }

  /** When the connection was lost, as text. */
  String clock() {
    return CLOCK.format(end);
  }

  Check outOfMemory(boolean client) {
    return new Check(
        client ? client() : broker(),
        "a process killed for lack of memory around " + clock(),
        "TZ=UTC dmesg -T | grep -iE 'oom|killed process'");
  }

  Check journal(boolean client) {
    return new Check(
        client ? client() : broker(), "what happened there at that time", journalctl(""));
  }

  Check brokerLog() {
    return new Check(broker(), "what the broker says of it", journalctl("-u rabbitmq-server "));
  }

  private String journalctl(String unit) {
    return "journalctl "
        + unit
        + "--since '"
        + TIME.format(end.minusSeconds(MARGIN_SECONDS))
        + "' --until '"
        + TIME.format(end.plusSeconds(MARGIN_SECONDS))
        + "'";
  }

  Check reboots() {
    return new Check(client(), "a boot around " + clock(), "TZ=UTC last -x reboot shutdown | head");
  }

  Check heartbeats() {
    return new Check(
        broker(),
        "the heartbeat of each connection (timeout; 0 is off)",
        "rabbitmqctl list_connections name peer_host timeout");
  }

  /** Keep-alive timers of the sockets on the broker's host. */
  Check keepAlive() {
    String peer = flow.client().address();
    return new Check(
        broker(),
        "timer:(keepalive…) where TCP keep-alive is on, and idle times (lastsnd, lastrcv)",
        "ss -tnoi dst " + Shell.word(isIpv6() ? "[" + peer + "]" : peer));
  }

  Check listener() {
    return new Check(
        broker(), "whether something listens", "ss -tln 'sport = :" + flow.broker().port() + "'");
  }

  /** The connection tracking of a Linux device in the path; IPv6 has its own table. */
  Check conntrack() {
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

  Check proxyTimeouts() {
    return new Check(
        "proxy " + flow.client().address(),
        "the timeouts of HAProxy, or of nginx",
        "grep -nrE 'timeout +(client|server|tunnel)|proxy_timeout' /etc/haproxy /etc/nginx");
  }

  /**
   * A capture at the other end of the path.
   *
   * @param atClient whether that is the client's end
   */
  Check capture(boolean atClient) {
    return new Check(
        atClient ? client() : broker(),
        "whether the packets arrive there, and what it sends",
        "tcpdump -ni any -s 256 -w "
            + (atClient ? "client" : "broker")
            + ".pcap tcp port "
            + flow.broker().port()
            + " and host "
            + Shell.word((atClient ? flow.broker() : flow.client()).address()));
  }
}
