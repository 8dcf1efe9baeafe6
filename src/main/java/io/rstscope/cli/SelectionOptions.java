package io.rstscope.cli;

import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.report.CaptureReport;
import io.rstscope.reset.FlowObservation;
import picocli.CommandLine.Option;

/**
 * Which connections to report. All are read and judged, since what happened to the others is
 * evidence too.
 */
final class SelectionOptions {
  @Option(
      names = "--flow",
      paramLabel = "A:p-B:p",
      converter = FlowEnds.Converter.class,
      description =
          "Only the connection between these two ends, in full: all its resets with all evidence,"
              + " and its packets as a ladder.")
  private FlowEnds flow;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = TimeBound.Converter.class,
      description =
          "Only connections that ended at this time or later: RFC 3339, or HH:MM:SS (UTC) of the"
              + " day of the capture's first packet.")
  private TimeBound since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      converter = TimeBound.Converter.class,
      description = "Only connections that ended before this time, given in the same way.")
  private TimeBound until;

  /** The ends of the only connection to report, or null. */
  FlowEnds flow() {
    return flow;
  }

  /** Whether that is the only connection to report. */
  boolean isNamed(FlowObservation observed) {
    return flow != null && flow.match(observed);
  }

  /** What else than all is reported, as words to follow "no connection was lost"; or nothing. */
  String words() {
    return since == null && until == null
        ? ""
        : " in the time that "
            + (until == null
                ? "--since leaves"
                : since == null ? "--until leaves" : "--since and --until leave");
  }

  /** The report of what is asked for. */
  CaptureReport of(CaptureReport report) {
    return flow == null && since == null && until == null
        ? report
        : report.only(verdict -> isWanted(verdict, report.quality().firstNanos()));
  }

  private boolean isWanted(FlowVerdict verdict, long firstNanos) {
    return (flow == null || flow.match(verdict.flow()))
        && (since == null || verdict.endNanos() >= since.nanos(firstNanos))
        && (until == null || verdict.endNanos() < until.nanosAfter(since, firstNanos));
  }
}
