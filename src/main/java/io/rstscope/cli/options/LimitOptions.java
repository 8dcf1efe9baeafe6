package io.rstscope.cli.options;

import io.rstscope.capture.live.KernelFilter;
import io.rstscope.capture.live.LiveOptions;
import io.rstscope.engine.WatchMemory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How much of an interface is captured, and held. */
public final class LimitOptions {
  /**
   * Holds 0.4 s of 600,000 packets a second; 32M did not always outlast the JVM's compiler on two
   * cores.
   */
  public static final String USUAL_RING = "64M";

  /** Headers of IPv6 and TCP in a VLAN, and what tells an AMQP method and its numbers. */
  private static final int LEAST_SNAP_LENGTH = 128;

  private static final int MOST_SNAP_LENGTH = 262_144;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = {"-s", "--snap-length"},
      paramLabel = "BYTES",
      defaultValue = "512",
      description = "Bytes captured of each packet, 128 to 262144 (default: ${DEFAULT-VALUE}).")
  private int snapLength;

  @Option(
      names = "--ring",
      paramLabel = "SIZE",
      defaultValue = USUAL_RING,
      converter = Quantities.Bytes.class,
      description = "Kernel memory for packets not yet read (default: ${DEFAULT-VALUE}).")
  private long ring;

  @Option(
      names = "--max-flows",
      paramLabel = "N",
      description =
          "Connections tracked at once on each interface; beyond that, flows are evicted, longest"
              + " idle first (default: 200000, or what fits into the heap beside the packets of"
              + " -w).")
  private Integer maxFlows;

  /**
   * Complains of what a converter of one option cannot see.
   *
   * @throws ParameterException when a number is out of its range
   */
  public void check() {
    Usage.require(
        spec,
        snapLength >= LEAST_SNAP_LENGTH && snapLength <= MOST_SNAP_LENGTH,
        "--snap-length must be " + LEAST_SNAP_LENGTH + " to " + MOST_SNAP_LENGTH);
    Usage.require(spec, ring >= 1 << 16 && ring <= 1 << 30, "--ring must be 64K to 1G");
    Usage.require(spec, maxFlows == null || maxFlows >= 1, "--max-flows must be 1 or more");
  }

  /**
   * How an interface is captured.
   *
   * @param filter which of its packets
   */
  public LiveOptions live(KernelFilter filter) {
    return new LiveOptions(snapLength, (int) ring, filter);
  }

  /** Bytes captured of each packet, 128 to 262144. */
  public int snapLength() {
    return snapLength;
  }

  /** As many as are wanted, or else as there is room for. */
  public int maxFlows(WatchMemory memory) {
    return maxFlows == null ? memory.flows() : maxFlows;
  }
}
