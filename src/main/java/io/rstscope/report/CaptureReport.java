package io.rstscope.report;

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
 * @param flows those that were reset or lost (or all, if asked for), in the order in which they
 *     began
 * @param places tells in which file of a series a frame lies; null when the capture is one file
 */
public record CaptureReport(
    String name,
    String path,
    CaptureQuality quality,
    Recording recording,
    List<FlowVerdict> flows,
    LongFunction<Place> places) {
  /** The same without its flows, to be kept for the summary. */
  CaptureReport withoutFlows() {
    return new CaptureReport(name, path, quality, recording, List.of(), null);
  }

  /** The same, as a series of files. */
  public CaptureReport inSeries(LongFunction<Place> files) {
    return new CaptureReport(name, path, quality, recording, flows, files);
  }
}
