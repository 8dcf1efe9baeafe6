package io.rstscope.judge.cause;

import io.rstscope.amqp.AmqpProtocol;
import io.rstscope.amqp.AmqpRole;
import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.amqp.AmqpState;
import io.rstscope.amqp.ConnectionClose;
import io.rstscope.judge.context.FlowCase;
import io.rstscope.judge.context.Surroundings;
import io.rstscope.judge.sender.Sender;
import io.rstscope.judge.sender.Verdict;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Role;
import io.rstscope.reset.Shape;
import java.util.List;

/**
 * Who ended a connection, and why, from the sequence of events: what AMQP said last, who closed
 * first, what the resets looked like. The first rule that applies decides.
 */
public final class CauseFinder {
  private static final String CLOSED = "the client closed the connection in AMQP's own way";

  /** AMQP 0-9-1, section 1.3: reply-success. */
  private static final int REPLY_SUCCESS = 200;

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

  public static Ending find(FlowCase flow, List<Verdict> verdicts, Surroundings surroundings) {
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
          "the connection was up when the capture ended" + FinCause.outstanding(flow));
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
    if (!flow.resets().isEmpty() && transport.decisive() == null && !isEndedOtherwise()) {
      return Finding.of(
          Sender.UNDETERMINED, Cause.STILL_OPEN, 0.9, "the connection lived on after the reset");
    }
    if (amqp == null || amqp.state() == AmqpState.NONE && amqp.protocol() == AmqpProtocol.NONE) {
      return new HandshakeCause(flow, transport).withoutAmqp();
    }
    return amqp.state() == AmqpState.HANDSHAKE
        ? new HandshakeCause(flow, transport).inHandshake()
        : transport.finding();
  }

  private boolean isUp() {
    boolean answered = !flow.clientState().isUnanswered() && !flow.brokerState().isUnanswered();
    boolean open =
        amqp != null && amqp.state().compareTo(AmqpState.OPEN) >= 0 && amqp.close() == null;
    return answered && open && !flow.clientState().finSeen() && !flow.brokerState().finSeen();
  }

  /** By FIN, or because nobody answers any more. */
  private boolean isEndedOtherwise() {
    return flow.closing() != null
        || flow.clientState().isUnanswered()
        || flow.brokerState().isUnanswered();
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
    boolean answered = flow.brokerState().lastPayloadNanos() != 0;
    if (amqp.versionRefused() || amqp.protocol().isForeign() && !answered) {
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
        ? closedByClient(close)
        : BrokerClose.finding(close, amqp, transport.isOneOfManyForced());
  }

  /** Null when something else ended the connection before the broker could confirm. */
  private Finding closedByClient(ConnectionClose close) {
    if (close.confirmedBy() == null && isCutShort()) {
      return null;
    }
    if (close.code() >= 0 && close.code() != REPLY_SUCCESS) {
      String error = " (" + close.code() + quoted(close) + "), because of an error";
      return Finding.of(Sender.CLIENT, Cause.CLIENT_ABORT, 0.6, CLOSED + error);
    }
    return Finding.of(
        Sender.CLIENT,
        Cause.NORMAL_CLOSE,
        0.97,
        flow.resets().isEmpty() ? CLOSED : CLOSED + "; the reset only clears it away");
  }

  /** By a reset that does not come from a broker which is closing, or by a path that is dead. */
  private boolean isCutShort() {
    ResetObservation reset = transport.decisive();
    return reset == null
        ? flow.clientState().isUnanswered()
        : reset.role() == Role.ENDS_CONNECTION
            && (transport.isByMiddlebox() || reset.shape() == Shape.STATELESS);
  }

  private static String quoted(ConnectionClose close) {
    return close == null || close.text() == null ? "" : ": \"" + close.text() + "\"";
  }
}
