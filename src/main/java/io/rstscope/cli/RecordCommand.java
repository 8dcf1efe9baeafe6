package io.rstscope.cli;

import io.rstscope.capture.FileNames;
import io.rstscope.capture.live.KernelFilter;
import io.rstscope.capture.live.LiveException;
import io.rstscope.cli.options.CaptureWithOption;
import io.rstscope.cli.options.LimitOptions;
import io.rstscope.cli.options.PortOption;
import io.rstscope.cli.options.Quantities;
import io.rstscope.cli.options.RingOptions;
import io.rstscope.cli.options.Usage;
import io.rstscope.engine.BrokerAccounts;
import io.rstscope.engine.WatchMemory;
import io.rstscope.net.PortSet;
import io.rstscope.report.words.Format;
import io.rstscope.watch.Agent;
import io.rstscope.watch.AsyncDiagnostics;
import io.rstscope.watch.Feed;
import io.rstscope.watch.WatchOptions;
import io.rstscope.watch.host.BrokerListeners;
import io.rstscope.watch.output.TimeInName;
import io.rstscope.watch.record.BrokerPorts;
import io.rstscope.watch.record.LossSentences;
import io.rstscope.watch.record.RecordOptions;
import io.rstscope.watch.record.Recorder;
import io.rstscope.watch.record.TcpdumpLine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rstscope record}: the capture that {@code analyze} wants, in a ring of files. */
@Command(
    name = "record",
    mixinStandardHelpOptions = true,
    versionProvider = CommandLineTool.Version.class,
    sortOptions = false,
    description =
        "Records an interface into a ring of capture files for 'analyze --series', without passwords"
            + " and messages.",
    footer = {
      "",
      "SIGINT and SIGTERM end it. It needs CAP_NET_RAW: see 'rstscope doctor'. On a host without"
          + " RstScope run what --print prints."
    })
final class RecordCommand implements Callable<Integer> {
  /** At the end standard error is given up when it does not take all for so long. */
  private static final long PATIENCE_MILLIS = 2_000;

  private final Console console;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-i", "--interface"},
      paramLabel = "IF",
      description = "Interface to capture on, or any.")
  private String interfaceName;

  @Option(
      names = {"-p", "--port"},
      paramLabel = "PORTS",
      converter = PortOption.Converter.class,
      description =
          "Broker ports, e.g. 5672,5671 or 5670-5680, or \"any\" (default: 5671, 5672, and those of a"
              + " broker on this host).")
  private PortSet asked;

  @Mixin private RingOptions ring;

  @Mixin private CaptureWithOption captureWith;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = Quantities.Time.class,
      description = "Stop after this time, e.g. 90s, 10m or 8h.")
  private Duration duration;

  @Option(
      names = "--until-loss",
      paramLabel = "TIME",
      converter = Quantities.Time.class,
      description = "Stop this long after the first lost connection, e.g. 5m.")
  private Duration afterLoss;

  @Mixin private LimitOptions limits;

  @Option(
      names = "--print",
      description =
          "Only print the tcpdump command that records the same, for root on another host.")
  private boolean print;

  RecordCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    limits.check();
    ring.check();
    Usage.require(spec, print || interfaceName != null, "name an interface (-i), or any");
    if (print) {
      return print();
    }
    String problem = Jna.prepare();
    if (captureWith.needsJna() && problem != null) {
      console.say(problem);
      return ExitStatus.NOT_PERMITTED;
    }
    try (AsyncDiagnostics words = new AsyncDiagnostics(console::say, PATIENCE_MILLIS)) {
      return record(words);
    } catch (LiveException e) {
      return CannotCapture.explain(e, spec.commandLine(), console);
    } catch (IOException e) {
      console.say(e.getMessage());
      return ExitStatus.INPUT;
    }
  }

  private int print() throws IOException {
    for (String option : List.of("--file-time", "--for", "--until-loss", "--capture-with")) {
      boolean given = spec.commandLine().getParseResult().hasMatchedOption(option);
      Usage.require(spec, !given, "tcpdump has no such ring: --print goes without " + option);
    }
    RecordOptions options =
        ring.of(
            interfaceName == null ? "any" : interfaceName,
            limits.snapLength(),
            Path.of("rstscope-capture"));
    // of this host, which is not the one that it is for
    PortSet ports = asked == null ? BrokerPorts.of(List.of()).ports() : asked;
    int ringBytes = limits.live(null).ringBytes();
    console.out().write(TcpdumpLine.of(options, ports.toString(), ringBytes) + "\n");
    console.out().flush();
    return ExitStatus.DONE;
  }

  private int record(Consumer<String> words) throws IOException {
    BrokerPorts found = asked == null ? BrokerPorts.of(BrokerListeners.ports()) : null;
    PortSet ports = found == null ? asked : found.ports();
    RecordOptions options =
        ring.of(
            interfaceName,
            limits.snapLength(),
            Path.of("rstscope-" + TimeInName.of(System.currentTimeMillis())));
    Feed feed =
        captureWith.feed(
            interfaceName, limits.live(new KernelFilter(ports.toString(), null)), words);
    Recorder recorder = new Recorder(options, words);
    WatchOptions watched = options(feed, ports, recorder);
    Agent agent = new Agent(watched, words);
    LossSentences losses = new LossSentences(watched.afterLossNanos(), words);
    agent.run(
        losses,
        () -> {
          words.accept(recording(options, ports));
          if (found != null) {
            words.accept(found.why());
          }
          if (ring.payload()) {
            words.accept("packets are written whole: passwords and messages are in the files");
          }
        });
    agent.captured().forEach(words);
    if (losses.firstNanos() != 0 && !recorder.reachesBackTo(losses.firstNanos())) {
      words.accept(
          "the first loss is not in the files any more: --files and --file-size keep more");
    }
    sum(options.folder(), ports, recorder, words);
    return recorder.givenUp() == 0 ? ExitStatus.DONE : ExitStatus.INPUT;
  }

  private static String recording(RecordOptions options, PortSet ports) {
    return "recording %s, ports %s, into %s (at most %s of %s bytes)"
        .formatted(
            options.name(),
            ports,
            FileNames.of(options.folder()),
            Format.count(options.files(), "file"),
            Format.grouped(options.fileBytes()));
  }

  private static void sum(Path folder, PortSet ports, Recorder recorder, Consumer<String> words) {
    String name = FileNames.of(folder);
    if (recorder.givenUp() > 0) {
      words.accept(Format.count(recorder.givenUp(), "packet") + " could not be written");
    }
    if (recorder.leftOut() > 0) {
      words.accept(
          Format.count(recorder.leftOut(), "packet") + " left out, in which no TCP was recognised");
    }
    if (recorder.written() == 0) {
      words.accept("nothing written: no packets of ports " + ports);
      return;
    }
    words.accept(
        "%s written; %s in %s"
            .formatted(
                Format.count(recorder.written(), "packet"),
                Format.count(recorder.files(), "file"),
                name));
    words.accept("next: rstscope analyze --series " + name + " -p " + ports);
  }

  private WatchOptions options(Feed feed, PortSet ports, Recorder recorder) {
    WatchMemory memory = WatchMemory.of(Runtime.getRuntime().maxMemory(), 1, 0);
    return new WatchOptions(
        List.of(feed),
        ports,
        limits.snapLength(),
        limits.maxFlows(memory),
        memory.observer(),
        memory.openCases(),
        false,
        null,
        null,
        null,
        recorder,
        null,
        null,
        BrokerAccounts.NONE,
        null,
        null,
        null,
        null,
        nanos(duration),
        Long.MAX_VALUE,
        nanos(afterLoss));
  }

  private static long nanos(Duration time) {
    return time == null ? Long.MAX_VALUE : time.toNanos();
  }
}
