package io.rstscope.cli;

import io.rstscope.engine.BrokerAccounts;
import io.rstscope.net.PortSet;
import io.rstscope.reset.ObserverLimits;
import io.rstscope.watch.Agent;
import io.rstscope.watch.Feed;
import io.rstscope.watch.WatchOptions;
import io.rstscope.watch.record.LossSentences;
import io.rstscope.watch.record.RecordOptions;
import io.rstscope.watch.record.Recorder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A capture that is played into a recorder, through all that a live one goes through. */
final class Recording {
  private static final int SNAP_LENGTH = 262_144;

  /** What was said meanwhile. */
  final List<String> words = Collections.synchronizedList(new ArrayList<>());

  final Recorder recorder;

  private Recording(RecordOptions options) {
    recorder = new Recorder(options, words::add);
  }

  /** Into one file of the folder. */
  static Recording of(Path capture, String ports, Path folder, boolean payload) throws IOException {
    return of(
        capture,
        ports,
        new RecordOptions(folder, "eth0", SNAP_LENGTH, payload, Long.MAX_VALUE, Long.MAX_VALUE, 1));
  }

  static Recording of(Path capture, String ports, RecordOptions options) throws IOException {
    Recording recording = new Recording(options);
    Feed feed = Feed.ofStream(capture.toString(), false, null);
    WatchOptions watched =
        new WatchOptions(
            List.of(feed),
            PortSet.parse(ports),
            options.snapLength(),
            100_000,
            ObserverLimits.within(1 << 26),
            1_000,
            false,
            null,
            null,
            null,
            recording.recorder,
            null,
            null,
            BrokerAccounts.NONE,
            null,
            null,
            null,
            null,
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            Long.MAX_VALUE);
    new Agent(watched, recording.words::add)
        .run(new LossSentences(Long.MAX_VALUE, recording.words::add), () -> {});
    return recording;
  }
}
