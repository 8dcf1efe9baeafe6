package io.rstscope.cli;

import io.rstscope.capture.BpfFilter;
import io.rstscope.capture.FilterException;
import io.rstscope.cli.options.FailOn;
import io.rstscope.cli.options.FilterNames;
import io.rstscope.cli.options.GivenVantage;
import io.rstscope.cli.options.PortOption;
import io.rstscope.cli.options.SelectionOptions;
import io.rstscope.cli.options.Usage;
import io.rstscope.engine.Analysis;
import io.rstscope.engine.AnalysisOptions;
import io.rstscope.engine.MemoryPlan;
import io.rstscope.report.model.CaptureReport;
import io.rstscope.report.model.Excerpts;
import io.rstscope.report.model.Summary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
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
        "Reads captures (pcap, pcapng, gzip of either) and reports who reset each connection, and"
            + " why.",
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
          "The files are one capture, rotated by tcpdump -C, -W or -G: they are read in the order"
              + " of time, and a connection continues from one to the next.")
  private boolean series;

  @Option(
      names = "--vantage",
      paramLabel = "[FILE=]client|broker|middle",
      converter = GivenVantage.Converter.class,
      description =
          "Where it was captured, or one FILE: at the client (its host or segment), at the broker, or"
              + " in transit (middle). May be repeated. Inferred from the packets by default.")
  private List<GivenVantage> vantages = List.of();

  @Mixin private OutputOptions outputOptions;

  @Mixin private SelectionOptions selection;

  @Mixin private LogOptions logOptions;

  @Mixin private ConnectionsOption connections;

  @Mixin private OtherSideOptions otherSides;

  @Option(
      names = "--all-flows",
      description = "Also report connections that were neither reset nor lost.")
  private boolean allFlows;

  @Option(
      names = "--max-flows",
      paramLabel = "N",
      description =
          "Connections tracked at once; beyond that, flows are evicted, half-open connections"
              + " first, then longest idle (default: 1000000, or what fits into a third of the"
              + " memory).")
  private Integer maxFlows;

  @Option(
      names = "--fail-on",
      paramLabel = "WORD",
      split = ",",
      converter = FailOn.Converter.class,
      description =
          "Exit with 1 when a connection ended by this cause, or was lost to this sender; lost is"
              + " any loss. 'rstscope explain' lists the words.")
  private List<FailOn> failOn = List.of();

  @Option(
      names = {"-q", "--quiet"},
      description = "Print only errors on standard error.")
  private boolean quiet;

  AnalyzeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Usage.require(spec, maxFlows == null || maxFlows >= 1, "--max-flows must be 1 or more");
    Usage.require(
        spec,
        vantages.stream().map(GivenVantage::file).distinct().count() == vantages.size(),
        "--vantage is given twice for the same captures");
    FilterNames.refuse(spec, filter);
    logOptions.check();
    selection.check();
    otherSides.check(inputs);
    outputOptions.check(
        otherSides.with(inputs),
        Stream.concat(logOptions.files().stream(), connections.files().stream()).toList());
    if (filter == null) {
      return analyze(null);
    }
    String problem = Jna.prepare();
    if (problem != null) {
      console.say(problem);
      return ExitStatus.NOT_PERMITTED;
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
    BrokerEvidence evidence = new BrokerEvidence(console, quiet);
    try {
      evidence.read(logOptions, port.ports());
      evidence.read(connections);
    } catch (IOException e) {
      console.say(e.getMessage());
      return ExitStatus.INPUT;
    }
    int status = analyze(bpf, evidence);
    evidence.finish();
    return evidence.isWhole() || status == ExitStatus.USAGE ? status : ExitStatus.INPUT;
  }

  private int analyze(BpfFilter bpf, BrokerEvidence evidence) throws IOException {
    Summary summary = new Summary();
    summary.chosen(selection.words());
    boolean inFull = selection.flow() != null;
    boolean failed;
    try (Interruption interruption = new Interruption(console);
        Outputs outputs = outputOptions.open(console, inFull, port.ports())) {
      CaptureInput input =
          new CaptureInput(
              console,
              quiet,
              bpf,
              name ->
                  new Analysis(
                      new AnalysisOptions(
                          port.ports(),
                          memory(),
                          allFlows || inFull,
                          selection::isNamed,
                          GivenVantage.of(name, vantages),
                          evidence.accounts())),
              interruption,
              otherSides.files(),
              port.ports());
      for (Supplier<AnalyzedCapture> capture : captures(input)) {
        if (!interruption.requested()) {
          AnalyzedCapture analyzed = capture.get();
          CaptureReport report = complete(analyzed, evidence, interruption);
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
                  : "; memory limit: "
                      + summary.flowsLeftOut()
                      + " others not analysed, counted only"));
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
    for (GivenVantage given : vantages) {
      Usage.require(
          spec,
          given.file() == null || names.stream().anyMatch(given::isOf),
          "--vantage names " + given.file() + ", which is none of the captures");
    }
    if (series && !names.isEmpty()) {
      return List.of(() -> input.series(names));
    }
    List<Supplier<AnalyzedCapture>> captures = new ArrayList<>();
    Map<String, String> titles = CaptureInput.titles(names);
    names.forEach(name -> captures.add(() -> input.file(name, titles.get(name))));
    return captures;
  }

  private void tellWhatIsMissing(Excerpts excerpts) {
    if (excerpts.flowsLeftOut() > 0 && !quiet) {
      console.say(
          "the packets of "
              + excerpts.flowsLeftOut()
              + " more lost connections are left out; choose them with --since and --until");
    }
  }

  /** Adds what the log says, takes what is asked for, and adds its packets. */
  private CaptureReport complete(
      AnalyzedCapture capture, BrokerEvidence evidence, Interruption interruption) {
    CaptureReport report = selection.of(evidence.addTo(capture.report()));
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
