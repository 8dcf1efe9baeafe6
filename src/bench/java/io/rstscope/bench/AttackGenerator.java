package io.rstscope.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Writes captures of a broker under attack: the same options give the same bytes, and the everyday
 * connections are the same whatever the attack.
 */
@Command(
    name = "AttackGenerator",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Writes a pcap file of some everyday connections, and an attack beside them.")
final class AttackGenerator implements Callable<Integer> {
  /** 2026-01-01T00:00:00Z. */
  private static final long START_NANOS = 1_767_225_600_000_000_000L;

  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final int WHOLE = 262_144;

  @Option(names = "--output", required = true, paramLabel = "FILE", description = "The capture.")
  private Path output;

  @Option(
      names = "--attack",
      defaultValue = "syn-flood",
      description = "One of ${COMPLETION-CANDIDATES}.")
  private Attack attack;

  @Option(
      names = "--count",
      defaultValue = "1000000",
      description = "Connections, or resets of the one connection; 0 for no attack.")
  private long count;

  @Option(
      names = "--answers",
      defaultValue = "1",
      description = "How often the broker answers each SYN of a flood.")
  private int answers;

  @Option(names = "--connections", defaultValue = "300", description = "Everyday connections.")
  private int connections;

  @Option(names = "--seconds", defaultValue = "600", description = "How long all that takes.")
  private long seconds;

  @Option(names = "--seed", defaultValue = "1", description = "Other seeds, other captures.")
  private long seed;

  /**
   * What an attack has to keep to.
   *
   * @param random of its own, so that it changes nothing for others
   */
  record Scene(
      PcapWriter capture,
      SplittableRandom random,
      long startNanos,
      long durationNanos,
      long count,
      int answers) {}

  private AttackGenerator() {}

  /** Runs the command line and exits with 0, or 1 when it failed, or 2 for a wrong option. */
  public static void main(String[] arguments) {
    CommandLine command = new CommandLine(new AttackGenerator());
    command.setCaseInsensitiveEnumValuesAllowed(true);
    command.setExecutionExceptionHandler(
        (failure, line, parsed) -> {
          line.getErr().println("AttackGenerator: " + failure.getMessage());
          return 1;
        });
    System.exit(command.execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    SplittableRandom everyday = random.split();
    long nanos = seconds * NANOS_PER_SECOND;
    try (PcapWriter capture = new PcapWriter(Files.newOutputStream(output), WHOLE)) {
      Traffic.mix(
          new SteadyTraffic(capture, everyday, connections, START_NANOS, nanos),
          attack.on(new Scene(capture, random, START_NANOS, nanos, count, answers)));
      System.out.printf(
          Locale.ROOT,
          "%s: %d packets, %d bytes%n",
          output,
          capture.packets(),
          capture.uncutBytes());
    }
    return 0;
  }
}
