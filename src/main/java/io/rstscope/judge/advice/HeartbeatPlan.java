package io.rstscope.judge.advice;

import io.rstscope.amqp.AmqpProtocol;
import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.amqp.HandshakeStep;
import io.rstscope.judge.cause.CauseEvidence;
import io.rstscope.judge.cause.Fact;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.context.FirstEnd;
import io.rstscope.judge.context.FirstEnd.Way;
import io.rstscope.judge.context.OneWaySilences;
import io.rstscope.judge.context.UncapturedBytes;
import io.rstscope.judge.timer.HeartbeatInterval;
import io.rstscope.judge.timer.IdleTimer;
import io.rstscope.net.Durations;
import io.rstscope.reset.FlowObservation;

/**
 * Which heartbeat keeps a connection like this one alive, if an idle timer ended it.
 *
 * @param seconds heartbeat to set, s
 * @param raiseFirst whether the timer has to be raised first, as no safe heartbeat fits into it
 * @param proven whether silences as long as between two frames are known to survive
 * @param kind what there is to be said of heartbeats
 * @param atLeastNanos the timer is at least that long; -1 when that is not known
 * @param timerNanos it is at most that long
 */
record HeartbeatPlan(
    int seconds,
    boolean raiseFirst,
    boolean proven,
    Kind kind,
    long atLeastNanos,
    long timerNanos) {
  /** With this heartbeat a timer has to be twice as long. */
  static final int RAISED_SECONDS = 2 * HeartbeatInterval.DEFAULT;

  enum Kind {
    /** They could have kept it alive: off, unknown, or longer than the silence. */
    HELPS,
    /** A short enough one was agreed, and nothing was sent. */
    NOT_SENT,
    /** It ended before they are agreed, or how long it was silent is not known. */
    NO_TOPIC
  }

  /** Of the timer that it shows; where it shows none, of the silence before its end. */
  static HeartbeatPlan of(FlowVerdict verdict) {
    IdleTimer timer = verdict.idleTimer();
    if (timer != null && !timer.contradicted()) {
      return of(verdict, timer.atLeastNanos(), timer.atMostNanos());
    }
    if (isOfOneDirection(verdict)) {
      FlowObservation flow = verdict.flow();
      long own = OneWaySilences.of(flow, FirstEnd.of(flow)).nanos();
      return of(verdict, own, own);
    }
    long silence = verdict.ending().idleNanos();
    long survived = Math.min(verdict.flow().longestIdleNanos(), silence);
    return of(verdict, isExact(verdict) ? silence : survived > 0 ? survived : -1, silence);
  }

  /** A timer that counts one direction alone sees nothing of what the other side sends. */
  private static boolean isOfOneDirection(FlowVerdict verdict) {
    return verdict.ending().evidence().stream()
        .map(CauseEvidence::fact)
        .anyMatch(
            each ->
                each == Fact.OWN_SILENCE_ROUND
                    || each == Fact.OWN_SILENCE_RECURS
                    || each == Fact.OWN_SILENCE_OF_LIFE);
  }

  private static HeartbeatPlan of(FlowVerdict verdict, long atLeast, long atMost) {
    boolean raise = HeartbeatInterval.isTooLongFor(atMost);
    int seconds = raise ? HeartbeatInterval.DEFAULT : HeartbeatInterval.secondsFor(atLeast, atMost);
    boolean proven = raise || HeartbeatInterval.isProven(seconds, atLeast);
    return new HeartbeatPlan(seconds, raise, proven, kind(verdict, atMost), atLeast, atMost);
  }

  private static Kind kind(FlowVerdict verdict, long silence) {
    if (silence <= 0 || isBeforeTune(verdict.flow())) {
      return Kind.NO_TOPIC;
    }
    return HeartbeatInterval.allows(now(verdict), silence) ? Kind.HELPS : Kind.NOT_SENT;
  }

  /** A device that acts when its timer runs out waits for no packet: the silence is the timer. */
  private static boolean isExact(FlowVerdict verdict) {
    FirstEnd first = FirstEnd.of(verdict.flow());
    return !first.answers() && (first.way() == Way.FIN || first.way() == Way.RESET);
  }

  /** What cannot be read, or began before the capture, may have got as far. */
  private static boolean isBeforeTune(FlowObservation flow) {
    AmqpSnapshot amqp = flow.amqp();
    if (!flow.handshakeSeen() || UncapturedBytes.any(flow)) {
      return false;
    }
    if (amqp == null || amqp.protocol() == AmqpProtocol.NONE) {
      return true;
    }
    boolean tuned =
        amqp.handshakeStep().compareTo(HandshakeStep.TUNE) >= 0 || amqp.heartbeatSeconds() != null;
    return amqp.protocol().isForeign()
        || amqp.protocol().isReadable() && !tuned && !amqp.lostToGaps() && !amqp.lostToSnapLength();
  }

  /** Agreed heartbeat, s; 0 for off, null when not seen. */
  static Integer now(FlowVerdict verdict) {
    AmqpSnapshot amqp = verdict.flow().amqp();
    return amqp == null ? null : amqp.heartbeatSeconds();
  }

  /** The agreed heartbeat as a phrase. */
  static String nowWords(FlowVerdict verdict) {
    Integer now = now(verdict);
    return now == null ? "not seen" : now == 0 ? "off" : now + " s";
  }

  /** What to set, a phrase. */
  String words(FlowVerdict verdict) {
    Integer now = now(verdict);
    return now != null && now > 0 && now <= seconds
        ? "the heartbeat of " + now + " s keeps it alive"
        : "set a heartbeat of "
            + seconds
            + " s (now "
            + nowWords(verdict)
            + "): "
            + HeartbeatOption.set(seconds, verdict.flow().amqp());
  }

  /** Whether the usual heartbeat does not fit into the timer. */
  boolean isShort() {
    return timerNanos < RAISED_SECONDS * 1_000_000_000L;
  }

  /** The same with the usual heartbeat, once the timer is raised. */
  HeartbeatPlan raised() {
    return new HeartbeatPlan(HeartbeatInterval.DEFAULT, true, true, kind, atLeastNanos, timerNanos);
  }

  String timerWords() {
    return Durations.text(timerNanos);
  }
}
