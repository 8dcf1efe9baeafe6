package io.rstscope.bench;

import io.rstscope.cli.Run;
import io.rstscope.testing.mutants.Mutants;
import io.rstscope.tshark.Agreement;
import io.rstscope.tshark.MutantBatch;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares what we see with what tshark does, in as many mutants as asked for. */
final class Differential {
  private Differential() {}

  /**
   * Prints in how many packets they agree, and why they do not in others. The exit status is 1 when
   * no rule explains a difference; the captures with such are left in the folder.
   *
   * @param args number of mutants, seed, folder
   */
  public static void main(String[] args) throws Exception {
    int batches = (Integer.parseInt(args[0]) + MutantBatch.SIZE - 1) / MutantBatch.SIZE;
    Mutants mutants = new Mutants(Run.CAPTURES, Long.parseLong(args[1]));
    Agreement agreement = new Agreement();
    for (int batch = 0; batch < batches; batch++) {
      int before = agreement.unexplained().size();
      Path capture =
          MutantBatch.write(mutants, batch, Path.of(args[2], "mutants-" + batch + ".cap"));
      agreement.compare(capture);
      if (agreement.unexplained().size() == before) {
        Files.delete(capture);
      }
    }
    System.out.println(batches * MutantBatch.SIZE + " mutants: " + agreement);
    System.exit(agreement.unexplained().isEmpty() ? 0 : 1);
  }
}
