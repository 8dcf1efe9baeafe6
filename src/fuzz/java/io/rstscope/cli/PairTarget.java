package io.rstscope.cli;

import java.util.Arrays;

/** Two captures that are held against each other. */
public final class PairTarget {
  private static final OutputChecks OUTPUTS = new OutputChecks();

  private static final int LENGTH_BYTES = 2;

  private PairTarget() {}

  /** Takes the length of the first capture, 16 bits, then both. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length < LENGTH_BYTES) {
      return;
    }
    int length = (input[0] & 0xff) << 8 | input[1] & 0xff;
    int end = LENGTH_BYTES + Math.min(length, input.length - LENGTH_BYTES);
    OUTPUTS.checkPair(
        Arrays.copyOfRange(input, LENGTH_BYTES, end), Arrays.copyOfRange(input, end, input.length));
  }
}
