package io.rstscope.watch;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.sender.Sender;
import io.rstscope.report.model.TcpCounter;
import io.rstscope.report.model.VerdictCounts;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Role;
import io.rstscope.watch.incident.IncidentStatus;
import java.util.Arrays;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * What monitoring sees of the agent. Counters never fall: a verdict that is revised is counted once
 * more under what it is now, and under {@code rstscope_revised_connections_total} as what it was.
 * So the former less the latter are the connections, each once, as they are judged now; both have
 * the same series, those of losses from the start, for Prometheus sees no increase in a series that
 * begins with 1.
 *
 * <p>{@link #count} is for one thread; metrics are read by any.
 */
final class AgentMetrics {
  private static final double NANOS = 1e9;

  /** Seconds; those of common idle timers are among them. */
  private static final double[] IDLE_BUCKETS = {
    0.1, 1, 5, 10, 30, 60, 120, 180, 240, 300, 350, 400, 600, 900, 1200, 1800, 3600, 7200, 86400
  };

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter resets =
      counter(
          "resets_total",
          "Resets by sender and by cause of their connection's end, as judged when each was first"
              + " counted.",
          "sender",
          "cause");
  private final Counter endings =
      counter(
          "connections_ended_total",
          "Verdicts on connections that were reset or lost, by who ended them and why; minus"
              + " rstscope_revised_connections_total these are the connections.",
          "ended_by",
          "cause",
          "harmless");
  private final Counter revised =
      counter(
          "revised_connections_total",
          "Verdicts that were replaced by a later one, which is counted too.",
          "ended_by",
          "cause",
          "harmless");
  private final Histogram idle =
      Histogram.builder()
          .name("rstscope_idle_before_reset_seconds")
          .help("Idle time before the reset that ended a lost connection.")
          .classicOnly()
          .classicUpperBounds(IDLE_BUCKETS)
          .register(registry);
  private final Supplier<Map<String, InterfaceStatus>> statuses;

  /**
   * @param version of the program
   * @param statuses of the interfaces by their names; asked whenever metrics are read
   * @param hostTcp by how much the kernel's counters rose; asked whenever metrics are read
   * @param writeFailures how often something could not be written; the same
   */
  AgentMetrics(
      String version,
      Supplier<Map<String, InterfaceStatus>> statuses,
      Supplier<Map<TcpCounter, Long>> hostTcp,
      LongSupplier writeFailures) {
    this.statuses = statuses;
    Info.builder()
        .name("rstscope_build_info")
        .help("Version that is running.")
        .labelNames("version")
        .register(registry)
        .addLabelValues(version);
    beginLosses();
    gauge("up", "Whether the interface is being captured.", s -> s.up() ? 1 : 0);
    gauge("flows", "Flows tracked.", InterfaceStatus::flowsHeld);
    gauge(
        "capture_lag_seconds",
        "Age of the last packet when it was read.",
        s -> s.lagNanos() / NANOS);
    total("packets_total", "Packets read.", InterfaceStatus::packets);
    total("flows_seen_total", "Flows seen.", InterfaceStatus::flows);
    total(
        "evicted_flows_total",
        "Flows evicted because the table was full, longest idle first.",
        s -> s.leftOut().evictedFlows());
    total(
        "evicted_attempts_total",
        "Half-open connections among the evicted flows.",
        s -> s.leftOut().evictedAttempts());
    total(
        "kernel_dropped_packets_total",
        "Packets dropped because the kernel's ring was full.",
        InterfaceStatus::droppedByKernel);
    total(
        "interface_dropped_packets_total",
        "Packets dropped by the interface.",
        InterfaceStatus::droppedByInterface);
    total(
        "unjudged_flows_total",
        "Flows not analysed, counted only, because too many were waiting.",
        s -> s.leftOut().flows());
    total(
        "left_out_resets_total",
        "Resets not analysed, counted only, because their flow had too many.",
        s -> s.leftOut().resets());
    total(
        "left_out_names_total",
        "Names truncated and AMQP frames skipped (memory limit).",
        s -> s.leftOut().names());
    total("clock_steps_total", "How often the clock was set.", InterfaceStatus::clockSteps);
    CounterWithCallback.builder()
        .name("rstscope_write_failures_total")
        .help("How often notices or evidence could not be written.")
        .callback(to -> to.call(writeFailures.getAsLong()))
        .register(registry);
    total("interface_opened_total", "How often the interface was opened.", InterfaceStatus::opened);
    ofHost(hostTcp);
  }

  private void beginLosses() {
    for (Cause cause : Cause.values()) {
      for (Sender sender : Sender.values()) {
        if (!cause.isBenign()) {
          begin(labels(new VerdictCounts(sender, cause, null, 0, false, true, false, Map.of())));
        }
      }
    }
  }

  private void begin(String... labels) {
    endings.initLabelValues(labels);
    revised.initLabelValues(labels);
  }

  private Counter counter(String name, String help, String... labels) {
    return Counter.builder()
        .name("rstscope_" + name)
        .help(help)
        .labelNames(labels)
        .register(registry);
  }

  private void gauge(String name, String help, ToDoubleFunction<InterfaceStatus> value) {
    GaugeWithCallback.builder()
        .name("rstscope_" + name)
        .help(help)
        .labelNames("interface")
        .callback(to -> ofEach(value, to::call))
        .register(registry);
  }

  /** A counter that the interfaces keep. */
  private void total(String name, String help, ToDoubleFunction<InterfaceStatus> value) {
    CounterWithCallback.builder()
        .name("rstscope_" + name)
        .help(help)
        .labelNames("interface")
        .callback(to -> ofEach(value, to::call))
        .register(registry);
  }

  private void ofHost(Supplier<Map<TcpCounter, Long>> counters) {
    CounterWithCallback.builder()
        .name("rstscope_host_tcp_total")
        .help(
            "Increase of the kernel's counters of RSTs since the start, in this network namespace,"
                + " all ports: Tcp OutRsts, TcpExt TCPAbort....")
        .labelNames("counter")
        .callback(to -> counters.get().forEach((each, value) -> to.call(value, each.word())))
        .register(registry);
  }

  private void ofEach(ToDoubleFunction<InterfaceStatus> value, BiConsumer<Double, String> to) {
    statuses.get().forEach((name, status) -> to.accept(value.applyAsDouble(status), name));
  }

  /** Adds those of the broker's management API. */
  void add(Supplier<ManagementStatus> management) {
    GaugeWithCallback.builder()
        .name("rstscope_management_connections")
        .help("Connections that the management API listed lately.")
        .callback(to -> to.call(management.get().connections()))
        .register(registry);
    GaugeWithCallback.builder()
        .name("rstscope_management_age_seconds")
        .help("Age of the management API's last complete answer; NaN before the first.")
        .callback(to -> to.call(management.get().ageSeconds()))
        .register(registry);
    CounterWithCallback.builder()
        .name("rstscope_management_failures_total")
        .help("Requests to the management API without a complete answer.")
        .callback(to -> to.call(management.get().failures()))
        .register(registry);
  }

  /** Adds those of the program that is called for incidents. */
  void addIncidents(Supplier<IncidentStatus> incidents) {
    ofIncidents(
        "calls",
        "How often the program of --on-incident was run.",
        incidents,
        IncidentStatus::calls);
    ofIncidents(
        "call_failures",
        "Runs of it that did not end with status 0.",
        incidents,
        IncidentStatus::failures);
    ofIncidents(
        "missed",
        "Events for which it was not run, as it had been run just before.",
        incidents,
        IncidentStatus::missed);
  }

  private void ofIncidents(
      String name,
      String help,
      Supplier<IncidentStatus> incidents,
      ToDoubleFunction<IncidentStatus> value) {
    CounterWithCallback.builder()
        .name("rstscope_incident_" + name + "_total")
        .help(help)
        .callback(to -> to.call(value.applyAsDouble(incidents.get())))
        .register(registry);
  }

  PrometheusRegistry registry() {
    return registry;
  }

  /**
   * Counts a verdict.
   *
   * @param before as what the connection was counted so far, or null
   * @param now as what it is to be counted
   * @param verdict what is known of it
   */
  void count(VerdictCounts before, VerdictCounts now, FlowVerdict verdict) {
    countResets(before, now);
    begin(labels(now));
    if (before == null) {
      endings.labelValues(labels(now)).inc();
      observeIdle(verdict);
    } else if (!Arrays.equals(labels(before), labels(now))) {
      revised.labelValues(labels(before)).inc();
      endings.labelValues(labels(now)).inc();
    }
  }

  /** Resets that were not there before, by what their connection is now. */
  private void countResets(VerdictCounts before, VerdictCounts now) {
    now.resets()
        .forEach(
            (sender, number) -> {
              long more = number - (before == null ? 0 : before.resets().getOrDefault(sender, 0L));
              if (more > 0) {
                resets.labelValues(sender.word(), now.cause().word()).inc(more);
              }
            });
  }

  private void observeIdle(FlowVerdict verdict) {
    if (verdict.ending().benign()) {
      return;
    }
    for (ResetObservation reset : verdict.flow().resets()) {
      if (reset.role() == Role.ENDS_CONNECTION && reset.idle().silenceNanos() >= 0) {
        idle.observe(reset.idle().silenceNanos() / NANOS);
        return;
      }
    }
  }

  private static String[] labels(VerdictCounts tally) {
    return new String[] {
      tally.endedBy().word(), tally.cause().word(), String.valueOf(tally.benign())
    };
  }
}
