package io.rstscope.report;

import io.rstscope.brokerlog.LogCorrelation;
import io.rstscope.capture.SeriesSource.Place;
import io.rstscope.judge.CaptureVerdict;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.context.Recording;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/**
 * What one capture tells.
 *
 * @param name file name without folders, {@code -} for standard input
 * @param path as given on the command line
 * @param quality what the capture is worth as evidence
 * @param recording how it was recorded
 * @param verdict what is concluded about its flows, each by itself and together
 * @param places tells in which file of a series a frame lies; null when the capture is one file
 * @param excerpts the packets of flows that matter, where an output shows them
 * @param log what the broker's log says of the same connections, or null when none was read
 */
public record CaptureReport(
    String name,
    String path,
    CaptureQuality quality,
    Recording recording,
    CaptureVerdict verdict,
    LongFunction<Place> places,
    Excerpts excerpts,
    LogCorrelation log) {
  /** A capture in one file. */
  public CaptureReport(
      String name,
      String path,
      CaptureQuality quality,
      Recording recording,
      CaptureVerdict verdict) {
    this(name, path, quality, recording, verdict, null, Excerpts.NONE, null);
  }

  /** The same, as a series of files. */
  public CaptureReport inSeries(LongFunction<Place> files) {
    return new CaptureReport(name, path, quality, recording, verdict, files, excerpts, log);
  }

  /** The same, of some of its flows. */
  public CaptureReport only(Predicate<FlowVerdict> wanted) {
    return new CaptureReport(
        name, path, quality, recording, verdict.only(wanted), places, excerpts, log);
  }

  /** The same, with packets. */
  public CaptureReport with(Excerpts packets) {
    return new CaptureReport(name, path, quality, recording, verdict, places, packets, log);
  }

  /** The same, with what the broker's log says. */
  public CaptureReport with(LogCorrelation brokerLog) {
    return new CaptureReport(name, path, quality, recording, verdict, places, excerpts, brokerLog);
  }

  /** The same without flows, to be kept while other captures are read. */
  CaptureReport withoutFlows(int most) {
    LogCorrelation kept = log == null ? null : log.withoutFlows();
    return new CaptureReport(
        name, path, quality, recording, verdict.withoutFlows(most), null, Excerpts.NONE, kept);
  }

  /** Flows that were reset or lost (or all, if asked for), in the order in which they began. */
  public List<FlowVerdict> flows() {
    return verdict.flows();
  }
}
