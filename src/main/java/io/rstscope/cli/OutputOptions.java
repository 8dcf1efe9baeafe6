package io.rstscope.cli;

import io.rstscope.capture.CaptureException;
import io.rstscope.capture.CaptureFiles;
import io.rstscope.cli.options.Usage;
import io.rstscope.excerpt.PcapngExcerpt;
import io.rstscope.net.PortSet;
import io.rstscope.report.csv.CsvReport;
import io.rstscope.report.html.HtmlReport;
import io.rstscope.report.json.JsonReport;
import io.rstscope.report.model.ReportWriter;
import io.rstscope.report.text.FlowReport;
import io.rstscope.report.text.HgrmReport;
import io.rstscope.report.text.TextReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What to write, and where to. */
final class OutputOptions {
  /** The formats of the report on standard output. */
  enum OutputFormat {
    TEXT,
    JSON,
    CSV
  }

  /** Leads to the file that a shell's {@code <} opened; see proc(5), /proc/pid/fd. */
  private static final String STDIN_FILE = "/dev/stdin";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--format",
      paramLabel = "text|json|csv",
      defaultValue = "text",
      description = "Format of the report on standard output (default: ${DEFAULT-VALUE}).")
  private OutputFormat format;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Also write the report as JSON to FILE.")
  private String json;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Also write the report as CSV to FILE.")
  private String csv;

  @Option(
      names = "--hgrm",
      paramLabel = "FILE",
      description =
          "Also write the percentiles of idle times (s) before the resets of lost connections to"
              + " FILE, for HdrHistogram's plotter.")
  private String hgrm;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description =
          "Also write the report as one HTML page to FILE: charts, all connections, and the packets"
              + " of lost ones; it needs no other file and no network.")
  private String html;

  @Option(
      names = "--pcapng",
      paramLabel = "FILE",
      description =
          "Also write the deciding packets of lost connections to FILE as pcapng, with comments for"
              + " Wireshark: headers only.")
  private String pcapng;

  @Option(
      names = "--payload",
      description = "With --pcapng: whole packets; they contain messages and passwords.")
  private boolean payload;

  @Option(names = "--force", description = "Replace existing output files.")
  private boolean force;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "20",
      description =
          "Endings that the text report shows, each for all connections of a client that ended that"
              + " way; 0 for all (default: ${DEFAULT-VALUE}).")
  private int top;

  @Option(
      names = {"-v", "--verbose"},
      description =
          "Add all evidence to the text report: incidents, percentiles, and each ending, also harmless"
              + " ones.")
  private boolean verbose;

  /** Whether an output shows packets of lost connections. */
  boolean showPackets() {
    return pcapng != null || html != null;
  }

  /**
   * Complains of what cannot be, before anything is read.
   *
   * @throws ParameterException when the options, or they and the inputs, do not go together
   */
  void check(List<String> inputs, List<Path> logs) {
    Usage.require(spec, top >= 0, "--top must be 0 or more");
    Usage.requireWith(spec, "--pcapng", pcapng != null, "--payload");
    List<String> files = Stream.of(json, csv, hgrm, html, pcapng).filter(Objects::nonNull).toList();
    Usage.require(
        spec,
        !files.contains(CaptureFiles.STDIN),
        "outputs besides the report need a file name, not -");
    Usage.require(
        spec,
        files.stream().map(OutputOptions::place).distinct().count() == files.size(),
        "two outputs have the same file name");
    for (Path log : logs) {
      Usage.require(
          spec,
          files.stream().noneMatch(file -> isSame(file, log.toString())),
          log + " is input and output");
    }
    for (String input : inputs) {
      for (String file : files) {
        Usage.require(spec, !isAmong(file, input), file + " is input and output");
      }
      Usage.require(
          spec,
          pcapng == null || isReadableTwice(input),
          "--pcapng reads captures twice, and " + input + " can be read only once");
    }
  }

  /** The same for all ways to write the name of a file in one folder. */
  private static Path place(String file) {
    try {
      return Path.of(file).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      // told of when it is opened
      return Path.of("");
    }
  }

  /** Whether the file is the input, or one of the captures in it when that is a folder. */
  private static boolean isAmong(String file, String input) {
    if (input.equals(CaptureFiles.STDIN)) {
      return isSame(file, STDIN_FILE);
    }
    try {
      return Files.isRegularFile(Path.of(file))
          && CaptureFiles.expand(input).stream().anyMatch(capture -> isSame(file, capture));
    } catch (CaptureException | InvalidPathException e) {
      return false;
    }
  }

  private static boolean isSame(String file, String input) {
    try {
      return Files.isRegularFile(Path.of(file)) && Files.isSameFile(Path.of(file), Path.of(input));
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }

  /** What is no file is told of when it is opened. */
  private static boolean isReadableTwice(String input) {
    try {
      return CaptureFiles.isReadableTwice(input);
    } catch (CaptureException e) {
      return true;
    }
  }

  /**
   * Begins all outputs.
   *
   * @param inFull whether the text report is one of single flows in full
   * @param ports those that the captures are read for
   * @throws IOException when one cannot be written; none is left then
   */
  Outputs open(Console console, boolean inFull, PortSet ports) throws IOException {
    Outputs outputs = new Outputs(standard(console, inFull), force, console);
    try {
      outputs.add(json, file -> new JsonReport(file.writer()));
      outputs.add(csv, file -> new CsvReport(file.writer()));
      outputs.add(hgrm, file -> new HgrmReport(file.stream()));
      outputs.add(html, file -> new HtmlReport(file.writer(), tool()));
      outputs.addPackets(pcapng, file -> new PcapngExcerpt(file.stream(), tool(), ports, payload));
      return outputs;
    } catch (IOException e) {
      outputs.close();
      throw e;
    }
  }

  private static String tool() {
    return new CommandLineTool.Version().getVersion()[0];
  }

  private ReportWriter standard(Console console, boolean inFull) throws IOException {
    return switch (format) {
      case TEXT ->
          inFull
              ? new FlowReport(console.out(), console.colour())
              : new TextReport(console.out(), console.colour(), top, verbose);
      case JSON -> new JsonReport(console.out());
      case CSV -> new CsvReport(console.out());
    };
  }
}
