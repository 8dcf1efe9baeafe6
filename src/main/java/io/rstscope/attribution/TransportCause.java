package io.rstscope.attribution;

import io.rstscope.reset.EndpointState;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Role;
import io.rstscope.reset.Shape;
import java.util.List;

/**
 * The cause when AMQP said nothing of it: from FINs, resets, silences and what happened to other
 * flows.
 */
final class TransportCause {
  /** Shorter silences are the everyday pauses of a connection; no timer in a path is that short. */
  static final long SILENCE_NANOS = 1_000_000_000L;

  /** No device in the path gives up sooner, as far as their makers tell. */
  static final long SHORTEST_TIMER_NANOS = 30_000_000_000L;

  /** So many connections in the name of one host end together only by one event. */
  private static final int MANY = 3;

  private final FlowCase flowCase;
  private final FlowObservation flow;
  private final Surroundings surroundings;
  private final ResetObservation decisive;
  private final Verdict verdict;

  TransportCause(FlowCase flowCase, List<Verdict> verdicts, Surroundings surroundings) {
    this.flowCase = flowCase;
    this.flow = flowCase.observation();
    this.surroundings = surroundings;
    int place = placeOfDecisive();
    this.decisive = place < 0 ? null : flow.resets().get(place);
    this.verdict = place < 0 ? null : verdicts.get(place);
  }

  private int placeOfDecisive() {
    for (int i = 0; i < flow.resets().size(); i++) {
      if (flow.resets().get(i).role() != Role.IGNORED) {
        return i;
      }
    }
    return -1;
  }

  /** The reset that ended the connection or answered its end, or null when none did. */
  ResetObservation decisive() {
    return decisive;
  }

  /** Whether the broker's sockets reset many connections at once, this one among them. */
  boolean isOneOfMany() {
    return decisive != null && surroundings.endedTogether(flow, decisive) >= MANY;
  }

  /** Whether the broker closed many connections at once, this one among them, as told to. */
  boolean isOneOfManyForced() {
    return surroundings.forcedTogether(flow) >= MANY
        || surroundings.isShuttingDown(flow, flow.lastNanos());
  }

  /** Whether the broker reset the connection while it shut down in order. */
  boolean isAtShutdown() {
    return decisive != null
        && verdict.sender() == Sender.BROKER
        && surroundings.isShuttingDown(flow, decisive.packet().timeNanos());
  }

  /** Whether the reset that ended the connection came from something in the path. */
  boolean isByMiddlebox() {
    return decisive != null && verdict.sender() == Sender.MIDDLEBOX;
  }

  Finding finding() {
    if (decisive == null || decisive.role() == Role.ANSWERS_CLOSE) {
      return new FinCause(flow, surroundings).finding();
    }
    return switch (verdict.sender()) {
      case MIDDLEBOX -> byMiddlebox();
      case CLIENT -> byClient();
      case BROKER -> byBroker();
      case UNDETERMINED -> open();
    };
  }

  private Finding byMiddlebox() {
    if (HiddenBytes.betweenSynAndEnd(flow)) {
      return Finding.of(
          Sender.MIDDLEBOX,
          Cause.UNDETERMINED,
          0.5,
          "something in the path sent the reset; what was before it, and for how long there was"
              + " silence, is not in the capture");
    }
    long idle = decisive.idle().silenceNanos();
    boolean answers =
        decisive.shape() == Shape.STATELESS && (decisive.trigger() != null || isQuestionLost());
    boolean pair = ResetPair.twinOf(decisive, flowCase) != null;
    boolean ofItsOwnAccord = idle >= SHORTEST_TIMER_NANOS && decisive.trigger() == null;
    boolean byTimer = surroundings.othersResetBySameTimer(flow, decisive);
    if (isImitation() && !ofItsOwnAccord && !byTimer) {
      return Finding.of(
          Sender.MIDDLEBOX,
          Cause.INJECTED_RESET,
          0.75,
          "something in the path sent a reset and set the TTL that the "
              + Sender.endpoint(decisive.fromClient()).word()
              + "'s packets have here: that is done on purpose");
    }
    if (idle >= SILENCE_NANOS && pair) {
      return idleTimeout(idle, "reset both sides");
    }
    if (idle >= SILENCE_NANOS && answers) {
      return isTableLost() ? tableLost() : idleTimeout(idle, "no longer knew the connection");
    }
    if (ofItsOwnAccord) {
      return Finding.of(
          Sender.MIDDLEBOX,
          Cause.IDLE_TIMEOUT,
          0.7,
          "after "
              + Words.duration(idle)
              + " of silence a device in the path reset the connection of its own accord");
    }
    if (byTimer || surroundings.othersResetAfterSameSilence(flow, decisive)) {
      return Finding.of(
          Sender.MIDDLEBOX,
          Cause.IDLE_TIMEOUT,
          0.65,
          "several connections were reset after the same "
              + Words.duration(idle)
              + " of silence: the idle timer of a device in the path");
    }
    if (answers && decisive.other().unanswered() == 0) {
      return Finding.of(
          Sender.MIDDLEBOX,
          Cause.STATE_LOST,
          0.6,
          "a device in the path no longer knew the connection, though it was not silent for long");
    }
    return Finding.of(
        Sender.MIDDLEBOX,
        Cause.INJECTED_RESET,
        0.75,
        "something in the path sent a reset in the name of the "
            + Sender.endpoint(decisive.fromClient()).word());
  }

  /** A pool that falls silent and wakes up together is no sign of it, whatever its size. */
  private boolean isTableLost() {
    return surroundings.forgottenTogether(flow, decisive) >= MANY
        && (surroundings.anyForgottenSoon(flow, decisive)
            || surroundings.forgottenOfSeveralClients(flow, decisive));
  }

  private Finding tableLost() {
    boolean soon = surroundings.anyForgottenSoon(flow, decisive);
    return Finding.of(
        Sender.MIDDLEBOX,
        Cause.STATE_LOST,
        soon ? 0.8 : 0.65,
        Words.count(surroundings.forgottenTogether(flow, decisive), "connection")
            + " were answered like this within seconds"
            + (soon
                ? ", though not all had been silent for long: a device in the path lost its table"
                : ", of several clients: a device in the path lost its table, or all had been"
                    + " silent for longer than its idle timer"));
  }

  /** Shorter silences than timers have tell less: the device may have lost its table as well. */
  private static Finding idleTimeout(long idle, String what) {
    boolean isTimers = idle >= SHORTEST_TIMER_NANOS;
    return Finding.of(
        Sender.MIDDLEBOX,
        Cause.IDLE_TIMEOUT,
        isTimers ? 0.8 : 0.65,
        "after "
            + Words.duration(idle)
            + " of silence a device in the path "
            + what
            + (isTimers ? "" : ": its idle timer is very short, or it lost its table"));
  }

  /** What the reset answers may be among the packets that the capture lost. */
  private boolean isQuestionLost() {
    return surroundings.recording().lostPackets() > 0
        || decisive.other().gapSeen()
        || decisive.other().packets() == 0;
  }

  /**
   * A device that merely forgot the connection answers with a TTL of its own, unless it is next to
   * the sender.
   */
  private boolean isImitation() {
    int ttl = decisive.packet().ttl();
    return decisive.sender().packets() > 0
        && decisive.sender().ttl() == ttl
        && InitialTtl.hops(ttl) > 0;
  }

  private Finding byClient() {
    if (decisive.shape() == Shape.STATELESS) {
      return halfOpen()
          ? Finding.of(
              Sender.CLIENT,
              Cause.PROBE,
              0.9,
              "the client never finished the handshake: a SYN scan")
          : Finding.of(
              Sender.CLIENT,
              Cause.CLIENT_GONE,
              0.75,
              "the client's host answered the broker with a reset because it no longer knew the"
                  + " connection");
    }
    Finding heartbeats =
        MissedHeartbeats.byClient(
            flow, decisive.other().payloadIdleNanos(decisive.packet().timeNanos()));
    if (heartbeats != null) {
      return heartbeats;
    }
    if (DeadPath.isGivenUp(decisive.sender())) {
      return DeadPath.givenUp(Sender.CLIENT, decisive.sender(), decisive.packet().timeNanos());
    }
    Finding proxy = ProxyTimer.byReset(flow, decisive, surroundings);
    if (proxy != null) {
      return proxy;
    }
    return Finding.of(
        Sender.CLIENT,
        Cause.CLIENT_ABORT,
        0.85,
        "the client's own socket reset the connection: killed with unread data, or closed with"
            + " linger 0");
  }

  private boolean halfOpen() {
    return decisive.other().synSeen()
        && decisive.other().lastPayloadNanos() == 0
        && !decisive.sender().hasAcknowledgement();
  }

  private Finding byBroker() {
    if (isAtShutdown()) {
      return Finding.of(
          Sender.BROKER,
          Cause.BROKER_SHUTDOWN,
          0.8,
          "the broker reset the connection while it said to others that it shuts down");
    }
    long silent = decisive.other().payloadIdleNanos(decisive.packet().timeNanos());
    if (decisive.shape() == Shape.STATELESS) {
      return forgottenByBroker();
    }
    Finding heartbeats =
        MissedHeartbeats.byBroker(flow, silent, decisive.sender().unanswered() > 0);
    if (heartbeats != null) {
      return heartbeats;
    }
    if (DeadPath.isGivenUp(decisive.sender())) {
      return DeadPath.givenUp(Sender.BROKER, decisive.sender(), decisive.packet().timeNanos());
    }
    return isOneOfMany()
        ? brokerDied(surroundings.endedTogether(flow, decisive))
        : Finding.of(
            Sender.BROKER,
            Cause.BROKER_ABORT,
            0.6,
            "the broker's own socket reset the connection without a word");
  }

  /** Unless others of its connections live on, or all had been silent as long as timers take. */
  private Finding brokerDied(int together) {
    boolean lives = surroundings.brokerLivesOn(flow, decisive);
    boolean silent = decisive.idle().silenceNanos() >= SHORTEST_TIMER_NANOS;
    double sure = silent ? 0.75 : 0.9;
    return Finding.of(
        Sender.BROKER,
        Cause.BROKER_ABORT,
        lives ? 0.6 : sure,
        "the broker's sockets reset "
            + Words.count(together, "connection")
            + " at once without a word"
            + (lives ? ", though others of its connections lived on" : ": its process died"));
  }

  private Finding forgottenByBroker() {
    EndpointState asking = decisive.other();
    long unanswered = decisive.packet().timeNanos() - asking.pendingNanos();
    Integer heartbeat = flow.amqp() == null ? null : flow.amqp().heartbeatOwed(true);
    boolean pathWasDown =
        DeadPath.isAsking(asking)
            && HeartbeatTimer.ranOut(heartbeat, unanswered)
            && surroundings.brokerLivesOn(flow, decisive);
    return pathWasDown
        ? Finding.of(
            Sender.BROKER,
            Cause.MISSED_HEARTBEATS,
            0.6,
            "the broker's host no longer knew the connection after nothing had come through for "
                + Words.duration(unanswered)
                + ": with a heartbeat of "
                + heartbeat
                + " s it had given it up, as others of its connections lived on")
        : Finding.of(
            Sender.BROKER,
            Cause.BROKER_GONE,
            0.75,
            "the broker's host no longer knew the connection when the client spoke: the broker was"
                + " restarted");
  }

  private Finding open() {
    Finding unanswered =
        decisive.fromClient() && decisive.other().unanswered() > 0 ? byClient() : null;
    return unanswered != null
        ? Finding.of(
            Sender.UNDETERMINED,
            unanswered.cause(),
            0.5,
            unanswered.says() + ", or a device in the path did so" + whereToCapture())
        : Finding.undetermined(
            "the capture does not tell who sent the reset that ended it" + whereToCapture());
  }

  /** What leaves a host itself shows only in a capture there. */
  private String whereToCapture() {
    boolean client = decisive.fromClient();
    String who = Sender.endpoint(client).word();
    return surroundings.recording().vantage().isAt(client)
        ? ""
        : "; a capture at the "
            + who
            + "'s host at the same time would: it shows what leaves there";
  }
}
