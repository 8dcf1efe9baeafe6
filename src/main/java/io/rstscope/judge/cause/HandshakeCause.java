package io.rstscope.judge.cause;

import io.rstscope.amqp.HandshakeStep;
import io.rstscope.judge.context.HiddenBytes;
import io.rstscope.judge.context.Thresholds;
import io.rstscope.judge.context.Words;
import io.rstscope.judge.sender.Sender;
import io.rstscope.reset.EndpointState;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Role;

/** The cause when the connection never came as far as to be open. */
public final class HandshakeCause {
  private final FlowObservation flow;
  private final TransportCause transport;
  private final ResetObservation decisive;

  public HandshakeCause(FlowObservation flow, TransportCause transport) {
    this.flow = flow;
    this.transport = transport;
    this.decisive = transport.decisive();
  }

  /** After AMQP began. */
  public Finding inHandshake() {
    long waited = decisive == null ? -1 : decisive.idle().opposite();
    boolean atOnce = decisive != null && waited < Thresholds.SILENCE_NANOS;
    if (!brokerGaveUp()
        || transport.isByMiddlebox()
        || transport.isAtShutdown()
        || atOnce && transport.isOneOfMany()) {
      return transport.finding();
    }
    HandshakeStep step = flow.amqp().handshakeStep();
    if (step == HandshakeStep.START_OK || step == HandshakeStep.OPEN) {
      String what = step == HandshakeStep.OPEN ? "virtual host" : "user or password";
      return Finding.of(
          Sender.BROKER,
          Cause.AUTH_FAILURE,
          0.8,
          "the broker ended the connection instead of accepting the client's " + what);
    }
    return Finding.of(
        Sender.BROKER,
        Cause.HANDSHAKE_TIMEOUT,
        HandshakeTimeout.confidence(waited),
        "the broker ended the connection in the middle of the handshake"
            + (waited < 0 ? "" : ", " + Words.duration(waited) + " after the client's last step"));
  }

  private boolean brokerGaveUp() {
    return decisive == null
        ? flow.brokerState().closedFirst()
        : !decisive.fromClient() && !decisive.other().finSeen();
  }

  /** Without a byte of AMQP: a health check, a scan, or a client that never spoke. */
  public Finding withoutAmqp() {
    if (flow.hasPayload() || HiddenBytes.any(flow)) {
      return transport.finding();
    }
    if (isOnlyResets()) {
      return Finding.undetermined("only the reset of this connection is in the capture");
    }
    if (transport.isByMiddlebox()
        || transport.isAtShutdown()
        || !flow.clientState().synSeen() && !flow.brokerState().synSeen()) {
      return transport.finding();
    }
    if (flow.handshakeSeen() && decisive != null && brokerGaveUp()) {
      return givenUp();
    }
    return isEndedByClient()
        ? Finding.of(
            Sender.CLIENT,
            Cause.PROBE,
            0.9,
            "the connection was opened and ended without a byte of AMQP: a health check or a scan")
        : transport.finding();
  }

  private boolean isOnlyResets() {
    return flow.clientState().packets() + flow.brokerState().packets() == 0;
  }

  private Finding givenUp() {
    long silent = decisive.idle().opposite();
    if (silent >= Thresholds.SILENCE_NANOS) {
      return Finding.of(
          Sender.BROKER,
          Cause.HANDSHAKE_TIMEOUT,
          HandshakeTimeout.confidence(silent),
          "the client connected and said nothing for "
              + Words.duration(silent)
              + ", then the broker gave up");
    }
    return Finding.of(
        Sender.BROKER,
        Cause.BROKER_ABORT,
        0.6,
        "the broker's side accepted the connection and reset it before a byte was sent: a proxy"
            + " with no broker behind it, or a limit of connections");
  }

  private boolean isEndedByClient() {
    EndpointState client = flow.clientState();
    boolean answersClose = decisive == null || decisive.role() == Role.ANSWERS_CLOSE;
    return answersClose ? client.closedFirst() : decisive.fromClient();
  }
}
