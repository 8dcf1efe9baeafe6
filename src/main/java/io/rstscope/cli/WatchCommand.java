package io.rstscope.cli;

import io.rstscope.capture.live.KernelFilter;
import io.rstscope.capture.live.LiveException;
import io.rstscope.report.JsonReport;
import io.rstscope.report.NoticeWriter;
import io.rstscope.report.TextNotices;
import io.rstscope.watch.Agent;
import io.rstscope.watch.PatientWords;
import io.rstscope.watch.WatchOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rstscope watch}: tells of lost connections while they are being lost. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    versionProvider = CommandLineTool.Version.class,
    sortOptions = false,
    description =
        "Captures interfaces and tells of each lost connection about a second after it was lost.",
    footer = {
      "",
      "SIGINT and SIGTERM end it with a summary, SIGUSR1 prints counts to standard error,",
      "SIGHUP opens the file of --json anew. It needs CAP_NET_RAW: 'rstscope doctor' tells more."
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
      required = true,
      split = ",",
      paramLabel = "IF",
      description = "Interface to capture, or any; may be given several times.")
  private List<String> interfaces;

  @Mixin private PortOption port;

  @Option(
      names = {"-f", "--filter"},
      paramLabel = "BPF",
      description = "Only packets that match this tcpdump expression, too.")
  private String filter;

  @Option(
      names = "--format",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "Format of the notices (${DEFAULT-VALUE}).")
  private OutputFormat format;

  @Mixin private JsonFileOptions json;

  @Mixin private EvidenceOptions evidence;

  @Option(
      names = "--metrics",
      paramLabel = "[HOST]:PORT",
      converter = Quantities.Address.class,
      description = "Serve Prometheus metrics and /healthz there; without HOST on loopback only.")
  private InetSocketAddress metrics;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = Quantities.Time.class,
      description = "End after this time, such as 90s, 10m or 8h.")
  private Duration duration;

  @Option(
      names = {"-c", "--count"},
      paramLabel = "N",
      description = "End after so many lost connections.")
  private Integer count;

  @Mixin private LimitOptions limits;

  @Option(
      names = {"-q", "--quiet"},
      description = "Nothing but troubles on standard error.")
  private boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      description = "Tell of harmless endings, too, and the evidence for each cause.")
  private boolean verbose;

  WatchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    limits.check();
    evidence.check();
    json.check();
    Usage.require(spec, count == null || count >= 1, "--count must be 1 or more");
    try (PatientWords words = new PatientWords(console::say, PATIENCE_MILLIS)) {
      Consumer<String> unlessQuiet = quiet ? sentence -> {} : words;
      Agent agent = new Agent(options(), words);
      agent.run(writer(), () -> unlessQuiet.accept(watching()));
      agent.captured().forEach(unlessQuiet);
      return ExitStatus.DONE;
    } catch (LiveException e) {
      return CannotCapture.explain(e, spec.commandLine(), console);
    }
  }

  private String watching() {
    return "watching " + String.join(", ", interfaces) + ", port " + port.ports();
  }

  private WatchOptions options() {
    KernelFilter kernelFilter = new KernelFilter(port.ports().toString(), filter);
    WatchMemory memory = memory();
    return new WatchOptions(
        interfaces,
        port.ports(),
        limits.live(kernelFilter),
        limits.maxFlows(memory),
        memory.observer(),
        memory.openCases(),
        verbose,
        json.file(),
        json.limits(),
        evidence.evidence(),
        metrics,
        new CommandLineTool.Version().getVersion()[0].substring("rstscope ".length()),
        duration == null ? Long.MAX_VALUE : duration.toNanos(),
        count == null ? Long.MAX_VALUE : count);
  }

  private WatchMemory memory() {
    WatchOptions.Evidence kept = evidence.evidence();
    return WatchMemory.of(
        Runtime.getRuntime().maxMemory(),
        interfaces.size(),
        kept == null ? 0 : kept.bytesPerFlow(limits.snapLength()));
  }

  private NoticeWriter writer() throws IOException {
    return format == OutputFormat.JSON
        ? new JsonReport(console.out())
        : new TextNotices(console.out(), console.colour(), interfaces.size() > 1, verbose);
  }
}
