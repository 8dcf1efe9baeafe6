package io.rstscope.cli;

import io.rstscope.capture.BpfFilter;
import io.rstscope.capture.CaptureException;
import io.rstscope.capture.CaptureFiles;
import io.rstscope.capture.FilteredSource;
import io.rstscope.capture.PacketSource;
import io.rstscope.capture.SeriesSource;
import io.rstscope.report.CaptureReport;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The captures that a command line names. What cannot be read is told on standard error at once,
 * and in the report of the capture that misses it; it never stops the others.
 *
 * <p>Used by one thread.
 */
final class CaptureInput {
  private static final String STOPPED = "stopped before its end";

  private final Console console;
  private final boolean quiet;
  private final BpfFilter bpf;
  private final Supplier<CaptureAnalyzer> analyzers;
  private final Interruption interruption;
  private boolean opened;
  private boolean failed;

  /**
   * @param quiet whether to be silent on standard error about all but failures
   * @param bpf which packets to take, or null for all
   * @param analyzers makes one for each capture
   * @param interruption is asked whether to go on
   */
  CaptureInput(
      Console console,
      boolean quiet,
      BpfFilter bpf,
      Supplier<CaptureAnalyzer> analyzers,
      Interruption interruption) {
    this.console = console;
    this.quiet = quiet;
    this.bpf = bpf;
    this.analyzers = analyzers;
    this.interruption = interruption;
  }

  /** Whether anything could be opened: else there is nothing to report. */
  boolean opened() {
    return opened;
  }

  /** Whether something could not be read, or not to its end. */
  boolean failed() {
    return failed;
  }

  /** The captures in a folder, or the argument itself; none when the folder cannot be used. */
  List<String> expand(String argument) {
    try {
      return CaptureFiles.expand(argument);
    } catch (CaptureException e) {
      fail(e);
      return List.of();
    }
  }

  /** One file as a capture of its own. */
  AnalyzedCapture file(String name) {
    CaptureAnalyzer analyzer = analyzers.get();
    String problem;
    try (PacketSource source = filtered(CaptureFiles.open(name))) {
      opened = true;
      problem = read(analyzer, source, name, new File(name).length());
    } catch (CaptureException e) {
      problem = fail(e);
    }
    CaptureReport report = analyzer.report(baseName(name), name, problem);
    return new AnalyzedCapture(
        report, isReadableTwice(name) ? () -> filtered(CaptureFiles.open(name)) : null);
  }

  private static boolean isReadableTwice(String name) {
    try {
      return CaptureFiles.isReadableTwice(name);
    } catch (CaptureException e) {
      return false;
    }
  }

  /** Several files as one capture. */
  AnalyzedCapture series(List<String> names) {
    CaptureAnalyzer analyzer = analyzers.get();
    List<String> problems = new ArrayList<>();
    SeriesSource files =
        SeriesSource.open(
            names,
            problem -> {
              fail(problem);
              problems.add(problem.getMessage());
            });
    opened |= problems.size() < names.size();
    long totalBytes = names.stream().mapToLong(name -> new File(name).length()).sum();
    try (PacketSource source = filtered(files)) {
      String stopped = read(analyzer, source, names.get(0), totalBytes);
      if (stopped != null) {
        problems.add(stopped);
      }
    }
    String more = names.size() > 1 ? " and " + (names.size() - 1) + " more" : "";
    CaptureReport report =
        analyzer
            .report(
                baseName(names.get(0)) + more,
                String.join(" ", names),
                problems.isEmpty() ? null : String.join("; ", problems))
            .inSeries(files::locate);
    // what cannot be read has been told of
    return new AnalyzedCapture(report, () -> filtered(SeriesSource.open(names, known -> {})));
  }

  /** Reads all there is, and returns why that is not all, or null. */
  private String read(CaptureAnalyzer analyzer, PacketSource source, String name, long totalBytes) {
    Progress progress = new Progress(console, quiet, name, totalBytes);
    try {
      analyzer.read(source, interruption::requested, progress);
      return interruption.requested() ? STOPPED : null;
    } catch (CaptureException e) {
      progress.clear();
      return fail(e);
    } catch (OutOfMemoryError e) {
      // who asks for more flows than the memory holds gets as far
      progress.clear();
      String problem = "out of memory: " + analyzer.memory().advice();
      return fail(new CaptureException(name, CaptureException.NO_OFFSET, problem));
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

  /** Tells what cannot be read, and returns what the report says of it. */
  private String fail(CaptureException problem) {
    if (interruption.requested()) {
      return STOPPED;
    }
    failed = true;
    console.say(problem.getMessage());
    return problem.detail();
  }

  private PacketSource filtered(PacketSource source) {
    return bpf == null ? source : new FilteredSource(source, bpf);
  }

  private static String baseName(String name) {
    return name.equals(CaptureFiles.STDIN) ? name : new File(name).getName();
  }
}
