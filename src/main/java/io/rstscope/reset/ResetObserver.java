package io.rstscope.reset;

import io.rstscope.amqp.AmqpConnection;
import io.rstscope.amqp.AmqpContext;
import io.rstscope.amqp.AmqpRole;
import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.amqp.AmqpState;
import io.rstscope.amqp.RoleHint;
import io.rstscope.flow.Flow;
import io.rstscope.flow.FlowEnd;
import io.rstscope.flow.FlowListener;
import io.rstscope.flow.HostPort;
import io.rstscope.flow.Segment;
import io.rstscope.flow.SegmentKind;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Watches flows for resets and losses, follows what AMQP says in each, and hands over an
 * observation of every flow that was reset or lost once it has left the table.
 *
 * <p>Owned by the tracker's thread.
 */
public final class ResetObserver implements FlowListener {
  private final AmqpContext amqpContext = new AmqpContext();
  private final boolean allFlows;
  private final int maxResets;
  private final Consumer<FlowObservation> sink;
  private AmqpConnection[] amqp = new AmqpConnection[1024];
  private ResetLog[] logs = new ResetLog[1024];
  private long captureNanos = Long.MIN_VALUE;

  /** No use but to keep the compiler from leaving out what only fetches. */
  private int touched;

  /**
   * @param allFlows whether flows that were neither reset nor lost are handed over too
   * @param sink is given each observation, on the tracker's thread
   */
  public ResetObserver(boolean allFlows, Consumer<FlowObservation> sink) {
    this(allFlows, Integer.MAX_VALUE, sink);
  }

  /**
   * As above, with a bound to what a flow can take of the memory.
   *
   * @param maxResets resets observed of each flow, 1 or more; further ones are not
   */
  public ResetObserver(boolean allFlows, int maxResets, Consumer<FlowObservation> sink) {
    this.allFlows = allFlows;
    this.maxResets = maxResets;
    this.sink = sink;
  }

  @Override
  public void expect(int[] flowIds, int count) {
    for (int i = 0; i < count; i++) {
      AmqpConnection connection = flowIds[i] < 0 ? null : connection(flowIds[i]);
      if (connection != null) {
        touched += connection.touch();
      }
    }
  }

  @Override
  public void reset(Flow flow, boolean fromClient, Segment segment) {
    captureNanos = Math.max(captureNanos, segment.timeNanos);
    int id = flow.id();
    if (id >= logs.length) {
      logs = Arrays.copyOf(logs, Math.max(id + 1, logs.length * 2));
    }
    if (logs[id] == null) {
      logs[id] = new ResetLog();
    }
    if (logs[id].size() < maxResets) {
      logs[id].add(flow, fromClient, segment, snapshot(id));
    }
  }

  @Override
  public void segment(Flow flow, boolean fromClient, Segment segment, SegmentKind kind) {
    captureNanos = Math.max(captureNanos, segment.timeNanos);
    boolean client = fromClient;
    if (segment.payloadLength > 0 && kind != SegmentKind.PROBE) {
      client = flow.rolesGuessed() ? settleRoles(flow, fromClient, segment) : fromClient;
      takePayload(flow, client, segment);
    }
    if (flow.isOver()) {
      ResetLog log = log(flow.id());
      if (log != null && kind != SegmentKind.OVERTAKEN) {
        log.follow(client, segment);
      }
    }
  }

  /** What AMQP seemed to say was said by the other side: it is read anew from here on. */
  @Override
  public void rolesSwapped(Flow flow) {
    int id = flow.id();
    if (id < amqp.length) {
      amqp[id] = null;
    }
    ResetLog log = log(id);
    if (log != null) {
      log.swapRoles();
    }
  }

  @Override
  public void ended(Flow flow, FlowEnd why) {
    int id = flow.id();
    ResetLog log = log(id);
    if (log != null || allFlows || isLost(flow)) {
      sink.accept(observe(flow, why));
    }
    if (id < amqp.length) {
      amqp[id] = null;
    }
    if (log != null) {
      logs[id] = null;
    }
  }

  private void takePayload(Flow flow, boolean client, Segment segment) {
    int id = flow.id();
    if (id >= amqp.length) {
      amqp = Arrays.copyOf(amqp, Math.max(id + 1, amqp.length * 2));
    }
    if (amqp[id] == null) {
      boolean fromStart = flow.client().synSeen() && !flow.client().gapSeen();
      amqp[id] = new AmqpConnection(amqpContext, fromStart);
    }
    amqp[id].payload(
        client,
        segment.sequence,
        segment.data,
        segment.payloadOffset,
        segment.payloadCaptured,
        segment.payloadLength);
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
    AmqpConnection connection = connection(flow.id());
    boolean wasOpen =
        connection != null
            && (connection.state() == AmqpState.OPEN || connection.state() == AmqpState.BLOCKED);
    return Loss.isUnanswered(flow) || wasOpen && Loss.isClosedByTcpAlone(flow);
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
    ResetLog log = log(flow.id());
    return new FlowObservation(
        HostPort.of(flow, true),
        HostPort.of(flow, false),
        flow.startedNanos(),
        flow.lastNanos(),
        captureNanos,
        flow.handshakeSeen(),
        flow.rolesGuessed(),
        flow.history(),
        flow.longestIdleNanos(),
        flow.duplicates(),
        EndpointState.of(flow, true),
        EndpointState.of(flow, false),
        snapshot(flow.id()),
        why,
        log == null ? List.of() : log.complete());
  }

  private AmqpSnapshot snapshot(int id) {
    AmqpConnection connection = connection(id);
    return connection == null ? null : connection.snapshot();
  }

  private AmqpConnection connection(int id) {
    return id < amqp.length ? amqp[id] : null;
  }

  private ResetLog log(int id) {
    return id < logs.length ? logs[id] : null;
  }
}
