package io.rstscope.judge.timer;

import static io.rstscope.judge.timer.Expiry.CLOSES;
import static io.rstscope.judge.timer.Expiry.DROPS_LATER;
import static io.rstscope.judge.timer.Expiry.REJECTS_LATER;
import static io.rstscope.judge.timer.Expiry.RESETS_BOTH;

import io.rstscope.net.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Devices and services whose idle timers are known: their defaults, what they do when the timer
 * runs out, and the name of the setting. A timer that fits one is a hint and no more, since any of
 * them may be configured otherwise.
 */
public enum KnownDevice implements Term {
  AWS_NLB(
      "AWS Network Load Balancer",
      350,
      Set.of(REJECTS_LATER),
      "listener attribute tcp.idle_timeout.seconds, 60 to 6000",
      "docs.aws.amazon.com/elasticloadbalancing/latest/network/update-idle-timeout.html"),
  AWS_NAT_GATEWAY(
      "AWS NAT gateway",
      350,
      Set.of(REJECTS_LATER),
      "fixed",
      "AWS VPC user guide, troubleshoot NAT gateways"),
  AWS_CLASSIC_ELB(
      "AWS Classic Load Balancer",
      60,
      Set.of(CLOSES),
      "attribute ConnectionSettings.IdleTimeout",
      "AWS Classic Load Balancer guide, idle connection timeout"),
  AWS_NETWORK_FIREWALL(
      "AWS Network Firewall",
      350,
      Set.of(DROPS_LATER),
      "TCPIdleTimeoutSeconds of the firewall policy",
      "AWS Network Firewall developer guide"),
  AZURE_LOAD_BALANCER(
      "Azure Load Balancer",
      240,
      Set.of(DROPS_LATER, RESETS_BOTH),
      "idleTimeoutInMinutes of the rule; enableTcpReset makes it reset both sides",
      "learn.microsoft.com/azure/load-balancer, load-balancer-tcp-reset and"
          + " load-balancer-tcp-idle-timeout"),
  AZURE_NAT_GATEWAY(
      "Azure NAT gateway",
      240,
      Set.of(REJECTS_LATER),
      "idleTimeoutInMinutes, 4 to 120",
      "Azure NAT gateway documentation, TCP idle timeout"),
  AZURE_FIREWALL(
      "Azure Firewall, from and to the Internet",
      240,
      Set.of(RESETS_BOTH),
      "fixed but for support requests",
      "Azure Firewall FAQ"),
  AZURE_FIREWALL_EAST_WEST(
      "Azure Firewall, between private networks",
      300,
      Set.of(DROPS_LATER),
      "fixed",
      "Azure Firewall FAQ"),
  GCP_VPC(
      "Google Cloud VPC firewall",
      600,
      Set.of(DROPS_LATER),
      "fixed",
      "Google Cloud VPC firewall documentation, connection tracking"),
  GCP_CLOUD_NAT(
      "Google Cloud NAT",
      1200,
      Set.of(DROPS_LATER),
      "--tcp-established-idle-timeout",
      "Google Cloud NAT documentation, timeouts"),
  NGINX_STREAM(
      "nginx, stream proxy",
      600,
      Set.of(CLOSES),
      "proxy_timeout",
      "nginx.org/docs/stream/ngx_stream_proxy_module.html"),
  ENVOY_TCP_PROXY(
      "Envoy, TCP proxy",
      3600,
      Set.of(CLOSES),
      "idle_timeout of tcp_proxy",
      "Envoy documentation, TcpProxy"),
  F5_BIG_IP(
      "F5 BIG-IP",
      300,
      Set.of(RESETS_BOTH),
      "Idle Timeout of the TCP or FastL4 profile",
      "F5 knowledge base on idle session timeouts"),
  NETSCALER(
      "NetScaler (Citrix ADC)",
      9000,
      Set.of(RESETS_BOTH),
      "cltTimeout of the virtual server and svrTimeout of the service",
      "NetScaler documentation, TCP optimization, frequently asked questions; its zombie clean-up"
          + " resets both sides",
      Unverified.DEFAULT),
  PALO_ALTO(
      "Palo Alto firewall",
      3600,
      Set.of(DROPS_LATER, RESETS_BOTH),
      "TCP timeout of the session settings, or of the application",
      "PAN-OS documentation, session timeouts",
      Unverified.DROPS),
  CISCO_ASA(
      "Cisco ASA",
      3600,
      Set.of(DROPS_LATER, RESETS_BOTH),
      "timeout conn",
      "Cisco ASA command reference"),
  FORTIGATE(
      "FortiGate",
      3600,
      Set.of(DROPS_LATER, RESETS_BOTH),
      "session-ttl",
      "FortiOS administration guide"),
  CHECK_POINT(
      "Check Point firewall",
      3600,
      Set.of(DROPS_LATER, RESETS_BOTH),
      "TCP session timeout of the service",
      "Check Point administration guide"),
  JUNIPER_SRX(
      "Juniper SRX",
      1800,
      Set.of(DROPS_LATER, RESETS_BOTH),
      "inactivity-timeout of the application",
      "Junos documentation"),
  IPVS(
      "Linux IPVS, as in Docker Swarm and kube-proxy",
      900,
      Set.of(DROPS_LATER, REJECTS_LATER),
      "ipvsadm --set",
      "ipvsadm(8); kube-proxy reference"),
  LINUX_CONNTRACK(
      "Linux conntrack",
      432_000,
      Set.of(REJECTS_LATER),
      "net.netfilter.nf_conntrack_tcp_timeout_established",
      "kernel documentation, nf_conntrack-sysctl");

  /** Timers tick coarsely, and the silence is measured away from the device. */
  private static final double TOLERANCE = 0.02;

  /** Wider bounds fit so many devices that a match says nothing. */
  static final double NARROW = 1.5;

  private static final double SECOND = 1e9;

  /** What no document of the vendor confirms. */
  private enum Unverified {
    NOTHING(""),
    DEFAULT("; unverified: the default"),
    DROPS("; unverified: that it drops later packets");

    private final String words;

    Unverified(String words) {
      this.words = words;
    }
  }

  private final String title;
  private final int seconds;
  private final Set<Expiry> expiries;
  private final String setting;
  private final String source;
  private final Unverified unverified;

  KnownDevice(String title, int seconds, Set<Expiry> expiries, String setting, String source) {
    this(title, seconds, expiries, setting, source, Unverified.NOTHING);
  }

  KnownDevice(
      String title,
      int seconds,
      Set<Expiry> expiries,
      String setting,
      String source,
      Unverified unverified) {
    this.title = title;
    this.seconds = seconds;
    this.expiries = expiries;
    this.setting = setting;
    this.source = source;
    this.unverified = unverified;
  }

  /** The word in reports: {@code aws-nlb}. */
  @Override
  public String word() {
    return Term.ofName(this);
  }

  /** Its name. */
  public String title() {
    return title;
  }

  /** Its name as the owner of its default, and whether that is unverified. */
  public String ofDefault() {
    return unverified == Unverified.DEFAULT ? title + ", unverified" : title;
  }

  /** The default of its timer, s. */
  public int seconds() {
    return seconds;
  }

  /** The name of the setting, or {@code fixed}. */
  public String setting() {
    return setting;
  }

  /** What it is, does, and where that is known from; a clause. */
  @Override
  public String explanation() {
    return title
        + ": "
        + seconds
        + " s by default; setting: "
        + setting
        + "; "
        + source
        + unverified.words;
  }

  /** Whether its default lies in that interval of nanoseconds, and it behaves so. */
  public boolean fits(long atLeastNanos, long atMostNanos, Expiry expiry) {
    return behavesLike(expiry)
        && seconds * SECOND >= atLeastNanos * (1 - TOLERANCE)
        && seconds * SECOND <= atMostNanos * (1 + TOLERANCE);
  }

  /**
   * Those that fit; none where the interval is so wide that many would by chance, or has one bound.
   *
   * @param atLeastNanos the timer is at least that long; -1 when that is not known
   */
  public static List<KnownDevice> fitting(long atLeastNanos, long atMostNanos, Expiry expiry) {
    List<KnownDevice> devices = new ArrayList<>();
    if (atMostNanos <= NARROW * atLeastNanos) {
      for (KnownDevice device : values()) {
        if (device.fits(atLeastNanos, atMostNanos, expiry)) {
          devices.add(device);
        }
      }
    }
    return List.copyOf(devices);
  }

  /** Of two resets, one to each side, a capture near one side shows one. */
  private boolean behavesLike(Expiry expiry) {
    return expiries.contains(expiry == Expiry.RESETS ? RESETS_BOTH : expiry);
  }
}
