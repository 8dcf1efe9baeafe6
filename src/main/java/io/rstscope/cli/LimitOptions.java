package io.rstscope.cli;

import io.rstscope.capture.live.KernelFilter;
import io.rstscope.capture.live.LiveOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How much of an interface is captured, and held. */
final class LimitOptions {
  /**
   * Holds 0.4 s of 600,000 packets a second; 32M did not always outlast the JVM's compiler on two
   * cores.
   */
  static final String USUAL_RING = "64M";

  /** Headers of IPv6 and TCP in a VLAN, and what tells an AMQP method and its numbers. */
  private static final int LEAST_SNAP_LENGTH = 128;

  private static final int MOST_SNAP_LENGTH = 262_144;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = {"-s", "--snap-length"},
      paramLabel = "BYTES",
      defaultValue = "256",
      description = "Bytes captured of each packet, 128 to 262144 (${DEFAULT-VALUE}).")
  private int snapLength;

  @Option(
      names = "--ring",
      paramLabel = "SIZE",
      defaultValue = USUAL_RING,
      converter = Quantities.Bytes.class,
      description = "Memory of the kernel for packets not yet read (${DEFAULT-VALUE}).")
  private long ring;

  @Option(
      names = "--max-flows",
      paramLabel = "N",
      description =
          "Connections followed at once on each interface; beyond it the longest silent are given"
              + " up (200000, or as many as fit into the heap with what -w keeps of them).")
  private Integer maxFlows;

  void check() {
    Usage.require(
        spec,
        snapLength >= LEAST_SNAP_LENGTH && snapLength <= MOST_SNAP_LENGTH,
        "--snap-length must be " + LEAST_SNAP_LENGTH + " to " + MOST_SNAP_LENGTH);
    Usage.require(spec, ring >= 1 << 16 && ring <= 1 << 30, "--ring must be 64K to 1G");
    Usage.require(spec, maxFlows == null || maxFlows >= 1, "--max-flows must be 1 or more");
  }

  LiveOptions live(KernelFilter filter) {
    return new LiveOptions(snapLength, (int) ring, filter);
  }

  int snapLength() {
    return snapLength;
  }

  /** As many as are wanted, or else as there is room for. */
  int maxFlows(WatchMemory memory) {
    return maxFlows == null ? memory.flows() : maxFlows;
  }
}
