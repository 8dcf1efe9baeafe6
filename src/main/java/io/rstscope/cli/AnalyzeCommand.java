package io.rstscope.cli;

import io.rstscope.capture.BpfFilter;
import io.rstscope.capture.FilterException;
import io.rstscope.flow.PortSet;
import io.rstscope.report.CaptureReport;
import io.rstscope.report.CsvReport;
import io.rstscope.report.JsonReport;
import io.rstscope.report.ReportWriter;
import io.rstscope.report.Summary;
import io.rstscope.report.TextReport;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

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
  /** The formats of the report on standard output. */
  enum OutputFormat {
    TEXT,
    JSON,
    CSV
  }

  private final Console console;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Captures, folders of captures, or - for standard input.")
  private List<String> inputs;

  @Option(
      names = {"-p", "--port"},
      paramLabel = "PORTS",
      defaultValue = "5672",
      converter = Ports.class,
      description =
          "Ports of the broker, such as 5672,5671 or 5670-5680, or any (${DEFAULT-VALUE}).")
  private PortSet ports;

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
      names = "--format",
      paramLabel = "text|json|csv",
      defaultValue = "text",
      description = "Format of the report (${DEFAULT-VALUE}).")
  private OutputFormat format;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "20",
      description =
          "Endings that the text report shows, each for all connections of a client that ended so;"
              + " 0 for all (${DEFAULT-VALUE}).")
  private int top;

  @Option(
      names = "--all-flows",
      description = "Report connections that were neither reset nor lost, too.")
  private boolean allFlows;

  @Option(
      names = "--max-flows",
      paramLabel = "N",
      defaultValue = "1000000",
      description =
          "Connections followed at once; beyond it the longest silent are given up"
              + " (${DEFAULT-VALUE}).")
  private int maxFlows;

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

  @Option(
      names = {"-v", "--verbose"},
      description = "Show harmless endings in the text report, too.")
  private boolean verbose;

  AnalyzeCommand(Console console) {
    this.console = console;
  }

  /** A port specification whose mistakes are the user's. */
  static final class Ports implements ITypeConverter<PortSet> {
    @Override
    public PortSet convert(String value) {
      try {
        return PortSet.parse(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  @Override
  public Integer call() throws IOException {
    if (maxFlows < 1) {
      throw new ParameterException(spec.commandLine(), "--max-flows must be 1 or more");
    }
    if (top < 0) {
      throw new ParameterException(spec.commandLine(), "--top must be 0 or more");
    }
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
    Summary summary = new Summary();
    ReportWriter report = reportWriter();
    boolean failed;
    try (Interruption interruption = new Interruption()) {
      CaptureInput input =
          new CaptureInput(
              console,
              quiet,
              bpf,
              () -> new CaptureAnalyzer(ports, maxFlows, allFlows),
              interruption,
              null);
      List<String> names = inputs.stream().flatMap(each -> input.expand(each).stream()).toList();
      if (series && !names.isEmpty()) {
        add(input.series(names), summary, report);
      } else {
        for (String name : names) {
          if (!interruption.requested()) {
            add(input.file(name), summary, report);
          }
        }
      }
      if (input.opened()) {
        report.finish(summary);
      }
      console.out().flush();
      failed = input.failed();
    }
    if (failed) {
      return ExitStatus.INPUT;
    }
    return failOn.stream().anyMatch(condition -> condition.isMet(summary))
        ? ExitStatus.FOUND
        : ExitStatus.DONE;
  }

  private static void add(CaptureReport capture, Summary summary, ReportWriter report)
      throws IOException {
    summary.add(capture);
    report.capture(capture);
  }

  private ReportWriter reportWriter() throws IOException {
    return switch (format) {
      case TEXT -> new TextReport(console.out(), console.colour(), top, verbose);
      case JSON -> new JsonReport(console.out());
      case CSV -> new CsvReport(console.out());
    };
  }
}
