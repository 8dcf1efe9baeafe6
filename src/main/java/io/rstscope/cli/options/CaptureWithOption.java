package io.rstscope.cli.options;

import io.rstscope.capture.live.CaptureProgram;
import io.rstscope.capture.live.LiveOptions;
import io.rstscope.watch.Feed;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** What captures on interfaces. */
public final class CaptureWithOption {
  /** This process, or a program in its place. */
  enum CaptureWith {
    AUTO,
    LIBPCAP,
    DUMPCAP,
    TCPDUMP
  }

  @Option(
      names = "--capture-with",
      paramLabel = "auto|libpcap|dumpcap|tcpdump",
      defaultValue = "auto",
      description =
          "What captures on interfaces: this process by libpcap, or a program that holds the"
              + " privilege in its place; auto is libpcap, and dumpcap where that is not permitted"
              + " (default: ${DEFAULT-VALUE}).")
  private CaptureWith captureWith;

  /**
   * An interface captured that way.
   *
   * @param words is told what else captures, and what that says, on any thread
   */
  public Feed feed(String name, LiveOptions live, Consumer<String> words) {
    return switch (captureWith) {
      case AUTO -> Feed.ofInterface(name, live, words);
      case LIBPCAP -> Feed.ofInterface(name, live);
      case DUMPCAP -> Feed.ofInterface(name, live, CaptureProgram.DUMPCAP, words);
      case TCPDUMP -> Feed.ofInterface(name, live, CaptureProgram.TCPDUMP, words);
    };
  }

  /** Whether JNA is needed: to capture, or to ask tcpdump for its counts. */
  public boolean needsJna() {
    return captureWith != CaptureWith.DUMPCAP;
  }
}
