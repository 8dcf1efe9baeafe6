package io.rstscope.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How well reports agree with the truth.
 *
 * <p>A sender is <em>defensible</em> when the capture supports it, <em>decided</em> when it is the
 * true one. The cause of an ending is right when the truth's root cause allows it, and may stay
 * undetermined where the capture leaves it open. So may that of a connection which was lost without
 * a reset: of it the capture may hold nothing but its silence.
 */
final class Score {
  /** From this confidence on a verdict counts as sure. */
  private static final double SURE = 0.9;

  /** The truth's root cause to the causes that are right. */
  private static final Map<String, Set<String>> CAUSES =
      Map.ofEntries(
          allow("healthy", "normal-close", "still-open"),
          allow("client_crash", "client-abort"),
          allow("client_abort", "client-abort"),
          allow("client_close_no_amqp", "client-abort"),
          allow("client_crash_handshake", "client-abort", "probe"),
          allow("client_abort_handshake", "client-abort", "probe"),
          allow("socket_destroyed", "client-abort", "broker-abort", "broker-closed"),
          allow("client_host_lost", "client-gone", "state-lost"),
          allow("client_heartbeat_timeout", "missed-heartbeats"),
          allow("broker_crash", "broker-abort"),
          allow("broker_host_lost", "broker-gone"),
          allow("broker_shutdown", "broker-shutdown"),
          allow("broker_admin_close", "broker-closed"),
          allow("broker_heartbeat_timeout", "missed-heartbeats"),
          allow("broker_handshake_timeout", "handshake-timeout"),
          allow("bad_protocol", "bad-protocol"),
          allow("auth_refused", "auth-failure"),
          allow("middlebox_idle_timeout", "idle-timeout", "state-lost"),
          allow("middlebox_state_loss", "state-lost", "idle-timeout"),
          allow("middlebox_silent_drop", "silent-drop", "missed-heartbeats", "idle-timeout"),
          allow("proxy_idle_timeout", "idle-timeout"),
          allow("proxy_crash", "proxy-failure", "client-abort"),
          allow("injected_spoofed", "injected-reset", "still-open"),
          allow(
              "policy_reject", "rejected-by-host", "injected-reset", "state-lost", "idle-timeout"),
          allow("consumer_timeout", "consumer-timeout", "broker-closed"),
          allow("slow_consumer", "slow-consumer"),
          allow("health_probe", "probe"),
          allow("scan", "probe"),
          allow("refused", "refused"));

  private record Key(String capture, long frame) {}

  private record Connection(String capture, String client, int port) {}

  private record Reported(JsonNode flow, JsonNode reset) {}

  private final List<String> missed = new ArrayList<>();
  private final List<String> invented = new ArrayList<>();
  private final List<String> turnedRound = new ArrayList<>();
  private final List<String> indefensible = new ArrayList<>();
  private final List<String> wrongCauses = new ArrayList<>();
  private final List<String> wrongLosses = new ArrayList<>();
  private final Confidences senders = new Confidences();
  private final Confidences causes = new Confidences();
  private int resets;
  private int decidable;
  private int decided;
  private int wrongAndSure;
  private int endings;
  private int causesLeftOpen;
  private int losses;
  private int lossesLeftOpen;

  private static Map.Entry<String, Set<String>> allow(String rootCause, String... causes) {
    return Map.entry(rootCause, Set.of(causes));
  }

  /** Adds the report of captures whose truth is known. */
  void add(List<JsonNode> flows, List<Truth> truths) {
    Map<Key, Reported> reported = new HashMap<>();
    for (JsonNode flow : flows) {
      for (JsonNode reset : flow.get("resets")) {
        Key key = new Key(flow.get("capture").asText(), reset.get("frame").asLong());
        reported.put(key, new Reported(flow, reset));
      }
    }
    Set<Key> unknown = new HashSet<>(reported.keySet());
    for (Truth truth : truths) {
      boolean causeKnown = false;
      for (Truth.Reset reset : truth.resets()) {
        Key key = new Key(truth.capture(), reset.frame());
        unknown.remove(key);
        Reported found = reported.get(key);
        resets++;
        if (found == null) {
          missed.add(place(key) + " (" + reset.direction() + ", " + reset.cause() + ")");
          continue;
        }
        direction(key, reset, found.reset);
        sender(key, reset, found.reset);
        if (!causeKnown) {
          causeKnown = true;
          cause(key, truth, reset, found.flow.get("ending"));
        }
      }
    }
    unknown.forEach(key -> invented.add(place(key)));
    losses(flows, truths);
  }

  private void losses(List<JsonNode> flows, List<Truth> truths) {
    Map<Connection, String> causes = new HashMap<>();
    for (JsonNode flow : flows) {
      JsonNode client = flow.get("client");
      causes.put(
          new Connection(
              flow.get("capture").asText(),
              client.get("address").asText(),
              client.get("port").asInt()),
          flow.get("ending").get("cause").asText());
    }
    for (Truth truth : truths) {
      if (truth.resets().isEmpty()) {
        Connection lost = new Connection(truth.capture(), truth.client(), truth.clientPort());
        loss(truth, causes.getOrDefault(lost, "not reported"));
      }
    }
  }

  private void loss(Truth truth, String cause) {
    losses++;
    if (isAllowed(truth, cause)) {
      return;
    }
    if (Set.of("undetermined", "still-open", "not reported").contains(cause)) {
      lossesLeftOpen++;
    } else {
      wrongLosses.add(
          "%s %s port %d: %s, in truth %s"
              .formatted(
                  truth.capture(), truth.client(), truth.clientPort(), cause, truth.rootCause()));
    }
  }

  private static boolean isAllowed(Truth truth, String cause) {
    return CAUSES.getOrDefault(truth.rootCause(), Set.of()).contains(cause);
  }

  private void direction(Key key, Truth.Reset truth, JsonNode reset) {
    String direction = reset.get("direction").asText();
    if (!direction.equals(truth.direction())) {
      turnedRound.add(place(key) + ": " + direction);
    }
  }

  private void sender(Key key, Truth.Reset truth, JsonNode reset) {
    String sender = reset.get("sender").asText();
    double confidence = reset.get("confidence").asDouble();
    boolean isTrue = sender.equals(truth.originator());
    boolean mayBeProxy = reset.get("peer_may_be_proxy").asBoolean();
    boolean defensible = defensible(sender, mayBeProxy, truth.accepted());
    boolean isPeer = mayBeProxy || truth.bestVerdict().equals("peer");
    if (!defensible) {
      indefensible.add(
          String.format(
              Locale.ROOT,
              "%s: %s %.2f, in truth %s (%s)",
              place(key),
              sender,
              confidence,
              truth.originator(),
              truth.cause()));
      wrongAndSure += confidence >= SURE && !truth.misleading() ? 1 : 0;
    }
    if (Set.of("client", "broker", "middlebox").contains(truth.bestVerdict())) {
      decidable++;
      decided += isTrue ? 1 : 0;
    }
    if (!sender.equals("undetermined")) {
      senders.add(confidence, isTrue || defensible && isPeer);
    }
  }

  private static boolean defensible(String sender, boolean mayBeProxy, Set<String> accepted) {
    boolean isEnd = sender.equals("client") || sender.equals("broker");
    return accepted.contains(sender)
        || mayBeProxy && isEnd && accepted.contains("peer")
        || mayBeProxy && sender.equals("middlebox") && accepted.contains("middlebox_as_peer");
  }

  private void cause(Key key, Truth truth, Truth.Reset reset, JsonNode ending) {
    String cause = ending.get("cause").asText();
    endings++;
    if (!cause.equals("undetermined")) {
      causes.add(ending.get("confidence").asDouble(), isAllowed(truth, cause));
    }
    if (isAllowed(truth, cause)) {
      return;
    }
    boolean isOpen =
        reset.causeOpen() || Set.of("undetermined", "peer").contains(reset.bestVerdict());
    if (cause.equals("undetermined") && isOpen) {
      causesLeftOpen++;
    } else {
      wrongCauses.add(
          "%s: %s, in truth %s (%s)".formatted(place(key), cause, truth.rootCause(), reset.role()));
    }
  }

  private static String place(Key key) {
    return key.capture + " frame " + key.frame;
  }

  /** Resets of the truth that are not reported; each with its place, as in all such lists. */
  List<String> missed() {
    return missed;
  }

  /** Resets reported that the truth does not know. */
  List<String> invented() {
    return invented;
  }

  /** Resets reported in the wrong direction. */
  List<String> turnedRound() {
    return turnedRound;
  }

  /** Verdicts given with high confidence that cannot be defended though nothing misled. */
  int wrongAndSure() {
    return wrongAndSure;
  }

  /** Share of resets whose sender is defensible, 0 to 1. */
  double defensible() {
    return 1 - (double) (indefensible.size() + missed.size()) / resets;
  }

  /** Share of resets that can be decided whose true sender is named, 0 to 1. */
  double decided() {
    return (double) decided / decidable;
  }

  /** Share of endings whose cause is right, or left open where it is open, 0 to 1. */
  double causes() {
    return 1 - (double) wrongCauses.size() / endings;
  }

  /** Connections lost without a reset whose cause is wrong. */
  List<String> wrongLosses() {
    return wrongLosses;
  }

  /** Connections lost without a reset whose cause is right. */
  int rightLosses() {
    return losses - lossesLeftOpen - wrongLosses.size();
  }

  /** Bins of confidence in which the share of right senders, or causes, is not what was claimed. */
  List<String> miscalibrated() {
    return Stream.concat(senders.miscalibrated().stream(), causes.miscalibrated().stream())
        .toList();
  }

  /** All of it as a table, which the page on accuracy shows. */
  String table() {
    StringBuilder table = new StringBuilder();
    line(
        table,
        "resets            %d, missed %d, invented %d, turned round %d",
        resets,
        missed.size(),
        invented.size(),
        turnedRound.size());
    line(table, "sender defensible %.1f %%", 100 * defensible());
    line(table, "sender decided    %.1f %% of %d that can be", 100 * decided(), decidable);
    line(table, "wrong and sure    %d (confidence %.1f or more)", wrongAndSure, SURE);
    line(
        table,
        "cause right       %.1f %% of %d, %d of them left open where it is open",
        100 * causes(),
        endings,
        causesLeftOpen);
    line(
        table,
        "without a reset   %d lost: cause right of %d, left open of %d, wrong of %d",
        losses,
        rightLosses(),
        lossesLeftOpen,
        wrongLosses.size());
    senders.lines().forEach(each -> line(table, "sender %s", each));
    causes.lines().forEach(each -> line(table, "cause  %s", each));
    return table.toString();
  }

  /** The table, and below it each sender and each cause that is wrong. */
  @Override
  public String toString() {
    StringBuilder table = new StringBuilder(table());
    missed.forEach(each -> line(table, "MISSED   %s", each));
    invented.forEach(each -> line(table, "INVENTED %s", each));
    turnedRound.forEach(each -> line(table, "TURNED   %s", each));
    indefensible.forEach(each -> line(table, "SENDER   %s", each));
    wrongCauses.forEach(each -> line(table, "CAUSE    %s", each));
    wrongLosses.forEach(each -> line(table, "LOSS     %s", each));
    return table.toString();
  }

  private static void line(StringBuilder table, String format, Object... values) {
    table.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
