package io.rstscope.watch;

import io.rstscope.capture.CapturedPacket;
import io.rstscope.flow.Flow;
import io.rstscope.flow.FlowEnd;
import io.rstscope.flow.FlowListener;
import io.rstscope.flow.FlowTracker;
import io.rstscope.flow.PortSet;
import io.rstscope.flow.Segment;
import io.rstscope.flow.SegmentBatch;
import io.rstscope.flow.SegmentDecoder;
import io.rstscope.flow.SegmentKind;
import io.rstscope.report.LeftOut;
import io.rstscope.reset.Bystanders;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ObserverLimits;
import io.rstscope.reset.PendingResets;
import io.rstscope.reset.ResetObserver;
import java.util.List;
import java.util.function.Consumer;

/**
 * The flows of one interface: the decoder, tracker and observer that read files, which are asked
 * for what they have seen while it is still going on.
 *
 * <p>A flow is handed over when it is ripe, that is {@link Ripening#FIRST_NANOS} after a reset, and
 * again when more happened to it and when it leaves the table. Owned by one thread.
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

  /** In so many ticks all flows have been looked at for losses without a reset. */
  private static final int REVIEW_TICKS = 8;

  private final String name;
  private final Consumer<Sighting> sightings;
  private final LastPackets evidence;
  private final SegmentDecoder decoder;
  private final ResetObserver observer;
  private final FlowTracker tracker;
  private final PendingResets pending;
  private final SegmentBatch batch = new SegmentBatch();
  private final Ripening ripening = new Ripening();
  private long packets;
  private long lastPacketNanos;
  private long nowNanos;
  private long expireAtNanos;
  private int reviewed;
  private int endingId;

  /**
   * @param name the interface
   * @param maxFlows flows held at once
   * @param limits what is kept of them
   * @param evidence keeps the last packets of each flow; null when none are wanted
   * @param sightings is given flows that were reset or lost, on the thread of the caller
   */
  LiveFlows(
      String name,
      PortSet ports,
      int maxFlows,
      ObserverLimits limits,
      LastPackets evidence,
      Consumer<Sighting> sightings) {
    this.name = name;
    this.sightings = sightings;
    this.evidence = evidence;
    decoder = new SegmentDecoder(ports);
    observer = new ResetObserver(false, limits.withResetsOfFlow(MAX_RESETS), this::ended);
    tracker = new FlowTracker(ports, maxFlows, new Listener());
    pending = new PendingResets(tracker, observer, limits.pendingResets());
  }

  /**
   * Takes a packet in; its bytes must stay valid until {@link #settle}, which follows by itself
   * when some have come together.
   */
  void take(CapturedPacket packet) {
    packets++;
    // flows keep the lower half of frame numbers only
    packet.frame = packets & 0xffff_ffffL;
    lastPacketNanos = packet.timeNanos;
    if (decoder.decode(packet, batch.free())) {
      if (evidence != null) {
        evidence.expect(packet, batch.free());
      }
      batch.keep();
      if (batch.isFull()) {
        settle();
      }
    }
  }

  /** Puts the packets taken in so far into their flows. */
  void settle() {
    tracker.accept(batch);
    batch.clear();
    pending.bound();
    if (evidence != null) {
      evidence.settle();
    }
  }

  /**
   * Lets time pass: hands over what is ripe, and forgets what has been silent for too long.
   *
   * @param clockNanos of a clock that is never set
   * @param wallNanos of the clock that stamps packets
   */
  void tick(long clockNanos, long wallNanos) {
    nowNanos = clockNanos;
    review(wallNanos);
    ripening.takeRipe(clockNanos, id -> handOver(id, wallNanos));
    if (clockNanos - expireAtNanos >= 0) {
      tracker.expire(wallNanos, OVER_NANOS, OPEN_NANOS);
      expireAtNanos = clockNanos + EXPIRY_NANOS;
    }
  }

  /** Ends all flows. */
  void finish() {
    settle();
    tracker.finish();
  }

  private void handOver(int id, long wallNanos) {
    Flow flow = tracker.find(id);
    if (flow != null) {
      FlowObservation observation = observer.observe(flow, wallNanos);
      if (!observation.resets().isEmpty() || observer.isLost(flow)) {
        sightings.accept(
            new Sighting(name, ripening.number(id), observation, false, packetsOf(id)));
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
          && !ripening.knows(id)
          && wallNanos - flow.lastNanos() < OVER_NANOS
          && observer.isLost(flow)
          && (flow.client().finSeen()
              || flow.broker().finSeen()
              || isLongUnanswered(flow, wallNanos))) {
        ripening.schedule(id, nowNanos);
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
    sightings.accept(
        new Sighting(name, ripening.number(endingId), observation, true, packetsOf(endingId)));
  }

  /** Passes all on to the observer, and notes which flows something happened to. */
  private final class Listener implements FlowListener {
    @Override
    public void reset(Flow flow, boolean fromClient, Segment segment) {
      observer.reset(flow, fromClient, segment);
      ripening.schedule(flow.id(), nowNanos);
      if (evidence != null) {
        evidence.keep(flow.id(), segment);
      }
    }

    @Override
    public int usual(int id, Segment segment, int position) {
      int next = observer.usual(id, segment, position);
      if (evidence != null && next != LOOK) {
        evidence.keep(id, segment);
      }
      return next;
    }

    @Override
    public void segment(Flow flow, boolean fromClient, Segment segment, SegmentKind kind) {
      observer.segment(flow, fromClient, segment, kind);
      if (flow.isOver()) {
        ripening.schedule(flow.id(), nowNanos);
      }
      if (evidence != null) {
        evidence.keep(flow.id(), segment);
      }
    }

    @Override
    public void rolesSwapped(Flow flow) {
      observer.rolesSwapped(flow);
    }

    @Override
    public void ended(Flow flow, FlowEnd why) {
      endingId = flow.id();
      observer.ended(flow, why);
      ripening.forget(endingId);
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
    return decoder;
  }

  /** The tracker, for what it counts. */
  FlowTracker tracker() {
    return tracker;
  }
}
