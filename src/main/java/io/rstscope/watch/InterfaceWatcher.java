package io.rstscope.watch;

import io.rstscope.capture.Blocks;
import io.rstscope.capture.CaptureException;
import io.rstscope.capture.CapturedPacket;
import io.rstscope.capture.live.LiveException;
import io.rstscope.capture.live.LiveException.Reason;
import io.rstscope.capture.live.LiveSource;
import io.rstscope.capture.live.LiveStatistics;
import io.rstscope.capture.live.StreamCapture;
import io.rstscope.net.Durations;
import io.rstscope.net.PortSet;
import io.rstscope.reset.Bystanders;
import io.rstscope.reset.FlowObservation;
import io.rstscope.watch.kernel.KernelTrace;
import io.rstscope.watch.record.Recorder;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Captures one interface and follows its flows, on a thread of its own; opens the interface again
 * when it goes away. Or reads a capture that somebody else writes, to its end.
 */
final class InterfaceWatcher {
  private static final long TICK_NANOS = 100_000_000L;
  private static final long TICK_MILLIS = 100;

  /** The clock is looked at after so many packets at the latest. */
  private static final int PACKETS_A_LOOK = 256;

  private static final long STATISTICS_NANOS = 1_000_000_000L;
  private static final long DROPS_SAID_APART_NANOS = 60_000_000_000L;
  private static final long MOMENT_MILLIS = 300;
  private static final long FIRST_BACK_OFF_MILLIS = 500;
  private static final long LONGEST_BACK_OFF_MILLIS = 30_000;

  /** Of a gap in a stream so much is gone through tick by tick: longer than anything ripens. */
  private static final int TICKS_OF_A_GAP = 300;

  private final Feed feed;
  private final Clocks clocks;

  /** The clock of what is recorded, else null. */
  private final PacketClock packetClock;

  private final Consumer<String> words;

  /** For those that judge, once nothing more is captured. */
  private static final long PATIENCE_MILLIS = 10_000;

  private final KernelTrace kernel;
  private final FlowEventQueue flowEvents;
  private final LiveFlows flows;
  private final Recorder recorder;
  private final CaptureHealth troubles = new CaptureHealth();
  private final Thread thread;
  private volatile boolean stopped;
  private volatile boolean opening;
  private volatile Throwable failure;
  private volatile String problem;
  private volatile InterfaceStatus status = InterfaceStatus.NONE;

  private final Set<String> warned = new HashSet<>();
  private LiveSource capture;
  private LiveStatistics counted = LiveStatistics.NONE;
  private long droppedByKernel;
  private long droppedByInterface;
  private long cut;
  private long firstNanos;
  private long lagNanos;
  private long unjudged;
  private long clockSteps;
  private long opened;
  private long kernelErrors;
  private long openedAtNanos;
  private long awaySinceNanos;
  private long backOffMillis = FIRST_BACK_OFF_MILLIS;
  private long tickAtNanos;
  private long statisticsAtNanos;
  private long droppedUnsaid;

  /** 0 before the first time. */
  private long dropsSaidNanos;

  /**
   * Opens the interface; {@link #start} begins to read it. What is recorded is opened by then, as
   * its writer may not be there yet.
   *
   * @param clocks of this host
   * @param words is told what happens to the interface, on the watcher's thread
   * @param kernel what recorded the resets, or null
   * @param flowEvents takes flows that were reset or lost; while it is full they wait
   * @throws IOException when it cannot be opened
   */
  InterfaceWatcher(
      Feed feed,
      WatchOptions watch,
      Clocks clocks,
      Consumer<String> words,
      KernelTrace kernel,
      FlowEventQueue flowEvents)
      throws IOException {
    this.feed = feed;
    packetClock = feed.recorded() ? new PacketClock() : null;
    this.clocks = feed.recorded() ? packetClock : clocks;
    this.words = words;
    this.kernel = kernel;
    this.flowEvents = flowEvents;
    PortSet ports = watch.ports();
    LastPackets evidence =
        watch.evidence() == null
            ? null
            : new LastPackets(watch.evidence().payload(), watch.snapLength());
    flows =
        new LiveFlows(
            feed.name(),
            ports,
            watch.maxFlows(),
            watch.limits(),
            evidence,
            watch.recorder(),
            new Sink());
    recorder = watch.recorder();
    thread = new Thread(this::run, "watch " + feed.name());
    thread.setDaemon(true);
    if (!feed.recorded()) {
      open();
    }
  }

  void start() {
    thread.start();
  }

  /** Asks to end the capture and to hand over what is left. */
  void stop() {
    stopped = true;
    if (opening) {
      thread.interrupt();
    }
  }

  /** Lets go of the interface, whether it was ever started or not; waits for at most that long. */
  void letGo(long millis) throws InterruptedException {
    stop();
    if (thread.getState() == Thread.State.NEW) {
      close();
    } else {
      thread.join(millis);
    }
  }

  /** Our own mistake that ended it, or null. */
  Throwable failure() {
    return failure;
  }

  /** Why what is recorded could not be read to its end, or null. */
  String problem() {
    return problem;
  }

  /** Whether somebody else captures. */
  boolean isRecorded() {
    return feed.recorded();
  }

  /** Whether it has not ended yet. */
  boolean isRunning() {
    return thread.isAlive();
  }

  String name() {
    return feed.name();
  }

  /** The silences that connections survived, for any thread. */
  Bystanders bystanders() {
    return flows.bystanders();
  }

  /** As of the last tick; for any thread. */
  InterfaceStatus status() {
    return status;
  }

  private void open() throws IOException {
    capture = feed.opening().open();
    counted = LiveStatistics.NONE;
    openedAtNanos = clocks.steadyNanos();
    opened++;
  }

  /** The same array again: what lies in it is followed before. */
  private byte[] nextBlock(byte[] block, int room) {
    flows.settle();
    return Blocks.withRoom(block, room);
  }

  private void run() {
    try {
      if (feed.recorded()) {
        readToTheEnd();
      } else {
        capture();
      }
      // whatever happens here has to reach the agent, which would go on without an interface
    } catch (RuntimeException | Error e) {
      failure = e;
    } finally {
      close();
      flows.finish();
      publish(false);
    }
  }

  private void capture() {
    while (!stopped) {
      try {
        read();
      } catch (CaptureException e) {
        awaySinceNanos = clocks.steadyNanos();
        close();
        if (clocks.steadyNanos() - openedAtNanos > LONGEST_BACK_OFF_MILLIS * 1_000_000) {
          backOffMillis = FIRST_BACK_OFF_MILLIS;
        }
        // a program that captures hears Ctrl-C, too, and may be the first to end
        pause(MOMENT_MILLIS);
        if (!stopped) {
          words.accept(e.getMessage() + "; trying again");
          reopen();
        }
      }
    }
  }

  /** Where another file has taken the name of the one that is followed, to the end of that. */
  private void readToTheEnd() {
    String replaced;
    do {
      replaced = null;
      try {
        await();
        read();
      } catch (IOException e) {
        if (!stopped) {
          problem = e instanceof CaptureException damaged ? damaged.detail() : e.getMessage();
          words.accept(e.getMessage());
        }
      }
      if (capture instanceof StreamCapture stream) {
        warn();
        replaced = stopped ? null : stream.replaced();
      }
      if (replaced != null) {
        problem = null;
        words.accept(
            feed.name() + " " + replaced + ": what is there now is read from its beginning");
        close();
      }
    } while (replaced != null);
    if (packetClock.unconfirmed() != 0) {
      saySet(packetClock.unconfirmed());
    }
  }

  /** Opens what is recorded, unless it is to stop meanwhile. */
  private void await() throws IOException {
    opening = true;
    try {
      if (!stopped) {
        open();
      }
    } finally {
      opening = false;
      // whoever wanted to stop has set it, too
      Thread.interrupted();
    }
  }

  /** What its user should know, each once. */
  private void warn() {
    for (String warning : capture.warnings()) {
      if (warned.add(warning)) {
        words.accept(feed.name() + ": " + warning);
      }
    }
  }

  private void read() throws CaptureException {
    CapturedPacket packet = new CapturedPacket();
    capture.readInto(this::nextBlock);
    for (int untilLook = PACKETS_A_LOOK; !stopped; untilLook--) {
      boolean there = capture.nextIsAtHand();
      if (!there) {
        flows.settle();
        there = capture.await(TICK_MILLIS);
      }
      if (!there || untilLook == 0) {
        untilLook = PACKETS_A_LOOK;
        passIdle(there);
        tickWhenDue(true);
      }
      if (there) {
        if (!capture.next(packet)) {
          return;
        }
        accept(packet);
      }
    }
  }

  private void passIdle(boolean there) {
    if (packetClock != null && !there) {
      packetClock.waited(TICK_NANOS);
    }
  }

  private void accept(CapturedPacket packet) {
    if (packetClock != null) {
      passTo(packet.timeNanos);
    }
    cut += packet.capturedLength < packet.originalLength ? 1 : 0;
    if (firstNanos == 0) {
      firstNanos = packet.timeNanos;
    }
    if (feed.filter() == null || feed.filter().matches(packet)) {
      flows.accept(packet);
    } else {
      flows.leaveOut(packet);
    }
  }

  /** Time passes until a packet of a stream, tick by tick. */
  private void passTo(long nanos) {
    for (int i = 0; i < TICKS_OF_A_GAP && packetClock.until(nanos) > TICK_NANOS; i++) {
      packetClock.packet(packetClock.wallNanos() + TICK_NANOS);
      tickWhenDue(true);
    }
    long step = packetClock.packet(nanos);
    if (step != 0) {
      troubles.pass(packetClock.steadyNanos(), nanos);
      troubles.stepped(step);
      noteStep(step);
    }
    tickWhenDue(true);
  }

  private void reopen() {
    while (!stopped) {
      pause(backOffMillis);
      // what goes away again soon is not tried as often
      backOffMillis = Math.min(backOffMillis * 2, LONGEST_BACK_OFF_MILLIS);
      try {
        open();
        long away = clocks.steadyNanos() - awaySinceNanos;
        troubles.notCaptured(away);
        words.accept(
            feed.name() + " is back; what passed in " + Durations.text(away) + " was not seen");
        return;
      } catch (IOException e) {
        if (e instanceof LiveException live && live.reason() == Reason.NO_LIBRARY) {
          words.accept(e.getMessage());
        }
      }
    }
  }

  /** Flows ripen while the interface is away. */
  private void pause(long millis) {
    long until = clocks.steadyNanos() + millis * 1_000_000;
    while (!stopped && clocks.steadyNanos() - until < 0) {
      try {
        Thread.sleep(TICK_MILLIS);
      } catch (InterruptedException e) {
        stopped = true;
      }
      tickWhenDue(false);
    }
  }

  private void tickWhenDue(boolean up) {
    long now = clocks.steadyNanos();
    if (now - tickAtNanos < 0) {
      return;
    }
    tickAtNanos = now + TICK_NANOS;
    flows.settle();
    long before = clocks.steadyNanos();
    long wall = clocks.wallNanos();
    if (packetClock == null) {
      noteStep(troubles.tick(before, wall, clocks.steadyNanos()));
    } else {
      troubles.pass(before, wall);
    }
    if (up && now - statisticsAtNanos >= 0) {
      statisticsAtNanos = now + STATISTICS_NANOS;
      countDrops();
    }
    if (flows.packets() != status.packets()) {
      lagNanos = Math.max(0, wall - flows.lastPacketNanos());
    }
    if (kernel != null) {
      kernelErrors = kernel.errorsSince(kernelErrors, flows::reported);
    }
    flows.tick(now, wall);
    publish(up);
  }

  private void noteStep(long step) {
    if (step != 0) {
      clockSteps++;
      flows.stepped(step);
      saySet(step);
    }
  }

  private void saySet(long step) {
    words.accept(
        (feed.recorded() ? feed.name() + ": the clock of the packets" : "the clock")
            + " was set by "
            + Durations.text(step)
            + ": idle times across it are wrong");
  }

  private void countDrops() {
    LiveStatistics now = capture.statistics();
    LiveStatistics since = now.since(counted);
    counted = now;
    droppedByKernel += since.droppedByKernel();
    droppedByInterface += since.droppedByInterface();
    if (recorder != null) {
      recorder.dropped(since.droppedByKernel(), since.droppedByInterface());
    }
    sayDropped(since.droppedByKernel() + since.droppedByInterface());
  }

  /** When it begins, and at most once a minute. */
  private void sayDropped(long more) {
    troubles.dropped(more);
    droppedUnsaid += more;
    long now = clocks.steadyNanos();
    if (droppedUnsaid > 0
        && (dropsSaidNanos == 0 || now - dropsSaidNanos > DROPS_SAID_APART_NANOS)) {
      words.accept(
          "%s: %d packets dropped; verdicts on what ends about now may lack evidence"
              .formatted(feed.name(), droppedUnsaid));
      dropsSaidNanos = now;
      droppedUnsaid = 0;
    }
  }

  private void close() {
    if (capture != null) {
      capture.close();
      countDrops();
      capture = null;
    }
  }

  private FlowEvent withKernel(FlowEvent flowEvent, Trouble trouble) {
    FlowObservation flow = flowEvent.observation();
    return kernel == null
        ? flowEvent.with(trouble, Map.of())
        : flowEvent.with(flow.reported(kernel.errorOf(flow))).with(trouble, kernel.of(flow));
  }

  private final class Sink implements FlowEventSink {
    @Override
    public boolean hasRoom() {
      return capture == null || flowEvents.hasRoom();
    }

    /**
     * Packets must not wait for verdicts: only when nothing is captured is room waited for. Who
     * writes a stream can wait.
     */
    @Override
    public void accept(FlowEvent flowEvent) {
      FlowObservation flow = flowEvent.observation();
      Trouble trouble =
          new Trouble(
              troubles.droppedNear(flow.endNanos()),
              flowEvent.trouble().clockStepNanos(),
              troubles.notCapturedNear(flow.endNanos()));
      long millis = capture == null || feed.recorded() ? PATIENCE_MILLIS : 0;
      try {
        unjudged += flowEvents.offer(withKernel(flowEvent, trouble), millis) ? 0 : 1;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        unjudged++;
      }
    }
  }

  private void publish(boolean up) {
    status =
        new InterfaceStatus(
            up,
            flows.packets(),
            flows.decoder().segments(),
            flows.tracker().flows(),
            flows.tracker().held(),
            flows.leftOut(unjudged),
            flows.tracker().duplicates(),
            flows.tracker().oneSided(),
            cut,
            flows.decoder().cutHeaders() + flows.decoder().malformed(),
            flows.decoder().laterFragments(),
            droppedByKernel,
            droppedByInterface,
            lagNanos,
            firstNanos,
            flows.lastPacketNanos(),
            clockSteps,
            opened);
  }
}
