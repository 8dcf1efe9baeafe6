package io.rstscope.judge.cause;

import io.rstscope.amqp.AmqpProtocol;
import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.amqp.AmqpState;
import io.rstscope.amqp.ConnectionClose;
import io.rstscope.amqp.HandshakeStep;
import io.rstscope.judge.context.CaptureContext;
import io.rstscope.judge.context.Company;
import io.rstscope.judge.context.FirstEnd;
import io.rstscope.judge.context.FirstEnd.Way;
import io.rstscope.judge.context.FlowContext;
import io.rstscope.judge.context.HeartbeatTimer;
import io.rstscope.judge.context.OneWaySilences;
import io.rstscope.judge.context.OwnRhythm;
import io.rstscope.judge.context.OwnRule;
import io.rstscope.judge.context.RoundTime;
import io.rstscope.judge.context.Thresholds;
import io.rstscope.judge.context.UncapturedBytes;
import io.rstscope.judge.context.Undelivered;
import io.rstscope.judge.context.Unheard;
import io.rstscope.judge.context.UnseenSide;
import io.rstscope.judge.context.Vantage;
import io.rstscope.judge.sender.Verdict;
import io.rstscope.judge.timer.IdleTimer;
import io.rstscope.judge.timer.Recurrence;
import io.rstscope.net.Side;
import io.rstscope.reset.Beat;
import io.rstscope.reset.EndpointState;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.OpenConnections;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Role;
import io.rstscope.reset.Shape;

/**
 * All that is known of the end of one connection when its cause is asked for. Facts only, worked
 * out once; what they mean stands in the table of causes.
 */
final class End {
  private static final int TWICE = 2;

  /** Of an interval: RabbitMQ may send a last heartbeat and give up at the same tick. */
  private static final double AT_ONCE = 0.01;

  /** nginx does not set a timer anew for less (NGX_TIMER_LAZY_DELAY in ngx_event_timer.h). */
  private static final double LAZY_SECONDS = -0.31;

  private static final long LAZY_NANOS = 310_000_000L;

  /** Devices look at their timers that often. */
  private static final double DEVICE_LATE_SECONDS = 0.12;

  private static final double SECOND = 1e9;

  /** Of heartbeats of 2 s, which are too short already: more is lost than a packet or two. */
  private static final long SHORTEST_WAIT_NANOS = 4_000_000_000L;

  /** Of its own heartbeats, until the most patient client gives up. */
  private static final int MOST_INTERVALS = 20;

  /** A host that went then would have had to go, and to come back, in the smaller part. */
  private static final double UNSEEN_PART = 0.3;

  /** Timers are set to no less than 10 s; heartbeats that are due then come a little early. */
  private static final long LONG_NANOS = 9_500_000_000L;

  /** Few hosts boot faster. */
  private static final long BOOT_NANOS = 10_000_000_000L;

  /** What had paused for less may have met any event. */
  private static final long PAUSED_NANOS = 5_000_000_000L;

  private final FlowContext flowContext;
  private final FlowObservation flow;
  private final FirstEnd first;
  private final Verdict verdict;
  private final ResetObservation decisive;
  private final CaptureContext captureContext;
  private final Recurrence.Found recurring;
  private final Recurrence.Found nearby;
  private final IdleTimer bounded;
  private final Company.Shared company;
  private final OpenConnections.Open older;
  private final boolean byMiddlebox;
  private final boolean refused;
  private final boolean bareReset;
  private final long silenceNanos;
  private final Manner manner;
  private final OneWaySilences.Silence oneWaySilence;
  private final OneWaySilences.Found oneWayFound;

  /**
   * @param verdict about the decisive reset, or null when there is none
   * @param recurring what its silence shares with others
   * @param nearby the best of that kind on its paths
   * @param bounded a timer that it is a witness of, though only its bounds are known; or null
   * @param byMiddlebox whether something in the path sent the decisive reset: to be weighed is what
   *     follows if so
   */
  End(
      FlowContext flowContext,
      FirstEnd first,
      Verdict verdict,
      CaptureContext captureContext,
      Recurrence.Found recurring,
      Recurrence.Found nearby,
      IdleTimer bounded,
      boolean byMiddlebox) {
    this.flowContext = flowContext;
    this.flow = flowContext.observation();
    this.first = first;
    this.verdict = verdict;
    this.decisive = flow.decisiveReset();
    this.captureContext = captureContext;
    this.recurring = recurring;
    this.nearby = nearby;
    this.bounded = bounded;
    this.company = captureContext.company(flow, first);
    this.byMiddlebox = byMiddlebox;
    this.older = captureContext.isTranslatedAway(flow) ? null : captureContext.renamed(flow);
    this.refused = isRefused(flow);
    this.bareReset = isBare(reset());
    this.silenceNanos = silence();
    this.manner = mannerOfEnd();
    this.oneWaySilence = isTimerOfBothExcluded() ? OneWaySilences.of(flow, first) : null;
    this.oneWayFound = oneWaySilence == null ? null : captureContext.oneWaySilence(flow, first);
  }

  private Manner mannerOfEnd() {
    if (first.way() == Way.FIN && !first.orderly()) {
      return Manner.FIN;
    }
    if (reset() == null || refused) {
      return Manner.OTHER;
    }
    return byMiddlebox ? Manner.DEVICE : bareReset ? Manner.HOST : Manner.SOCKET;
  }

  private static boolean isRefused(FlowObservation flow) {
    for (ResetObservation reset : flow.resets()) {
      if (reset.role() == Role.REFUSES) {
        return true;
      }
    }
    return false;
  }

  /**
   * Of a host that knows no such connection. Windows answers so with RST,ACK: after packets that
   * went without an answer that is no living socket's.
   */
  private static boolean isBare(ResetObservation reset) {
    if (reset == null) {
      return false;
    }
    boolean likeWindows =
        reset.shape() == Shape.SOCKET
            && reset.packet().window() == 0
            && reset.trigger() != null
            && (reset.other().unanswered() > 0
                || reset.idle().beforeTrigger() >= Thresholds.SILENCE_NANOS)
            && !reset.other().finSeen();
    return reset.shape() == Shape.STATELESS || likeWindows;
  }

  private long silence() {
    if (older != null) {
      return flow.startedNanos() - older.lastNanos();
    }
    return UncapturedBytes.betweenSynAndEnd(flow) && flow.resets().size() > 0
        ? -1
        : Math.max(first.payloadSilenceNanos(), first.packetSilenceNanos());
  }

  Manner manner() {
    return manner;
  }

  /** The connection that goes on here with another client address or port, or null. */
  OpenConnections.Open older() {
    return older;
  }

  FlowObservation flow() {
    return flow;
  }

  FirstEnd first() {
    return first;
  }

  CaptureContext captureContext() {
    return captureContext;
  }

  Company.Shared company() {
    return company;
  }

  AmqpSnapshot amqp() {
    return flow.amqp();
  }

  /** The reset that ended the connection; null when a FIN, or nothing, did. */
  ResetObservation reset() {
    return first.way() == Way.RESET ? decisive : null;
  }

  /** The reset that ended it or answered its end, or null. */
  ResetObservation decisive() {
    return decisive;
  }

  Recurrence.Found recurring() {
    return recurring;
  }

  // ---- how it ended

  boolean isRefused() {
    return refused;
  }

  boolean isFin(Side by) {
    return manner == Manner.FIN && first.by() == by;
  }

  /** By a reset of the claimed sender's own socket, or of a host that had none. */
  boolean isReset(Side from, boolean bare) {
    return manner == (bare ? Manner.HOST : Manner.SOCKET) && reset().from() == from;
  }

  boolean isByMiddlebox() {
    return manner == Manner.DEVICE;
  }

  boolean isUnanswered() {
    return first.way() == Way.NO_ANSWER;
  }

  /**
   * In a way in which the end of one process, the application's or a proxy's, ends many at once.
   */
  boolean isEndOfProcess() {
    return isFin(Side.CLIENT) || isFin(Side.BROKER) || isReset(Side.CLIENT, false);
  }

  /** Nothing ended it as far as the capture shows. */
  boolean isUp() {
    return first.way() == Way.NONE && flow.resets().isEmpty();
  }

  boolean livedOn() {
    return first.way() == Way.NONE && !flow.resets().isEmpty();
  }

  boolean isOpen() {
    return amqp() != null && amqp().state().compareTo(AmqpState.OPEN) >= 0;
  }

  // ---- silence

  /** What a timer in the path saw before the end, ns; -1 when it is not known. */
  long silenceNanos() {
    return silenceNanos;
  }

  boolean isSilentFor(long atLeastNanos) {
    return silenceNanos() >= atLeastNanos;
  }

  boolean isBusy() {
    long silence = silenceNanos();
    return silence >= 0 && silence < Thresholds.SILENCE_NANOS;
  }

  /** The silence of one side, where no timer that counts both can have ended it; or null. */
  OneWaySilences.Silence oneWaySilence() {
    return oneWaySilence;
  }

  private boolean isTimerOfBothExcluded() {
    boolean timer = recurrence() >= Recurring.LIKELY || round() != RoundTime.NO || isNearlyRound();
    return isBusy() || isInItsOwnRhythm() || !timer;
  }

  /** Before how many ends at different moments that side had been silent as long; 0 for none. */
  int oneWayAlike() {
    return oneWaySilence == null ? 0 : oneWayFound.alike();
  }

  /**
   * It had been silent since the beginning, or those connections had been in use for the same time
   * before: so end programs that do one thing, or work for a fixed time.
   */
  boolean isOneWayOfLife() {
    return oneWayAlike() > 1
        ? oneWayFound.livesAlike()
        : first.lifeNanos() >= 0
            && first.lifeNanos() - oneWaySilence.nanos() <= Thresholds.SILENCE_NANOS;
  }

  /**
   * A timer that counts one direction alone may be set to that, and nothing else fell silent: where
   * both did, one of two is round too often.
   */
  boolean isOneWayRound() {
    long rtt = Math.max(flow.clientState().minRttNanos(), 0);
    return oneWaySilence != null
        && isBusy()
        && RoundTime.of(oneWaySilence.nanos(), rtt).compareTo(RoundTime.MEDIUM) >= 0;
  }

  /** A timer that counts one direction alone may have ended it. */
  boolean isOneWay() {
    return oneWayAlike() > 1 || isOneWayRound();
  }

  /** How round the silence is that a device measures which acts on its own. */
  RoundTime round() {
    if (first.answers()) {
      return RoundTime.NO;
    }
    long rtt = Math.max(flow.state(first.by()).minRttNanos(), 0);
    RoundTime payload = RoundTime.of(first.payloadSilenceNanos(), rtt);
    RoundTime packets = RoundTime.of(first.packetSilenceNanos(), rtt);
    return payload.compareTo(packets) > 0 ? payload : packets;
  }

  /** Off a configured value by no more than lazy timers are. */
  boolean isNearlyRound() {
    if (first.answers() || round() != RoundTime.NO || silenceNanos() < Thresholds.SILENCE_NANOS) {
      return false;
    }
    return byMiddlebox
        ? RoundTime.isNear(silenceNanos(), -0.012, DEVICE_LATE_SECONDS)
        : RoundTime.isNear(silenceNanos(), LAZY_SECONDS, 0);
  }

  /** Log-odds that the same silence came back by no chance. */
  double recurrence() {
    return first.answers() || isInItsOwnRhythm() ? Double.NEGATIVE_INFINITY : recurring.logOdds();
  }

  /** A timer of its paths is well attested, and this end lies elsewhere. */
  boolean isOffTimer(double sure) {
    long margin = Math.max(LAZY_NANOS, (long) (Thresholds.SAME_SILENCE * silenceNanos()));
    boolean away =
        silenceNanos() < nearby.shortestNanos() - margin
            || silenceNanos() > nearby.longestNanos() + margin;
    return nearby.logOdds() >= sure
        && nearby.independent() >= Thresholds.MANY
        && recurrence() < sure
        && away
        && !first.answers();
  }

  boolean isBoundedTimer() {
    return bounded != null && bounded.isSure();
  }

  /** Connections on the same path lived through longer silences. */
  boolean isOutlived() {
    long survived = captureContext.survivedNanos(flow.client().address(), flow.broker().address());
    return silenceNanos() > 0 && survived > silenceNanos() * (1 + Thresholds.SAME_SILENCE) + 3e8;
  }

  // ---- a program's own time, or a proxy's timer

  /** The client's side closed what was idle, and nothing shows a proxy at its address. */
  private boolean isOfProgramOrProxy() {
    return (isFin(Side.CLIENT) || isReset(Side.CLIENT, false))
        && (isOpen() || isTls())
        && isSilentFor(Thresholds.SILENCE_NANOS)
        && !isGivenUp()
        && !captureContext.isOfProxysAddress(flow);
  }

  /** Who ended it had waited for the other side in vain. */
  private boolean isGivenUp() {
    return heartbeatRanOut()
        || heartbeatUnheard()
        || beatsRanOut()
        || isUnheard()
        || hadGivenUp()
        || unreceivedNanos() >= 0;
  }

  /**
   * It ended as timers do, though its life was hardly longer than its last silence, or as long as
   * those of others that ended after the same one: a program that works for so long does that, too,
   * though it never ends early, as nginx does.
   */
  boolean isIdleAllItsLife() {
    if (first.lifeNanos() < 0 || isBesideATimer() || !isOfProgramOrProxy()) {
      return false;
    }
    return recurrence() >= Recurring.LIKELY
        ? recurring.livesAlike()
        : round() != RoundTime.NO && first.lifeNanos() - silenceNanos <= Thresholds.START_NANOS;
  }

  /** Others of its path, used for different times, show a timer: a proxy is there. */
  private boolean isBesideATimer() {
    return nearby.logOdds() >= Recurring.SURE && !nearby.livesAlike();
  }

  /** It had been idle as long before, and lived. */
  boolean isInItsOwnRhythm() {
    return isEndOfProcess() && OwnRhythm.holds(flow, first);
  }

  /** Captured where it ended: a proxy there would have other legs in the capture, mostly. */
  boolean isEndedAtItsOwnHost() {
    return isOfProgramOrProxy() && captureContext.recording().vantage() == Vantage.CLIENT;
  }

  // ---- heartbeats

  /**
   * A device forgot it and another after the longest pause that it ever made, and kept a third of
   * the same host, which was up for most of that time and after it: no event of the whole device.
   */
  boolean areOnlyIdleOnesForgotten() {
    return byMiddlebox
        && first.answers()
        && isSilentFor(PAUSED_NANOS)
        && silenceNanos > flow.longestIdleNanos()
        && !isOutlived()
        && captureContext.anyForgottenApart(flow, reset())
        && captureContext.unseenPart(flow, reset()) <= UNSEEN_PART;
  }

  /** A device forgot others, too, each after the same pause, and at a moment of its own. */
  boolean areOthersForgottenAlike() {
    return byMiddlebox
        && first.answers()
        && isSilentFor(PAUSED_NANOS)
        && !isOutlived()
        && captureContext.anyForgottenAlike(flow, reset());
  }

  /** A device reset others, too, each after the same pause, and at a moment of its own. */
  boolean areOthersResetAlike() {
    return byMiddlebox
        && reset() != null
        && !first.answers()
        && isSilentFor(Thresholds.SILENCE_NANOS)
        && !isOutlived()
        && captureContext.anyCraftedAlike(flow, reset());
  }

  /** The bare reset answers the first packet after a silence as timers are set to. */
  boolean isAfterLongSilence() {
    return first.answers() && isSilentFor(LONG_NANOS) && !heartbeatsForbidSilence();
  }

  /** What the side owes that did not end it, s; null when not known. */
  Integer heartbeatOwed() {
    AmqpSnapshot amqp = amqpAtEnd();
    return amqp == null ? null : amqp.heartbeatOwed(first.by().other());
  }

  /** Since the last payload of the side that did not end it, ns; or -1. */
  long otherSilentNanos() {
    if (first.way() == Way.FIN) {
      return flow.closing().silentNanos(first.by().other());
    }
    return decisive == null ? -1 : decisive.other().payloadIdleNanos(decisive.packet().timeNanos());
  }

  /** The same, also where the other side has sent nothing but ACKs since the capture began. */
  long otherSilentAtLeastNanos() {
    long silent = otherSilentNanos();
    return silent >= 0 || first.way() == Way.NONE || flow.handshakeSeen() || isOneSided()
        ? silent
        : first.nanos() - flow.startedNanos();
  }

  /** Whether the side that ended it had not heard of the other for as long as it waits. */
  boolean heartbeatRanOut() {
    if (byMiddlebox || first.way() == Way.NONE || bareReset) {
      return false;
    }
    return HeartbeatTimer.ranOut(heartbeatOwed(), otherSilentNanos(), first.by());
  }

  /**
   * For how long the side that ended it had not heard what the other side sent, ns; or -1. Since
   * when bytes lack is not known where some are acknowledged late: then the clock that it echoes
   * tells more.
   */
  long unheardNanos() {
    if (byMiddlebox || bareReset) {
      return -1;
    }
    long byAcks = Unheard.nanos(flow, first);
    long twice = Unheard.twiceInVainNanos(flow, first);
    long byEcho = reset() == null ? -1 : Unheard.byEchoNanos(flow, reset());
    if (isHeartbeatTime(byAcks) || !isHeartbeatTime(twice) && !isHeartbeatTime(byEcho)) {
      return byAcks;
    }
    return isHeartbeatTime(twice) ? twice : byEcho;
  }

  private boolean isHeartbeatTime(long unheardNanos) {
    return HeartbeatTimer.ranOut(heartbeatOwed(), unheardNanos, first.by());
  }

  /** What was sent to the side that ended it had not arrived for as long as it waits. */
  boolean heartbeatUnheard() {
    return !heartbeatRanOut() && isHeartbeatTime(unheardNanos());
  }

  /** The same where the agreed interval is not in the capture, or TLS hides it. */
  boolean isUnheard() {
    return heartbeatOwed() == null && unheardNanos() >= SHORTEST_WAIT_NANOS;
  }

  /** The client was silent for so long that the broker must have given it up, and spoke again. */
  boolean isBeyondHeartbeat() {
    Integer owed = amqp() == null ? null : amqp().heartbeatOwed(Side.CLIENT);
    return isReset(Side.BROKER, true)
        && first.answers()
        && HeartbeatTimer.isOver(owed, first.payloadSilenceNanos());
  }

  /**
   * The broker had sent something at one interval as heartbeats come, the last time one interval
   * before it ended the connection, while the other side had been silent for longer.
   */
  boolean beatsRanOut() {
    Beat beat = flow.beat(first.by());
    if (byMiddlebox || bareReset || heartbeatOwed() != null || beat.intervalNanos() <= 0) {
      return false;
    }
    double since = (double) (first.nanos() - beat.nanos()) / beat.intervalNanos();
    double silent = (double) otherSilentAtLeastNanos() / beat.intervalNanos();
    return beat.intervalNanos() >= Thresholds.SILENCE_NANOS / TWICE
        && (since > 0.7 && since < 1.3 || since < AT_ONCE)
        && silent >= 1.9
        && silent <= MOST_INTERVALS;
  }

  /** It sent small packets of one size at an interval, and was as silent as between two of them. */
  boolean isBetweenBeats() {
    Beat beat = flow.beat(first.by());
    return first.way() != Way.NONE
        && beat.repeated() > 0
        && Math.abs(silenceNanos() - beat.intervalNanos()) <= 0.1 * beat.intervalNanos();
  }

  /** Of a broker whose heartbeats were agreed before the capture began, if at all. */
  boolean isBrokersAfterUnknownHeartbeats() {
    return isReset(Side.BROKER, false)
        && heartbeatOwed() == null
        && !flow.handshakeSeen()
        && isSilentFor(Thresholds.SILENCE_NANOS);
  }

  /** The client had been silent for even longer than the broker waits. */
  boolean isLongOverdue() {
    Integer owed = heartbeatOwed();
    return isReset(Side.BROKER, false)
        && owed != null
        && owed > 0
        && !heartbeatRanOut()
        && otherSilentNanos() > 1.8 * owed * SECOND;
  }

  boolean heartbeatsOff() {
    return amqp() != null && amqp().heartbeatSeconds() != null && amqp().heartbeatSeconds() == 0;
  }

  /** Both owe each other frames more often than the connection was silent: somebody hung. */
  boolean heartbeatsForbidSilence() {
    Integer agreed = amqp() == null ? null : amqp().heartbeatSeconds();
    return agreed != null && agreed > 0 && silenceNanos() > 0.75 * agreed * SECOND;
  }

  /** A host that no longer answered for longer than its peer waits for heartbeats. */
  boolean waitedBeyondHeartbeat() {
    Integer agreed = amqp() == null ? null : amqp().heartbeatSeconds();
    return agreed != null && agreed > 0 && deadNanos() > 1.9 * agreed * SECOND;
  }

  private long deadNanos() {
    EndpointState asking = reset() == null ? null : reset().other();
    return asking == null || !asking.isUnanswered()
        ? -1
        : reset().packet().timeNanos() - asking.pendingNanos();
  }

  // ---- dead paths

  /** No packet of one side is in the capture: whether it answered is not known. */
  boolean isOneSided() {
    return UnseenSide.any(flow);
  }

  /** By its own clock, for how long the socket that reset had received nothing, ns; or -1. */
  long unreceivedNanos() {
    return reset() == null || byMiddlebox || bareReset || heartbeatRanOut() || heartbeatUnheard()
        ? -1
        : Unheard.byEchoNanos(flow, reset());
  }

  /** Whether the side that ended it had asked again and again, and was not answered. */
  boolean hadGivenUp() {
    EndpointState side = reset() != null ? reset().sender() : flow.state(first.by());
    return !byMiddlebox
        && !bareReset
        && first.way() != Way.NONE
        && !isOneSided()
        && askedInVain(side);
  }

  /** The host that answers with a bare reset had asked in vain before: its kernel gave up. */
  boolean hadGivenUpBefore() {
    return manner == Manner.HOST && !isOneSided() && askedInVain(reset().sender());
  }

  private boolean askedInVain(EndpointState side) {
    return side.pendingWantsAnswer()
        && side.unanswered() >= TWICE
        && first.nanos() - side.pendingNanos() >= Thresholds.SILENCE_NANOS;
  }

  /** What it retransmitted is lost on the way to a host that is up. */
  boolean isUndelivered() {
    return (hadGivenUp() || isUnanswered()) && Undelivered.holds(flow, first, reset());
  }

  /**
   * Its kernel probed the connection, as it had before after such pauses, and got answers until
   * then: what was acknowledged is not retransmitted.
   */
  boolean isKeepAliveUnanswered() {
    if (!hadGivenUp() && !isUnanswered()) {
      return false;
    }
    EndpointState asking = reset() != null ? reset().sender() : flow.state(first.by());
    EndpointState asked = reset() != null ? reset().other() : flow.state(first.by().other());
    return asked.hasAcknowledgement()
        && asking.hasSequence()
        && asked.lastAcknowledgement() == asking.nextSequence()
        && asking.pendingSilenceNanos() <= flow.longestIdleNanos() * (1 + Thresholds.SAME_SILENCE);
  }

  // ---- words

  /** What AMQP had said when the connection ended; what comes later does not undo the end. */
  AmqpSnapshot amqpAtEnd() {
    return first.amqp(flow);
  }

  ConnectionClose close() {
    AmqpSnapshot amqp = amqpAtEnd();
    return amqp == null ? null : amqp.close();
  }

  boolean isClosedBy(Side side) {
    return close() != null && close().by() == side;
  }

  HandshakeStep step() {
    return amqp() == null ? HandshakeStep.NONE : amqp().handshakeStep();
  }

  boolean isInHandshake() {
    return amqp() != null && amqp().state() == AmqpState.HANDSHAKE;
  }

  boolean isWithoutAmqp() {
    AmqpSnapshot amqp = amqp();
    return amqp == null || amqp.state() == AmqpState.NONE && amqp.protocol() == AmqpProtocol.NONE;
  }

  /** No byte of the application, as far as the sequence numbers tell. */
  boolean isEmpty() {
    return !flow.hasPayload() && !UncapturedBytes.any(flow) && flow.handshakeSeen();
  }

  boolean isTls() {
    return amqp() != null && amqp().protocol() == AmqpProtocol.TLS;
  }

  /** The broker had blocked the client from publishing when the client's side ended it. */
  boolean isBlocked() {
    return first.by() == Side.CLIENT
        && (first.way() == Way.FIN || first.way() == Way.RESET)
        && !byMiddlebox
        && amqpAtEnd() != null
        && amqpAtEnd().blocked()
        && close() == null;
  }

  boolean brokerSpoke() {
    return flow.brokerState().lastPayloadNanos() != 0;
  }

  // ---- who lives on

  /** Whether other connections of the host in whose name it ended lived through that. */
  boolean hostLivesOn() {
    if (reset() == null) {
      return false;
    }
    return captureContext.livesOn(flow, reset());
  }

  /** Other connections of the host were up for most of the time in which it would have gone. */
  boolean isHostSeenMeanwhile() {
    return reset() != null
        && !hostLivesOn()
        && captureContext.unseenPart(flow, reset()) <= UNSEEN_PART;
  }

  /** All that is seen of the client's host began after it had fallen silent here. */
  boolean hasClientBegunAnew() {
    return reset() != null
        && reset().from() == Side.CLIENT
        && first.answers()
        && captureContext.beganAnew(flow, reset());
  }

  /** Another host on the segment, which has the address too, answered in place of the socket's. */
  boolean isOfSecondHost(Side side) {
    return reset() != null
        && reset().from() == side
        && (captureContext.isOfSecondHost(flow, reset())
            || captureContext.isOfAnotherServer(flow, reset()));
  }

  /** Until a new connection met the socket of this one, ns; -1 when none did. */
  long replacedAfterNanos() {
    boolean open = decisive == null && flow.closing() == null;
    return open ? captureContext.replacedAfterNanos(flow) : -1;
  }

  /** The side in whose name it was reset had just sent something else. */
  boolean isAmidItsTraffic() {
    long since = reset() == null ? -1 : reset().idle().sameDirection();
    return since >= 0 && since < Thresholds.SILENCE_NANOS;
  }

  /** The bare reset came sooner after the host's last packet than it can boot. */
  boolean isTooSoonForAReboot() {
    long since = reset() == null ? -1 : reset().idle().sameDirection();
    return since >= 0 && since < Thresholds.EVENT_NANOS;
  }

  /**
   * Captured where it was sent, by a host that is up and had just acknowledged: its socket would
   * not have gone without a FIN or an RST of its own.
   */
  boolean isOfAHostWithThatSocket() {
    return isTooSoonForAReboot()
        && first.answers()
        && hostLivesOn()
        && !reset().sender().finSeen()
        && !askedInVain(reset().sender())
        && !isOfSecondHost(reset().from())
        && captureContext.recording().vantage().isAt(reset().from());
  }

  /** Sooner than most hosts boot, though a container may. */
  boolean isSoonForAReboot() {
    long since = reset() == null ? -1 : reset().idle().sameDirection();
    return since >= Thresholds.EVENT_NANOS && since < BOOT_NANOS && !hostLivesOn();
  }

  /** The claimed sender sent it, and went on with the connection. */
  boolean isOfAHostWhoseSocketLivesOn() {
    return reset() != null
        && !byMiddlebox
        && !isRefused()
        && (reset().shape() != Shape.SOCKET || OwnRule.mayHaveSent(reset(), flow))
        && reset().aftermath().goesOn(reset().minRttNanos())
        && reset().sender().packets() > 0
        && !isOfSecondHost(reset().from());
  }

  /** The kernel of the claimed sender's host knows of no reset that it sent. */
  boolean isFilteredByKernel() {
    return reset() != null
        && !byMiddlebox
        && OwnRule.isByKernel(reset(), flow, captureContext.recording());
  }

  /** The packet that it answers had been sent before, and its socket has what that held. */
  boolean isOfARetransmission() {
    return isOfAHostWhoseSocketLivesOn() && reset().other().unanswered() > 0;
  }

  FlowContext flowContext() {
    return flowContext;
  }

  Verdict verdict() {
    return verdict;
  }
}
