package io.rstscope.report;

import io.rstscope.judge.advice.HeartbeatAdvice;
import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.timer.Expiry;
import io.rstscope.judge.timer.IdleTimer;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What happened, in one sentence for somebody who reads nothing else. */
final class Headline {
  private Headline() {}

  /**
   * @param causes of the connections in {@code summary}
   */
  static String of(Summary summary, PageCauses causes) {
    Cause main = causes.main();
    if (main == null) {
      return nothingLost(summary);
    }
    String sentence = subject(causes.connections(main), summary.lost()) + predicate(main, summary);
    if (summary.lost() == 1) {
      sentence = sentence.replaceFirst("connection were ", "connection was ");
    }
    return sentence + (main == Cause.IDLE_TIMEOUT ? heartbeats(summary) : "") + ".";
  }

  private static String subject(long connections, long lost) {
    if (lost == 1) {
      return "The one lost connection ";
    }
    if (lost == 2 && connections == 2) {
      return "Both lost connections ";
    }
    return (connections == lost ? "All " : grouped(connections) + " of ")
        + grouped(lost)
        + " lost connections ";
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String nothingLost(Summary summary) {
    String ended =
        summary.harmless() == 0
            ? ""
            : "; " + Format.count(summary.harmless(), "connection") + " ended harmlessly";
    return summary.refused() == 0
        ? "No connection was lost" + summary.among() + ended + "."
        : "No connection was lost, but "
            + Format.count(summary.refused(), "attempt")
            + " to connect "
            + (summary.refused() == 1 ? "was" : "were")
            + " refused"
            + ended
            + ".";
  }

  private static String predicate(Cause cause, Summary summary) {
    return switch (cause) {
      case IDLE_TIMEOUT -> "were cut by a device in the path that " + timer(summary);
      case STATE_LOST ->
          "were cut by a device in the path that lost its table of connections: a failover, a"
              + " restart or a flush";
      case INJECTED_RESET ->
          "were cut by resets that a device, or an intruder, sent in the name of client or broker";
      case SILENT_DROP ->
          "ended in silence: packets were sent again and again, and nothing came back";
      case PROXY_FAILURE -> "were lost when the proxy in front of the broker failed or restarted";
      case CLIENT_ABORT ->
          "were ended by the client's side without a goodbye: a crash, a kill or a closed socket";
      case CLIENT_GONE ->
          "ended because the client's host had restarted, or its address had moved: it knew no such"
              + " connection";
      case BROKER_ABORT ->
          "were ended by the broker's side without a word: its process was killed or crashed";
      case BROKER_GONE ->
          "ended because the broker's host had restarted, or its address had moved: it knew no such"
              + " connection";
      case BROKER_SHUTDOWN -> "were ended by an orderly stop of the broker";
      case BROKER_CLOSED -> "were closed by the broker, which gave a reason";
      case MISSED_HEARTBEATS -> "were given up because heartbeats did not arrive";
      case HANDSHAKE_TIMEOUT -> "did not get through the AMQP handshake in time";
      case BAD_PROTOCOL -> "spoke something other than the AMQP that the broker speaks";
      case SLOW_CONSUMER ->
          "were given up by the broker because the client did not read what it was sent";
      case CONSUMER_TIMEOUT -> "ended after a delivery had not been acknowledged in time";
      case REJECTED_BY_HOST ->
          "were cut by the packet filter of the client's or the broker's own host";
      case AUTH_FAILURE -> "were turned away for user, password or virtual host";
      case REFUSED, NORMAL_CLOSE, PROBE, STILL_OPEN, UNDETERMINED ->
          "ended for a reason that the packets do not tell";
    };
  }

  private static String timer(Summary summary) {
    IdleTimer timer =
        summary.captures().stream()
            .flatMap(capture -> capture.verdict().idleTimers().stream())
            .max(Comparator.comparingInt(IdleTimer::witnesses))
            .orElse(null);
    if (timer == null) {
      return "gives up idle connections";
    }
    String does = timer.expiry() == Expiry.CLOSES ? "closes" : "forgets";
    String after = timer.expiry().isExact() ? " after " : " after at most ";
    return does + " idle connections" + after + Format.duration(timer.atMostNanos() / 1000);
  }

  private static String heartbeats(Summary summary) {
    List<HeartbeatAdvice> advice =
        summary.captures().stream()
            .map(capture -> capture.verdict().heartbeats())
            .filter(Objects::nonNull)
            .toList();
    boolean allOff =
        !advice.isEmpty()
            && advice.stream()
                .flatMap(each -> each.clients().stream())
                .allMatch(client -> Objects.equals(client.heartbeatSeconds(), 0));
    return allOff ? "; heartbeats were off" : "";
  }
}
