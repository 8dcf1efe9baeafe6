package io.rstscope.judge.context;

import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.net.Side;
import io.rstscope.reset.Closing;
import io.rstscope.reset.EndpointState;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.witness.SocketError;

/**
 * What first ended a connection: a FIN, a reset, or that nobody answered any more. A reset that
 * clears away what a FIN had ended is not it.
 *
 * @param way by what
 * @param by the side in whose name; of {@link Way#NO_ANSWER} who asked
 * @param nanos when, ns since 1970
 * @param payloadSilenceNanos since the last payload of either side, ns; -1 when there was none, or
 *     one side's packets are not in the capture
 * @param packetSilenceNanos since the last packet of either side, ns; -1 likewise
 * @param lifeNanos from the first packet of the connection to its end, ns; -1 when the capture does
 *     not show its beginning
 * @param answers whether a packet drew it: then the silences are those before that packet
 * @param orderly whether AMQP had closed the connection before
 */
public record FirstEnd(
    Way way,
    Side by,
    long nanos,
    long payloadSilenceNanos,
    long packetSilenceNanos,
    long lifeNanos,
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
    FirstEnd end = seen(flow);
    return UnseenSide.any(flow) ? end.withoutSilence() : end;
  }

  /**
   * What AMQP had said by then, or null: what is said after a FIN does not undo the end.
   *
   * @param flow whose end it is
   */
  public AmqpSnapshot amqp(FlowObservation flow) {
    Closing closing = way == Way.FIN && !orderly ? flow.closing() : null;
    return closing == null || closing.amqp() == null ? flow.amqp() : closing.amqp();
  }

  /** The side that is not in the capture may have spoken at any time. */
  private FirstEnd withoutSilence() {
    return new FirstEnd(way, by, nanos, -1, -1, lifeNanos, answers, orderly);
  }

  private static FirstEnd seen(FlowObservation flow) {
    ResetObservation reset = flow.decisiveReset();
    if (flow.isEndedByFin()) {
      return ofFin(flow, flow.closing());
    }
    if (reset != null) {
      return ofReset(flow, reset);
    }
    if (flow.givenUp() != null) {
      return ofKernel(flow, flow.givenUp());
    }
    Side asking = flow.asking();
    return asking == null || !flow.state(asking).isUnanswered()
        ? new FirstEnd(Way.NONE, Side.CLIENT, flow.lastNanos(), -1, -1, -1, false, false)
        : ofSilence(flow, asking);
  }

  private static FirstEnd ofFin(FlowObservation flow, Closing closing) {
    return new FirstEnd(
        Way.FIN,
        flow.brokerState().closedFirst() ? Side.BROKER : Side.CLIENT,
        closing.nanos(),
        closing.silenceNanos(),
        closing.packetSilentNanos(),
        life(flow, closing.nanos()),
        false,
        isClosed(closing.amqp()));
  }

  private static FirstEnd ofReset(FlowObservation flow, ResetObservation reset) {
    boolean answers = reset.idle().beforeTrigger() >= 0;
    long nanos = reset.packet().timeNanos();
    long silence = reset.idle().silenceNanos();
    long ended = answers ? nanos - reset.trigger().oldestDelayNanos() : nanos;
    return new FirstEnd(
        Way.RESET,
        reset.from(),
        ended,
        answers ? silence : reset.idle().payload(),
        silence,
        life(flow, ended),
        answers,
        isClosed(reset.amqp()));
  }

  private static FirstEnd ofSilence(FlowObservation flow, Side by) {
    EndpointState asking = flow.state(by);
    long silence = asking.pendingSilenceNanos();
    long ended = asking.pendingNanos();
    return new FirstEnd(
        Way.NO_ANSWER, by, ended, silence, silence, life(flow, ended), true, isClosed(flow.amqp()));
  }

  /** What nobody answered may be probes alone, or lack in the capture. */
  private static FirstEnd ofKernel(FlowObservation flow, SocketError error) {
    return flow.state(error.of()).pendingWantsAnswer()
        ? ofSilence(flow, error.of())
        : new FirstEnd(
            Way.NO_ANSWER,
            error.of(),
            error.nanos(),
            -1,
            -1,
            life(flow, error.nanos()),
            false,
            isClosed(flow.amqp()));
  }

  private static long life(FlowObservation flow, long ended) {
    return flow.handshakeSeen() ? Math.max(ended - flow.startedNanos(), 0) : -1;
  }

  private static boolean isClosed(AmqpSnapshot amqp) {
    return amqp != null && amqp.close() != null;
  }
}
