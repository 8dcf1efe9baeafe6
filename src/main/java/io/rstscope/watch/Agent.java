package io.rstscope.watch;

import io.rstscope.capture.live.LiveException;
import io.rstscope.judge.CaptureVerdict;
import io.rstscope.judge.context.Recording;
import io.rstscope.report.CaptureQuality;
import io.rstscope.report.CaptureReport;
import io.rstscope.report.NoticeWriter;
import io.rstscope.report.Summary;
import io.rstscope.reset.Bystanders;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Watches interfaces until it is told to stop: each is captured by a thread of its own, and what
 * they sight is judged and told by the thread that calls {@link #run}.
 */
public final class Agent {
  /** Flows that may wait to be judged; a sighting takes some KiB. */
  private static final int WAITING = 1 << 13;

  private static final int JUDGED_TOGETHER = 512;
  private static final long PATIENCE_MILLIS = 5_000;
  private static final long POLL_MILLIS = 100;

  private final WatchOptions options;
  private final Clocks clocks = Clocks.SYSTEM;
  private final Consumer<String> words;
  private final BlockingQueue<Sighting> sightings = new ArrayBlockingQueue<>(WAITING);
  private final List<InterfaceWatcher> watchers = new ArrayList<>();
  private final Summary summary = new Summary();
  private final Twins twins;
  private volatile boolean stopped;
  private volatile boolean reopenWanted;
  private volatile boolean countsWanted;
  private AgentMetrics metrics;
  private OpenCases cases;
  private Outputs outputs;

  /**
   * Opens the interfaces.
   *
   * @param words is told what happens to the run, a sentence at a time, on any thread
   * @throws LiveException when one of them cannot be opened
   */
  public Agent(WatchOptions options, Consumer<String> words) throws LiveException {
    this.options = options;
    this.words = words;
    twins = new Twins(options.maxOpenCases(), words);
    try {
      for (String name : options.interfaces()) {
        watchers.add(new InterfaceWatcher(name, options, clocks, words, sightings));
      }
    } catch (LiveException e) {
      letGo();
      throw e;
    }
  }

  /**
   * Watches until a signal, the time or the number of losses ends it; then writes the summary.
   *
   * @param console takes notices and the summary
   * @param started is run when signals are heeded and packets are read
   * @throws IOException when standard output cannot be written, or the file or the folder not be
   *     opened
   */
  public void run(NoticeWriter console, Runnable started) throws IOException {
    try (Signals signals = new Signals();
        MetricsServer server = serveMetrics();
        Outputs all = openOutputs(console)) {
      handle(signals);
      outputs = all;
      cases =
          new OpenCases(
              options.maxOpenCases(),
              options.withHarmless(),
              summary,
              metrics == null ? (before, now, verdict) -> {} : metrics::count,
              this::bystanders);
      if (server != null) {
        words.accept("metrics at http:/" + server.address() + "/metrics");
      }
      watchers.forEach(InterfaceWatcher::start);
      started.run();
      watch();
      end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      letGo();
    }
  }

  /** No capture may go on when the process exits, whatever ended the run. */
  private void letGo() {
    try {
      for (InterfaceWatcher watcher : watchers) {
        watcher.letGo(PATIENCE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Bystanders bystanders(String source) {
    return watchers.stream()
        .filter(watcher -> watcher.name().equals(source))
        .findFirst()
        .map(InterfaceWatcher::bystanders)
        .orElseThrow();
  }

  private void handle(Signals signals) {
    signals.on("INT", () -> stopped = true);
    signals.on("TERM", () -> stopped = true);
    signals.on("HUP", () -> reopenWanted = true);
    signals.on("USR1", () -> countsWanted = true);
  }

  private MetricsServer serveMetrics() throws IOException {
    InetSocketAddress address = options.metrics();
    if (address == null) {
      return null;
    }
    metrics = new AgentMetrics(options.version(), this::statuses);
    try {
      return new MetricsServer(address, metrics.registry(), this::problem);
    } catch (IOException e) {
      throw new IOException("metrics at " + address + ": " + e.getMessage(), e);
    }
  }

  private Outputs openOutputs(NoticeWriter console) throws IOException {
    RotatingFile file =
        options.json() == null
            ? null
            : new RotatingFile(options.json(), options.jsonLimits(), clocks);
    EvidenceFolder evidence =
        options.evidence() == null ? null : new EvidenceFolder(options.evidence());
    return new Outputs(console, file, evidence, clocks, words);
  }

  private void watch() throws IOException, InterruptedException {
    long start = clocks.steadyNanos();
    while (!stopped
        && clocks.steadyNanos() - start < options.forNanos()
        && summary.lost() < options.maxLosses()) {
      judge(sightings.poll(POLL_MILLIS, TimeUnit.MILLISECONDS));
      heedSignals();
      failWithWatchers();
      outputs.check();
    }
  }

  private void failWithWatchers() {
    for (InterfaceWatcher watcher : watchers) {
      if (watcher.failure() != null) {
        throw new IllegalStateException(watcher.name(), watcher.failure());
      }
    }
  }

  private void judge(Sighting first) throws IOException {
    if (first == null) {
      return;
    }
    List<Sighting> batch = new ArrayList<>();
    batch.add(first);
    sightings.drainTo(batch, JUDGED_TOGETHER);
    if (watchers.size() > 1) {
      batch.removeIf(twins::isTwin);
    }
    for (OpenCases.Told told : cases.judge(batch)) {
      outputs.write(told.notice(), told.sighting().packets());
    }
  }

  private void heedSignals() {
    if (reopenWanted) {
      reopenWanted = false;
      outputs.reopen();
    }
    if (countsWanted) {
      countsWanted = false;
      words.accept(counts());
    }
  }

  /** Stops the watchers, one after the other, while what they sight at last is judged. */
  private void end() throws IOException, InterruptedException {
    for (InterfaceWatcher watcher : watchers) {
      watcher.stop();
      long deadline = clocks.steadyNanos() + PATIENCE_MILLIS * 1_000_000;
      while (watcher.isRunning() && clocks.steadyNanos() - deadline < 0) {
        judge(sightings.poll(POLL_MILLIS, TimeUnit.MILLISECONDS));
      }
    }
    while (!sightings.isEmpty()) {
      judge(sightings.poll());
    }
    watchers.forEach(watcher -> summary.add(report(watcher)));
    outputs.finish(summary);
  }

  /** What each interface gave and lost, in a line each. */
  public List<String> captured() {
    return watchers.stream().map(Agent::captured).toList();
  }

  private static String captured(InterfaceWatcher watcher) {
    InterfaceStatus s = watcher.status();
    return "%s: %d packets, %d packets dropped by kernel, %d packets dropped by interface"
        .formatted(watcher.name(), s.packets(), s.droppedByKernel(), s.droppedByInterface());
  }

  private static CaptureReport report(InterfaceWatcher watcher) {
    InterfaceStatus s = watcher.status();
    CaptureQuality quality =
        new CaptureQuality(
            s.packets(),
            s.segments(),
            s.flows(),
            s.leftOut(),
            s.firstNanos(),
            s.lastNanos(),
            s.clockSteps(),
            s.cut(),
            s.undecoded(),
            s.laterFragments(),
            0,
            s.duplicates(),
            s.droppedByKernel() + s.droppedByInterface(),
            null);
    Recording recording = Recording.of(null, List.of(), quality.dropped(), 0);
    return new CaptureReport(
        watcher.name(), watcher.name(), quality, recording, CaptureVerdict.NOTHING);
  }

  private Map<String, InterfaceStatus> statuses() {
    Map<String, InterfaceStatus> statuses = new LinkedHashMap<>();
    watchers.forEach(watcher -> statuses.put(watcher.name(), watcher.status()));
    return statuses;
  }

  private String problem() {
    for (InterfaceWatcher watcher : watchers) {
      if (!watcher.status().up()) {
        return watcher.name() + " is not being captured";
      }
    }
    return null;
  }

  private String causes() {
    return summary.endings().entrySet().stream()
        .map(each -> each.getKey().word() + " " + each.getValue())
        .collect(Collectors.joining(", "));
  }

  private String counts() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%d connections lost, %d refused, %d ended harmlessly, %d resets; %s"
            .formatted(
                summary.lost(), summary.refused(), summary.harmless(), summary.resets(), causes()));
    statuses()
        .forEach(
            (name, s) ->
                text.append(
                    "; %s: %d packets, %d flows held, dropped %d by the kernel and %d by the interface"
                        .formatted(
                            name,
                            s.packets(),
                            s.flowsHeld(),
                            s.droppedByKernel(),
                            s.droppedByInterface())));
    return text.toString();
  }
}
