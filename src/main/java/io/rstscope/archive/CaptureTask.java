package io.rstscope.archive;

import io.rstscope.archive.CaptureRow.Survived;
import io.rstscope.archive.Source.Kind;
import io.rstscope.capture.CaptureException;
import io.rstscope.capture.PacketSource;
import io.rstscope.capture.SeriesSource;
import io.rstscope.engine.Analysis;
import io.rstscope.engine.AnalysisOptions;
import io.rstscope.engine.BrokerAccounts;
import io.rstscope.engine.MemoryPlan;
import io.rstscope.judge.Rules;
import io.rstscope.net.FramePlace;
import io.rstscope.net.PortSet;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/** Turns one source into records. Used by one thread. */
public final class CaptureTask {
  /** So that a record stays far below what engines read as one. */
  private static final int MOST_RESETS = 1_000;

  /** Of what is read, asked for when it has been read to its end. */
  public interface Content {
    /** In hexadecimal digits. */
    String sha256() throws IOException;
  }

  private final Source source;
  private final Content content;
  private final Supplier<AnalysisOptions> options;
  private final String brokerHost;
  private final List<CaptureException> problems = new ArrayList<>();

  /**
   * A task for one source.
   *
   * @param content of the source
   * @param options of the analysis
   * @param brokerHost what the user calls its broker, or null
   */
  public CaptureTask(
      Source source, Content content, Supplier<AnalysisOptions> options, String brokerHost) {
    this.source = source;
    this.content = content;
    this.options = options;
    this.brokerHost = brokerHost;
  }

  /**
   * How captures are analysed for the archive: flows that were reset or lost.
   *
   * @param ports of the brokers
   * @param atOnce captures that this process analyses at once, 1 or more
   */
  public static AnalysisOptions options(PortSet ports, int atOnce) {
    return new AnalysisOptions(
        ports,
        MemoryPlan.oneOf(atOnce, MOST_RESETS),
        false,
        flow -> false,
        null,
        BrokerAccounts.NONE);
  }

  /**
   * Writes its flows to a file, which is not made where there are none.
   *
   * @throws IOException when the file cannot be written; that the source cannot be read is a row
   */
  public CaptureRow run(Path file) throws IOException {
    try {
      return source.kind() == Kind.RECORDS ? records(file) : packets(file);
    } catch (RuntimeException | OutOfMemoryError e) {
      // one capture that we cannot judge keeps no other from being archived
      Files.deleteIfExists(file);
      return failed(source, sha256(), new IOException("internal error: " + e, e));
    }
  }

  /** Null when not even that is to be had. */
  private String sha256() {
    try {
      return content.sha256();
    } catch (IOException e) {
      return null;
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
    String sha256;
    try {
      sha256 = content.sha256();
    } catch (IOException e) {
      return failed(source, null, problems.isEmpty() ? e : problem());
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
        sha256,
        problems.isEmpty() || quality.packets() > 0,
        quality.hasTimes() ? quality.firstNanos() : -1,
        quality.hasTimes() ? quality.lastNanos() : -1,
        quality.packets(),
        report.flows().size(),
        problems.isEmpty() ? null : problem().reason(),
        problems.isEmpty() ? CaptureException.NO_OFFSET : problems.get(0).offset(),
        survived(analysis));
  }

  private PacketSource open() throws CaptureException {
    if (source.kind() == Kind.CAPTURE) {
      return source.files().get(0).capture();
    }
    Map<String, StoredFile> files = new LinkedHashMap<>();
    source.files().forEach(file -> files.put(file.name(), file));
    return SeriesSource.open(
        List.copyOf(files.keySet()), name -> files.get(name).capture(), problems::add);
  }

  /** The first one; of a series it says in which file. */
  private CaptureException problem() {
    CaptureException first = problems.get(0);
    return source.kind() == Kind.SERIES
        ? new CaptureException(source.name(), first.offset(), first.getMessage())
        : first;
  }

  private static List<Survived> survived(Analysis analysis) {
    List<Survived> survived = new ArrayList<>();
    analysis
        .survived()
        .forEach((client, broker, nanos) -> survived.add(new Survived(client, broker, nanos)));
    return survived;
  }

  private CaptureRow records(Path file) throws IOException {
    String sha256;
    try {
      sha256 = content.sha256();
    } catch (IOException e) {
      return failed(source, null, e);
    }
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
        sha256,
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
      String sha256,
      boolean readable,
      long firstNanos,
      long lastNanos,
      long packets,
      long flows,
      String problem,
      long offset,
      List<Survived> survived) {
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

  private State state(boolean readable, String problem) {
    if (isGrowing()) {
      return State.GROWING;
    }
    if (!readable) {
      return State.FAILED;
    }
    return problem == null ? State.DONE : State.INCOMPLETE;
  }

  /** Also when nobody can say: it is taken again next time. */
  private boolean isGrowing() {
    try {
      return !source.now().isAsBefore(source.bytes(), source.modifiedMillis());
    } catch (IOException e) {
      return true;
    }
  }

  /**
   * The row of a source that cannot be read.
   *
   * @param sha256 of its content, or null when not even that is known
   */
  public static CaptureRow failed(Source source, String sha256, IOException why) {
    CaptureException at = why instanceof CaptureException known ? known : null;
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
        at == null ? reason : at.reason(),
        at == null ? CaptureException.NO_OFFSET : at.offset(),
        List.of());
  }
}
