package io.rstscope.judge.context;

import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.reset.Closing;
import io.rstscope.reset.EndpointState;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;

/**
 * What first ended a connection: a FIN, a reset, or that nobody answered any more. A reset that
 * clears away what a FIN had ended is not it.
 *
 * @param way by what
 * @param byClient in whose name: the client's or the broker's; of {@link Way#NO_ANSWER} who asked
 * @param nanos when, ns since 1970
 * @param payloadSilenceNanos since the last payload of either side, ns; -1 when there was none
 * @param packetSilenceNanos since the last packet of either side, ns; -1 when there was none
 * @param answers whether a packet drew it: then the silences are those before that packet
 * @param orderly whether AMQP had closed the connection before
 */
public record FirstEnd(
    Way way,
    boolean byClient,
    long nanos,
    long payloadSilenceNanos,
    long packetSilenceNanos,
    boolean answers,
    boolean orderly) {

  /** How connections end. */
  public enum Way {
    FIN,
    RESET,
    /** One side goes on asking. */
    NO_ANSWER,
    /** No end is in sight. */
    NONE
  }

  /** Of that connection; never null. */
  public static FirstEnd of(FlowObservation flow) {
    ResetObservation reset = flow.decisiveReset();
    if (flow.isEndedByFin()) {
      return ofFin(flow, flow.closing());
    }
    if (reset != null) {
      return ofReset(reset);
    }
    EndpointState asking = flow.asking();
    return asking == null || !asking.isUnanswered()
        ? new FirstEnd(Way.NONE, true, flow.lastNanos(), -1, -1, false, false)
        : ofSilence(flow, asking);
  }

  private static FirstEnd ofFin(FlowObservation flow, Closing closing) {
    return new FirstEnd(
        Way.FIN,
        !flow.brokerState().closedFirst(),
        closing.nanos(),
        closing.silenceNanos(),
        closing.packetSilentNanos(),
        false,
        isClosed(closing.amqp()));
  }

  private static FirstEnd ofReset(ResetObservation reset) {
    boolean answers = reset.idle().beforeTrigger() >= 0;
    long nanos = reset.packet().timeNanos();
    long silence = reset.idle().silenceNanos();
    return new FirstEnd(
        Way.RESET,
        reset.fromClient(),
        answers ? nanos - reset.trigger().oldestDelayNanos() : nanos,
        answers ? silence : reset.idle().payload(),
        silence,
        answers,
        isClosed(reset.amqp()));
  }

  private static FirstEnd ofSilence(FlowObservation flow, EndpointState asking) {
    long silence = asking.pendingSilenceNanos();
    return new FirstEnd(
        Way.NO_ANSWER,
        asking == flow.clientState(),
        asking.pendingNanos(),
        silence,
        silence,
        true,
        isClosed(flow.amqp()));
  }

  private static boolean isClosed(AmqpSnapshot amqp) {
    return amqp != null && amqp.close() != null;
  }

  /** When the silence before it began, ns since 1970. */
  public long silentSinceNanos() {
    return nanos - Math.max(packetSilenceNanos, 0);
  }
}
