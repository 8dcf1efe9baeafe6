package io.rstscope.report.words;

import io.rstscope.judge.advice.HeartbeatAdvice;
import io.rstscope.judge.advice.UnprotectedClient;
import io.rstscope.judge.timer.IdleTimer;
import io.rstscope.report.model.CaptureReport;
import io.rstscope.report.model.Summary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What connections say together, a sentence each: incidents, idle timers, heartbeats. */
public final class AcrossText {
  /** The first screen has no room for more; the JSON report has all. */
  private static final int SHOWN = 3;

  private final List<CaptureReport> captures;
  private final boolean named;

  private record Of<T>(CaptureReport capture, T what) {}

  public AcrossText(Summary summary) {
    captures = summary.captures();
    named = captures.size() > 1;
  }

  /** The incidents with the most connections. */
  public List<String> incidents() {
    return sentences(
        capture -> capture.verdict().incidents(),
        (one, other) -> Integer.compare(other.connections(), one.connections()),
        incident -> Format.readable(incident.firstNanos()) + " UTC: " + IncidentText.of(incident));
  }

  /** The idle timers with the most witnesses. */
  public List<String> idleTimers() {
    return sentences(
        capture -> capture.verdict().idleTimers(),
        (one, other) -> Integer.compare(other.witnesses(), one.witnesses()),
        IdleTimer::says);
  }

  /** How many losses of one capture heartbeats would have prevented at most. */
  public long prevented() {
    return captures.stream()
        .map(capture -> capture.verdict().heartbeats())
        .filter(Objects::nonNull)
        .mapToLong(HeartbeatAdvice::prevented)
        .max()
        .orElse(0);
  }

  /** What to set where. */
  public List<String> heartbeats() {
    return sentences(
        capture ->
            capture.verdict().heartbeats() == null
                ? List.of()
                : List.of(capture.verdict().heartbeats()),
        (one, other) -> Integer.compare(other.prevented(), one.prevented()),
        AcrossText::heartbeats);
  }

  private <T> List<String> sentences(
      Function<CaptureReport, List<T>> of, Comparator<T> order, Function<T, String> sentence) {
    List<Of<T>> all = new ArrayList<>();
    for (CaptureReport capture : captures) {
      of.apply(capture).forEach(each -> all.add(new Of<>(capture, each)));
    }
    all.sort((one, other) -> order.compare(one.what, other.what));
    List<String> sentences = new ArrayList<>();
    for (Of<T> each : all.subList(0, Math.min(SHOWN, all.size()))) {
      sentences.add(sentence.apply(each.what()) + (named ? "; in " + each.capture().name() : ""));
    }
    if (all.size() > SHOWN) {
      sentences.add("and " + (all.size() - SHOWN) + " more: see --format json");
    }
    return sentences;
  }

  private static String heartbeats(HeartbeatAdvice advice) {
    List<UnprotectedClient> shown =
        advice.clients().subList(0, Math.min(SHOWN, advice.clients().size()));
    int more = advice.clients().size() - shown.size();
    String says = advice.says();
    return Character.toUpperCase(says.charAt(0))
        + says.substring(1)
        + ". They were "
        + shown.stream().map(AcrossText::client).collect(Collectors.joining("; "))
        + (more > 0 ? "; and more" : "");
  }

  private static String client(UnprotectedClient client) {
    Integer heartbeat = client.heartbeatSeconds();
    return (heartbeat == null ? "not seen" : heartbeat == 0 ? "off" : heartbeat + " s")
        + " in "
        + (client.product() == null ? "a client" : client.product())
        + (client.version() == null ? "" : " " + client.version())
        + (client.connectionName() == null ? "" : " \"" + client.connectionName() + "\"")
        + " at "
        + client.address()
        + " ("
        + Format.count(client.connections(), "connection")
        + ")";
  }
}
