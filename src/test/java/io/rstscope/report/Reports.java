package io.rstscope.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rstscope.judge.CaptureVerdict;
import io.rstscope.judge.context.Recording;
import io.rstscope.judge.context.Vantage;
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
final class Reports {
  /** Opens a writer of reports. */
  interface Opening {
    ReportWriter on(Writer out) throws IOException;
  }

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Reports() {}

  static CaptureQuality quality(long packets, String problem) {
    return new CaptureQuality(
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

  static CaptureReport capture(String name, Talk... talks) {
    return report(
        name, "folder/" + name, quality(100, null), Analysis.together(Talk.capture(talks)));
  }

  /** The captures that lie beside the sources. */
  static List<CaptureReport> labelled() throws IOException {
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

  static CaptureReport empty(String name, CaptureQuality quality) {
    return report(name, name, quality, CaptureVerdict.NOTHING);
  }

  static CaptureReport report(
      String name, String path, CaptureQuality quality, CaptureVerdict verdict) {
    Recording recording = new Recording(Vantage.BROKER, false, 0, 0);
    return new CaptureReport(name, path, quality, recording, verdict);
  }

  static String write(Opening opening, CaptureReport... captures) {
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

  static Summary summary(CaptureReport... captures) {
    Summary summary = new Summary();
    for (CaptureReport capture : captures) {
      summary.add(capture);
    }
    return summary;
  }

  /** The text report without colour, of all that is lost. */
  static String text(CaptureReport... captures) {
    return write(out -> new TextReport(out, false, 0, false), captures);
  }

  static String csv(CaptureReport... captures) {
    return write(CsvReport::new, captures);
  }

  /** The objects of the JSON report, one for each line. */
  static List<JsonNode> json(CaptureReport... captures) {
    return write(JsonReport::new, captures).lines().map(Reports::parse).toList();
  }

  /** The objects of notices in JSON, without a summary. */
  static List<JsonNode> notices(Notice... notices) {
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

  private static JsonNode parse(String line) {
    try {
      return MAPPER.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(line, e);
    }
  }
}
