package io.rstscope.flow;

import io.rstscope.decode.Segment;
import io.rstscope.decode.SegmentBatch;
import io.rstscope.decode.Tuple;
import io.rstscope.net.PortSet;
import io.rstscope.net.Side;
import io.rstscope.wire.SequenceNumber;
import java.util.function.BooleanSupplier;

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

  /** Of the keys of some segments of a batch. */
  private final int[] hashes = new int[AT_ONCE];

  /** Flows that they probably belong to. */
  private final int[] likelyIds = new int[AT_ONCE];

  /** The segment that takes the long way. */
  private final Segment segment = new Segment();

  private final SegmentBatch one = new SegmentBatch();

  /** No use but to keep the compiler from leaving out what only fetches. */
  @SuppressWarnings("UnusedVariable")
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

  /** Those that have ended of which one side alone was captured: {@link Flow#isOneSided}. */
  public long oneSided() {
    return sweeper.oneSided();
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
    expire(nowNanos, overNanos, openNanos, () -> true);
  }

  /**
   * The same as far as there is room for what that gives.
   *
   * @param goOn whether another one may end now; those that may not are ended by a later call
   */
  public void expire(long nowNanos, long overNanos, long openNanos, BooleanSupplier goOn) {
    sweeper.expire(nowNanos, overNanos, openNanos, goOn);
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

  /**
   * The id of the flow of packets with these ends, in either direction; -1 when there is none. Not
   * for a listener to call.
   */
  public int find(Tuple ends) {
    Segment asked = new Segment();
    ends.fill(asked);
    one.clear();
    one.add(asked);
    return table.find(one, 0);
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
      int hash = batch.hash(i);
      hashes[i - from] = hash;
      touched += table.touchSlot(hash);
    }
    for (int i = from; i < to; i++) {
      likelyIds[i - from] = table.likelyId(hashes[i - from]);
    }
    for (int i = from; i < to; i++) {
      int id = likelyIds[i - from];
      touched += batch.touch(i) + (id < 0 ? 0 : table.touch(id, batch.sourceIsLower(i)));
    }
    for (int i = from; i < to; i++) {
      follow(batch, i, likelyIds[i - from]);
    }
  }

  /** Takes one segment in. */
  public void accept(Segment alone) {
    one.clear();
    one.add(alone);
    follow(one, 0, FlowTable.NONE);
  }

  private void follow(SegmentBatch batch, int i, int likelyId) {
    int id = table.find(batch, i, likelyId);
    if (id == FlowTable.NONE) {
      sweeper.makeRoom(batch.timeNanos(i));
      table.add(batch, i, flow);
      batch.read(i, segment);
      begin(segment);
      note(segment);
      return;
    }
    long[] page = table.page(id);
    int sender = HeaderPrediction.accept(batch, i, table.macs(), page, table.at(id));
    if (sender != HeaderPrediction.NOT_TAKEN) {
      tellUsual(batch, i, id, page, sender);
    } else {
      flow.moveTo(id);
      batch.read(i, segment);
      if (startsAnew(segment)) {
        listener.ended(flow, FlowEnd.REPLACED);
        table.restart(batch, i, flow);
        begin(segment);
      }
      note(segment);
    }
  }

  /** A segment has been taken on the short way; mostly the listener need not see its flow. */
  private void tellUsual(SegmentBatch batch, int i, int id, long[] page, int sender) {
    int position = HeaderPrediction.position(page, sender);
    int next = listener.usual(id, batch, i, position);
    if (next == FlowListener.LOOK) {
      show(batch, i, id);
    } else if (next != position) {
      HeaderPrediction.position(page, sender, next);
    }
  }

  private void show(SegmentBatch batch, int i, int id) {
    flow.moveTo(id);
    batch.read(i, segment);
    SegmentKind kind = segment.payloadLength > 0 ? SegmentKind.DATA : SegmentKind.PURE_ACK;
    listener.segment(flow, flow.sender(batch.sourceIsLower(i)), segment, kind);
  }

  /** The long way, for a segment of the flow that the view stands on. */
  private void note(Segment segment) {
    if (segment.has(Segment.SYN) && flow.rolesGuessed()) {
      settleRoles(segment);
    }
    Side from = flow.sender(segment.sourceIsLower());
    if (segment.has(Segment.RST)) {
      noteReset(segment, from);
    } else if (Duplicates.isDuplicate(flow.endpoint(from), segment)) {
      flow.countDuplicate();
      duplicates++;
    } else {
      note(segment, from);
    }
  }

  private void begin(Segment segment) {
    flows++;
    boolean source = brokerPorts.contains(segment.sourcePort);
    boolean destination = brokerPorts.contains(segment.destinationPort);
    if (segment.has(Segment.SYN)) {
      assignRoles(segment, senderOf(segment), false);
    } else if (source != destination) {
      assignRoles(segment, Side.of(destination), false);
    } else {
      // servers listen on the lower ports, clients get the ephemeral ones (RFC 6335, section 6)
      assignRoles(segment, Side.of(segment.sourcePort >= segment.destinationPort), true);
    }
  }

  private void assignRoles(Segment segment, Side source, boolean guessed) {
    flow.assignRoles(segment.sourceIsLower(), source, guessed);
  }

  private static Side senderOf(Segment syn) {
    return Side.of(!syn.has(Segment.ACK));
  }

  /** A SYN that was overtaken tells who is who after all. */
  private void settleRoles(Segment syn) {
    if (flow.sender(syn.sourceIsLower()) == senderOf(syn)) {
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
    Side from = flow.sender(segment.sourceIsLower());
    Endpoint sender = flow.endpoint(from);
    Endpoint other = flow.endpoint(from.other());
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

  private void noteReset(Segment segment, Side from) {
    listener.reset(flow, from, segment);
    flow.endpoint(from).markReset();
    flow.note(History.RST, from);
    flow.markOver();
    flow.noteLastReset(segment);
  }

  private void note(Segment segment, Side from) {
    Endpoint sender = flow.endpoint(from);
    Endpoint other = flow.endpoint(from.other());
    long silence = Math.max(segment.timeNanos - flow.lastNanos(), 0);
    flow.silenceBefore(silence);
    segment.ahead =
        sender.hasSequence()
            ? SequenceNumber.difference(segment.sequence, sender.nextSequence())
            : 0;
    SegmentKind kind = SegmentKind.of(segment, sender);
    if (segment.has(Segment.ACK)) {
      noteAnswer(segment, sender, other);
    }
    noteSequence(segment, sender, from, kind);
    boolean payload = isPayload(segment, kind, other);
    if (segment.timestamps && !sender.timestamps()) {
      flow.beginTimestamps(from, segment);
    } else if (isWithoutTimestamps(segment) && sender.synSeen() && !other.synSeen()) {
      sender.withdrawTimestamps();
    }
    sender.note(segment, payload);
    boolean again = kind.isSentAgain();
    if (again || !isAnswered(segment, other)) {
      sender.unanswered().note(segment, silence, again);
    }
    noteControl(segment, sender, other);
    noteHistory(segment, from, kind);
    flow.noteLast(segment.sourceIsLower());
    listener.segment(flow, from, segment, kind);
  }

  /**
   * Whether it shows that timestamps are not in use: where they are, all but resets carry them (RFC
   * 7323, section 3.2).
   */
  private static boolean isWithoutTimestamps(Segment segment) {
    return !segment.timestamps && !segment.optionsCut && !segment.has(Segment.SYN);
  }

  /**
   * Whether it brings its receiver anything: what was acknowledged before is thrown away when it
   * comes once more, as behind a queue that is longer than its sender waits.
   */
  private static boolean isPayload(Segment segment, SegmentKind kind, Endpoint other) {
    return segment.payloadLength > 0
        && kind != SegmentKind.PROBE
        && !(kind == SegmentKind.RETRANSMISSION && isAnswered(segment, other));
  }

  /** Whether the answer was captured before the segment, as happens with several queues. */
  private static boolean isAnswered(Segment segment, Endpoint other) {
    return segment.sequenceLength() > 0
        && other.hasAcknowledgement()
        && SequenceNumber.isAtOrAfter(other.lastAcknowledgement(), segment.nextSequence());
  }

  private void noteAnswer(Segment segment, Endpoint sender, Endpoint other) {
    Unanswered asked = other.unanswered();
    if (asked.isAnsweredBy(segment.acknowledgement)) {
      sender.noteRtt(asked.roundTripNanos(segment.timeNanos));
      if (asked.wantsAnswer()) {
        flow.noteIdle(asked.silenceNanos());
      }
      asked.answered(segment.acknowledgement);
    }
  }

  private void noteSequence(Segment segment, Endpoint sender, Side from, SegmentKind kind) {
    int next = segment.nextSequence();
    boolean known = sender.hasSequence();
    if (kind == SegmentKind.PROBE
        || known && !SequenceNumber.isAfter(next, sender.nextSequence())) {
      return;
    }
    boolean gap = segment.ahead > 0;
    sender.noteSequence(next, gap);
    if (gap) {
      flow.note(History.GAP, from);
    }
  }

  private void noteControl(Segment segment, Endpoint sender, Endpoint other) {
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

  private void noteHistory(Segment segment, Side from, SegmentKind kind) {
    switch (kind) {
      case SYN -> flow.note(segment.has(Segment.ACK) ? History.SYN_ACK : History.SYN, from);
      case DATA, REORDERED -> flow.note(History.DATA, from);
      case PURE_ACK -> flow.note(History.PURE_ACK, from);
      case RETRANSMISSION -> flow.note(History.RETRANSMISSION, from);
      case PROBE -> flow.note(History.PROBE, from);
      case FIN -> {}
    }
    if (segment.has(Segment.FIN)) {
      flow.note(History.FIN, from);
    }
    if (segment.window == 0) {
      flow.note(History.ZERO_WINDOW, from);
    }
  }
}
