package io.rstscope.cli.options;

import io.rstscope.watch.record.RecordOptions;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The files that packets are recorded in. */
public final class RingOptions {
  private static final long LEAST_BYTES = 1 << 16;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description =
          "Folder for the files, made if need be (default: one named after the time, in the working"
              + " directory).")
  private Path folder;

  @Option(
      names = "--file-size",
      paramLabel = "SIZE",
      defaultValue = "100M",
      converter = Quantities.Bytes.class,
      description = "Begin another file at this size, 64K or more (default: ${DEFAULT-VALUE}).")
  private long fileBytes;

  @Option(
      names = "--file-time",
      paramLabel = "TIME",
      converter = Quantities.Time.class,
      description = "Also when the packets of a file span this time, e.g. 10m.")
  private Duration fileTime;

  @Option(
      names = "--files",
      paramLabel = "N",
      defaultValue = "20",
      description =
          "Files to keep, newest first, those of earlier runs included (default:"
              + " ${DEFAULT-VALUE}).")
  private int files;

  @Option(
      names = "--payload",
      description = "Write packets whole, as far as captured: passwords and messages included.")
  private boolean payload;

  /**
   * Complains of what a converter of one option cannot see.
   *
   * @throws ParameterException when a number is too small
   */
  public void check() {
    Usage.require(spec, fileBytes >= LEAST_BYTES, "--file-size must be 64K or more");
    Usage.require(spec, files >= 1, "--files must be 1 or more");
  }

  /** Whether packets are written whole. */
  public boolean payload() {
    return payload;
  }

  /**
   * All that is to be known of the files.
   *
   * @param usual the folder when none is named
   */
  public RecordOptions of(String interfaceName, int snapLength, Path usual) {
    return new RecordOptions(
        folder == null ? usual : folder,
        interfaceName,
        snapLength,
        payload,
        fileBytes,
        fileTime == null ? Long.MAX_VALUE : fileTime.toNanos(),
        files);
  }
}
