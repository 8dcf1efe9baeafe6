package io.rstscope.cli;

/** A whole capture, from its bytes to all outputs. */
public final class CaptureTarget {
  private static final OutputChecks OUTPUTS = new OutputChecks();

  private CaptureTarget() {}

  /** Takes a file of any kind. */
  public static void fuzzerTestOneInput(byte[] file) {
    OUTPUTS.check(file);
  }
}
