package io.rstscope.cli;

import io.rstscope.cli.options.Usage;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Captures of the same time from the other end. */
final class OtherSideOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--other-side",
      paramLabel = "OTHER",
      description =
          "A capture of the same time from the other end, e.g. the client's where FILE is the"
              + " broker's: an RST that is in FILE only was made in between. May be repeated.")
  private List<String> files = List.of();

  /**
   * Complains of what can be read only once.
   *
   * @param inputs the captures to analyse
   */
  void check(List<String> inputs) {
    for (String file : files) {
      requireTwice(file);
    }
    if (!files.isEmpty()) {
      inputs.forEach(this::requireTwice);
    }
  }

  private void requireTwice(String file) {
    Usage.require(
        spec,
        CaptureInput.isReadableTwice(file),
        "--other-side reads captures twice, and " + file + " can be read only once");
  }

  /** All captures that are read: the inputs, then these. */
  List<String> with(List<String> inputs) {
    return Stream.concat(inputs.stream(), files.stream()).toList();
  }

  /** The captures as given. */
  List<String> files() {
    return files;
  }
}
