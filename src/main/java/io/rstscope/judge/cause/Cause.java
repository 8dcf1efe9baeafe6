package io.rstscope.judge.cause;

import io.rstscope.net.Term;
import java.util.Map;

/** Why a connection ended: the closed vocabulary of reports. */
public enum Cause implements Term {
  NORMAL_CLOSE(
      "normal-close",
      true,
      "connection.close came first, then the client's FIN; the RST only cleans up the socket:"
          + " RabbitMQ resets every connection that it closes (its listener sets linger to 0)"),
  PROBE(
      "probe",
      true,
      "a health check or a scan: the connection carried no AMQP, and its client left"),
  REFUSED(
      "refused", false, "the broker's port did not accept the connection: RST,ACK answers the SYN"),
  CLIENT_ABORT(
      "client-abort",
      false,
      "the client's side ended the connection without connection.close: the process was killed or"
          + " crashed, or closed its socket; these look alike on the wire"),
  CLIENT_GONE(
      "client-gone",
      false,
      "the client's host no longer knew the connection when the broker next spoke: it was rebooted,"
          + " or its address moved"),
  MISSED_HEARTBEATS(
      "missed-heartbeats",
      false,
      "the broker received nothing from the client for two to three heartbeat intervals and gave"
          + " up"),
  BROKER_ABORT(
      "broker-abort",
      false,
      "the broker's side ended the connection without connection.close: its process was killed or"
          + " crashed, or closed this socket alone"),
  BROKER_GONE(
      "broker-gone",
      false,
      "the broker's host no longer knew the connection when the client next spoke: the broker was"
          + " restarted, or its host was"),
  BROKER_SHUTDOWN(
      "broker-shutdown", false, "the broker was shut down, and said so in connection.close"),
  BROKER_CLOSED(
      "broker-closed",
      false,
      "the broker closed this connection with a reason: an operator, or a protocol error"),
  HANDSHAKE_TIMEOUT(
      "handshake-timeout",
      false,
      "the client did not complete the AMQP handshake within the broker's handshake_timeout (10 s"
          + " by default)"),
  BAD_PROTOCOL(
      "bad-protocol", false, "the client sent bytes that are not the AMQP the broker speaks"),
  AUTH_FAILURE(
      "auth-failure", false, "the broker refused the user, the password or the virtual host"),
  SLOW_CONSUMER(
      "slow-consumer",
      false,
      "the client stopped reading: its receive window was 0 until the broker gave up sending"
          + " (RabbitMQ's tcp_listen_options.send_timeout, 30 s)"),
  CONSUMER_TIMEOUT(
      "consumer-timeout",
      false,
      "the broker closed a channel because a delivery was not acknowledged within consumer_timeout"
          + " (30 min by default), and the client left"),
  REJECTED_BY_HOST(
      "rejected-by-host",
      false,
      "a packet filter on the host itself rejected the other side's packets while its socket was"
          + " still open: nftables or iptables, as Calico, Cilium and kube-proxy set them"),
  IDLE_TIMEOUT(
      "idle-timeout",
      false,
      "a device in the path forgot or ended the connection because it was idle for too long"),
  STATE_LOST(
      "state-lost",
      false,
      "a device in the path lost its connection-tracking state: a failover, a restart or a flush"),
  INJECTED_RESET(
      "injected-reset",
      false,
      "a device or an intruder injected an RST, and an idle timer does not explain it"),
  PROXY_FAILURE(
      "proxy-failure",
      false,
      "the proxy in front of the broker failed or was restarted: it ended all its connections at"
          + " one moment, whatever each had done before"),
  SILENT_DROP(
      "silent-drop",
      false,
      "packets were retransmitted without an ACK: a device drops them, or the other host is gone"),
  STILL_OPEN(
      "still-open",
      true,
      "the connection was up when the capture ended, or stayed up after an RST without effect"),
  UNDETERMINED("undetermined", false, "this capture does not show it");

  private static final Map<String, Cause> BY_WORD = Term.byWord(values());

  private final String word;
  private final boolean benign;
  private final String explanation;

  Cause(String word, boolean benign, String explanation) {
    this.word = word;
    this.benign = benign;
    this.explanation = explanation;
  }

  @Override
  public String word() {
    return word;
  }

  /**
   * The cause with that word.
   *
   * @throws IllegalStateException if there is none
   */
  public static Cause named(String word) {
    Cause cause = BY_WORD.get(word);
    if (cause == null) {
      throw new IllegalStateException("no such cause: " + word);
    }
    return cause;
  }

  /** Whether nothing was lost by it. */
  public boolean isBenign() {
    return benign;
  }

  @Override
  public String explanation() {
    return explanation;
  }
}
