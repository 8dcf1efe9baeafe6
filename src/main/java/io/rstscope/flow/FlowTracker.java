package io.rstscope.flow;

import io.rstscope.wire.SequenceNumber;

/**
 * Takes segments one by one into their flows and tells a listener what they do there.
 *
 * <p>Owned by one thread, on which the listener is called.
 */
public final class FlowTracker {
  /** As much can have been sent when a SYN is late: the window of a SYN,ACK is not scaled. */
  private static final int FIRST_WINDOW = 0xffff;

  /** Enough to hide the way to memory, few enough for the first-level cache. */
  private static final int AT_ONCE = 32;

  private final PortSet brokerPorts;
  private final FlowListener listener;
  private final FlowTable table = new FlowTable();
  private final FlowSweeper sweeper;
  private final Flow flow = table.newView();
  private long flows;
  private long duplicates;

  /** Flows that some segments of a batch probably belong to. */
  private final int[] likelyIds = new int[AT_ONCE];

  /** No use but to keep the compiler from leaving out what only fetches. */
  private int touched;

  /**
   * @param brokerPorts ports on which brokers listen
   * @param maxFlows flows held at once, 1 or more, at most 16,777,215; beyond it the longest idle
   *     leave with {@link FlowEnd#EVICTED}, at first of those that are not established
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

  /** Those of them that had never become a connection: {@link Flow#isEstablished}. */
  public long evictedAttempts() {
    return sweeper.evictedAttempts();
  }

  /** Segments that were others once more, seen at another point of the capture. */
  public long duplicates() {
    return duplicates;
  }

  /**
   * Ends the flows that have been silent for too long, for a tracker that runs for weeks.
   *
   * @param nowNanos the time by the clock that stamps packets, nanoseconds since 1970
   * @param overNanos how long flows that are over are kept for what may follow
   * @param openNanos how long the others are
   */
  public void expire(long nowNanos, long overNanos, long openNanos) {
    sweeper.expire(nowNanos, overNanos, openNanos);
  }

  /** Ids of flows lie below this. */
  public int idLimit() {
    return table.idLimit();
  }

  /**
   * The flow with that id, or null when there is none; to be looked at before the next call only.
   */
  public Flow find(int id) {
    return id < table.idLimit() && table.visit(id, flow) ? flow : null;
  }

  /** Ends all flows that are left; the tracker is done. */
  public void finish() {
    sweeper.endAll();
  }

  /**
   * Takes the segments in, one after the other. Their times may run backwards.
   *
   * <p>What is known of their flows is spread over the memory: fetching it for all of them at once
   * takes hardly longer than for one.
   */
  public void accept(SegmentBatch batch) {
    for (int from = 0; from < batch.size(); from += AT_ONCE) {
      accept(batch, from, Math.min(from + AT_ONCE, batch.size()));
    }
  }

  private void accept(SegmentBatch batch, int from, int to) {
    for (int i = from; i < to; i++) {
      Segment segment = batch.get(i);
      likelyIds[i - from] = table.likelyId(segment);
      touched += segment.touch();
    }
    for (int i = from; i < to; i++) {
      int id = likelyIds[i - from];
      touched += id < 0 ? 0 : table.touch(id, batch.get(i));
    }
    for (int i = from; i < to; i++) {
      follow(batch.get(i));
    }
  }

  /** Takes one segment in. */
  public void accept(Segment segment) {
    segment.key.take(segment);
    follow(segment);
  }

  private void follow(Segment segment) {
    int id = table.find(segment);
    if (id == FlowTable.NONE) {
      sweeper.makeRoom(segment.timeNanos);
      table.add(segment, flow);
      begin(segment);
      take(segment);
    } else if (HeaderPrediction.take(segment, table.look(segment), table.page(id), table.at(id))) {
      tellUsual(segment, id);
    } else {
      flow.moveTo(id);
      restartIfNew(segment);
      take(segment);
    }
  }

  /** A segment has been taken on the short way; mostly the listener need not see its flow. */
  private void tellUsual(Segment segment, int id) {
    long[] page = table.page(id);
    int at = table.at(id);
    int position = HeaderPrediction.position(segment, page, at);
    int next = listener.usual(id, segment, position);
    if (next == FlowListener.LOOK) {
      show(segment, id);
    } else if (next != position) {
      HeaderPrediction.position(segment, page, at, next);
    }
  }

  private void show(Segment segment, int id) {
    flow.moveTo(id);
    SegmentKind kind = segment.payloadLength > 0 ? SegmentKind.DATA : SegmentKind.BARE_ACK;
    listener.segment(flow, flow.isClient(segment.key.sourceIsLower), segment, kind);
  }

  private void restartIfNew(Segment segment) {
    if (startsAnew(segment)) {
      listener.ended(flow, FlowEnd.REPLACED);
      table.restart(segment, flow);
      begin(segment);
    }
  }

  /** The long way, for a segment of the flow that the view stands on. */
  private void take(Segment segment) {
    if (segment.has(Segment.SYN) && flow.rolesGuessed()) {
      settleRoles(segment);
    }
    boolean fromClient = flow.isClient(segment.key.sourceIsLower);
    if (segment.has(Segment.RST)) {
      takeReset(segment, fromClient);
    } else if (Duplicates.isDuplicate(flow.endpoint(fromClient), segment)) {
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
    if (segment.has(Segment.SYN)) {
      assignRoles(segment, !segment.has(Segment.ACK), false);
    } else if (source != destination) {
      assignRoles(segment, destination, false);
    } else {
      // servers listen on the lower ports, clients get the ephemeral ones (RFC 6335, section 6)
      assignRoles(segment, segment.sourcePort >= segment.destinationPort, true);
    }
  }

  private void assignRoles(Segment segment, boolean sourceIsClient, boolean guessed) {
    flow.assignRoles(segment.key.sourceIsLower, sourceIsClient, guessed);
  }

  /** A SYN that was overtaken tells who is who after all. */
  private void settleRoles(Segment syn) {
    boolean fromClient = !syn.has(Segment.ACK);
    if (flow.isClient(syn.key.sourceIsLower) == fromClient) {
      flow.settleRoles();
    } else {
      flow.swapRoles();
      listener.rolesSwapped(flow);
    }
  }

  /**
   * Whether the segment opens another connection with the addresses and ports of the flow that was
   * found.
   */
  private boolean startsAnew(Segment segment) {
    if (!segment.has(Segment.SYN) || segment.has(Segment.RST)) {
      return false;
    }
    boolean fromClient = flow.isClient(segment.key.sourceIsLower);
    Endpoint sender = flow.endpoint(fromClient);
    Endpoint other = flow.endpoint(!fromClient);
    if (sender.hasSequence()) {
      return !isItsOwnSyn(segment, sender) && (!segment.has(Segment.ACK) || flow.isOver());
    }
    boolean answeredAlready =
        other.hasAcknowledgement() && other.lastAcknowledgement() == segment.nextSequence();
    return !segment.has(Segment.ACK) && !answeredAlready;
  }

  /** Whether it is the SYN of this flow, sent again, overtaken, or seen at another point. */
  private boolean isItsOwnSyn(Segment syn, Endpoint sender) {
    int sentSince = SequenceNumber.difference(sender.nextSequence(), syn.sequence + 1);
    return sentSince == 0 || sentSince > 0 && sentSince <= FIRST_WINDOW && !flow.isOver();
  }

  private void takeReset(Segment segment, boolean fromClient) {
    listener.reset(flow, fromClient, segment);
    flow.endpoint(fromClient).markReset();
    flow.note(History.RST, fromClient);
    flow.markOver();
    flow.takeLastReset(segment);
  }

  private void take(Segment segment, boolean fromClient) {
    Endpoint sender = flow.endpoint(fromClient);
    Endpoint other = flow.endpoint(!fromClient);
    long silence = Math.max(segment.timeNanos - flow.lastNanos(), 0);
    flow.silenceBefore(silence);
    segment.ahead =
        sender.hasSequence()
            ? SequenceNumber.difference(segment.sequence, sender.nextSequence())
            : 0;
    SegmentKind kind = SegmentKind.of(segment, sender);
    if (segment.has(Segment.ACK)) {
      takeAnswer(segment, sender, other);
    }
    takeSequence(segment, sender, fromClient, kind);
    boolean payload = segment.payloadLength > 0 && kind != SegmentKind.PROBE;
    if (segment.timestamps && !sender.timestamps()) {
      flow.beginTimestamps(fromClient, segment);
    } else if (isWithoutTimestamps(segment) && sender.synSeen() && !other.synSeen()) {
      sender.withdrawTimestamps();
    }
    sender.take(segment, payload);
    boolean again = kind.isSentAgain();
    if (again || !isAnswered(segment, other)) {
      sender.unanswered().take(segment, silence, again);
    }
    takeControl(segment, sender, other);
    takeHistory(segment, fromClient, kind);
    flow.takeLast(segment.key.sourceIsLower);
    listener.segment(flow, fromClient, segment, kind);
  }

  /**
   * Whether it shows that timestamps are not in use: where they are, all but resets carry them (RFC
   * 7323, section 3.2).
   */
  private static boolean isWithoutTimestamps(Segment segment) {
    return !segment.timestamps && !segment.optionsCut && !segment.has(Segment.SYN);
  }

  /** Whether the answer was captured before the segment, as happens with several queues. */
  private static boolean isAnswered(Segment segment, Endpoint other) {
    return segment.sequenceLength() > 0
        && other.hasAcknowledgement()
        && SequenceNumber.isAtOrAfter(other.lastAcknowledgement(), segment.nextSequence());
  }

  private void takeAnswer(Segment segment, Endpoint sender, Endpoint other) {
    Unanswered asked = other.unanswered();
    if (asked.isAnsweredBy(segment.acknowledgement)) {
      sender.takeRtt(asked.roundTripNanos(segment.timeNanos));
      if (asked.wantsAnswer()) {
        flow.takeIdle(asked.silenceNanos());
      }
      asked.answered(segment.acknowledgement);
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
    boolean gap = segment.ahead > 0;
    sender.takeSequence(next, gap);
    if (gap) {
      flow.note(History.GAP, fromClient);
    }
  }

  private void takeControl(Segment segment, Endpoint sender, Endpoint other) {
    if (segment.has(Segment.SYN)) {
      sender.markSyn();
      if (segment.has(Segment.ACK) && !segment.timestamps && !segment.optionsCut) {
        other.withdrawTimestamps();
      }
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
