package io.rstscope.archive;

import io.rstscope.archive.CaptureRow.Survived;
import io.rstscope.archive.Source.Kind;
import io.rstscope.capture.CaptureException;
import io.rstscope.capture.CaptureFiles;
import io.rstscope.capture.PacketSource;
import io.rstscope.capture.SeriesSource;
import io.rstscope.engine.Analysis;
import io.rstscope.engine.AnalysisOptions;
import io.rstscope.judge.Rules;
import io.rstscope.net.FramePlace;
import io.rstscope.report.json.JsonReport;
import io.rstscope.report.model.CaptureQuality;
import io.rstscope.report.model.CaptureReport;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/** Turns one source into records. Used by one thread. */
final class CaptureTask {
  private final Source source;
  private final String sha256;
  private final Supplier<AnalysisOptions> options;
  private final String brokerHost;
  private final List<CaptureException> problems = new ArrayList<>();

  /**
   * @param sha256 of its content
   * @param options of the analysis
   * @param brokerHost what the user calls its broker, or null
   */
  CaptureTask(Source source, String sha256, Supplier<AnalysisOptions> options, String brokerHost) {
    this.source = source;
    this.sha256 = sha256;
    this.options = options;
    this.brokerHost = brokerHost;
  }

  /**
   * Writes its flows to a file, which is not made where there are none.
   *
   * @throws IOException when the file cannot be written; that the source cannot be read is a row
   */
  CaptureRow run(Path file) throws IOException {
    try {
      return source.kind() == Kind.RECORDS ? records(file) : packets(file);
    } catch (RuntimeException | OutOfMemoryError e) {
      // one capture that we cannot judge keeps no other from being archived
      Files.deleteIfExists(file);
      return failed(source, sha256, new IOException("internal error: " + e, e));
    }
  }

  private CaptureRow packets(Path file) throws IOException {
    Analysis analysis = new Analysis(options.get());
    LongFunction<FramePlace> places = null;
    try (PacketSource packets = open()) {
      analysis.read(packets, () -> false, bytes -> {});
      places = packets instanceof SeriesSource series ? series::locate : null;
    } catch (CaptureException e) {
      problems.add(e);
    }
    CaptureReport report =
        analysis
            .report(new File(source.name()).getName(), source.name(), null)
            .inSeries(places)
            .identified(sha256, brokerHost);
    if (!report.flows().isEmpty()) {
      try (Writer out = writer(file)) {
        new JsonReport(out).capture(report);
      }
    }
    CaptureQuality quality = report.quality();
    return row(
        problems.isEmpty() || quality.packets() > 0,
        quality.hasTimes() ? quality.firstNanos() : -1,
        quality.hasTimes() ? quality.lastNanos() : -1,
        quality.packets(),
        report.flows().size(),
        problems.isEmpty() ? null : reason(problems.get(0)),
        problems.isEmpty() ? CaptureException.NO_OFFSET : problems.get(0).offset(),
        survived(analysis));
  }

  private PacketSource open() throws CaptureException {
    List<String> names = source.files().stream().map(Path::toString).toList();
    return source.kind() == Kind.SERIES
        ? SeriesSource.open(names, problems::add)
        : CaptureFiles.open(names.get(0));
  }

  /** Of a series it says which file. */
  private String reason(CaptureException problem) {
    return source.kind() == Kind.SERIES ? problem.getMessage() : problem.reason();
  }

  private static List<Survived> survived(Analysis analysis) {
    List<Survived> survived = new ArrayList<>();
    analysis
        .survived()
        .forEach((client, broker, nanos) -> survived.add(new Survived(client, broker, nanos)));
    return survived;
  }

  private CaptureRow records(Path file) throws IOException {
    RecordLines lines = new RecordLines(source.name(), sha256, brokerHost);
    String failure = null;
    try {
      lines.read(source.files().get(0));
    } catch (IOException e) {
      failure = e.getMessage();
    }
    if (lines.size() > 0) {
      try (Writer out = writer(file)) {
        lines.writeTo(out);
      }
    }
    return row(
        failure == null && (lines.problem() == null || lines.size() > 0),
        lines.firstNanos(),
        lines.lastNanos(),
        0,
        lines.size(),
        failure == null ? lines.problem() : failure,
        lines.offset(),
        List.of());
  }

  private static Writer writer(Path file) throws IOException {
    return new BufferedWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8), 1 << 16);
  }

  private CaptureRow row(
      boolean readable,
      long firstNanos,
      long lastNanos,
      long packets,
      long flows,
      String problem,
      long offset,
      List<Survived> survived)
      throws IOException {
    return new CaptureRow(
        source.name(),
        sha256,
        Rules.version(),
        source.bytes(),
        source.modifiedMillis(),
        state(readable, problem),
        brokerHost,
        firstNanos,
        lastNanos,
        packets,
        flows,
        problem,
        offset,
        survived);
  }

  private State state(boolean readable, String problem) throws IOException {
    if (!source.now().isAsBefore(source.bytes(), source.modifiedMillis())) {
      return State.GROWING;
    }
    if (!readable) {
      return State.FAILED;
    }
    return problem == null ? State.DONE : State.INCOMPLETE;
  }

  /**
   * The row of a source that cannot be read.
   *
   * @param sha256 of its content, or null when not even that is known
   */
  static CaptureRow failed(Source source, String sha256, IOException why) {
    String reason = why instanceof AccessDeniedException ? "permission denied" : why.getMessage();
    return new CaptureRow(
        source.name(),
        sha256,
        Rules.version(),
        source.bytes(),
        source.modifiedMillis(),
        State.FAILED,
        null,
        -1,
        -1,
        0,
        0,
        reason,
        -1,
        List.of());
  }
}
