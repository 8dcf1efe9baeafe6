package io.rstscope.report;

import io.rstscope.attribution.CaptureVerdict;
import io.rstscope.attribution.FlowVerdict;
import io.rstscope.capture.SeriesSource.Place;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/**
 * What one capture tells.
 *
 * @param name file name without folders, {@code -} for standard input
 * @param path as given on the command line
 * @param quality what the capture is worth as evidence
 * @param verdict what is concluded about its flows, each by itself and together
 * @param places tells in which file of a series a frame lies; null when the capture is one file
 * @param excerpts the packets of flows that matter, where an output shows them
 */
public record CaptureReport(
    String name,
    String path,
    CaptureQuality quality,
    CaptureVerdict verdict,
    LongFunction<Place> places,
    Excerpts excerpts) {
  /** A capture in one file. */
  public CaptureReport(String name, String path, CaptureQuality quality, CaptureVerdict verdict) {
    this(name, path, quality, verdict, null, Excerpts.NONE);
  }

  /** The same, as a series of files. */
  public CaptureReport inSeries(LongFunction<Place> files) {
    return new CaptureReport(name, path, quality, verdict, files, excerpts);
  }

  /** The same, of some of its flows. */
  public CaptureReport only(Predicate<FlowVerdict> wanted) {
    return new CaptureReport(name, path, quality, verdict.only(wanted), places, excerpts);
  }

  /** The same, with packets. */
  public CaptureReport with(Excerpts packets) {
    return new CaptureReport(name, path, quality, verdict, places, packets);
  }

  /** Flows that were reset or lost (or all, if asked for), in the order in which they began. */
  public List<FlowVerdict> flows() {
    return verdict.flows();
  }
}
