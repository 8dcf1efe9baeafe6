package io.rstscope.watch;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.rstscope.attribution.FlowVerdict;
import io.rstscope.attribution.Verdict;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Role;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * What monitoring sees of the agent. Counters never fall: a verdict that is revised is counted once
 * more under what it is now, and under {@code rstscope_revised_connections_total} as what it was.
 *
 * <p>{@link #judged} is for one thread; metrics are read by any.
 */
final class AgentMetrics {
  private static final double NANOS = 1e9;

  /** Seconds; those of common idle timers are among them. */
  private static final double[] IDLE_BUCKETS = {
    0.1, 1, 5, 10, 30, 60, 120, 180, 240, 300, 350, 400, 600, 900, 1200, 1800, 3600, 7200, 86400
  };

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter resets =
      Counter.builder()
          .name("rstscope_resets_total")
          .help("Resets by who sent them, and why their connection ended.")
          .labelNames("sender", "cause")
          .register(registry);
  private final Counter endings =
      Counter.builder()
          .name("rstscope_connections_ended_total")
          .help("Connections that were reset or lost, by who ended them and why.")
          .labelNames("ended_by", "cause", "harmless")
          .register(registry);
  private final Counter revised =
      Counter.builder()
          .name("rstscope_revised_connections_total")
          .help("Of those, the ones that were then counted as something else.")
          .labelNames("ended_by", "cause", "harmless")
          .register(registry);
  private final Histogram idle =
      Histogram.builder()
          .name("rstscope_idle_before_reset_seconds")
          .help("Silence before the reset that ended a lost connection.")
          .classicOnly()
          .classicUpperBounds(IDLE_BUCKETS)
          .register(registry);

  /**
   * @param version of the program
   * @param statuses of the interfaces by their names; asked whenever metrics are read
   */
  AgentMetrics(String version, Supplier<Map<String, InterfaceStatus>> statuses) {
    Info.builder()
        .name("rstscope_build_info")
        .help("The version that runs.")
        .labelNames("version")
        .register(registry)
        .addLabelValues(version);
    gauge("up", "Whether the interface is being captured.", statuses, s -> s.up() ? 1 : 0);
    gauge("flows", "Flows held.", statuses, InterfaceStatus::flowsHeld);
    gauge(
        "capture_lag_seconds",
        "How old the last packet was when it was read.",
        statuses,
        s -> s.lagNanos() / NANOS);
    counter("packets_total", "Packets read.", statuses, InterfaceStatus::packets);
    counter("flows_seen_total", "Flows seen.", statuses, InterfaceStatus::flows);
    counter(
        "evicted_flows_total",
        "Flows given up because the table was full.",
        statuses,
        InterfaceStatus::evicted);
    counter(
        "kernel_dropped_packets_total",
        "Packets that found the ring of the kernel full.",
        statuses,
        InterfaceStatus::droppedByKernel);
    counter(
        "interface_dropped_packets_total",
        "Packets that the interface lost.",
        statuses,
        InterfaceStatus::droppedByInterface);
    counter(
        "unjudged_flows_total",
        "Flows that were not judged because too many were waiting.",
        statuses,
        InterfaceStatus::unjudged);
    counter(
        "clock_steps_total", "How often the clock was set.", statuses, InterfaceStatus::clockSteps);
    counter(
        "interface_opened_total",
        "How often the interface was opened.",
        statuses,
        InterfaceStatus::opened);
  }

  private void gauge(
      String name,
      String help,
      Supplier<Map<String, InterfaceStatus>> statuses,
      ToDoubleFunction<InterfaceStatus> value) {
    GaugeWithCallback.builder()
        .name("rstscope_" + name)
        .help(help)
        .labelNames("interface")
        .callback(
            to ->
                statuses
                    .get()
                    .forEach((each, status) -> to.call(value.applyAsDouble(status), each)))
        .register(registry);
  }

  private void counter(
      String name,
      String help,
      Supplier<Map<String, InterfaceStatus>> statuses,
      ToDoubleFunction<InterfaceStatus> value) {
    CounterWithCallback.builder()
        .name("rstscope_" + name)
        .help(help)
        .labelNames("interface")
        .callback(
            to ->
                statuses
                    .get()
                    .forEach((each, status) -> to.call(value.applyAsDouble(status), each)))
        .register(registry);
  }

  PrometheusRegistry registry() {
    return registry;
  }

  /**
   * Counts a verdict.
   *
   * @param before what it was so far, or null
   */
  void judged(FlowVerdict before, FlowVerdict now) {
    countResets(before == null ? 0 : before.verdicts().size(), now);
    if (before == null) {
      endings.labelValues(labels(now)).inc();
      observeIdle(now);
    } else if (!List.of(labels(before)).equals(List.of(labels(now)))) {
      revised.labelValues(labels(before)).inc();
      endings.labelValues(labels(now)).inc();
    }
  }

  private void countResets(int countedBefore, FlowVerdict now) {
    for (int i = countedBefore; i < now.verdicts().size(); i++) {
      Verdict verdict = now.verdicts().get(i);
      resets.labelValues(verdict.sender().word(), now.ending().cause().word()).inc();
    }
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

  private static String[] labels(FlowVerdict verdict) {
    return new String[] {
      verdict.ending().endedBy().word(),
      verdict.ending().cause().word(),
      String.valueOf(verdict.ending().benign())
    };
  }
}
