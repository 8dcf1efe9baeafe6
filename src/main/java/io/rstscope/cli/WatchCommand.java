package io.rstscope.cli;

import io.rstscope.capture.live.KernelFilter;
import io.rstscope.capture.live.LiveException;
import io.rstscope.capture.live.LiveOptions;
import io.rstscope.flow.PortSet;
import io.rstscope.report.JsonReport;
import io.rstscope.report.NoticeWriter;
import io.rstscope.report.TextNotices;
import io.rstscope.watch.Agent;
import io.rstscope.watch.FileLimits;
import io.rstscope.watch.WatchOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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

  private final Console console;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-i", "--interface"},
      required = true,
      split = ",",
      paramLabel = "IF",
      description = "Interface to capture, or any; may be given several times.")
  private List<String> interfaces;

  @Option(
      names = {"-p", "--port"},
      paramLabel = "PORTS",
      defaultValue = "5672",
      converter = AnalyzeCommand.Ports.class,
      description =
          "Ports of the broker, such as 5672,5671 or 5670-5680, or any (${DEFAULT-VALUE}).")
  private PortSet ports;

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

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Append the notices to this file too, one JSON object a line.")
  private Path json;

  @Option(
      names = "--json-size",
      paramLabel = "SIZE",
      defaultValue = "100M",
      converter = Quantities.Bytes.class,
      description = "Put that file aside before it is larger (${DEFAULT-VALUE}).")
  private long jsonSize;

  @Option(
      names = "--json-every",
      paramLabel = "TIME",
      defaultValue = "24h",
      converter = Quantities.Time.class,
      description = "Put that file aside when it is older (${DEFAULT-VALUE}).")
  private Duration jsonEvery;

  @Option(
      names = "--json-keep",
      paramLabel = "N",
      defaultValue = "14",
      description = "So many files put aside are kept (${DEFAULT-VALUE}).")
  private int jsonKeep;

  @Option(
      names = {"-w", "--write"},
      paramLabel = "DIR",
      description =
          "Keep the last packets of each lost connection in this folder, as pcapng; headers only.")
  private Path folder;

  @Option(
      names = "--payload",
      description = "With -w: payload too, as far as it is captured; it may hold passwords.")
  private boolean payload;

  @Option(
      names = "--write-files",
      paramLabel = "N",
      defaultValue = "1000",
      description = "With -w: so many files are kept, the newest (${DEFAULT-VALUE}).")
  private int maxFiles;

  @Option(
      names = "--write-size",
      paramLabel = "SIZE",
      defaultValue = "100M",
      converter = Quantities.Bytes.class,
      description = "With -w: so much is kept in all (${DEFAULT-VALUE}).")
  private long maxBytes;

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

  @Option(
      names = {"-s", "--snap-length"},
      paramLabel = "BYTES",
      defaultValue = "256",
      description = "Bytes captured of each packet (${DEFAULT-VALUE}).")
  private int snapLength;

  @Option(
      names = "--ring",
      paramLabel = "SIZE",
      defaultValue = "32M",
      converter = Quantities.Bytes.class,
      description = "Memory of the kernel for packets not yet read (${DEFAULT-VALUE}).")
  private long ring;

  @Option(
      names = "--max-flows",
      paramLabel = "N",
      defaultValue = "200000",
      description =
          "Connections followed at once on each interface; beyond it the longest silent are given"
              + " up (${DEFAULT-VALUE}).")
  private int maxFlows;

  @Option(
      names = {"-q", "--quiet"},
      description = "Nothing but troubles on standard error.")
  private boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      description = "Tell of harmless endings, too.")
  private boolean verbose;

  WatchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    check(snapLength >= 96 && snapLength <= 262_144, "--snap-length must be 96 to 262144");
    check(ring >= 1 << 16 && ring <= 1 << 30, "--ring must be 64K to 1G");
    check(maxFlows >= 1, "--max-flows must be 1 or more");
    check(maxFiles >= 1, "--write-files must be 1 or more");
    check(jsonKeep >= 0, "--json-keep must be 0 or more");
    check(count == null || count >= 1, "--count must be 1 or more");
    Agent agent;
    try {
      agent = new Agent(options(), console::say);
    } catch (LiveException e) {
      return CannotCapture.explain(e, spec.commandLine(), console);
    }
    agent.run(writer(), () -> sayUnlessQuiet(watching()));
    agent.captured().forEach(this::sayUnlessQuiet);
    return ExitStatus.DONE;
  }

  private String watching() {
    return "watching " + String.join(", ", interfaces) + ", port " + ports;
  }

  private void sayUnlessQuiet(String words) {
    if (!quiet) {
      console.say(words);
    }
  }

  private void check(boolean right, String mistake) {
    if (!right) {
      throw new ParameterException(spec.commandLine(), mistake);
    }
  }

  private WatchOptions options() {
    KernelFilter kernelFilter = new KernelFilter(ports.toString(), filter);
    return new WatchOptions(
        interfaces,
        ports,
        new LiveOptions(snapLength, (int) ring, kernelFilter),
        maxFlows,
        MemoryPlan.forInterfaces(interfaces.size()),
        verbose,
        json,
        new FileLimits(jsonSize, jsonEvery.toNanos(), jsonKeep),
        folder == null ? null : new WatchOptions.Evidence(folder, payload, maxFiles, maxBytes),
        metrics,
        new CommandLineTool.Version().getVersion()[0].substring("rstscope ".length()),
        duration == null ? Long.MAX_VALUE : duration.toNanos(),
        count == null ? Long.MAX_VALUE : count);
  }

  private NoticeWriter writer() throws IOException {
    return format == OutputFormat.JSON
        ? new JsonReport(console.out())
        : new TextNotices(console.out(), console.colour(), interfaces.size() > 1);
  }
}
