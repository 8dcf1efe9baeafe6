package io.rstscope.excerpt;

import io.rstscope.amqp.AmqpProtocol;
import io.rstscope.decode.Segment;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.net.Side;
import io.rstscope.report.model.ExcerptPacket;
import io.rstscope.report.model.FlowExcerpt;
import io.rstscope.reset.FlowObservation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Collects the packets of one flow that matter, within limits whatever the flow holds: the first
 * ones, those that decided the verdict, the last before the end, and what followed.
 */
final class FlowReader {
  /** TCP's handshake and AMQP's, each packet with an acknowledgement of its own. */
  static final int FIRST = 16;

  /** Enough to see a conversation turn into silence or retransmissions. */
  static final int BEFORE_END = 24;

  static final int AFTER_END = 24;

  private final FlowVerdict verdict;
  private final FlowObservation flow;
  private final long endFrame;
  private final Set<Long> deciding;
  private final SideReader client;
  private final SideReader broker;
  private final List<ExcerptPacket> kept = new ArrayList<>();
  private final ArrayDeque<ExcerptPacket> beforeEnd = new ArrayDeque<>(BEFORE_END);
  private boolean begun;
  private long total;
  private int after;
  private long lastNanos;

  FlowReader(FlowVerdict verdict) {
    this.verdict = verdict;
    flow = verdict.flow();
    endFrame = flow.endFrame();
    deciding = DecidingFrames.of(verdict);
    AmqpProtocol protocol = flow.amqp() == null ? AmqpProtocol.NONE : flow.amqp().protocol();
    client = new SideReader(protocol);
    broker = new SideReader(protocol);
  }

  FlowVerdict verdict() {
    return verdict;
  }

  /**
   * Whether a packet of these addresses is of this flow: others may use them before and after it.
   * Its first packet is known by its time, and no more than that, as clocks may be set back.
   */
  boolean covers(Segment segment) {
    begun = begun || segment.timeNanos == flow.startedNanos();
    return begun && segment.frame <= flow.lastFrame();
  }

  void add(Segment segment, Side side) {
    ExcerptPacket packet = packet(segment, side);
    if (total <= FIRST || deciding.contains(packet.frame())) {
      kept.add(packet);
    } else if (packet.frame() <= endFrame) {
      if (beforeEnd.size() == BEFORE_END) {
        beforeEnd.removeFirst();
      }
      beforeEnd.addLast(packet);
    } else if (after < AFTER_END) {
      after++;
      kept.add(packet);
    }
  }

  private ExcerptPacket packet(Segment segment, Side side) {
    SideReader from = reader(side);
    SideReader to = reader(side.other());
    from.beginAt(segment);
    if (segment.has(Segment.ACK)) {
      to.beginAcknowledged(segment.acknowledgement);
    }
    long gap = total == 0 ? 0 : Math.max(segment.timeNanos - lastNanos, 0);
    lastNanos = segment.timeNanos;
    total++;
    return new ExcerptPacket(
        total,
        segment.frame,
        segment.timeNanos,
        gap,
        side,
        segment.ttl,
        segment.flags,
        from.relative(segment.sequence),
        segment.window,
        segment.payloadLength,
        from.names(segment));
  }

  private SideReader reader(Side side) {
    return side == Side.CLIENT ? client : broker;
  }

  FlowExcerpt excerpt() {
    List<ExcerptPacket> packets = new ArrayList<>(kept);
    packets.addAll(beforeEnd);
    packets.sort((a, b) -> Long.compare(a.number(), b.number()));
    return new FlowExcerpt(List.copyOf(packets), total);
  }
}
