package io.rstscope.watch;

import io.rstscope.capture.CaptureFiles;
import io.rstscope.judge.CaptureVerdict;
import io.rstscope.judge.context.Recording;
import io.rstscope.report.model.CaptureQuality;
import io.rstscope.report.model.CaptureReport;
import io.rstscope.report.model.HostTcp;
import io.rstscope.report.model.Notice;
import io.rstscope.report.model.NoticeWriter;
import io.rstscope.report.model.Summary;
import io.rstscope.reset.FlowObservation;
import io.rstscope.watch.VerdictTracker.Told;
import io.rstscope.watch.host.HostNames;
import io.rstscope.watch.host.TcpCounters;
import io.rstscope.watch.incident.IncidentCalls;
import io.rstscope.watch.kernel.KernelTrace;
import io.rstscope.watch.output.NoticeNumbers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Watches interfaces until it is told to stop, and captures that are being written until their
 * ends: each is read by a thread of its own, and what they sight is judged and told by the thread
 * that calls {@link #run}.
 */
public final class Agent {
  private static final int JUDGED_TOGETHER = 512;
  private static final long PATIENCE_MILLIS = 5_000;
  private static final long POLL_MILLIS = 100;

  private final WatchOptions options;
  private final Clocks clocks = Clocks.SYSTEM;
  private final Consumer<String> words;
  private final FlowEventQueue flowEvents = new FlowEventQueue();
  private final TcpCounters tcpCounters;
  private final KernelTrace kernel;
  private final List<InterfaceWatcher> watchers = new ArrayList<>();
  private final Summary summary = new Summary();
  private final CrossInterfaceDedup twins;
  private final MassLoss massLoss;
  private volatile boolean stopped;
  private volatile boolean reopenWanted;
  private volatile boolean countsWanted;
  private long lastNumber;

  /** Until when nothing was lost. */
  private long lossFreeNanos;

  private AgentMetrics metrics;
  private VerdictTracker cases;
  private volatile Outputs outputs;
  private IncidentCalls incidents;
  private final HostNames hostNames;

  /**
   * Opens the interfaces.
   *
   * @param words is told what happens to the run, a sentence at a time, on any thread
   * @throws IOException when one of them cannot be opened, or the kernel's trace cannot be read
   */
  public Agent(WatchOptions options, Consumer<String> words) throws IOException {
    this.options = options;
    this.words = words;
    tcpCounters = new TcpCounters(words);
    kernel = options.kernel() == null ? null : openKernel(options.kernel());
    twins = new CrossInterfaceDedup(options.maxOpenCases(), words);
    massLoss = new MassLoss(words);
    hostNames = options.hosts() == null ? null : new HostNames(options.hosts(), words);
    try {
      for (Feed feed : options.feeds()) {
        watchers.add(new InterfaceWatcher(feed, options, clocks, words, kernel, flowEvents));
      }
    } catch (IOException e) {
      letGo();
      throw e;
    }
  }

  /**
   * Watches until a signal, the time, the number of losses or the end of all that is read ends it;
   * then writes the summary.
   *
   * @param console takes notices and the summary
   * @param started is run when signals are heeded and packets are read
   * @throws IOException when standard output cannot be written, or the file or the folder not be
   *     opened
   */
  public void run(NoticeWriter console, Runnable started) throws IOException {
    try (Signals signals = new Signals();
        MetricsServer server = serveMetrics();
        IncidentCalls calls = openCalls();
        Outputs all = openOutputs(console)) {
      handle(signals);
      outputs = all;
      incidents = calls;
      cases =
          new VerdictTracker(
              options.maxOpenCases(),
              options.withHarmless(),
              summary,
              metrics == null ? (before, now, verdict) -> {} : metrics::count,
              source -> watcher(source).bystanders(),
              source -> !watcher(source).isRecorded(),
              options.accounts());
      cases.numberFrom(lastNumber);
      if (server != null) {
        words.accept("metrics at http:/" + server.address() + "/metrics");
        if (!server.address().getAddress().isLoopbackAddress()) {
          words.accept("whoever reaches that address can read them: they have no password");
        }
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

  private KernelTrace openKernel(Path instance) throws IOException {
    try {
      return KernelTrace.open(instance, this::wallLessSteady, words);
    } catch (FileSystemException e) {
      String why = e instanceof AccessDeniedException ? "not for this user" : "there is none";
      throw new IOException(
          "the kernel's trace in " + instance + ": " + why + "; see 'rstscope-kernel' and doctor",
          e);
    }
  }

  /** No capture may go on when the process exits, whatever ended the run. */
  private void letGo() {
    try {
      for (InterfaceWatcher watcher : watchers) {
        watcher.letGo(PATIENCE_MILLIS);
      }
      if (kernel != null) {
        kernel.close();
      }
    } catch (IOException e) {
      words.accept("the kernel's trace: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private InterfaceWatcher watcher(String source) {
    return watchers.stream()
        .filter(watcher -> watcher.name().equals(source))
        .findFirst()
        .orElseThrow();
  }

  private long wallLessSteady() {
    return clocks.wallNanos() - clocks.steadyNanos();
  }

  private void handle(Signals signals) {
    signals.on("INT", () -> stopped = true);
    signals.on("TERM", () -> stopped = true);
    if (!signals.on("HUP", () -> reopenWanted = true) && options.json() != null) {
      words.accept(
          "SIGHUP is ignored, as nohup has it: it will not reopen the file of --json"
              + " (setsid keeps it)");
    }
    signals.on("USR1", () -> countsWanted = true);
  }

  private MetricsServer serveMetrics() throws IOException {
    InetSocketAddress address = options.metrics();
    if (address == null) {
      return null;
    }
    metrics =
        new AgentMetrics(
            options.version(),
            this::statuses,
            tcpCounters::risen,
            () -> outputs == null ? 0 : outputs.failures());
    if (options.management() != null) {
      metrics.add(options.management());
    }
    try {
      return new MetricsServer(address, metrics.registry(), this::problem);
    } catch (IOException e) {
      throw new IOException("metrics at " + address + ": " + e.getMessage(), e);
    }
  }

  private Outputs openOutputs(NoticeWriter console) throws IOException {
    RotatingFile file = options.json() == null ? null : openJson(options.json());
    EvidenceFolder evidence =
        options.evidence() == null ? null : new EvidenceFolder(options.evidence());
    if (options.recorder() != null) {
      options.recorder().open();
    }
    return new Outputs(console, file, evidence, clocks, words);
  }

  /** Null when no program is to be called. */
  private IncidentCalls openCalls() {
    if (options.onIncident() == null) {
      return null;
    }
    IncidentCalls calls = new IncidentCalls(options.onIncident(), words);
    if (metrics != null) {
      metrics.addIncidents(calls::status);
    }
    return calls;
  }

  private RotatingFile openJson(Path json) throws IOException {
    if (!CaptureFiles.isReadableTwice(json.toString())) {
      words.accept(json + ": waiting for what reads from this FIFO");
    }
    // before it is locked: to close another channel of it would unlock it
    lastNumber = NoticeNumbers.highest(json);
    return new RotatingFile(json, options.jsonLimits(), clocks);
  }

  private void watch() throws IOException, InterruptedException {
    long start = clocks.steadyNanos();
    while (!stopped
        && clocks.steadyNanos() - start < options.forNanos()
        && summary.lost() < options.maxLosses()
        && !isLongAfterLoss()
        && watchers.stream().anyMatch(InterfaceWatcher::isRunning)) {
      judgeNext();
      heedSignals();
      failWithWatchers();
      outputs.check();
    }
  }

  /** A verdict that is revised may take the only loss back. */
  private boolean isLongAfterLoss() {
    long now = clocks.steadyNanos();
    if (summary.lost() == 0) {
      lossFreeNanos = now;
    }
    return now - lossFreeNanos >= options.afterLossNanos();
  }

  private void failWithWatchers() {
    for (InterfaceWatcher watcher : watchers) {
      if (watcher.failure() != null) {
        throw new IllegalStateException(watcher.name(), watcher.failure());
      }
    }
  }

  /** Returns whether there was something to judge, for which it waits a moment. */
  private boolean judgeNext() throws IOException, InterruptedException {
    List<FlowEvent> batch = flowEvents.poll(JUDGED_TOGETHER, POLL_MILLIS);
    if (batch.isEmpty()) {
      massLoss.endAfterPause(clocks.steadyNanos());
      if (incidents != null) {
        incidents.pass(clocks.steadyNanos());
      }
      return false;
    }
    if (watchers.size() > 1) {
      batch.removeIf(twins::isTwin);
    }
    List<Told> all = cases.judge(batch).stream().map(this::named).toList();
    massLoss.note(all, clocks.steadyNanos());
    if (incidents != null) {
      incidents.note(all.stream().map(Told::notice).toList(), clocks.steadyNanos());
    }
    for (Told told : all) {
      outputs.write(told.notice(), told.flowEvent().packets());
    }
    return true;
  }

  private Told named(Told told) {
    if (hostNames == null) {
      return told;
    }
    FlowObservation flow = told.notice().verdict().flow();
    long now = clocks.steadyNanos();
    Notice named =
        told.notice().named(hostNames.of(flow.client(), now), hostNames.of(flow.broker(), now));
    return new Told(named, told.flowEvent());
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
        if (judgeNext()) {
          deadline = clocks.steadyNanos() + PATIENCE_MILLIS * 1_000_000;
        }
      }
    }
    while (!flowEvents.isEmpty()) {
      judgeNext();
    }
    watchers.forEach(watcher -> summary.add(report(watcher)));
    summary.host(new HostTcp(tcpCounters.risen(), cases.ownResets()));
    if (incidents != null) {
      incidents.finish(clocks.steadyNanos());
    }
    outputs.finish(summary);
  }

  /** What each interface gave and lost, in a line each. */
  public List<String> captured() {
    return watchers.stream().map(Agent::captured).toList();
  }

  /** Whether all that is recorded could be read to its end. */
  public boolean isWhole() {
    return watchers.stream().allMatch(watcher -> watcher.problem() == null);
  }

  private static String captured(InterfaceWatcher watcher) {
    InterfaceStatus s = watcher.status();
    if (watcher.isRecorded() && s.droppedByKernel() == 0) {
      return "%s: %d packets".formatted(watcher.name(), s.packets());
    }
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
            0,
            s.oneSided(),
            watcher.problem(),
            List.of(),
            0);
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
    return outputs == null ? null : outputs.problem();
  }

  private String causes() {
    return summary.endings().entrySet().stream()
        .map(each -> each.getKey().word() + " " + each.getValue())
        .collect(Collectors.joining(", "));
  }

  private String counts() {
    List<String> parts = new ArrayList<>();
    parts.add(
        "%d connections lost, %d refused, %d harmless, %d resets"
            .formatted(summary.lost(), summary.refused(), summary.harmless(), summary.resets()));
    if (!summary.endings().isEmpty()) {
      parts.add(causes());
    }
    statuses()
        .forEach(
            (name, s) ->
                parts.add(
                    "%s: %d packets, %d flows tracked, dropped %d by the kernel and %d by the interface"
                        .formatted(
                            name,
                            s.packets(),
                            s.flowsHeld(),
                            s.droppedByKernel(),
                            s.droppedByInterface())));
    return String.join("; ", parts);
  }
}
