package io.rstscope.watch;

import io.rstscope.amqp.PayloadReads;
import io.rstscope.capture.CapturedPacket;
import io.rstscope.decode.Segment;
import io.rstscope.decode.SegmentBatch;
import io.rstscope.decode.SegmentDecoder;
import io.rstscope.decode.Tuple;
import io.rstscope.engine.FlowPipeline;
import io.rstscope.flow.Flow;
import io.rstscope.flow.FlowEnd;
import io.rstscope.flow.FlowListener;
import io.rstscope.flow.FlowTracker;
import io.rstscope.flow.SegmentKind;
import io.rstscope.net.HostPort;
import io.rstscope.net.PortSet;
import io.rstscope.net.Side;
import io.rstscope.report.model.LeftOut;
import io.rstscope.reset.Bystanders;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ObserverLimits;
import io.rstscope.reset.ResetObserver;
import io.rstscope.watch.record.Recorder;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * The flows of one interface: the decoder, tracker and observer that read files, which are asked
 * for what they have seen while it is still going on.
 *
 * <p>A flow is handed over when it is ripe, that is {@link ReviewSchedule#FIRST_NANOS} after a
 * reset, and again when more happened to it and when it leaves the table. Owned by one thread.
 */
final class LiveFlows {
  /**
   * How long flows that are over are kept, for what may follow; less than for files, as a busy
   * broker ends a thousand a second.
   */
  private static final long OVER_NANOS = 20_000_000_000L;

  /** How long silent ones are: more than the two hours of TCP keep-alive (RFC 9293, 3.8.4). */
  private static final long OPEN_NANOS = 7L * 24 * 3600 * 1_000_000_000L;

  /**
   * Resets observed of a flow: a killed consumer causes hundreds that say the same, an attack any
   * number; further ones are only counted.
   */
  private static final int MAX_RESETS = 50;

  /** So often it is looked for flows that are to leave. */
  private static final long EXPIRY_NANOS = 10_000_000_000L;

  /** Retransmissions that go without an answer for so long are a loss until something comes. */
  private static final long UNANSWERED_NANOS = 10_000_000_000L;

  /** So many packets are followed together. */
  static final int AT_ONCE = 512;

  /** In so many ticks all flows have been looked at for losses without a reset. */
  private static final int REVIEW_TICKS = 8;

  /** Steps of the clock that are told of connections open across them. */
  private static final int KEPT_STEPS = 16;

  /** By how much the clock was set, and the ids of the flows held then that still are. */
  private record ClockStep(long nanos, BitSet held) {}

  private final Deque<ClockStep> clockSteps = new ArrayDeque<>();
  private final String name;
  private final FlowEventSink flowEvents;
  private final LastPackets evidence;
  private final Recorder recorder;
  private final FlowPipeline pipeline;
  private final FlowTracker tracker;
  private final ResetObserver observer;
  private final SegmentBatch batch = new SegmentBatch();
  private final ReviewSchedule reviewSchedule = new ReviewSchedule();
  private long packets;
  private long lastPacketNanos;
  private long nowNanos;
  private long expireAtNanos;
  private int reviewed;
  private int endingId;

  /** Flows of whose socket the kernel reported an error: they are lost, whatever packets say. */
  private final BitSet failed = new BitSet();

  /**
   * @param name the interface
   * @param maxFlows flows held at once
   * @param limits what is kept of them
   * @param evidence keeps the last packets of each flow; null when none are wanted
   * @param recorder writes all packets; null when that is not wanted
   * @param flowEvents is given flows that were reset or lost
   */
  LiveFlows(
      String name,
      PortSet ports,
      int maxFlows,
      ObserverLimits limits,
      LastPackets evidence,
      Recorder recorder,
      FlowEventSink flowEvents) {
    this.name = name;
    this.recorder = recorder;
    this.flowEvents = flowEvents;
    this.evidence = evidence;
    pipeline =
        new FlowPipeline(
            ports,
            maxFlows,
            limits.withResetsOfFlow(MAX_RESETS),
            flow -> failed.get(flow.id()),
            recorder == null ? PayloadReads.UNHEEDED : recorder,
            Listener::new,
            this::ended);
    tracker = pipeline.tracker();
    observer = pipeline.observer();
  }

  /**
   * Takes a packet in; its bytes must stay valid until {@link #settle}, which follows by itself
   * when some have come together, or when it lies in another array than those before.
   */
  void accept(CapturedPacket packet) {
    packets++;
    // flows keep the lower half of frame numbers only
    packet.frame = packets & 0xffff_ffffL;
    lastPacketNanos = packet.timeNanos;
    if (batch.size() == AT_ONCE || packet.data != batch.data()) {
      settle();
    }
    boolean segment = pipeline.decoder().decode(packet, batch);
    if (segment && evidence != null) {
      evidence.expect(packet, batch.payloadOffset(batch.size() - 1));
    }
    if (recorder != null) {
      record(packet, segment);
    }
  }

  private void record(CapturedPacket packet, boolean segment) {
    if (segment) {
      recorder.expect(packet, batch.payloadOffset(batch.size() - 1));
    } else {
      recorder.other(packet);
    }
  }

  /** Counts a packet that is not wanted. */
  void leaveOut(CapturedPacket packet) {
    packets++;
    lastPacketNanos = packet.timeNanos;
  }

  /** Puts the packets taken in so far into their flows. */
  void settle() {
    pipeline.accept(batch);
    batch.clear();
    if (evidence != null) {
      evidence.settle();
    }
    if (recorder != null) {
      recorder.settle();
    }
  }

  /**
   * Lets time pass: hands over what is ripe, and forgets what has been silent for too long, as far
   * as there is room for what that gives to judge.
   *
   * @param clockNanos of a clock that is never set
   * @param wallNanos of the clock that stamps packets
   */
  void tick(long clockNanos, long wallNanos) {
    nowNanos = clockNanos;
    if (recorder != null) {
      recorder.flush();
    }
    review(wallNanos);
    reviewSchedule.takeRipe(clockNanos, flowEvents::hasRoom, id -> handOver(id, wallNanos));
    if (clockNanos - expireAtNanos >= 0) {
      tracker.expire(wallNanos, OVER_NANOS, OPEN_NANOS, flowEvents::hasRoom);
      expireAtNanos = clockNanos + (flowEvents.hasRoom() ? EXPIRY_NANOS : 0);
    }
  }

  /**
   * The kernel told the program of that socket of an error: its flow is to be looked at.
   *
   * @param nanos when, ns since 1970: an older connection may have had the same ports
   */
  void reported(HostPort socket, HostPort peer, long nanos) {
    int id = tracker.find(Tuple.of(socket, peer));
    if (id >= 0 && tracker.find(id).startedNanos() <= nanos) {
      failed.set(id);
      reviewSchedule.schedule(id, nowNanos);
    }
  }

  /** The clock that stamps packets was just set by so much, for all flows that are held. */
  void stepped(long nanos) {
    settle();
    BitSet held = new BitSet(tracker.idLimit());
    for (int id = 0; id < tracker.idLimit(); id++) {
      held.set(id, tracker.find(id) != null);
    }
    if (clockSteps.size() == KEPT_STEPS) {
      clockSteps.removeFirst();
    }
    clockSteps.addLast(new ClockStep(nanos, held));
  }

  private long stepsAcross(int id) {
    long nanos = 0;
    for (ClockStep step : clockSteps) {
      nanos += step.held.get(id) ? step.nanos : 0;
    }
    return nanos;
  }

  /** Ends all flows. */
  void finish() {
    settle();
    pipeline.finish();
    if (recorder != null) {
      recorder.close();
    }
  }

  private void handOver(int id, long wallNanos) {
    Flow flow = tracker.find(id);
    if (flow != null) {
      FlowObservation observation = observer.observe(flow, wallNanos);
      if (!observation.resets().isEmpty() || observer.isLost(flow) || failed.get(id)) {
        flowEvents.accept(event(id, observation, false));
      }
    }
  }

  /** A part of the flows is looked at for losses that no reset tells. */
  private void review(long wallNanos) {
    int size = tracker.idLimit() / REVIEW_TICKS + 1;
    int from = reviewed++ % REVIEW_TICKS * size;
    for (int id = from; id < Math.min(from + size, tracker.idLimit()); id++) {
      Flow flow = tracker.find(id);
      if (flow != null) {
        observer.takeBystander(flow);
      }
      if (flow != null
          && !reviewSchedule.knows(id)
          && wallNanos - flow.lastNanos() < OVER_NANOS
          && observer.isLost(flow)
          && (flow.client().finSeen()
              || flow.broker().finSeen()
              || isLongUnanswered(flow, wallNanos))) {
        reviewSchedule.schedule(id, nowNanos);
      }
    }
  }

  private static boolean isLongUnanswered(Flow flow, long wallNanos) {
    return isLongUnanswered(flow.client().unanswered().sinceNanos(), wallNanos)
        || isLongUnanswered(flow.broker().unanswered().sinceNanos(), wallNanos);
  }

  private static boolean isLongUnanswered(long sinceNanos, long wallNanos) {
    return sinceNanos != 0 && wallNanos - sinceNanos > UNANSWERED_NANOS;
  }

  private List<EvidencePacket> packetsOf(int id) {
    return evidence == null ? List.of() : evidence.of(id);
  }

  /** What the observer has to say of a flow that leaves. */
  private void ended(FlowObservation observation) {
    if (flowEvents.hasRoom() || !reviewSchedule.isTold(endingId)) {
      flowEvents.accept(event(endingId, observation, true));
    }
  }

  private FlowEvent event(int id, FlowObservation observation, boolean last) {
    Trouble trouble = new Trouble(0, stepsAcross(id), 0);
    return new FlowEvent(
        name, reviewSchedule.number(id), observation, last, packetsOf(id), trouble, Map.of());
  }

  /** Passes all on to the observer, and notes which flows something happened to. */
  private final class Listener implements FlowListener {
    private final FlowListener watched;

    Listener(FlowListener watched) {
      this.watched = watched;
    }

    @Override
    public void reset(Flow flow, Side from, Segment segment) {
      watched.reset(flow, from, segment);
      reviewSchedule.schedule(flow.id(), nowNanos);
      if (evidence != null) {
        evidence.keep(flow.id(), segment.frame, segment.timeNanos);
      }
    }

    @Override
    public int usual(int id, SegmentBatch batch, int i, int position) {
      int next = watched.usual(id, batch, i, position);
      if (evidence != null && next != LOOK) {
        evidence.keep(id, batch.frame(i), batch.timeNanos(i));
      }
      return next;
    }

    @Override
    public void segment(Flow flow, Side from, Segment segment, SegmentKind kind) {
      watched.segment(flow, from, segment, kind);
      if (flow.isOver()) {
        reviewSchedule.schedule(flow.id(), nowNanos);
      }
      if (evidence != null) {
        evidence.keep(flow.id(), segment.frame, segment.timeNanos);
      }
    }

    @Override
    public void rolesSwapped(Flow flow) {
      watched.rolesSwapped(flow);
    }

    @Override
    public void ended(Flow flow, FlowEnd why) {
      endingId = flow.id();
      watched.ended(flow, why);
      reviewSchedule.forget(endingId);
      failed.clear(endingId);
      clockSteps.forEach(step -> step.held.clear(endingId));
      if (evidence != null) {
        evidence.forget(endingId);
      }
    }
  }

  /** The silences that connections survived, for any thread. */
  Bystanders bystanders() {
    return observer.bystanders();
  }

  /**
   * What was given up so that the memory sufficed.
   *
   * @param unjudged flows that nobody could judge
   */
  LeftOut leftOut(long unjudged) {
    return new LeftOut(
        tracker.evicted(),
        tracker.evictedAttempts(),
        unjudged,
        observer.resetsLeftOut(),
        observer.amqpLeftOut());
  }

  /** Packets taken in. */
  long packets() {
    return packets;
  }

  /** Time of the last packet, nanoseconds since 1970; 0 before the first. */
  long lastPacketNanos() {
    return lastPacketNanos;
  }

  /** The decoder, for what it counts. */
  SegmentDecoder decoder() {
    return pipeline.decoder();
  }

  /** The tracker, for what it counts. */
  FlowTracker tracker() {
    return tracker;
  }
}
