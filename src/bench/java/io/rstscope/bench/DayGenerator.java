package io.rstscope.bench;

import io.rstscope.testing.day.Day;
import io.rstscope.testing.day.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes days at a broker, each with its truth beside it. */
final class DayGenerator {
  private DayGenerator() {}

  /**
   * Writes {@code day-SEED.pcap} and {@code day-SEED.pcap.truth.jsonl} for each seed.
   *
   * @param args the folder, then seeds
   */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    for (String seed : List.of(args).subList(1, args.length)) {
      Path capture = folder.resolve("day-" + seed + ".pcap");
      new Day(Plan.SIX_HOURS, Long.parseLong(seed)).writeTo(capture);
      System.out.println(capture + ": " + Files.size(capture) + " bytes");
    }
  }
}
