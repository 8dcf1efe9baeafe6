package io.rstscope.cli.fleet;

import io.rstscope.cli.options.PortOption;
import io.rstscope.net.PortSet;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the captures of an archive are taken for, on one machine as on a cluster. */
public final class ArchiveOptions {
  @Mixin private PortOption port;

  @Option(
      names = "--series",
      description = "The captures in one folder are one capture, rotated by tcpdump or record.")
  private boolean series;

  @Option(
      names = "--broker-host",
      paramLabel = "NAME",
      description =
          "What to call the broker's host, where its address says too little, such as that of a"
              + " container (default: its address).")
  private String brokerHost;

  /** Of the brokers. */
  public PortSet ports() {
    return port.ports();
  }

  /** Whether the captures of one folder are one capture. */
  public boolean series() {
    return series;
  }

  /** What the user calls the broker of these captures, or null: its address. */
  public String brokerHost() {
    return brokerHost;
  }
}
