package io.rstscope.attribution;

import io.rstscope.amqp.AmqpProtocol;
import io.rstscope.amqp.AmqpRole;
import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.amqp.AmqpState;
import io.rstscope.amqp.ConnectionClose;
import io.rstscope.amqp.HandshakeStep;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Role;
import java.util.List;

/**
 * Who ended a connection, and why, from the sequence of events: what AMQP said last, who closed
 * first, what the resets looked like. The first rule that applies decides.
 */
final class CauseFinder {
  private static final String CLOSED = "the client closed the connection in AMQP's own way";

  private final FlowObservation flow;
  private final List<Verdict> verdicts;
  private final AmqpSnapshot amqp;
  private final TransportCause transport;

  private CauseFinder(FlowCase flow, List<Verdict> verdicts, Surroundings surroundings) {
    this.flow = flow.observation();
    this.verdicts = verdicts;
    this.amqp = this.flow.amqp();
    this.transport = new TransportCause(flow, verdicts, surroundings);
  }

  static Ending find(FlowCase flow, List<Verdict> verdicts, Surroundings surroundings) {
    CauseFinder finder = new CauseFinder(flow, verdicts, surroundings);
    return MissingWords.weigh(finder.finding(), finder.flow).ending(finder.flow);
  }

  private Finding finding() {
    Finding refused = refused();
    if (refused != null) {
      return refused;
    }
    if (flow.resets().isEmpty() && isUp()) {
      return Finding.of(
          Sender.UNDETERMINED,
          Cause.STILL_OPEN,
          0.95,
          "the connection was up when the capture ended");
    }
    Finding said = amqp == null ? null : whatAmqpSaid();
    if (said != null && said.cause().isBenign() && ignoredReset()) {
      return Finding.of(
          Sender.UNDETERMINED,
          Cause.STILL_OPEN,
          0.9,
          "the connection lived on after the reset in frame "
              + flow.resets().get(0).packet().frame()
              + ", and was closed normally later");
    }
    if (said != null) {
      return said;
    }
    if (!flow.resets().isEmpty() && transport.decisive() == null) {
      return Finding.of(
          Sender.UNDETERMINED, Cause.STILL_OPEN, 0.9, "the connection lived on after the reset");
    }
    if (amqp == null || amqp.state() == AmqpState.NONE && amqp.protocol() == AmqpProtocol.NONE) {
      return withoutAmqp();
    }
    return amqp.state() == AmqpState.HANDSHAKE ? inHandshake() : transport.finding();
  }

  private boolean isUp() {
    boolean answered =
        !flow.clientState().pendingWantsAnswer() && !flow.brokerState().pendingWantsAnswer();
    boolean open =
        amqp != null && amqp.state().compareTo(AmqpState.OPEN) >= 0 && amqp.close() == null;
    return answered && open && !flow.clientState().finSeen() && !flow.brokerState().finSeen();
  }

  private boolean ignoredReset() {
    return !flow.resets().isEmpty() && flow.resets().get(0).role() == Role.IGNORED;
  }

  private Finding refused() {
    for (int i = 0; i < flow.resets().size(); i++) {
      if (flow.resets().get(i).role() == Role.REFUSES) {
        return Finding.of(
            verdicts.get(i).sender(),
            Cause.REFUSED,
            verdicts.get(i).confidence(),
            "the connection was refused: nothing listens on port "
                + flow.broker().port()
                + ", or a rule rejects it");
      }
    }
    return null;
  }

  /** Close, refused login, refused protocol: words that need no interpretation. */
  private Finding whatAmqpSaid() {
    if (amqp.authenticationFailed()) {
      return Finding.of(
          Sender.BROKER,
          Cause.AUTH_FAILURE,
          0.95,
          "the broker refused the login" + quoted(amqp.close()));
    }
    if (amqp.versionRefused() || amqp.protocol().isForeign()) {
      return Finding.of(
          Sender.BROKER,
          Cause.BAD_PROTOCOL,
          0.9,
          "the client sent " + amqp.protocol().words() + ", which this port does not take");
    }
    ConnectionClose close = amqp.close();
    if (close == null) {
      return null;
    }
    return close.by() == AmqpRole.CLIENT
        ? closedByClient()
        : BrokerClose.finding(close, amqp, transport.isOneOfMany());
  }

  private Finding closedByClient() {
    return Finding.of(
        Sender.CLIENT,
        Cause.NORMAL_CLOSE,
        0.97,
        flow.resets().isEmpty() ? CLOSED : CLOSED + "; the reset only clears it away");
  }

  private static String quoted(ConnectionClose close) {
    return close == null || close.text() == null ? "" : ": \"" + close.text() + "\"";
  }

  /** No byte of AMQP: a health check, a scan, or a client that never spoke. */
  private Finding withoutAmqp() {
    ResetObservation reset = transport.decisive();
    boolean payload =
        flow.clientState().lastPayloadNanos() != 0 || flow.brokerState().lastPayloadNanos() != 0;
    if (payload) {
      return transport.finding();
    }
    boolean brokerGaveUp =
        flow.handshakeSeen() && reset != null && !reset.fromClient() && !reset.other().finSeen();
    if (brokerGaveUp && reset.idle().opposite() >= TransportCause.SILENCE_NANOS) {
      return Finding.of(
          Sender.BROKER,
          Cause.HANDSHAKE_TIMEOUT,
          0.8,
          "the client connected and said nothing for "
              + Words.duration(reset.idle().opposite())
              + ", then the broker gave up");
    }
    if (!flow.handshakeSeen() && flow.clientState().packets() + flow.brokerState().packets() == 0) {
      return Finding.of(
          Sender.UNDETERMINED,
          Cause.UNDETERMINED,
          0.5,
          "only the reset of this connection is in the capture");
    }
    if (flow.clientState().synSeen() || flow.brokerState().synSeen()) {
      return Finding.of(
          Sender.CLIENT,
          Cause.PROBE,
          0.9,
          "the connection was opened and ended without a byte of AMQP: a health check or a scan");
    }
    return transport.finding();
  }

  private Finding inHandshake() {
    ResetObservation reset = transport.decisive();
    boolean brokerGaveUp =
        reset == null
            ? flow.brokerState().closedFirst()
            : !reset.fromClient() && !reset.other().finSeen();
    if (!brokerGaveUp) {
      return transport.finding();
    }
    HandshakeStep step = amqp.handshakeStep();
    if (step == HandshakeStep.START_OK || step == HandshakeStep.OPEN) {
      String what = step == HandshakeStep.OPEN ? "virtual host" : "user or password";
      return Finding.of(
          Sender.BROKER,
          Cause.AUTH_FAILURE,
          0.8,
          "the broker ended the connection instead of accepting the client's " + what);
    }
    long waited = reset == null ? -1 : reset.idle().opposite();
    return Finding.of(
        Sender.BROKER,
        Cause.HANDSHAKE_TIMEOUT,
        waited >= TransportCause.SILENCE_NANOS ? 0.85 : 0.5,
        "the broker ended the connection in the middle of the handshake"
            + (waited < 0 ? "" : ", " + Words.duration(waited) + " after the client's last step"));
  }
}
