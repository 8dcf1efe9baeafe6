package io.rstscope.reset;

import io.rstscope.amqp.AmqpProtocol;
import io.rstscope.amqp.AmqpReader;
import io.rstscope.amqp.AmqpRole;
import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.amqp.AmqpState;
import io.rstscope.amqp.ConnectionClose;
import io.rstscope.amqp.HandshakeStep;
import io.rstscope.amqp.RoleHint;
import io.rstscope.flow.Endpoint;
import io.rstscope.flow.Flow;
import io.rstscope.flow.FlowEnd;
import io.rstscope.flow.FlowListener;
import io.rstscope.flow.HostPort;
import io.rstscope.flow.Segment;
import io.rstscope.flow.SegmentKind;
import java.util.List;
import java.util.function.Consumer;

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
  private final Bystanders bystanders;
  private final boolean allFlows;
  private final int maxResets;
  private final Consumer<FlowObservation> sink;

  /** What AMQP said in each flow. */
  private final ByFlow<AmqpSnapshot> said = new ByFlow<>();

  private final ByFlow<ResetLog> logs = new ByFlow<>();
  private final ByFlow<Closing> closings = new ByFlow<>();
  private final ByFlow<BeatLog> beats = new ByFlow<>();

  /** When a channel was last closed with an error, ns since 1970. */
  private final ByFlow<Long> channelErrors = new ByFlow<>();

  private final ByFlow<Long> blocked = new ByFlow<>();

  private long captureNanos = Long.MIN_VALUE;
  private long pendingResets;
  private long resetsLeftOut;

  /**
   * @param allFlows whether flows that were neither reset nor lost are handed over too
   * @param limits of what is kept
   * @param sink is given each observation, on the tracker's thread
   */
  public ResetObserver(boolean allFlows, ObserverLimits limits, Consumer<FlowObservation> sink) {
    this.allFlows = allFlows;
    this.maxResets = limits.resetsOfFlow();
    this.sink = sink;
    amqp = new AmqpReader(limits.amqpBytes());
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
  public void reset(Flow flow, boolean fromClient, Segment segment) {
    captureNanos = Math.max(captureNanos, segment.timeNanos);
    ResetLog log = logs.get(flow.id());
    if (log == null) {
      log = new ResetLog(maxResets);
      logs.put(flow.id(), log);
    }
    pendingResets -= log.size();
    resetsLeftOut -= log.leftOut();
    log.add(flow, fromClient, segment, amqpOf(flow));
    pendingResets += log.size();
    resetsLeftOut += log.leftOut();
  }

  @Override
  public int usual(int id, Segment segment, int position) {
    captureNanos = Math.max(captureNanos, segment.timeNanos);
    if (segment.payloadLength == 0) {
      return position;
    }
    if (AmqpReader.isDark(position)) {
      return segment.payloadLength <= BeatLog.MOST_BYTES ? LOOK : position;
    }
    int next =
        AmqpReader.skim(
            position,
            segment.data,
            segment.payloadOffset,
            segment.payloadCaptured,
            segment.payloadLength);
    return next == AmqpReader.UNREAD ? LOOK : next;
  }

  @Override
  public void segment(Flow flow, boolean fromClient, Segment segment, SegmentKind kind) {
    captureNanos = Math.max(captureNanos, segment.timeNanos);
    boolean client = fromClient;
    if (segment.payloadLength > 0 && kind != SegmentKind.PROBE) {
      client = flow.rolesGuessed() ? settleRoles(flow, fromClient, segment) : fromClient;
      takePayload(flow, client, segment);
    }
    if (segment.has(Segment.FIN)) {
      takeFin(flow, client, segment);
    }
    if (flow.isOver()) {
      ResetLog log = logs.get(flow.id());
      if (log != null && kind != SegmentKind.OVERTAKEN) {
        log.follow(client, segment);
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
    HostPort client = HostPort.of(flow, true);
    HostPort broker = HostPort.of(flow, false);
    takeBystander(flow, client, broker);
    if (!flow.isOver() && closings.get(id) == null) {
      bystanders.open().add(flow, client, broker, captureNanos);
    }
    boolean replaced = why == FlowEnd.REPLACED && !flow.isOver();
    if (log != null || allFlows || replaced || isLost(flow)) {
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

  private void takeFin(Flow flow, boolean client, Segment segment) {
    int id = flow.id();
    if (closings.get(id) == null) {
      closings.put(id, Closing.of(flow, client, segment.timeNanos, segment.frame, said.get(id)));
    }
  }

  /** Takes note of what a flow shows of its path and hosts, which may go on. */
  public void takeBystander(Flow flow) {
    takeBystander(flow, HostPort.of(flow, true), HostPort.of(flow, false));
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

  private void takePayload(Flow flow, boolean client, Segment segment) {
    Endpoint speaker = flow.endpoint(client);
    int position = speaker.listenerPosition();
    AmqpSnapshot before = said.get(flow.id());
    takeBeat(flow, client, segment, before);
    if (isHeartbeat(position, segment)) {
      flow.listenerCount(client, flow.listenerCount(client) + 1);
      return;
    }
    amqp.read(
        before,
        position,
        client,
        flow.client().synSeen() && !flow.client().gapSeen(),
        segment.ahead,
        segment.data,
        segment.payloadOffset,
        segment.payloadCaptured,
        segment.payloadLength);
    if (amqp.known() != before) {
      said.put(flow.id(), amqp.known());
      if (amqp.known().heartbeatSeconds() != null) {
        beats.remove(flow.id());
      }
      takeChannelError(flow, before, segment.timeNanos);
      takeBlocked(flow, before, segment.timeNanos);
    }
    speaker.listenerPosition(amqp.position());
    if (amqp.heartbeats() > 0) {
      flow.listenerCount(client, flow.listenerCount(client) + amqp.heartbeats());
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
  private void takeBeat(Flow flow, boolean client, Segment segment, AmqpSnapshot before) {
    boolean agreed = before != null && before.heartbeatSeconds() != null;
    if (agreed || segment.payloadLength > BeatLog.MOST_BYTES || segment.ahead != 0) {
      return;
    }
    BeatLog log = beats.get(flow.id());
    if (log == null) {
      log = new BeatLog();
      beats.put(flow.id(), log);
    }
    log.take(client, segment);
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
    forgetAmqp(flow, true);
    forgetAmqp(flow, false);
    amqp.forget(said.get(flow.id()));
    said.remove(flow.id());
  }

  private void forgetAmqp(Flow flow, boolean client) {
    Endpoint endpoint = flow.endpoint(client);
    amqp.forget(endpoint.listenerPosition());
    endpoint.listenerPosition(AmqpReader.UNREAD);
    flow.listenerCount(client, 0);
  }

  /** Whether the segment comes from the client, now that its words may have told. */
  private boolean settleRoles(Flow flow, boolean fromClient, Segment segment) {
    AmqpRole speaker = RoleHint.of(segment.data, segment.payloadOffset, segment.payloadCaptured);
    if (speaker == null) {
      return fromClient;
    }
    boolean client = speaker == AmqpRole.CLIENT;
    if (client == fromClient) {
      flow.settleRoles();
    } else {
      flow.swapRoles();
      rolesSwapped(flow);
    }
    return client;
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
        amqp != null && amqp.close() != null && amqp.close().by() == AmqpRole.BROKER;
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
        HostPort.of(flow, true),
        HostPort.of(flow, false),
        flow.startedNanos(),
        flow.lastNanos(),
        flow.lastFrame(),
        captureNanos,
        flow.handshakeSeen(),
        flow.rolesGuessed(),
        flow.history(),
        flow.longestIdleNanos(),
        flow.duplicates(),
        EndpointState.of(flow, true),
        EndpointState.of(flow, false),
        closings.get(flow.id()),
        beat == null ? Beat.NONE : beat.beat(true),
        beat == null ? Beat.NONE : beat.beat(false),
        amqpOf(flow),
        channelError == null ? 0 : channelError,
        blockedAt == null ? 0 : blockedAt,
        why,
        log == null ? List.of() : log.complete(),
        log == null ? 0 : log.leftOut());
  }

  private AmqpSnapshot amqpOf(Flow flow) {
    AmqpSnapshot amqp = said.get(flow.id());
    return amqp == null
        ? null
        : amqp.withHeartbeats(flow.listenerCount(true), flow.listenerCount(false));
  }
}
