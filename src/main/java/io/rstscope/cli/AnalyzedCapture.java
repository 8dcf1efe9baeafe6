package io.rstscope.cli;

import io.rstscope.report.model.CaptureReport;

/**
 * A capture that has been read.
 *
 * @param again opens it once more; null when it can be read only once
 */
record AnalyzedCapture(CaptureReport report, SecondReading.Opening again) {}
