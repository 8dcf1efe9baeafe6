package io.rstscope.cli.options;

import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.report.model.CaptureReport;
import io.rstscope.reset.FlowObservation;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Which connections to report. All are read and judged, since what happened to the others is
 * evidence too.
 */
public final class SelectionOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--flow",
      paramLabel = "A:p-B:p",
      converter = FlowEnds.Converter.class,
      description =
          "Only the connection between these two endpoints, in full: all its resets with all"
              + " evidence, and its packets as a ladder.")
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
      description = "Only connections that ended before this time, in the same format.")
  private TimeBound until;

  /**
   * Complains of what a converter of one option cannot see.
   *
   * @throws ParameterException when no time is left
   */
  public void check() {
    Usage.require(
        spec,
        since == null || until == null || !until.isBefore(since),
        "--until is before --since: nothing is left");
  }

  /** The ends of the only connection to report, or null. */
  public FlowEnds flow() {
    return flow;
  }

  /** Whether that is the only connection to report. */
  public boolean isNamed(FlowObservation observed) {
    return flow != null && flow.match(observed);
  }

  /** What else than all is reported, as words to follow "no connection was lost"; or nothing. */
  public String words() {
    return since == null && until == null
        ? ""
        : " in the time that "
            + (until == null
                ? "--since leaves"
                : since == null ? "--until leaves" : "--since and --until leave");
  }

  /** The report of what is asked for. */
  public CaptureReport of(CaptureReport report) {
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
