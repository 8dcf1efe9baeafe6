package io.rstscope.cli;

import io.rstscope.brokerlog.LogMatcher;
import io.rstscope.capture.BpfFilter;
import io.rstscope.capture.FilterException;
import io.rstscope.judge.context.Vantage;
import io.rstscope.report.CaptureQuality;
import io.rstscope.report.CaptureReport;
import io.rstscope.report.Excerpts;
import io.rstscope.report.Summary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rstscope analyze}: reads captures and reports who reset what, and why. */
@Command(
    name = "analyze",
    mixinStandardHelpOptions = true,
    versionProvider = CommandLineTool.Version.class,
    sortOptions = false,
    description =
        "Reads captures (pcap, pcapng, gzip of either) and tells who reset each connection.",
    footer = {"", "Each file is a capture of its own, unless --series joins them."})
final class AnalyzeCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Captures, folders of captures, or - for standard input.")
  private List<String> inputs;

  @Mixin private PortOption port;

  @Option(
      names = {"-f", "--filter"},
      paramLabel = "BPF",
      description = "Only packets that match this tcpdump expression; needs libpcap.")
  private String filter;

  @Option(
      names = "--series",
      description =
          "The files are one capture, rotated by tcpdump -C, -W or -G: they are read in the order of"
              + " time, and a connection goes on from one to the next.")
  private boolean series;

  @Option(
      names = "--vantage",
      paramLabel = "client|broker|middle",
      description =
          "Where the captures were taken: at the client's host, the broker's, or between the two. By"
              + " default the packets tell, if they can.")
  private Vantage vantage;

  @Mixin private OutputOptions outputOptions;

  @Mixin private SelectionOptions selection;

  @Mixin private LogOptions logOptions;

  @Option(
      names = "--all-flows",
      description = "Report connections that were neither reset nor lost, too.")
  private boolean allFlows;

  @Option(
      names = "--max-flows",
      paramLabel = "N",
      description =
          "Connections followed at once; beyond it the longest silent are given up, at first those"
              + " that never came about (1000000, or what a third of the memory holds).")
  private Integer maxFlows;

  @Option(
      names = "--fail-on",
      paramLabel = "WORD",
      split = ",",
      converter = FailOn.Converter.class,
      description =
          "Exit with 1 when a connection ended by this cause, or was lost to this sender; lost is any"
              + " loss. 'rstscope explain' lists the words.")
  private List<FailOn> failOn = List.of();

  @Option(
      names = {"-q", "--quiet"},
      description = "Nothing but errors on standard error.")
  private boolean quiet;

  AnalyzeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Usage.require(spec, maxFlows == null || maxFlows >= 1, "--max-flows must be 1 or more");
    Usage.require(
        spec,
        vantage != Vantage.UNKNOWN,
        "--vantage must be client, broker or middle; leave it out if unknown");
    outputOptions.check(inputs, logOptions.files());
    if (filter == null) {
      return analyze(null);
    }
    try (BpfFilter bpf = BpfFilter.compile(filter)) {
      return analyze(bpf);
    } catch (FilterException e) {
      if (e.libraryMissing()) {
        console.say(e.getMessage());
        return ExitStatus.NOT_PERMITTED;
      }
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  private int analyze(BpfFilter bpf) throws IOException {
    LogMatcher log;
    try {
      log = logOptions.read();
    } catch (IOException e) {
      console.say(e.getMessage());
      return ExitStatus.INPUT;
    }
    return analyze(bpf, log);
  }

  private int analyze(BpfFilter bpf, LogMatcher log) throws IOException {
    Summary summary = new Summary();
    summary.chosen(selection.words());
    boolean inFull = selection.flow() != null;
    boolean failed;
    try (Interruption interruption = new Interruption();
        Outputs outputs = outputOptions.open(console, inFull, port.ports())) {
      CaptureInput input =
          new CaptureInput(
              console,
              quiet,
              bpf,
              () ->
                  new CaptureAnalyzer(
                      port.ports(), memory(), allFlows || inFull, selection::isNamed, vantage),
              interruption);
      for (Supplier<AnalyzedCapture> capture : captures(input)) {
        if (!interruption.requested()) {
          AnalyzedCapture analyzed = capture.get();
          CaptureReport report = complete(analyzed, log, interruption);
          summary.add(report);
          outputs.capture(report, analyzed.again());
        }
      }
      if (input.opened()) {
        outputs.finish(summary);
      }
      console.out().flush();
      failed = input.failed();
    }
    if (failed) {
      return ExitStatus.INPUT;
    }
    if (inFull && summary.connections() == 0) {
      console.say(
          "no connection "
              + selection.flow().text()
              + " in what was read"
              + (summary.flowsLeftOut() == 0
                  ? ""
                  : ", but for lack of memory "
                      + summary.flowsLeftOut()
                      + " others were only counted"));
      return ExitStatus.USAGE;
    }
    return failOn.stream().anyMatch(condition -> condition.isMet(summary))
        ? ExitStatus.FOUND
        : ExitStatus.DONE;
  }

  private MemoryPlan memory() {
    MemoryPlan memory = MemoryPlan.ofThisProcess();
    return maxFlows == null ? memory : memory.withFlows(maxFlows);
  }

  private List<Supplier<AnalyzedCapture>> captures(CaptureInput input) {
    List<String> names = inputs.stream().flatMap(each -> input.expand(each).stream()).toList();
    if (series && !names.isEmpty()) {
      return List.of(() -> input.series(names));
    }
    List<Supplier<AnalyzedCapture>> captures = new ArrayList<>();
    names.forEach(name -> captures.add(() -> input.file(name)));
    return captures;
  }

  private void tellWhatIsMissing(Excerpts excerpts) {
    if (excerpts.flowsLeftOut() > 0 && !quiet) {
      console.say(
          "the packets of "
              + excerpts.flowsLeftOut()
              + " more lost connections are left out: --since and --until choose others");
    }
  }

  /** Adds what the log says, takes what is asked for, and adds its packets. */
  private CaptureReport complete(
      AnalyzedCapture capture, LogMatcher log, Interruption interruption) {
    CaptureReport report = capture.report();
    if (log != null) {
      CaptureQuality quality = report.quality();
      report = report.with(log.match(report.flows(), quality.firstNanos(), quality.lastNanos()));
    }
    report = selection.of(report);
    boolean inFull = selection.flow() != null;
    if (inFull || outputOptions.showPackets()) {
      report =
          new SecondReading(port.ports(), flow -> inFull || flow.isLost(), interruption::requested)
              .addTo(report, capture.again());
      tellWhatIsMissing(report.excerpts());
    }
    return report;
  }
}
