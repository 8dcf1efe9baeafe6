package io.rstscope.cli.options;

import io.rstscope.watch.WatchOptions;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which packets of lost connections are kept, and where. */
public final class EvidenceOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = {"-w", "--write"},
      paramLabel = "DIR",
      description =
          "Save the last packets of each lost connection to this folder as pcapng, headers only.")
  private Path folder;

  @Option(
      names = "--payload",
      description =
          "With -w: save payload too, as far as it is captured; it may contain passwords.")
  private boolean payload;

  @Option(
      names = "--write-files",
      paramLabel = "N",
      defaultValue = "1000",
      description = "With -w: files to keep, newest first (default: ${DEFAULT-VALUE}).")
  private int maxFiles;

  @Option(
      names = "--write-size",
      paramLabel = "SIZE",
      defaultValue = "100M",
      converter = Quantities.Bytes.class,
      description = "With -w: total size to keep (default: ${DEFAULT-VALUE}).")
  private long maxBytes;

  /**
   * Complains of what a converter of one option cannot see.
   *
   * @throws ParameterException when an option needs {@code -w}, or a number is too small
   */
  public void check() {
    Usage.requireWith(
        spec, "--write", folder != null, "--payload", "--write-files", "--write-size");
    Usage.require(spec, maxFiles >= 1, "--write-files must be 1 or more");
  }

  /** Where and how much; null when nothing is to be kept. */
  public WatchOptions.Evidence evidence() {
    return folder == null ? null : new WatchOptions.Evidence(folder, payload, maxFiles, maxBytes);
  }
}
