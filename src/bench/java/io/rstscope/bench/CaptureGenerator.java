package io.rstscope.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Writes captures to measure with: the same options give the same bytes. */
@Command(
    name = "CaptureGenerator",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Writes a pcap file of brokers at work, or of connections that stay quiet.")
final class CaptureGenerator implements Callable<Integer> {
  /** 2026-01-01T00:00:00Z. */
  private static final long START_NANOS = 1_767_225_600_000_000_000L;

  // what the message sizes can reach
  private static final long SMALLEST_MEAN = 150;
  private static final long LARGEST_MEAN = 700;

  @Spec private CommandSpec spec;

  @Option(names = "--output", required = true, paramLabel = "FILE", description = "The capture.")
  private Path output;

  @Option(names = "--packets", defaultValue = "8000000", description = "Packets in all.")
  private long packets;

  @Option(
      names = "--bytes",
      defaultValue = "2g",
      converter = Size.class,
      description = "Size of the file, before packets are cut; k, m, g are powers of 1024.")
  private long bytes;

  @Option(names = "--share", defaultValue = "0.7", description = "Share of packets on port 5672.")
  private double share;

  @Option(names = "--flows", defaultValue = "20000", description = "AMQP connections at a time.")
  private int flows;

  @Option(names = "--resets", defaultValue = "10000", description = "How many of them are reset.")
  private int resets;

  @Option(
      names = "--quiet-flows",
      defaultValue = "0",
      description = "Instead of all that: connections that open and stay quiet.")
  private int quietFlows;

  @Option(names = "--no-amqp", description = "Quiet connections say one byte each way.")
  private boolean noAmqp;

  @Option(
      names = "--heartbeats",
      defaultValue = "1",
      description = "Heartbeats each way on quiet connections.")
  private int heartbeats;

  @Option(names = "--snaplen", defaultValue = "262144", description = "Bytes kept of a packet.")
  private int snapLength;

  @Option(names = "--seed", defaultValue = "1", description = "Other seeds, other captures.")
  private long seed;

  private CaptureGenerator() {}

  /** Runs the command line and exits with 0, or 1 when it failed, or 2 for a wrong option. */
  public static void main(String[] arguments) {
    CommandLine command = new CommandLine(new CaptureGenerator());
    command.setExecutionExceptionHandler(
        (failure, line, parsed) -> {
          line.getErr().println("CaptureGenerator: " + failure.getMessage());
          return 1;
        });
    System.exit(command.execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    check();
    SplittableRandom random = new SplittableRandom(seed);
    try (PcapWriter capture = new PcapWriter(Files.newOutputStream(output), snapLength)) {
      int connections = quietFlows;
      if (quietFlows > 0) {
        new QuietTraffic(capture, random).write(START_NANOS, quietFlows, !noAmqp, heartbeats);
      } else {
        var plan = new BusyTraffic.Plan(packets, bytes, share, flows, resets);
        connections = new BusyTraffic(capture, plan, random).write(START_NANOS);
      }
      System.out.printf(
          Locale.ROOT,
          "%s: %d packets, %d bytes before cutting, %d connections on port 5672%n",
          output,
          capture.packets(),
          capture.uncutBytes(),
          connections);
    }
    return 0;
  }

  private void check() {
    require(snapLength >= 1, "--snaplen must be 1 or more");
    require(quietFlows >= 0, "--quiet-flows must not be negative");
    require(heartbeats >= 0, "--heartbeats must not be negative");
    require(packets >= 1 && flows >= 1, "--packets and --flows must be 1 or more");
    require(resets >= 0, "--resets must not be negative");
    require(share > 0 && share <= 1, "--share must be above 0, at most 1");
    long mean = bytes / packets;
    require(
        mean >= SMALLEST_MEAN && mean <= LARGEST_MEAN,
        "--bytes / --packets is %d; it must be %d to %d"
            .formatted(mean, SMALLEST_MEAN, LARGEST_MEAN));
  }

  private void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new ParameterException(spec.commandLine(), otherwise);
    }
  }

  /** Converts {@code 2g} to bytes. */
  static final class Size implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      int power = " kmg".indexOf(text.substring(Math.max(0, text.length() - 1)));
      try {
        return power > 0
            ? Long.parseLong(text.substring(0, text.length() - 1)) << (10 * power)
            : Long.parseLong(text);
      } catch (NumberFormatException e) {
        throw new TypeConversionException("'" + text + "' is not a size such as 500m or 2g");
      }
    }
  }
}
