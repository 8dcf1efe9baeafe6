package io.rstscope.judge.cause;

import io.rstscope.judge.context.ProxySigns;
import io.rstscope.judge.context.Surroundings;
import io.rstscope.judge.context.Thresholds;
import io.rstscope.judge.context.Words;
import io.rstscope.judge.sender.Sender;
import io.rstscope.reset.EndpointState;
import io.rstscope.reset.FlowObservation;

/** The cause when a FIN came first, or nothing ended the connection at all. */
public final class FinCause {
  private final FlowObservation flow;
  private final Surroundings surroundings;

  public FinCause(FlowObservation flow, Surroundings surroundings) {
    this.flow = flow;
    this.surroundings = surroundings;
  }

  public Finding finding() {
    if (flow.brokerState().closedFirst()) {
      return brokerClosedFirst();
    }
    if (flow.clientState().closedFirst()) {
      return clientClosedFirst();
    }
    return unanswered();
  }

  private Finding clientClosedFirst() {
    Finding heartbeats =
        flow.closing() == null
            ? null
            : MissedHeartbeats.byClient(flow, flow.closing().brokerSilentNanos());
    if (heartbeats != null) {
      return heartbeats;
    }
    if (hadGivenUp(flow.clientState())) {
      return DeadPath.givenUp(Sender.CLIENT, flow.clientState(), flow.closing().nanos());
    }
    boolean proxy = surroundings.isProxy(flow.client().address());
    long idle = silenceBeforeFin();
    if (proxy && idle >= Thresholds.SILENCE_NANOS) {
      return Finding.of(
          Sender.MIDDLEBOX,
          Cause.IDLE_TIMEOUT,
          0.75,
          "after "
              + Words.duration(idle)
              + " of silence the client's side closed without AMQP's close, in the way of a proxy"
              + " whose idle timer ran out");
    }
    if (idle >= Thresholds.SILENCE_NANOS && !surroundings.proxySigns(flow).isEmpty()) {
      return Finding.undetermined(
          "the client's side closed the connection (FIN) after "
              + Words.duration(idle)
              + " of silence, without AMQP's close; programs of several kinds speak from its"
              + " address: if that is a proxy, its idle timer, else the client itself");
    }
    if (idle >= Thresholds.SILENCE_NANOS && surroundings.othersClosedAfterSameSilence(flow, idle)) {
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
        flow.closing() == null
            ? null
            : MissedHeartbeats.byBroker(
                flow, flow.closing().clientSilentNanos(), flow.brokerState().unanswered() > 0);
    if (heartbeats != null) {
      return heartbeats;
    }
    long idle = silenceBeforeFin();
    if (idle >= Thresholds.SILENCE_NANOS && ProxySigns.finThenReset(flow, false)) {
      return Finding.of(
          Sender.MIDDLEBOX,
          Cause.IDLE_TIMEOUT,
          0.65,
          "after "
              + Words.duration(idle)
              + " of silence the broker's side closed with FIN and a reset, in the way of a proxy"
              + " whose idle timer ran out: RabbitMQ itself sends no FIN first, unless it is"
              + " configured to");
    }
    return hadGivenUp(flow.brokerState())
        ? DeadPath.givenUp(Sender.BROKER, flow.brokerState(), flow.closing().nanos())
        : Finding.of(
            Sender.BROKER,
            Cause.BROKER_ABORT,
            0.6,
            "the broker's side closed the connection (FIN) without AMQP's close");
  }

  /** Whether it had asked in vain before its FIN, which is not answered either. */
  private boolean hadGivenUp(EndpointState side) {
    return flow.closing() != null && DeadPath.isGivenUp(side, flow.closing().nanos());
  }

  private Finding unanswered() {
    EndpointState asking = flow.asking();
    if (asking == null || !asking.isUnanswered()) {
      return Finding.undetermined(
          "the capture does not show how this connection ended" + outstanding(flow));
    }
    return Finding.of(
        Sender.UNDETERMINED,
        Cause.SILENT_DROP,
        0.7,
        "the "
            + Sender.endpoint(asking == flow.clientState()).word()
            + " sent again "
            + Words.count(asking.unanswered(), "time")
            + " without an answer, after "
            + Words.duration(asking.pendingSilenceNanos())
            + " of silence");
  }

  /** What was on its way when the capture ended, as a clause; empty when nothing was. */
  public static String outstanding(FlowObservation flow) {
    EndpointState asking = flow.asking();
    return asking == null
        ? ""
        : "; the "
            + Sender.endpoint(asking == flow.clientState()).word()
            + "'s packet in frame "
            + asking.pendingFrame()
            + " had no answer yet";
  }
}
