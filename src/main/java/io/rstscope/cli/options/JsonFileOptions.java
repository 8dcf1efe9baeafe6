package io.rstscope.cli.options;

import io.rstscope.watch.FileLimits;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The file that takes notices as JSON, and when it is put aside. */
public final class JsonFileOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Also append the notices to FILE, one JSON object a line.")
  private Path file;

  @Option(
      names = "--json-size",
      paramLabel = "SIZE",
      defaultValue = "100M",
      converter = Quantities.Bytes.class,
      description = "Rotate that file before it is larger (default: ${DEFAULT-VALUE}).")
  private long size;

  @Option(
      names = "--json-every",
      paramLabel = "TIME",
      defaultValue = "24h",
      converter = Quantities.Time.class,
      description = "Rotate that file when it is older (default: ${DEFAULT-VALUE}).")
  private Duration every;

  @Option(
      names = "--json-keep",
      paramLabel = "N",
      defaultValue = "14",
      description = "Rotated files to keep (default: ${DEFAULT-VALUE}).")
  private int keep;

  /**
   * Complains of what a converter of one option cannot see.
   *
   * @throws ParameterException when an option needs {@code --json}, or a number is too small
   */
  public void check() {
    Usage.requireWith(spec, "--json", file != null, "--json-size", "--json-every", "--json-keep");
    Usage.require(spec, keep >= 0, "--json-keep must be 0 or more");
  }

  /** Null when none is wanted. */
  public Path file() {
    return file;
  }

  /** When the file is put aside, and how many such files are kept. */
  public FileLimits limits() {
    return new FileLimits(size, every.toNanos(), keep);
  }
}
