package io.rstscope.attribution;

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
        MissedHeartbeats.byBroker(
            flow, flow.clientState().payloadIdleNanos(decisive.packet().timeNanos()));
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
}
