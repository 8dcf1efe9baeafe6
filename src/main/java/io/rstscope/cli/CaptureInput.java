package io.rstscope.cli;

import io.rstscope.capture.BpfFilter;
import io.rstscope.capture.CaptureException;
import io.rstscope.capture.CaptureFiles;
import io.rstscope.capture.FilteredSource;
import io.rstscope.capture.PacketSource;
import io.rstscope.capture.SeriesSource;
import io.rstscope.engine.Analysis;
import io.rstscope.net.PortSet;
import io.rstscope.report.model.CaptureReport;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

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
  private final Function<String, Analysis> analyses;
  private final Interruption interruption;
  private final OtherSideInput others;
  private boolean opened;
  private boolean failed;

  /**
   * @param quiet whether to be silent on standard error about all but failures
   * @param bpf which packets to take, or null for all
   * @param analyses makes one for each capture, by its name
   * @param interruption is asked whether to go on
   * @param otherFiles captures at the other end
   * @param ports of the brokers
   */
  CaptureInput(
      Console console,
      boolean quiet,
      BpfFilter bpf,
      Function<String, Analysis> analyses,
      Interruption interruption,
      List<String> otherFiles,
      PortSet ports) {
    this.console = console;
    this.quiet = quiet;
    this.bpf = bpf;
    this.analyses = analyses;
    this.interruption = interruption;
    others =
        new OtherSideInput(
            otherFiles,
            ports,
            this::failOther,
            quiet ? words -> {} : console::say,
            interruption::requested);
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

  /**
   * What reports call these captures, by their names: the base name, or all of it where it takes
   * the folder to tell two apart.
   */
  static Map<String, String> titles(List<String> names) {
    Map<String, Set<String>> byBaseName = new HashMap<>();
    for (String name : names) {
      byBaseName.computeIfAbsent(baseName(name), base -> new HashSet<>()).add(name);
    }
    Map<String, String> titles = new HashMap<>();
    byBaseName.forEach(
        (base, alike) -> alike.forEach(name -> titles.put(name, alike.size() == 1 ? base : name)));
    return titles;
  }

  /** One file as a capture of its own. */
  AnalyzedCapture file(String name, String title) {
    Analysis analysis = analyses.apply(name);
    String problem;
    try (PacketSource source = filtered(open(name))) {
      opened = true;
      problem = read(analysis, source, name, new File(name).length());
    } catch (CaptureException e) {
      problem = fail(e);
    }
    SecondReading.Opening again =
        isReadableTwice(name) ? () -> filtered(CaptureFiles.open(name)) : null;
    CaptureReport report = analysis.report(title, name, problem, others.of(again));
    return new AnalyzedCapture(report, again);
  }

  private PacketSource open(String name) throws CaptureException {
    if (name.equals(CaptureFiles.STDIN) || isReadableTwice(name)) {
      return CaptureFiles.open(name);
    }
    try {
      return Patience.open(console, Patience.waiting(name), () -> CaptureFiles.open(name));
    } catch (CaptureException e) {
      throw e;
    } catch (IOException e) {
      throw new CaptureException(name, CaptureException.NO_OFFSET, e.getMessage());
    }
  }

  /** Whether it is a file that is still there when it has been read. */
  static boolean isReadableTwice(String name) {
    try {
      return CaptureFiles.isReadableTwice(name);
    } catch (CaptureException e) {
      return false;
    }
  }

  /** Several files as one capture. */
  AnalyzedCapture series(List<String> names) {
    Analysis analysis = analyses.apply(names.get(0));
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
      String stopped = read(analysis, source, names.get(0), totalBytes);
      if (stopped != null) {
        problems.add(stopped);
      }
    }
    // what cannot be read has been told of
    SecondReading.Opening again = () -> filtered(SeriesSource.open(names, known -> {}));
    String more = names.size() > 1 ? " and " + (names.size() - 1) + " more" : "";
    CaptureReport report =
        analysis
            .report(
                baseName(names.get(0)) + more,
                String.join(" ", names),
                problems.isEmpty() ? null : String.join("; ", problems),
                others.of(again))
            .inSeries(files::locate);
    return new AnalyzedCapture(report, again);
  }

  /** Reads all there is, and returns why that is not all, or null. */
  private String read(Analysis analysis, PacketSource source, String name, long totalBytes) {
    Progress progress = new Progress(console, quiet, name, totalBytes);
    try {
      analysis.read(source, interruption::requested, progress);
      return interruption.requested() ? STOPPED : null;
    } catch (CaptureException e) {
      progress.clear();
      return fail(e);
    } catch (OutOfMemoryError e) {
      // who asks for more flows than the memory holds gets as far
      progress.clear();
      String problem = "out of memory: " + analysis.memory().advice();
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

  private void failOther(String problem) {
    if (!interruption.requested()) {
      failed = true;
      console.say(problem);
    }
  }

  private PacketSource filtered(PacketSource source) {
    return bpf == null ? source : new FilteredSource(source, bpf);
  }

  private static String baseName(String name) {
    return name.equals(CaptureFiles.STDIN) ? name : new File(name).getName();
  }
}
