package io.rstscope.report;

import io.rstscope.attribution.FlowVerdict;
import java.util.List;

/**
 * What one capture tells.
 *
 * @param name file name without folders, {@code -} for standard input
 * @param path as given on the command line
 * @param quality what the capture is worth as evidence
 * @param flows those that were reset or lost (or all, if asked for), in the order in which they
 *     began
 */
public record CaptureReport(
    String name, String path, CaptureQuality quality, List<FlowVerdict> flows) {}
