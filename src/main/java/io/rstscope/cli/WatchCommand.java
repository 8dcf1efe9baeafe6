package io.rstscope.cli;

import io.rstscope.capture.BpfFilter;
import io.rstscope.capture.CaptureException;
import io.rstscope.capture.CaptureFiles;
import io.rstscope.capture.FileNames;
import io.rstscope.capture.FilterException;
import io.rstscope.capture.live.KernelFilter;
import io.rstscope.capture.live.LiveException;
import io.rstscope.cli.options.CaptureWithOption;
import io.rstscope.cli.options.EvidenceOptions;
import io.rstscope.cli.options.FilterNames;
import io.rstscope.cli.options.JsonFileOptions;
import io.rstscope.cli.options.LimitOptions;
import io.rstscope.cli.options.ManagementOptions;
import io.rstscope.cli.options.OnIncidentOptions;
import io.rstscope.cli.options.PortOption;
import io.rstscope.cli.options.Quantities;
import io.rstscope.cli.options.Usage;
import io.rstscope.connections.ManagementApi;
import io.rstscope.engine.WatchMemory;
import io.rstscope.report.json.JsonReport;
import io.rstscope.report.model.NoticeWriter;
import io.rstscope.report.text.TextNotices;
import io.rstscope.watch.Agent;
import io.rstscope.watch.AsyncDiagnostics;
import io.rstscope.watch.Feed;
import io.rstscope.watch.WatchOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rstscope watch}: tells of lost connections while they are being lost. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    versionProvider = CommandLineTool.Version.class,
    sortOptions = false,
    description =
        "Captures on interfaces, or reads a capture that is still being written, and reports each lost"
            + " connection about a second after it was lost.",
    footer = {
      "",
      "SIGINT and SIGTERM end it with a summary, SIGUSR1 prints counts to standard error,",
      "SIGHUP reopens the file of --json. -i needs CAP_NET_RAW: see 'rstscope doctor'."
    })
final class WatchCommand implements Callable<Integer> {
  /** The formats of notices on standard output. */
  enum OutputFormat {
    TEXT,
    JSON
  }

  /** At the end standard error is given up when it does not take all for so long. */
  private static final long PATIENCE_MILLIS = 2_000;

  private final Console console;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-i", "--interface"},
      split = ",",
      paramLabel = "IF",
      description = "Interface to capture on, or any; may be repeated.")
  private final List<String> interfaces = new ArrayList<>();

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description =
          "Capture that is still being written: a FIFO, - for standard input, or with --follow a"
              + " file.")
  private final List<String> streams = new ArrayList<>();

  @Option(names = "--follow", description = "Wait for what is appended to FILE, until Ctrl-C.")
  private boolean follow;

  @Mixin private PortOption port;

  @Mixin private CaptureWithOption captureWith;

  @Option(
      names = {"-f", "--filter"},
      paramLabel = "BPF",
      description = "Only packets that also match this tcpdump expression.")
  private String filter;

  @Option(
      names = "--format",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "Format of the notices (default: ${DEFAULT-VALUE}).")
  private OutputFormat format;

  @Mixin private JsonFileOptions json;

  @Mixin private EvidenceOptions evidence;

  @Mixin private OnIncidentOptions onIncident;

  @Mixin private ConnectionsOption connections;

  @Mixin private ManagementOptions management;

  @Option(
      names = "--hosts",
      paramLabel = "FILE",
      description =
          "Names of clients and brokers, in the form of /etc/hosts: notices have them beside the"
              + " addresses. It is read again when it has changed.")
  private Path hosts;

  @Option(
      names = "--kernel",
      paramLabel = "DIR",
      description =
          "Trace instance in which this host's kernel records the RSTs that it sends; see"
              + " 'rstscope-kernel'.")
  private Path kernel;

  @Option(
      names = "--metrics",
      paramLabel = "[HOST]:PORT",
      converter = Quantities.Address.class,
      description =
          "Serve Prometheus metrics and /healthz at this address; without HOST on loopback only.")
  private InetSocketAddress metrics;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = Quantities.Time.class,
      description = "Stop after this time, e.g. 90s, 10m or 8h.")
  private Duration duration;

  @Option(
      names = {"-c", "--count"},
      paramLabel = "N",
      description = "Stop after this many lost connections.")
  private Integer count;

  @Mixin private LimitOptions limits;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print only warnings and errors on standard error.")
  private boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      description = "Also report harmless endings, and the evidence for each cause.")
  private boolean verbose;

  WatchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    limits.check();
    evidence.check();
    json.check();
    management.check();
    onIncident.check();
    Usage.require(
        spec,
        connections.files().isEmpty() || !management.isGiven(),
        "--connections and --management say the same: give one of them");
    Usage.require(spec, count == null || count >= 1, "--count must be 1 or more");
    Usage.require(
        spec, !interfaces.isEmpty() || !streams.isEmpty(), "name an interface (-i) or a capture");
    Usage.require(
        spec, Set.copyOf(streams).size() == streams.size(), "a capture is named more than once");
    Usage.requireWith(spec, "a capture", !streams.isEmpty(), "--follow");
    Usage.requireWith(
        spec, "--interface", !interfaces.isEmpty(), "--ring", "--kernel", "--capture-with");
    FilterNames.refuse(spec, filter);
    ManagementApi api;
    try {
      api = management.api();
    } catch (IOException e) {
      console.say(e.getMessage());
      return ExitStatus.INPUT;
    }
    String problem = Jna.prepare();
    boolean jna = filter != null || !interfaces.isEmpty() && captureWith.needsJna();
    if (jna && problem != null) {
      console.say(problem);
      return ExitStatus.NOT_PERMITTED;
    }
    try (AsyncDiagnostics words = new AsyncDiagnostics(console::say, PATIENCE_MILLIS)) {
      List<Feed> feeds = feeds(words);
      Consumer<String> unlessQuiet = quiet ? sentence -> {} : words;
      return watch(
          feeds,
          api == null ? null : new PolledConnections(api, words, unlessQuiet),
          words,
          unlessQuiet);
    } catch (LiveException e) {
      return CannotCapture.explain(e, spec.commandLine(), console);
    } catch (CaptureException e) {
      console.say(e.getMessage());
      return ExitStatus.INPUT;
    } catch (FilterException e) {
      if (e.libraryMissing()) {
        console.say(e.getMessage());
        return ExitStatus.NOT_PERMITTED;
      }
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  private int watch(
      List<Feed> feeds,
      PolledConnections polled,
      Consumer<String> words,
      Consumer<String> unlessQuiet)
      throws IOException {
    try (polled) {
      Agent agent = agent(feeds, polled, words);
      if (agent == null) {
        return ExitStatus.INPUT;
      }
      agent.run(
          writer(feeds),
          () -> {
            unlessQuiet.accept(watching(feeds));
            if (polled != null) {
              polled.start();
            }
          });
      agent.captured().forEach(unlessQuiet);
      return agent.isWhole() ? ExitStatus.DONE : ExitStatus.INPUT;
    }
  }

  /** Null when the kernel's trace cannot be read, which is said. */
  private Agent agent(List<Feed> feeds, PolledConnections polled, Consumer<String> words)
      throws LiveException {
    WatchOptions watched = options(feeds, polled, words);
    try {
      return new Agent(watched, words);
    } catch (LiveException e) {
      throw e;
    } catch (IOException e) {
      console.say(e.getMessage());
      return null;
    }
  }

  private String watching(List<Feed> feeds) {
    String names = feeds.stream().map(Feed::name).collect(Collectors.joining(", "));
    return "watching " + names + ", port " + port.ports();
  }

  private List<Feed> feeds(Consumer<String> words) throws IOException, FilterException {
    KernelFilter kernelFilter = new KernelFilter(port.ports().toString(), filter);
    List<Feed> feeds = new ArrayList<>();
    for (String name : interfaces) {
      feeds.add(captureWith.feed(name, limits.live(kernelFilter), words));
    }
    for (String name : streams) {
      boolean file = CaptureFiles.isReadableTwice(name);
      Usage.require(spec, !follow || file, "--follow is for files, and " + name + " is none");
      if (file) {
        // so that a wrong name is told before anything is watched
        CaptureFiles.openFile(FileNames.find(name)).close();
      }
      // one for each, as each is used by a thread of its own
      BpfFilter bpf = filter == null ? null : BpfFilter.compile(filter);
      feeds.add(Feed.ofStream(name, follow, bpf));
    }
    return feeds;
  }

  private WatchOptions options(List<Feed> feeds, PolledConnections polled, Consumer<String> words) {
    WatchMemory memory = memory(feeds.size());
    return new WatchOptions(
        feeds,
        port.ports(),
        limits.snapLength(),
        limits.maxFlows(memory),
        memory.observer(),
        memory.openCases(),
        verbose,
        json.file(),
        json.limits(),
        evidence.evidence(),
        null,
        onIncident.options(),
        hosts,
        polled == null ? connections.watched(words) : polled,
        polled == null ? null : polled::status,
        kernel,
        metrics,
        new CommandLineTool.Version().getVersion()[0].substring("rstscope ".length()),
        duration == null ? Long.MAX_VALUE : duration.toNanos(),
        count == null ? Long.MAX_VALUE : count,
        Long.MAX_VALUE);
  }

  private WatchMemory memory(int feeds) {
    WatchOptions.Evidence kept = evidence.evidence();
    return WatchMemory.of(
        Runtime.getRuntime().maxMemory(),
        feeds,
        kept == null ? 0 : kept.bytesPerFlow(limits.snapLength()));
  }

  private NoticeWriter writer(List<Feed> feeds) throws IOException {
    return format == OutputFormat.JSON
        ? new JsonReport(console.out())
        : new TextNotices(console.out(), console.colour(), feeds.size() > 1, verbose);
  }
}
