package io.rstscope.watch;

import io.rstscope.capture.CaptureException;
import io.rstscope.capture.CapturedPacket;
import io.rstscope.capture.live.LiveCapture;
import io.rstscope.capture.live.LiveException;
import io.rstscope.capture.live.LiveException.Reason;
import io.rstscope.capture.live.LiveOptions;
import io.rstscope.capture.live.LiveStatistics;
import io.rstscope.flow.PortSet;
import io.rstscope.reset.Bystanders;
import io.rstscope.reset.FlowObservation;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/**
 * Captures one interface and follows its flows, on a thread of its own; opens the interface again
 * when it goes away.
 */
final class InterfaceWatcher {
  private static final long TICK_NANOS = 100_000_000L;
  private static final long TICK_MILLIS = 100;

  /** The clock is looked at after so many packets at the latest. */
  private static final int PACKETS_A_LOOK = 256;

  private static final long STATISTICS_NANOS = 1_000_000_000L;
  private static final long FIRST_BACK_OFF_MILLIS = 500;
  private static final long LONGEST_BACK_OFF_MILLIS = 30_000;

  /** Packets lost so long before an ending may have told its cause. */
  private static final long NEAR_NANOS = 10_000_000_000L;

  private final String name;
  private final LiveOptions options;
  private final Clocks clocks;
  private final Consumer<String> words;

  /** Of the sightings that wait to be judged, if all had as many as the next; a KiB each. */
  private static final long RESETS_WAITING = 1 << 16;

  private final BlockingQueue<Sighting> sightings;
  private final LiveFlows flows;
  private final Troubles troubles = new Troubles();
  private final Thread thread;
  private volatile boolean stopped;
  private volatile Throwable failure;
  private volatile InterfaceStatus status = InterfaceStatus.NONE;

  private LiveCapture capture;
  private LiveStatistics counted = LiveStatistics.NONE;
  private long droppedByKernel;
  private long droppedByInterface;
  private long cut;
  private long firstNanos;
  private long lagNanos;
  private long unjudged;
  private long clockSteps;
  private long opened;
  private long tickAtNanos;
  private long statisticsAtNanos;

  /**
   * Opens the interface; {@link #start} begins to read it.
   *
   * @param words is told what happens to the interface, on the watcher's thread
   * @param sightings takes flows that were reset or lost; when it is full they are only counted
   * @throws LiveException when it cannot be opened
   */
  InterfaceWatcher(
      String name,
      WatchOptions watch,
      Clocks clocks,
      Consumer<String> words,
      BlockingQueue<Sighting> sightings)
      throws LiveException {
    this.name = name;
    this.options = watch.live();
    this.clocks = clocks;
    this.words = words;
    this.sightings = sightings;
    PortSet ports = watch.ports();
    LastPackets evidence =
        watch.evidence() == null
            ? null
            : new LastPackets(watch.evidence().payload(), options.snapLength());
    flows = new LiveFlows(name, ports, watch.maxFlows(), watch.limits(), evidence, this::handOver);
    thread = new Thread(this::run, "watch " + name);
    thread.setDaemon(true);
    open();
  }

  void start() {
    thread.start();
  }

  /** Asks to end the capture and to hand over what is left. */
  void stop() {
    stopped = true;
  }

  /** Lets go of the interface, whether it was ever started or not; waits for at most that long. */
  void letGo(long millis) throws InterruptedException {
    stop();
    if (thread.getState() == Thread.State.NEW) {
      capture.close();
    } else {
      thread.join(millis);
    }
  }

  /** Our own mistake that ended it, or null. */
  Throwable failure() {
    return failure;
  }

  /** Whether it has not ended yet. */
  boolean isRunning() {
    return thread.isAlive();
  }

  String name() {
    return name;
  }

  /** The silences that connections survived, for any thread. */
  Bystanders bystanders() {
    return flows.bystanders();
  }

  /** As of the last tick; for any thread. */
  InterfaceStatus status() {
    return status;
  }

  private void open() throws LiveException {
    capture = LiveCapture.open(name, options);
    counted = LiveStatistics.NONE;
    opened++;
  }

  private void run() {
    try {
      while (!stopped) {
        try {
          read();
        } catch (CaptureException e) {
          close();
          words.accept(e.getMessage() + "; trying again");
          reopen();
        }
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

  private void read() throws CaptureException {
    CapturedPacket packet = new CapturedPacket();
    for (int untilLook = PACKETS_A_LOOK; !stopped; untilLook--) {
      boolean there = capture.nextIsAtHand();
      if (!there) {
        flows.settle();
        there = capture.await(TICK_MILLIS);
      }
      if (!there || untilLook == 0) {
        untilLook = PACKETS_A_LOOK;
        tickWhenDue(true);
      }
      if (there && capture.next(packet)) {
        take(packet);
      }
    }
  }

  private void take(CapturedPacket packet) {
    cut += packet.capturedLength < packet.originalLength ? 1 : 0;
    if (firstNanos == 0) {
      firstNanos = packet.timeNanos;
    }
    flows.take(packet);
  }

  private void reopen() {
    long millis = FIRST_BACK_OFF_MILLIS;
    while (!stopped) {
      pause(millis);
      try {
        open();
        words.accept(name + " is back");
        return;
      } catch (LiveException e) {
        if (e.reason() == Reason.NO_LIBRARY) {
          words.accept(e.getMessage());
        }
        millis = Math.min(millis * 2, LONGEST_BACK_OFF_MILLIS);
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
    long wall = clocks.wallNanos();
    long step = troubles.tick(now, wall);
    if (step != 0) {
      clockSteps++;
      words.accept(
          "the clock was set by %+.1f s: silences across it are wrong".formatted(step / 1e9));
    }
    if (up && now - statisticsAtNanos >= 0) {
      statisticsAtNanos = now + STATISTICS_NANOS;
      countDrops();
    }
    if (flows.packets() != status.packets()) {
      lagNanos = Math.max(0, wall - flows.lastPacketNanos());
    }
    flows.tick(now, wall);
    publish(up);
  }

  private void countDrops() {
    LiveStatistics now = capture.statistics();
    LiveStatistics since = now.since(counted);
    counted = now;
    droppedByKernel += since.droppedByKernel();
    droppedByInterface += since.droppedByInterface();
    troubles.dropped(since.droppedByKernel() + since.droppedByInterface());
  }

  private void close() {
    if (capture != null) {
      capture.close();
      countDrops();
      capture = null;
    }
  }

  private void handOver(Sighting sighting) {
    FlowObservation flow = sighting.observation();
    Trouble trouble = troubles.since(flow.endNanos() - NEAR_NANOS, flow.startedNanos());
    if (!hasRoomFor(sighting) || !sightings.offer(sighting.with(trouble))) {
      unjudged++;
    }
  }

  /** The more resets a sighting has, the sooner those that wait are too many. */
  private boolean hasRoomFor(Sighting sighting) {
    return (long) sightings.size() * sighting.observation().resets().size() <= RESETS_WAITING;
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
