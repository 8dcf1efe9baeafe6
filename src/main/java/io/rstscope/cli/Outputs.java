package io.rstscope.cli;

import io.rstscope.capture.PacketSource;
import io.rstscope.excerpt.PcapngExcerpt;
import io.rstscope.report.model.CaptureReport;
import io.rstscope.report.model.ReportWriter;
import io.rstscope.report.model.Summary;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** All that one run writes: the report on standard output, and files. */
final class Outputs implements Closeable {
  /** Makes a report of what is written to a file. */
  interface Making<T> {
    T on(OutputFile file) throws IOException;
  }

  private final ReportWriter standard;
  private final boolean force;
  private final Console console;
  private final List<ReportWriter> reports = new ArrayList<>();
  private final List<OutputFile> files = new ArrayList<>();
  private PcapngExcerpt packets;

  /** Why standard output cannot be written, or null: no reason to give up the files. */
  private IOException standardFailure;

  /**
   * @param standard the report on standard output
   * @param force whether files that are there may be replaced
   * @param console is told when something is waited for
   */
  Outputs(ReportWriter standard, boolean force, Console console) {
    this.standard = standard;
    this.force = force;
    this.console = console;
  }

  /**
   * Begins a file.
   *
   * @param name null for none
   * @throws IOException when it cannot be written
   */
  void add(String name, Making<ReportWriter> report) throws IOException {
    if (name != null) {
      reports.add(report.on(file(name)));
    }
  }

  /**
   * Begins the file of packets.
   *
   * @param name null for none
   * @throws IOException when it cannot be written
   */
  void addPackets(String name, Making<PcapngExcerpt> excerpt) throws IOException {
    if (name != null) {
      packets = excerpt.on(file(name));
    }
  }

  private OutputFile file(String name) throws IOException {
    OutputFile file = OutputFile.create(name, force, console);
    files.add(file);
    return file;
  }

  /**
   * Writes a capture.
   *
   * @param again opens it once more for its packets; null when it can be read only once
   * @throws IOException when a file cannot be written, or, without files, standard output
   */
  void capture(CaptureReport capture, SecondReading.Opening again) throws IOException {
    for (ReportWriter report : reports) {
      report.capture(capture);
    }
    if (packets != null && again != null && !capture.flows().isEmpty()) {
      try (PacketSource source = again.open()) {
        packets.capture(capture, source);
      }
    }
    try {
      if (standardFailure == null) {
        standard.capture(capture);
      }
    } catch (IOException e) {
      failed(e);
    }
  }

  /**
   * All captures are written: ends the reports, and the files appear under their names.
   *
   * @throws IOException when an output cannot be written
   */
  void finish(Summary summary) throws IOException {
    for (ReportWriter report : reports) {
      report.finish(summary);
    }
    for (OutputFile file : files) {
      file.finish();
    }
    if (standardFailure != null) {
      throw standardFailure;
    }
    standard.finish(summary);
  }

  private void failed(IOException failure) throws IOException {
    if (files.isEmpty()) {
      throw failure;
    }
    standardFailure = failure;
  }

  /** Takes away files that were not finished. */
  @Override
  public void close() throws IOException {
    for (OutputFile file : files) {
      file.close();
    }
  }
}
