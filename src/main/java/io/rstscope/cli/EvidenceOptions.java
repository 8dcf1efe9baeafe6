package io.rstscope.cli;

import io.rstscope.watch.WatchOptions;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which packets of lost connections are kept, and where. */
final class EvidenceOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = {"-w", "--write"},
      paramLabel = "DIR",
      description =
          "Keep the last packets of each lost connection in this folder, as pcapng; headers only.")
  private Path folder;

  @Option(
      names = "--payload",
      description = "With -w: payload too, as far as it is captured; it may hold passwords.")
  private boolean payload;

  @Option(
      names = "--write-files",
      paramLabel = "N",
      defaultValue = "1000",
      description = "With -w: so many files are kept, the newest (${DEFAULT-VALUE}).")
  private int maxFiles;

  @Option(
      names = "--write-size",
      paramLabel = "SIZE",
      defaultValue = "100M",
      converter = Quantities.Bytes.class,
      description = "With -w: so much is kept in all (${DEFAULT-VALUE}).")
  private long maxBytes;

  void check() {
    Usage.require(spec, maxFiles >= 1, "--write-files must be 1 or more");
  }

  /** Null when nothing is to be kept. */
  WatchOptions.Evidence evidence() {
    return folder == null ? null : new WatchOptions.Evidence(folder, payload, maxFiles, maxBytes);
  }
}
