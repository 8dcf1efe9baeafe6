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
  private static final long SHORTEST_TIMER_NANOS = 30_000_000_000L;

  /** So many connections in the name of one host end together only by one event. */
  private static final int MANY = 3;

  private final FlowCase flowCase;
  private final FlowObservation flow;
  private final List<Verdict> verdicts;
  private final Surroundings surroundings;
  private final ResetObservation decisive;
  private final Verdict verdict;

  TransportCause(FlowCase flowCase, List<Verdict> verdicts, Surroundings surroundings) {
    this.flowCase = flowCase;
    this.flow = flowCase.observation();
    this.verdicts = verdicts;
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

  Finding finding() {
    if (decisive == null || decisive.role() == Role.ANSWERS_CLOSE) {
      return afterFin();
    }
    return switch (verdict.sender()) {
      case MIDDLEBOX -> byMiddlebox();
      case CLIENT -> byClient();
      case BROKER -> byBroker();
      case UNDETERMINED -> open();
    };
  }

  // ---- FIN first
  // ---------------------------------------------------------------------------------------------------

  private Finding afterFin() {
    if (flow.brokerState().closedFirst()) {
      return brokerClosedFirst();
    }
    if (flow.clientState().closedFirst()) {
      return clientClosedFirst();
    }
    return unanswered();
  }

  private Finding clientClosedFirst() {
    Finding heartbeats = missedByClient();
    if (heartbeats != null) {
      return heartbeats;
    }
    boolean proxy = surroundings.isProxy(flow.client().address());
    long idle = silenceBeforeFin();
    if (proxy && idle >= SILENCE_NANOS) {
      return Finding.of(
          Sender.MIDDLEBOX,
          Cause.IDLE_TIMEOUT,
          0.75,
          "after "
              + Words.duration(idle)
              + " of silence the client's side closed without AMQP's close, in the way of a proxy"
              + " whose idle timer ran out");
    }
    if (idle >= SILENCE_NANOS && surroundings.peerMayBeProxy(flow)) {
      return Finding.undetermined(
          "the client's side closed the connection (FIN) after "
              + Words.duration(idle)
              + " of silence, without AMQP's close; programs of several kinds speak from its"
              + " address: if that is a proxy, its idle timer, else the client itself");
    }
    if (idle >= SILENCE_NANOS && surroundings.othersClosedAfterSameSilence(flow, idle)) {
      return Finding.undetermined(
          "the client's side closed several connections (FIN) after the same "
              + Words.duration(idle)
              + " of silence, without AMQP's close: the idle timer of a proxy in its place, or a"
              + " program that does so");
    }
    return Finding.of(
        Sender.CLIENT,
        Cause.CLIENT_ABORT,
        0.85,
        "the client's side closed the connection (FIN) without AMQP's close: its process was killed"
            + " or closed the socket");
  }

  private long silenceBeforeFin() {
    return flow.closing() == null ? -1 : flow.closing().silenceNanos();
  }

  private Finding brokerClosedFirst() {
    Finding heartbeats =
        flow.closing() == null ? null : missedHeartbeats(flow.closing().clientSilentNanos());
    return heartbeats != null
        ? heartbeats
        : Finding.of(
            Sender.BROKER,
            Cause.BROKER_ABORT,
            0.6,
            "the broker's side closed the connection (FIN) without AMQP's close");
  }

  private Finding unanswered() {
    boolean brokerAsks = flow.brokerState().pendingWantsAnswer();
    EndpointState asking = flow.state(!brokerAsks);
    if (!asking.pendingWantsAnswer()) {
      return Finding.undetermined("the capture does not show how this connection ended");
    }
    return Finding.of(
        Sender.UNDETERMINED,
        Cause.SILENT_DROP,
        0.7,
        "the "
            + Sender.endpoint(!brokerAsks).word()
            + " sent again "
            + Words.count(asking.unanswered(), "time")
            + " without an answer, after "
            + Words.duration(asking.pendingSilenceNanos())
            + " of silence");
  }

  // ---- a reset first
  // -----------------------------------------------------------------------------------------------

  private Finding byMiddlebox() {
    long idle = decisive.idle().silenceNanos();
    int together = surroundings.forgottenTogether(decisive);
    boolean answers =
        decisive.shape() == Shape.STATELESS && (decisive.trigger() != null || isQuestionLost());
    boolean pair = ResetPair.twinOf(decisive, flowCase) != null;
    if (isImitation()) {
      return Finding.of(
          Sender.MIDDLEBOX,
          Cause.INJECTED_RESET,
          0.75,
          "something in the path sent a reset and set the TTL that the "
              + Sender.endpoint(decisive.fromClient()).word()
              + "'s packets have here: that is done on purpose");
    }
    if (idle >= SILENCE_NANOS && (answers || pair)) {
      boolean many = together >= MANY && answers;
      return Finding.of(
          Sender.MIDDLEBOX,
          many ? Cause.STATE_LOST : Cause.IDLE_TIMEOUT,
          0.8,
          many
              ? Words.count(together, "connection")
                  + " were answered like this within seconds: a device in the path lost its table"
              : "after "
                  + Words.duration(idle)
                  + " of silence a device in the path "
                  + (pair ? "reset both sides" : "no longer knew the connection"));
    }
    if (idle >= SHORTEST_TIMER_NANOS && decisive.trigger() == null) {
      return Finding.of(
          Sender.MIDDLEBOX,
          Cause.IDLE_TIMEOUT,
          0.7,
          "after "
              + Words.duration(idle)
              + " of silence a device in the path reset the connection of its own accord");
    }
    if (surroundings.othersResetAfterSameSilence(flow, decisive)) {
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
    if (decisive.shape() == Shape.STATELESS) {
      return Finding.of(
          Sender.BROKER,
          Cause.BROKER_GONE,
          0.75,
          "the broker's host no longer knew the connection when the client spoke: the broker was"
              + " restarted");
    }
    Finding heartbeats =
        missedHeartbeats(flow.clientState().payloadIdleNanos(decisive.packet().timeNanos()));
    if (heartbeats != null) {
      return heartbeats;
    }
    int together = surroundings.endedTogether(flow, decisive);
    return Finding.of(
        Sender.BROKER,
        Cause.BROKER_ABORT,
        together >= MANY ? 0.9 : 0.6,
        together >= MANY
            ? "the broker's sockets reset "
                + Words.count(together, "connection")
                + " at once without a word: its process died"
            : "the broker's own socket reset the connection without a word");
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

  /** Clients watch the broker's heartbeats as the broker watches theirs. */
  private Finding missedByClient() {
    Integer heartbeat = flow.amqp() == null ? null : flow.amqp().heartbeatSeconds();
    long silent = flow.closing() == null ? -1 : flow.closing().brokerSilentNanos();
    return !HeartbeatTimer.ranOut(heartbeat, silent)
        ? null
        : Finding.of(
            Sender.CLIENT,
            Cause.MISSED_HEARTBEATS,
            0.8,
            "the client heard nothing from the broker for "
                + Words.duration(silent)
                + " with a heartbeat of "
                + heartbeat
                + " s and gave up");
  }

  private Finding missedHeartbeats(long silent) {
    Integer heartbeat = flow.amqp() == null ? null : flow.amqp().heartbeatSeconds();
    if (!HeartbeatTimer.ranOut(heartbeat, silent)) {
      return null;
    }
    boolean pathDead = flow.brokerState().unanswered() > 0;
    return Finding.of(
        Sender.BROKER,
        Cause.MISSED_HEARTBEATS,
        0.9,
        "the broker heard nothing from the client for "
            + Words.duration(silent)
            + " with a heartbeat of "
            + heartbeat
            + " s and gave up; "
            + (pathDead
                ? "its packets were not answered either: the path or the client's host is dead"
                : "the client's host still answered: its process hangs"));
  }
}
