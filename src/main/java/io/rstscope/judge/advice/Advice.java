package io.rstscope.judge.advice;

import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.sender.Sender;
import io.rstscope.judge.timer.Expiry;
import io.rstscope.judge.timer.HeartbeatInterval;
import io.rstscope.judge.timer.IdleTimer;
import io.rstscope.reset.FlowObservation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What to do about a lost connection. Empty for what is harmless.
 *
 * @param toDo what to change or to ask, most useful first; sentences without full stop
 * @param checks commands that confirm it
 */
public record Advice(List<String> toDo, List<Check> checks) {
  private static final Advice NONE = new Advice(List.of(), List.of());

  public static Advice on(FlowVerdict verdict) {
    FlowObservation flow = verdict.flow();
    Checks checks = new Checks(verdict);
    return switch (verdict.ending().cause()) {
      case IDLE_TIMEOUT -> onTimer(verdict, checks);
      case SILENT_DROP -> onDrop(verdict, checks);
      case STATE_LOST ->
          of(
              "ask the network team for a failover, restart or flush of a firewall, NAT or load"
                  + " balancer at "
                  + checks.clock(),
              checks.conntrack());
      case INJECTED_RESET ->
          of(
              "ask the network team for the device that resets; capture on both sides of it",
              checks.capture(true));
      case CLIENT_ABORT ->
          of(
              "look at the "
                  + clientOf(verdict)
                  + ", not at the network: a crash, an out-of-memory kill, a deployment, or a close"
                  + " without AMQP's; no timeout or heartbeat prevents it",
              checks.outOfMemory(true),
              checks.journal(true));
      case CLIENT_GONE ->
          of(
              "look whether the host of the " + clientOf(verdict) + " was restarted or moved",
              checks.reboots());
      case MISSED_HEARTBEATS -> onMissedHeartbeats(verdict, checks);
      case BROKER_ABORT -> onBrokerAbort(verdict, checks);
      case BROKER_GONE ->
          of(
              "look why the broker, or its host, went down: a crash, an out-of-memory kill; no"
                  + " change in the network helps",
              checks.brokerLog(),
              checks.outOfMemory(false));
      case REFUSED ->
          of("look whether the broker runs and listens on " + flow.broker(), checks.listener());
      case HANDSHAKE_TIMEOUT ->
          of(
              "look what kept the client in the handshake: DNS, load, a slow path",
              checks.brokerLog());
      case BAD_PROTOCOL ->
          of("point the " + clientOf(verdict) + " at a port that speaks its protocol");
      case AUTH_FAILURE ->
          of(
              "check user, password and virtual host of the " + clientOf(verdict),
              checks.brokerLog());
      case PROXY_FAILURE -> of("look at the proxy's log for " + checks.clock());
      case SLOW_CONSUMER ->
          of(
              "look why the " + clientOf(verdict) + " did not read what was sent to it",
              checks.journal(true));
      case CONSUMER_TIMEOUT ->
          of(
              "acknowledge deliveries of the "
                  + clientOf(verdict)
                  + " sooner, or raise consumer_timeout");
      case REJECTED_BY_HOST -> of("look at the packet filter of the host: nft list ruleset");
      case BROKER_SHUTDOWN, BROKER_CLOSED, NORMAL_CLOSE, PROBE, STILL_OPEN, UNDETERMINED -> NONE;
    };
  }

  private static Advice of(String toDo, Check... checks) {
    return new Advice(List.of(toDo), List.copyOf(new LinkedHashSet<>(List.of(checks))));
  }

  private static Advice onBrokerAbort(FlowVerdict verdict, Checks checks) {
    if (verdict.flow().amqp() == null) {
      return of(
          "look what listens on "
              + verdict.flow().broker()
              + ": a proxy that reaches no broker, or a limit of connections",
          checks.listener(),
          checks.brokerLog());
    }
    return of(
        "look in the broker's log why it ended the connection, or whether the broker or its host"
            + " went down: a crash, an out-of-memory kill; no change in the network helps",
        checks.brokerLog(),
        checks.outOfMemory(false));
  }

  private static String clientOf(FlowVerdict verdict) {
    String peer = verdict.flow().client().toString();
    if (!verdict.peerMayBeProxy()) {
      return "client " + peer;
    }
    return verdict.realClient().equals(verdict.flow().client().address())
        ? "client behind " + peer + ", or at that host itself, which may be a proxy"
        : "client " + verdict.realClient() + " behind the proxy " + peer;
  }

  private static Advice onTimer(FlowVerdict verdict, Checks checks) {
    List<String> toDo = new ArrayList<>();
    List<Check> confirm = new ArrayList<>();
    if (verdict.idleTimer() != null && HeartbeatGaps.isUnprotected(verdict)) {
      toDo.add(heartbeat(verdict));
      confirm.add(checks.heartbeats());
    }
    boolean proxy = verdict.idleTimer() != null && verdict.idleTimer().expiry() == Expiry.CLOSES;
    toDo.add((toDo.isEmpty() ? "" : "or ") + raise(verdict.idleTimer(), proxy));
    confirm.add(proxy ? checks.proxyTimeouts() : checks.keepAlive());
    if (!proxy) {
      confirm.add(checks.conntrack());
    }
    return new Advice(List.copyOf(toDo), List.copyOf(confirm));
  }

  private static String heartbeat(FlowVerdict verdict) {
    int seconds = HeartbeatInterval.secondsFor(verdict.idleTimer());
    Integer now = verdict.flow().amqp() == null ? null : verdict.flow().amqp().heartbeatSeconds();
    return "set a heartbeat of "
        + seconds
        + " s (now "
        + (now == null ? "not seen, and none was sent" : now == 0 ? "off" : now + " s")
        + "): "
        + HeartbeatOption.set(seconds, verdict.flow().amqp())
        + (seconds < HeartbeatInterval.SHORTEST_SAFE
            ? "; less than "
                + HeartbeatInterval.SHORTEST_SAFE
                + " s gives false alarms, so rather raise the timeout"
            : "");
  }

  private static String raise(IdleTimer timer, boolean proxy) {
    if (proxy) {
      return "raise the timeout of the proxy: in HAProxy \"timeout client\" and \"timeout server\","
          + " or \"timeout tunnel\" where it is set; in nginx proxy_timeout";
    }
    StringBuilder raise =
        new StringBuilder("raise the idle timeout of the firewall, NAT or load balancer");
    if (timer != null) {
      timer
          .mayBe()
          .forEach(
              device ->
                  raise
                      .append("; if it is ")
                      .append(device.title())
                      .append(": ")
                      .append(device.setting()));
    }
    return raise.toString();
  }

  private static Advice onDrop(FlowVerdict verdict, Checks checks) {
    boolean brokerAsks = verdict.flow().brokerState().pendingWantsAnswer();
    List<String> toDo = new ArrayList<>();
    if (verdict.idleTimer() != null && HeartbeatGaps.isUnprotected(verdict)) {
      toDo.add(heartbeat(verdict));
    }
    toDo.add(
        "look for a device in the path that drops idle connections silently: capture on the side of"
            + " the "
            + Sender.endpoint(brokerAsks).word()
            + " too, to see whether the packets arrive there");
    return new Advice(List.copyOf(toDo), List.of(checks.capture(brokerAsks), checks.conntrack()));
  }

  private static Advice onMissedHeartbeats(FlowVerdict verdict, Checks checks) {
    boolean client = verdict.ending().endedBy() == Sender.CLIENT;
    if (client) {
      return of(
          "look what kept the broker from sending heartbeats: load, a paused virtual machine, or the"
              + " path",
          checks.brokerLog());
    }
    if (verdict.flow().brokerState().unanswered() > 0) {
      return of(
          "look at the path, and at the host of the "
              + clientOf(verdict)
              + ": it did not answer TCP either",
          checks.capture(true));
    }
    return of(
        "look what kept the "
            + clientOf(verdict)
            + " from sending heartbeats: a blocked thread or event loop, a pause for garbage"
            + " collection; its host still answered, so it is not the network",
        checks.journal(true));
  }
}
