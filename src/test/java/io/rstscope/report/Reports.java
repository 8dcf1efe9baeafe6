package io.rstscope.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rstscope.judge.CaptureVerdict;
import io.rstscope.judge.context.Recording;
import io.rstscope.judge.context.Vantage;
import io.rstscope.report.csv.CsvReport;
import io.rstscope.report.json.JsonReport;
import io.rstscope.report.model.CaptureQuality;
import io.rstscope.report.model.CaptureReport;
import io.rstscope.report.model.HostTcp;
import io.rstscope.report.model.IncidentNotice;
import io.rstscope.report.model.LeftOut;
import io.rstscope.report.model.Notice;
import io.rstscope.report.model.NoticeWriter;
import io.rstscope.report.model.ReportWriter;
import io.rstscope.report.model.Summary;
import io.rstscope.report.text.TextReport;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Reports of captures made by hand, as text. */
public final class Reports {
  /** Opens a writer of reports. */
  public interface Opening {
    ReportWriter on(Writer out) throws IOException;
  }

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Reports() {}

  /** That of a capture in which all packets have times, and nothing is to be said beside. */
  public static CaptureQuality quality(
      long packets,
      long segments,
      long flows,
      LeftOut leftOut,
      long firstNanos,
      long lastNanos,
      long backwards,
      long cutPackets,
      long undecoded,
      long laterFragments,
      long unknownLinkType,
      long duplicates,
      long dropped,
      String problem) {
    return new CaptureQuality(
        packets,
        segments,
        flows,
        leftOut,
        firstNanos,
        lastNanos,
        backwards,
        cutPackets,
        undecoded,
        laterFragments,
        unknownLinkType,
        duplicates,
        dropped,
        0,
        0,
        problem,
        List.of(),
        0);
  }

  public static CaptureQuality quality(long packets, String problem) {
    return quality(
        packets,
        packets,
        1,
        LeftOut.NOTHING,
        Talk.START,
        Talk.START + 5,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        problem);
  }

  public static CaptureReport capture(String name, Talk... talks) {
    return report(
        name, "folder/" + name, quality(100, null), Analysis.together(Talk.capture(talks)));
  }

  /** The captures that lie beside the sources. */
  public static List<CaptureReport> labelled() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("rstscope.captures")))) {
      return files.filter(f -> f.toString().matches(".*\\.pcap(ng)?")).map(Reports::read).toList();
    }
  }

  private static CaptureReport read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      String name = file.getFileName().toString();
      return report(name, file.toString(), quality(100, null), Analysis.together(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static CaptureReport empty(String name, CaptureQuality quality) {
    return report(name, name, quality, CaptureVerdict.NOTHING);
  }

  public static CaptureReport report(
      String name, String path, CaptureQuality quality, CaptureVerdict verdict) {
    Recording recording = new Recording(Vantage.BROKER, false, 0, 0);
    return new CaptureReport(name, path, quality, recording, verdict);
  }

  public static String write(Opening opening, CaptureReport... captures) {
    StringWriter out = new StringWriter();
    try {
      ReportWriter report = opening.on(out);
      for (CaptureReport capture : captures) {
        report.capture(capture);
      }
      report.finish(summary(captures));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  public static Summary summary(CaptureReport... captures) {
    Summary summary = new Summary();
    for (CaptureReport capture : captures) {
      summary.add(capture);
    }
    return summary;
  }

  /** The text report without colour, of all that is lost. */
  public static String text(CaptureReport... captures) {
    return write(out -> new TextReport(out, false, 0, false), captures);
  }

  public static String csv(CaptureReport... captures) {
    return write(CsvReport::new, captures);
  }

  /** The objects of the JSON report, one for each line. */
  public static List<JsonNode> json(CaptureReport... captures) {
    return write(JsonReport::new, captures).lines().map(Reports::parse).toList();
  }

  /** The objects of notices in JSON, without a summary. */
  public static List<JsonNode> notices(Notice... notices) {
    StringWriter out = new StringWriter();
    try {
      NoticeWriter writer = new JsonReport(out);
      for (Notice notice : notices) {
        writer.notice(notice);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString().lines().map(Reports::parse).toList();
  }

  /** The object of an incident that is passed on. */
  public static JsonNode incident(IncidentNotice notice) {
    StringWriter out = new StringWriter();
    try {
      new JsonReport(out).incident(notice);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return parse(out.toString());
  }

  /** The summary of a watch during which the kernel counted that. */
  public static JsonNode summaryOf(HostTcp host) {
    StringWriter out = new StringWriter();
    Summary summary = summary();
    summary.host(host);
    try {
      new JsonReport(out).finish(summary);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return parse(out.toString());
  }

  private static JsonNode parse(String line) {
    try {
      return MAPPER.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(line, e);
    }
  }
}
