package io.rstscope.report;

import io.rstscope.attribution.CaptureVerdict;
import io.rstscope.attribution.FlowVerdict;
import io.rstscope.attribution.Recording;
import io.rstscope.capture.SeriesSource.Place;
import java.util.List;
import java.util.function.LongFunction;

/**
 * What one capture tells.
 *
 * @param name file name without folders, {@code -} for standard input
 * @param path as given on the command line
 * @param quality what the capture is worth as evidence
 * @param recording how it was recorded
 * @param verdict what is concluded about its flows, each by itself and together
 * @param places tells in which file of a series a frame lies; null when the capture is one file
 */
public record CaptureReport(
    String name,
    String path,
    CaptureQuality quality,
    Recording recording,
    CaptureVerdict verdict,
    LongFunction<Place> places) {
  /** A capture in one file. */
  public CaptureReport(
      String name,
      String path,
      CaptureQuality quality,
      Recording recording,
      CaptureVerdict verdict) {
    this(name, path, quality, recording, verdict, null);
  }

  /** The same, as a series of files. */
  public CaptureReport inSeries(LongFunction<Place> files) {
    return new CaptureReport(name, path, quality, recording, verdict, files);
  }

  /** Flows that were reset or lost (or all, if asked for), in the order in which they began. */
  public List<FlowVerdict> flows() {
    return verdict.flows();
  }
}
