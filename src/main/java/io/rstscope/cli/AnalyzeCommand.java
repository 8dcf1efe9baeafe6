package io.rstscope.cli;

import io.rstscope.capture.BpfFilter;
import io.rstscope.capture.CaptureException;
import io.rstscope.capture.CaptureFiles;
import io.rstscope.capture.FilterException;
import io.rstscope.capture.FilteredSource;
import io.rstscope.capture.PacketSource;
import io.rstscope.capture.SeriesSource;
import io.rstscope.flow.PortSet;
import io.rstscope.report.CaptureReport;
import io.rstscope.report.CsvReport;
import io.rstscope.report.JsonReport;
import io.rstscope.report.ReportWriter;
import io.rstscope.report.Summary;
import io.rstscope.report.TextReport;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
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
    sortOptions = false,
    description =
        "Reads captures (pcap, pcapng, gzip of either) and tells who reset each connection.")
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
      description = "The files are one capture, rotated by tcpdump -C, -W or -G.")
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
      description = "Report flows that were neither reset nor lost, too.")
  private boolean allFlows;

  @Option(
      names = "--max-flows",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "Flows held at once; then the longest idle leave (${DEFAULT-VALUE}).")
  private int maxFlows;

  @Option(
      names = "--fail-on",
      paramLabel = "WORD",
      split = ",",
      converter = FailOn.Converter.class,
      description = "Exit with 1 when a connection was lost to this cause or sender; lost is any.")
  private List<FailOn> failOn = List.of();

  @Option(
      names = {"-q", "--quiet"},
      description = "No words about the run on standard error, other than errors.")
  private boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      description = "Show harmless endings in the text report, too.")
  private boolean verbose;

  private final Summary summary = new Summary();
  private boolean inputFailed;

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
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  private int analyze(BpfFilter bpf) throws IOException {
    ReportWriter report = reportWriter();
    try (Interruption interruption = new Interruption()) {
      List<String> names = expandInputs();
      if (series && !names.isEmpty()) {
        add(report, seriesReport(names, bpf, interruption));
      } else {
        for (String name : names) {
          add(report, fileReport(name, bpf, interruption));
        }
      }
      if (!summary.captures().isEmpty()) {
        report.finish(summary);
      }
      console.out().flush();
    }
    if (inputFailed) {
      return ExitStatus.INPUT;
    }
    return failOn.stream().anyMatch(condition -> condition.isMet(summary))
        ? ExitStatus.FOUND
        : ExitStatus.DONE;
  }

  private ReportWriter reportWriter() throws IOException {
    return switch (format) {
      case TEXT -> new TextReport(console.out(), console.colour(), top, verbose);
      case JSON -> new JsonReport(console.out());
      case CSV -> new CsvReport(console.out());
    };
  }

  private List<String> expandInputs() {
    List<String> names = new ArrayList<>();
    for (String input : inputs) {
      try {
        names.addAll(CaptureFiles.expand(input));
      } catch (CaptureException e) {
        fail(e);
      }
    }
    return names;
  }

  private void add(ReportWriter report, CaptureReport capture) throws IOException {
    if (capture != null) {
      summary.add(capture);
      report.capture(capture);
    }
  }

  /** Null when nothing of the file could be read. */
  private CaptureReport fileReport(String name, BpfFilter bpf, Interruption interruption) {
    if (interruption.requested()) {
      return null;
    }
    CaptureAnalyzer analyzer = new CaptureAnalyzer(ports, maxFlows, allFlows);
    try (PacketSource source = filtered(CaptureFiles.open(name), bpf)) {
      String problem = read(analyzer, source, name, new File(name).length(), interruption);
      return analyzer.report(baseName(name), name, problem);
    } catch (CaptureException e) {
      fail(e);
      return null;
    }
  }

  private CaptureReport seriesReport(List<String> names, BpfFilter bpf, Interruption interruption) {
    CaptureAnalyzer analyzer = new CaptureAnalyzer(ports, maxFlows, allFlows);
    List<String> problems = new ArrayList<>();
    PacketSource files =
        SeriesSource.open(
            names,
            problem -> {
              fail(problem);
              problems.add(problem.getMessage());
            });
    long totalBytes = names.stream().mapToLong(name -> new File(name).length()).sum();
    try (PacketSource source = filtered(files, bpf)) {
      String stopped = read(analyzer, source, names.get(0), totalBytes, interruption);
      if (stopped != null) {
        problems.add(stopped);
      }
    }
    String more = names.size() > 1 ? " and " + (names.size() - 1) + " more" : "";
    return analyzer.report(
        baseName(names.get(0)) + more,
        String.join(" ", names),
        problems.isEmpty() ? null : String.join("; ", problems));
  }

  /** Reads all there is, and returns why that is not all, or null. */
  private String read(
      CaptureAnalyzer analyzer,
      PacketSource source,
      String name,
      long totalBytes,
      Interruption interruption) {
    Progress progress = new Progress(console, quiet, name, totalBytes);
    try {
      analyzer.read(source, interruption::requested, progress);
      return null;
    } catch (CaptureException e) {
      progress.clear();
      if (!interruption.requested()) {
        fail(e);
      }
      return e.reason();
    } finally {
      progress.clear();
      warn(source);
    }
  }

  private void warn(PacketSource source) {
    if (!quiet) {
      for (String warning : source.warnings()) {
        console.say(source.name() + ": " + warning);
      }
    }
  }

  private void fail(CaptureException problem) {
    inputFailed = true;
    console.say(problem.getMessage());
  }

  private static PacketSource filtered(PacketSource source, BpfFilter bpf) {
    return bpf == null ? source : new FilteredSource(source, bpf);
  }

  private static String baseName(String name) {
    return name.equals(CaptureFiles.STDIN) ? name : new File(name).getName();
  }
}
