package io.rstscope.watch;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.rstscope.attribution.FlowVerdict;
import io.rstscope.report.Tally;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Role;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * What monitoring sees of the agent. Counters never fall: a verdict that is revised is counted once
 * more under what it is now, and under {@code rstscope_revised_connections_total} as what it was.
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
        s -> s.leftOut().evictedFlows());
    counter(
        "evicted_attempts_total",
        "Those of them that had never become a connection.",
        statuses,
        s -> s.leftOut().evictedAttempts());
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
        s -> s.leftOut().flows());
    counter(
        "left_out_resets_total",
        "Resets that were only counted, as their flow had too many.",
        statuses,
        s -> s.leftOut().resets());
    counter(
        "left_out_names_total",
        "Names shortened and frames of AMQP not read for lack of memory.",
        statuses,
        s -> s.leftOut().names());
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
   * @param before as what the connection was counted so far, or null
   * @param now as what it is to be counted
   * @param verdict what is known of it
   */
  void count(Tally before, Tally now, FlowVerdict verdict) {
    countResets(before, now);
    if (before == null) {
      endings.labelValues(labels(now)).inc();
      observeIdle(verdict);
    } else if (!Arrays.equals(labels(before), labels(now))) {
      revised.labelValues(labels(before)).inc();
      endings.labelValues(labels(now)).inc();
    }
  }

  /** Resets that were not there before, by what their connection is now. */
  private void countResets(Tally before, Tally now) {
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

  private static String[] labels(Tally tally) {
    return new String[] {
      tally.endedBy().word(), tally.cause().word(), String.valueOf(tally.benign())
    };
  }
}
