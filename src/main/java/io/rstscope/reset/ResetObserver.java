package io.rstscope.reset;

import io.rstscope.amqp.AmqpProtocol;
import io.rstscope.amqp.AmqpReader;
import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.amqp.AmqpState;
import io.rstscope.amqp.ConnectionClose;
import io.rstscope.amqp.HandshakeStep;
import io.rstscope.amqp.PayloadReads;
import io.rstscope.amqp.RoleHint;
import io.rstscope.decode.Segment;
import io.rstscope.decode.SegmentBatch;
import io.rstscope.flow.Endpoint;
import io.rstscope.flow.Flow;
import io.rstscope.flow.FlowEnd;
import io.rstscope.flow.FlowListener;
import io.rstscope.flow.SegmentKind;
import io.rstscope.net.HostPort;
import io.rstscope.net.Side;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Watches flows for resets and losses, follows what AMQP says in each, and hands over an
 * observation of every flow that was reset or lost once it has left the table.
 *
 * <p>Owned by the tracker's thread.
 */
public final class ResetObserver implements FlowListener {
  /** Hosts that are known to live, and connections without an end: a few MiB of each at most. */
  private static final int MOST_HOSTS = 10_000;

  private static final int MOST_OPEN = 10_000;

  private final AmqpReader amqp;
  private final PayloadReads reads;

  /** Whether anybody asks what is read, and no payload may be passed over. */
  private final boolean heeded;

  private final Bystanders bystanders;
  private final Predicate<Flow> wanted;
  private final int maxResets;
  private final Consumer<FlowObservation> sink;

  /** What AMQP said in each flow. */
  private final FlowMap<AmqpSnapshot> said = new FlowMap<>();

  private final FlowMap<ResetLog> logs = new FlowMap<>();
  private final FlowMap<Closing> closings = new FlowMap<>();

  /** The small packets of each flow of which the agreed heartbeat was not seen. */
  private final FlowMap<BeatLog> beats = new FlowMap<>();

  /** The flows of which it was seen: all that has to be looked up for most heartbeats. */
  private final BitSet agreed = new BitSet();

  /** When a channel was last closed with an error, ns since 1970. */
  private final FlowMap<Long> channelErrors = new FlowMap<>();

  private final FlowMap<Long> blocked = new FlowMap<>();

  private long captureNanos = Long.MIN_VALUE;
  private long pendingResets;
  private long resetsLeftOut;

  /**
   * @param allFlows whether flows that were neither reset nor lost are handed over too
   * @param limits of what is kept
   * @param sink is given each observation, on the tracker's thread
   */
  public ResetObserver(boolean allFlows, ObserverLimits limits, Consumer<FlowObservation> sink) {
    this(flow -> allFlows, limits, sink);
  }

  /**
   * @param wanted whether a flow that was neither reset nor lost is handed over too
   * @param limits of what is kept
   * @param sink is given each observation, on the tracker's thread
   */
  public ResetObserver(
      Predicate<Flow> wanted, ObserverLimits limits, Consumer<FlowObservation> sink) {
    this(wanted, limits, PayloadReads.UNHEEDED, sink);
  }

  /**
   * @param wanted whether a flow that was neither reset nor lost is handed over too
   * @param limits of what is kept
   * @param reads is shown which bytes of each payload say something, on the tracker's thread
   * @param sink is given each observation, on the tracker's thread
   */
  public ResetObserver(
      Predicate<Flow> wanted,
      ObserverLimits limits,
      PayloadReads reads,
      Consumer<FlowObservation> sink) {
    this.reads = reads;
    heeded = reads != PayloadReads.UNHEEDED;
    this.wanted = wanted;
    this.maxResets = limits.resetsOfFlow();
    this.sink = sink;
    amqp = new AmqpReader(limits.amqpBytes(), reads);
    bystanders =
        new Bystanders(
            new SurvivedSilences(limits.paths()),
            new HostLives(Math.min(limits.paths(), MOST_HOSTS)),
            new OpenConnections(Math.min(limits.paths(), MOST_OPEN)));
  }

  /** The latest time of a segment so far, nanoseconds since 1970. */
  long captureNanos() {
    return captureNanos;
  }

  /** Resets held of flows that have not left the table. */
  public long pendingResets() {
    return pendingResets;
  }

  /** Resets that were not kept, as their flow had too many. */
  public long resetsLeftOut() {
    return resetsLeftOut;
  }

  /** Names that were shortened and frames that were not read for lack of room. */
  public long amqpLeftOut() {
    return amqp.leftOut();
  }

  @Override
  public void reset(Flow flow, Side from, Segment segment) {
    captureNanos = Math.max(captureNanos, segment.timeNanos);
    ResetLog log = logs.get(flow.id());
    if (log == null) {
      log = new ResetLog(maxResets);
      logs.put(flow.id(), log);
    }
    pendingResets -= log.size();
    resetsLeftOut -= log.leftOut();
    log.add(flow, from, segment, amqpOf(flow));
    pendingResets += log.size();
    resetsLeftOut += log.leftOut();
    if (heeded) {
      show(segment, Diagnostic.length(segment));
    }
  }

  private void show(Segment segment, int length) {
    reads.read(segment.data, segment.payloadOffset, segment.payloadOffset + length);
  }

  @Override
  public int usual(int id, SegmentBatch batch, int i, int position) {
    captureNanos = Math.max(captureNanos, batch.timeNanos(i));
    int length = batch.payloadLength(i);
    if (length == 0) {
      return position;
    }
    if (heeded) {
      return LOOK;
    }
    if (AmqpReader.isDark(position)) {
      return length <= BeatLog.MOST_BYTES ? LOOK : position;
    }
    int next =
        AmqpReader.skim(
            position,
            batch.glance(i),
            batch.data(),
            batch.payloadOffset(i),
            batch.payloadCaptured(i),
            length);
    return next == AmqpReader.UNREAD ? LOOK : next;
  }

  @Override
  public void segment(Flow flow, Side from, Segment segment, SegmentKind kind) {
    captureNanos = Math.max(captureNanos, segment.timeNanos);
    Side sender = from;
    if (segment.payloadLength > 0 && kind != SegmentKind.PROBE) {
      sender = flow.rolesGuessed() ? settleRoles(flow, from, segment) : from;
      takePayload(flow, sender, segment);
    }
    if (segment.has(Segment.FIN)) {
      takeFin(flow, sender, segment);
    }
    if (flow.isOver()) {
      ResetLog log = logs.get(flow.id());
      if (log != null && kind != SegmentKind.REORDERED) {
        log.follow(sender, segment);
      }
    }
  }

  /** What AMQP seemed to say was said by the other side: it is read anew from here on. */
  @Override
  public void rolesSwapped(Flow flow) {
    forgetAmqp(flow);
    ResetLog log = logs.get(flow.id());
    if (log != null) {
      log.swapRoles();
    }
    closings.remove(flow.id());
    beats.remove(flow.id());
  }

  @Override
  public void ended(Flow flow, FlowEnd why) {
    int id = flow.id();
    ResetLog log = logs.get(id);
    HostPort client = flow.hostPort(Side.CLIENT);
    HostPort broker = flow.hostPort(Side.BROKER);
    takeBystander(flow, client, broker);
    if (!flow.isOver() && closings.get(id) == null) {
      bystanders.open().add(flow, client, broker, captureNanos);
    }
    boolean replaced = why == FlowEnd.REPLACED && !flow.isOver();
    if (log != null || replaced || isLost(flow) || wanted.test(flow)) {
      sink.accept(observe(flow, why));
    }
    forgetAmqp(flow);
    if (log != null) {
      pendingResets -= log.size();
      logs.remove(id);
    }
    closings.remove(id);
    beats.remove(id);
    channelErrors.remove(id);
    blocked.remove(id);
  }

  private void takeFin(Flow flow, Side by, Segment segment) {
    int id = flow.id();
    if (closings.get(id) == null) {
      closings.put(id, Closing.of(flow, by, segment.timeNanos, segment.frame, said.get(id)));
    }
  }

  /** Takes note of what a flow shows of its path and hosts, which may go on. */
  public void takeBystander(Flow flow) {
    takeBystander(flow, flow.hostPort(Side.CLIENT), flow.hostPort(Side.BROKER));
  }

  private void takeBystander(Flow flow, HostPort client, HostPort broker) {
    bystanders.silences().add(flow, client, broker);
    bystanders.lives().add(flow, client, broker);
    AmqpSnapshot amqp = said.get(flow.id());
    if (amqp != null && amqp.state().compareTo(AmqpState.OPEN) >= 0) {
      bystanders.lives().addUser(client);
    }
  }

  /** The longest silences that the flows which have left the table survived; goes on growing. */
  public Bystanders bystanders() {
    return bystanders;
  }

  private void takePayload(Flow flow, Side from, Segment segment) {
    Endpoint speaker = flow.endpoint(from);
    int position = speaker.listenerPosition();
    takeBeat(flow, from, segment);
    if (isHeartbeat(position, segment)) {
      show(segment, segment.payloadLength);
      flow.listenerCount(from, flow.listenerCount(from) + 1);
      return;
    }
    AmqpSnapshot before = said.get(flow.id());
    amqp.read(
        before,
        position,
        from,
        flow.client().synSeen() && !flow.client().gapSeen(),
        segment.ahead,
        segment.data,
        segment.payloadOffset,
        segment.payloadCaptured,
        segment.payloadLength);
    if (amqp.known() != before) {
      said.put(flow.id(), amqp.known());
      if (amqp.known().heartbeatSeconds() != null) {
        agreed.set(flow.id());
        beats.remove(flow.id());
      }
      takeChannelError(flow, before, segment.timeNanos);
      takeBlocked(flow, before, segment.timeNanos);
    }
    speaker.listenerPosition(amqp.position());
    if (amqp.heartbeats() > 0) {
      flow.listenerCount(from, flow.listenerCount(from) + amqp.heartbeats());
    }
  }

  private void takeChannelError(Flow flow, AmqpSnapshot before, long nanos) {
    ConnectionClose error = amqp.known().channelError();
    if (error != null && (before == null || error != before.channelError())) {
      channelErrors.put(flow.id(), nanos);
    }
  }

  private void takeBlocked(Flow flow, AmqpSnapshot before, long nanos) {
    if (amqp.known().blocked() && (before == null || !before.blocked())) {
      blocked.put(flow.id(), nanos);
    }
  }

  /** Where the agreed heartbeat was not seen, the packets themselves may show it. */
  private void takeBeat(Flow flow, Side from, Segment segment) {
    if (segment.payloadLength > BeatLog.MOST_BYTES || segment.ahead != 0 || agreed.get(flow.id())) {
      return;
    }
    BeatLog log = beats.get(flow.id());
    if (log == null) {
      log = new BeatLog();
      beats.put(flow.id(), log);
    }
    log.take(from, segment);
    show(segment, BeatLog.length(segment));
  }

  private static boolean isHeartbeat(int position, Segment segment) {
    return segment.ahead == 0
        && AmqpReader.isHeartbeat(
            position,
            segment.data,
            segment.payloadOffset,
            segment.payloadCaptured,
            segment.payloadLength);
  }

  private void forgetAmqp(Flow flow) {
    forgetAmqp(flow, Side.CLIENT);
    forgetAmqp(flow, Side.BROKER);
    amqp.forget(said.get(flow.id()));
    said.remove(flow.id());
    agreed.clear(flow.id());
  }

  private void forgetAmqp(Flow flow, Side side) {
    Endpoint endpoint = flow.endpoint(side);
    amqp.forget(endpoint.listenerPosition());
    endpoint.listenerPosition(AmqpReader.UNREAD);
    flow.listenerCount(side, 0);
  }

  /** The side that the segment comes from, now that its words may have told. */
  private Side settleRoles(Flow flow, Side from, Segment segment) {
    Side speaker = RoleHint.of(segment.data, segment.payloadOffset, segment.payloadCaptured);
    if (speaker == null) {
      return from;
    }
    if (speaker == from) {
      flow.settleRoles();
    } else {
      flow.swapRoles();
      rolesSwapped(flow);
    }
    return speaker;
  }

  /**
   * Whether a flow without a reset, if nothing more comes of it, ended in a way that its owner
   * would call a loss.
   */
  public boolean isLost(Flow flow) {
    AmqpSnapshot amqp = said.get(flow.id());
    boolean wasOpen =
        amqp != null && (amqp.state() == AmqpState.OPEN || amqp.state() == AmqpState.BLOCKED);
    boolean hidden = amqp != null && amqp.protocol() == AmqpProtocol.TLS;
    boolean began = amqp != null && amqp.handshakeStep() == HandshakeStep.HEADER;
    boolean closedByBroker =
        amqp != null && amqp.close() != null && amqp.close().by() == Side.BROKER;
    return Loss.isUnanswered(flow)
        || closedByBroker
        || (wasOpen || hidden || began || flow.broker().closedFirst())
            && Loss.isClosedByTcpAlone(flow);
  }

  /**
   * How a flow looks that has not ended.
   *
   * @param nowNanos until when the capture has shown all there was, by the clock of its packets
   */
  public FlowObservation observe(Flow flow, long nowNanos) {
    captureNanos = Math.max(captureNanos, nowNanos);
    return observe(flow, FlowEnd.STILL_HELD);
  }

  private FlowObservation observe(Flow flow, FlowEnd why) {
    ResetLog log = logs.get(flow.id());
    BeatLog beat = beats.get(flow.id());
    Long channelError = channelErrors.get(flow.id());
    Long blockedAt = blocked.get(flow.id());
    return new FlowObservation(
        flow.hostPort(Side.CLIENT),
        flow.hostPort(Side.BROKER),
        flow.startedNanos(),
        flow.lastNanos(),
        flow.lastFrame(),
        captureNanos,
        flow.handshakeSeen(),
        flow.rolesGuessed(),
        flow.history(),
        flow.longestIdleNanos(),
        flow.duplicates(),
        EndpointState.of(flow, Side.CLIENT),
        EndpointState.of(flow, Side.BROKER),
        closings.get(flow.id()),
        beat == null ? Beat.NONE : beat.beat(Side.CLIENT),
        beat == null ? Beat.NONE : beat.beat(Side.BROKER),
        amqpOf(flow),
        channelError == null ? 0 : channelError,
        blockedAt == null ? 0 : blockedAt,
        why,
        log == null ? List.of() : log.complete(),
        log == null ? 0 : log.leftOut(),
        BrokerAccount.NONE);
  }

  private AmqpSnapshot amqpOf(Flow flow) {
    AmqpSnapshot amqp = said.get(flow.id());
    return amqp == null
        ? null
        : amqp.withHeartbeats(flow.listenerCount(Side.CLIENT), flow.listenerCount(Side.BROKER));
  }
}
