package io.rstscope.tshark;

import io.rstscope.testing.Recorded;
import io.rstscope.testing.mutants.CaptureFormat;
import io.rstscope.testing.mutants.Mutants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Mutants in one capture, as starting tshark for each would take longer than all the rest. */
public final class MutantBatch {
  /** Mutants in each. */
  public static final int SIZE = 50;

  private MutantBatch() {}

  /** Writes the batch with that number, in a format of its own. */
  public static Path write(Mutants mutants, int number, Path file) throws IOException {
    CaptureFormat format = CaptureFormat.any(new Random(number));
    List<Recorded> packets = new ArrayList<>();
    for (int i = 0; i < SIZE; i++) {
      packets.addAll(mutants.get(number * SIZE + i, format.linkType()).packets());
    }
    return Files.write(file, format.write(packets));
  }
}
