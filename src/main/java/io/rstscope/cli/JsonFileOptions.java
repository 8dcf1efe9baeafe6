package io.rstscope.cli;

import io.rstscope.watch.FileLimits;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The file that takes notices as JSON, and when it is put aside. */
final class JsonFileOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Append the notices to this file too, one JSON object a line.")
  private Path file;

  @Option(
      names = "--json-size",
      paramLabel = "SIZE",
      defaultValue = "100M",
      converter = Quantities.Bytes.class,
      description = "Put that file aside before it is larger (${DEFAULT-VALUE}).")
  private long size;

  @Option(
      names = "--json-every",
      paramLabel = "TIME",
      defaultValue = "24h",
      converter = Quantities.Time.class,
      description = "Put that file aside when it is older (${DEFAULT-VALUE}).")
  private Duration every;

  @Option(
      names = "--json-keep",
      paramLabel = "N",
      defaultValue = "14",
      description = "So many files put aside are kept (${DEFAULT-VALUE}).")
  private int keep;

  void check() {
    Usage.require(spec, keep >= 0, "--json-keep must be 0 or more");
  }

  /** Null when none is wanted. */
  Path file() {
    return file;
  }

  FileLimits limits() {
    return new FileLimits(size, every.toNanos(), keep);
  }
}
