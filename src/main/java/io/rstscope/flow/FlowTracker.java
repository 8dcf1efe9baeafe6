package io.rstscope.flow;

import io.rstscope.wire.SequenceNumber;

/**
 * Takes segments one by one into their flows and tells a listener what they do there.
 *
 * <p>Owned by one thread, on which the listener is called.
 */
public final class FlowTracker {
  private final PortSet brokerPorts;
  private final FlowListener listener;
  private final FlowTable table = new FlowTable();
  private final FlowSweeper sweeper;
  private final Flow flow = table.newView();
  private long flows;
  private long duplicates;
  private final int[] likelyIds = new int[SegmentBatch.CAPACITY];
  private int touched;

  /**
   * @param brokerPorts ports on which brokers listen
   * @param maxFlows flows held at once, 1 or more; beyond it the longest idle leave with {@link
   *     FlowEnd#EVICTED}
   */
  public FlowTracker(PortSet brokerPorts, int maxFlows, FlowListener listener) {
    this.brokerPorts = brokerPorts;
    this.listener = listener;
    this.sweeper = new FlowSweeper(table, maxFlows, listener);
  }

  /** Flows seen so far. */
  public long flows() {
    return flows;
  }

  /** Flows held now. */
  public int held() {
    return table.size();
  }

  /** Flows that had to leave because the table was full. */
  public long evicted() {
    return sweeper.evicted();
  }

  /** Segments that were others once more, seen at another point of the capture. */
  public long duplicates() {
    return duplicates;
  }

  /** No use but to keep the compiler from leaving out what fetches. */
  int touched() {
    return touched;
  }

  /** Ends all flows that are left; the tracker is done. */
  public void finish() {
    sweeper.endAll();
  }

  /**
   * Takes the segments in, one after the other, and empties the batch. Their times may run
   * backwards.
   *
   * <p>What is known of their flows is spread over the memory: fetching it for all of them at once
   * takes hardly longer than for one.
   */
  public void accept(SegmentBatch batch) {
    int size = batch.size();
    for (int i = 0; i < size; i++) {
      Segment segment = batch.get(i);
      segment.key.take(segment);
      likelyIds[i] = table.likelyId(segment);
    }
    for (int i = 0; i < size; i++) {
      touched += likelyIds[i] < 0 ? 0 : table.touch(likelyIds[i]);
    }
    listener.expect(likelyIds, size);
    for (int i = 0; i < size; i++) {
      follow(batch.get(i));
    }
    batch.clear();
  }

  /** Takes one segment in. */
  public void accept(Segment segment) {
    segment.key.take(segment);
    follow(segment);
  }

  private void follow(Segment segment) {
    if (!table.find(segment, flow)) {
      sweeper.makeRoom(segment.timeNanos);
      table.add(segment, flow);
      begin(segment);
    } else if (startsAnew(segment)) {
      listener.ended(flow, FlowEnd.REPLACED);
      table.restart(segment, flow);
      begin(segment);
    }
    boolean fromClient = flow.isClient(segment.key.sourceIsLower);
    if (segment.has(Segment.RST)) {
      takeReset(segment, fromClient);
    } else if (flow.endpoint(fromClient).isDuplicate(segment)) {
      flow.takeDuplicate();
      duplicates++;
    } else {
      take(segment, fromClient);
    }
  }

  private void begin(Segment segment) {
    flows++;
    boolean source = brokerPorts.contains(segment.sourcePort);
    boolean destination = brokerPorts.contains(segment.destinationPort);
    boolean guessed = false;
    boolean sourceIsClient;
    if (segment.has(Segment.SYN)) {
      sourceIsClient = !segment.has(Segment.ACK);
    } else if (source != destination) {
      sourceIsClient = destination;
    } else {
      guessed =
          true; // servers listen on the lower ports, clients get the ephemeral ones (RFC 6335,
      // section 6)
      sourceIsClient = segment.sourcePort >= segment.destinationPort;
    }
    flow.assignRoles(segment.key.sourceIsLower, sourceIsClient, guessed);
  }

  /**
   * Whether the segment opens another connection with the addresses and ports of the flow that was
   * found.
   */
  private boolean startsAnew(Segment segment) {
    if (!segment.has(Segment.SYN)) {
      return false;
    }
    boolean fromClient = flow.isClient(segment.key.sourceIsLower);
    Endpoint sender = flow.endpoint(fromClient);
    Endpoint other = flow.endpoint(!fromClient);
    int next = segment.nextSequence();
    if (sender.hasSequence()) {
      boolean sentAgain = sender.nextSequence() == next;
      return !sentAgain && (!segment.has(Segment.ACK) || flow.isOver());
    }
    boolean answeredAlready = other.hasAcknowledgement() && other.lastAcknowledgement() == next;
    return !segment.has(Segment.ACK) && !answeredAlready;
  }

  private void takeReset(Segment segment, boolean fromClient) {
    listener.reset(flow, fromClient, segment);
    flow.endpoint(fromClient).markReset();
    flow.note(History.RST, fromClient);
    flow.markOver();
    flow.takeTime(segment.timeNanos);
  }

  private void take(Segment segment, boolean fromClient) {
    Endpoint sender = flow.endpoint(fromClient);
    Endpoint other = flow.endpoint(!fromClient);
    long silence = Math.max(segment.timeNanos - flow.lastNanos(), 0);
    SegmentKind kind = kindOf(segment, sender);
    if (segment.has(Segment.ACK)) {
      takeAnswer(segment, sender, other);
    }
    takeSequence(segment, sender, fromClient, kind);
    boolean payload = segment.payloadLength > 0 && kind != SegmentKind.PROBE;
    sender.take(segment, flow.startedNanos(), payload);
    sender.sent(segment, silence, isSentAgain(kind));
    takeControl(segment, sender, other);
    takeHistory(segment, fromClient, kind);
    flow.takeTime(segment.timeNanos);
    listener.segment(flow, fromClient, segment, kind);
  }

  private static SegmentKind kindOf(Segment segment, Endpoint sender) {
    boolean known = sender.hasSequence();
    int ahead = known ? SequenceNumber.difference(segment.sequence, sender.nextSequence()) : 0;
    if (segment.sequenceLength() == 0) {
      return ahead == -1 ? SegmentKind.PROBE : SegmentKind.BARE_ACK;
    }
    if (known && !SequenceNumber.isAfter(segment.nextSequence(), sender.nextSequence())) {
      if (ahead == -1 && segment.payloadLength == 1) {
        return SegmentKind.PROBE;
      }
      return isOvertaken(segment, sender) ? SegmentKind.OVERTAKEN : SegmentKind.RETRANSMISSION;
    }
    if (segment.has(Segment.SYN)) {
      return SegmentKind.SYN;
    }
    return segment.payloadLength > 0 ? SegmentKind.DATA : SegmentKind.FIN;
  }

  /**
   * A host that numbers its packets gives one that it sends again a higher number, not a lower one.
   */
  private static boolean isOvertaken(Segment segment, Endpoint sender) {
    int back = sender.ipId() - segment.ipId & 0xffff;
    return segment.ipId > 0 && sender.ipIdSteps() > 0 && back > 0 && back <= Endpoint.IP_ID_STEP;
  }

  private static boolean isSentAgain(SegmentKind kind) {
    return kind == SegmentKind.RETRANSMISSION || kind == SegmentKind.PROBE;
  }

  private void takeAnswer(Segment segment, Endpoint sender, Endpoint other) {
    boolean wanted = other.pendingWantsAnswer();
    long idle = wanted ? other.pendingSilenceNanos() : 0;
    sender.takeRtt(other.answered(segment.acknowledgement, segment.timeNanos));
    if (wanted && other.pendingNanos() == 0) {
      flow.takeIdle(idle);
    }
  }

  private void takeSequence(
      Segment segment, Endpoint sender, boolean fromClient, SegmentKind kind) {
    int next = segment.nextSequence();
    boolean known = sender.hasSequence();
    if (kind == SegmentKind.PROBE
        || known && !SequenceNumber.isAfter(next, sender.nextSequence())) {
      return;
    }
    boolean gap = known && SequenceNumber.isAfter(segment.sequence, sender.nextSequence());
    sender.takeSequence(next, gap);
    if (gap) {
      flow.note(History.GAP, fromClient);
    }
  }

  private void takeControl(Segment segment, Endpoint sender, Endpoint other) {
    if (segment.has(Segment.SYN)) {
      sender.markSyn();
      flow.settleRoles();
    }
    if (segment.has(Segment.FIN)) {
      sender.markFin(!other.finSeen() && !sender.finSeen() || sender.closedFirst());
      if (other.finSeen()) {
        flow.markOver();
      }
    }
  }

  private void takeHistory(Segment segment, boolean fromClient, SegmentKind kind) {
    switch (kind) {
      case SYN -> flow.note(segment.has(Segment.ACK) ? History.SYN_ACK : History.SYN, fromClient);
      case DATA, OVERTAKEN -> flow.note(History.DATA, fromClient);
      case BARE_ACK -> flow.note(History.BARE_ACK, fromClient);
      case RETRANSMISSION -> flow.note(History.RETRANSMISSION, fromClient);
      case PROBE -> flow.note(History.PROBE, fromClient);
      case FIN -> {}
    }
    if (segment.has(Segment.FIN)) {
      flow.note(History.FIN, fromClient);
    }
    if (segment.window == 0) {
      flow.note(History.ZERO_WINDOW, fromClient);
    }
  }
}
