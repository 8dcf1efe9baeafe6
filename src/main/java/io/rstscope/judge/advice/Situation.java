package io.rstscope.judge.advice;

import io.rstscope.amqp.AmqpProtocol;
import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.amqp.ConnectionClose;
import io.rstscope.amqp.HandshakeStep;
import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.cause.CauseEvidence;
import io.rstscope.judge.cause.Fact;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.context.FirstEnd;
import io.rstscope.judge.context.FirstEnd.Way;
import io.rstscope.judge.context.ForcedClose;
import io.rstscope.judge.context.Thresholds;
import io.rstscope.judge.context.UncapturedBytes;
import io.rstscope.judge.context.Undelivered;
import io.rstscope.judge.context.Unheard;
import io.rstscope.judge.context.UnseenSide;
import io.rstscope.judge.context.Vantage;
import io.rstscope.judge.sender.Sender;
import io.rstscope.judge.timer.HeartbeatInterval;
import io.rstscope.net.Side;
import io.rstscope.reset.FlowObservation;
import java.util.Locale;
import java.util.regex.Pattern;

/** Which circumstances hold for a verdict: what the table of remedies asks. */
final class Situation {
  /** rabbit_reader.erl, rabbit_direct.erl and rabbit_networking.erl: what ends its connections. */
  private static final Pattern DELETED = Pattern.compile("(user|vhost) '.*' is (deleted|down)");

  private final FlowVerdict verdict;
  private final FlowObservation flow;
  private final AmqpSnapshot amqp;
  private final FirstEnd first;
  private final HeartbeatPlan plan;

  Situation(FlowVerdict verdict) {
    this.verdict = verdict;
    this.flow = verdict.flow();
    this.amqp = flow.amqp();
    this.first = FirstEnd.of(flow);
    this.plan = HeartbeatPlan.of(verdict);
  }

  HeartbeatPlan plan() {
    return plan;
  }

  FirstEnd first() {
    return first;
  }

  boolean holds(When when) {
    return switch (when) {
      case ALWAYS -> true;
      case HEARTBEAT_TOO_SHORT, HEARTBEAT_HELPS, HEARTBEAT_NOT_SENT, HEARTBEAT_NO_TOPIC ->
          when == ofTimer() && !isProgramOrProxy();
      case PROGRAM_OR_PROXY -> isProgramOrProxy();
      case SHORT_IF_PROXYS -> isProgramOrProxy() && plan.isShort();
      case LONG_IF_PROXYS -> isProgramOrProxy() && !plan.isShort();
      case OWN_TIMER -> mayBeOwnTimer(verdict) && !isProgramOrProxy();
      case DROPPED_TOO_EARLY -> isDropOfTimer() && ofTimer() == When.HEARTBEAT_TOO_SHORT;
      case DROPPED_IDLE -> isDropOfTimer() && ofTimer() == When.HEARTBEAT_HELPS;
      case FORGOTTEN -> !verdict.isEndedBySocket();
      case UNRECEIVED -> isUnreceived();
      case UNDELIVERED -> has(Fact.UNDELIVERED);
      case WITH_OTHERS -> verdict.incident() != 0 && !isDropOfTimer();
      case AFTER_SILENCE -> wasIdle() && !isOneWay() && !isProbed();
      case BUSY -> !wasIdle() && !isOneWay() && !isProbed() && !has(Fact.NEVER_ANSWERED);
      case PROBED -> isProbed() && !isOneWay();
      case TRANSLATED -> isTranslated();
      case NOT_TRANSLATED -> !isTranslated();
      case UNTRANSLATED_BUSY -> !isTranslated() && !isSilent();
      case NO_CONNECTION -> has(Fact.NEVER_ANSWERED) && !has(Fact.REACHED_BROKER);
      case NO_CONNECTION_HERE -> has(Fact.NEVER_ANSWERED) && has(Fact.REACHED_BROKER);
      case TWO_HOSTS -> isOfSecondHost();
      case ONE_HOST -> !isOfSecondHost();
      case BY_RULE -> isByRule();
      case NO_RULE -> !isByRule();
      case REFUSED_BY_DEVICE -> has(Fact.REFUSED_FROM_ELSEWHERE);
      case REFUSED_BY_HOST -> !has(Fact.REFUSED_FROM_ELSEWHERE);
      case CLIENT_ERROR -> when == ofClient();
      case NO_WORDS -> when == ofClient() && !isBlocked();
      case CANCELLED, CHANNEL_ERROR, LIMIT, DRAINED, DELETED, FORCED, PROTOCOL, NO_REASON ->
          when == ofBrokersReason();
      case SHORT_NOW -> isShortNow();
      case BLOCKED -> isBlocked();
      case BY_CLIENT,
          BROKER_HOST_DEAD,
          HOLE,
          UNHEARD,
          UNHEARD_HERE,
          LOST_ONE_WAY,
          HOST_DEAD,
          HOST_ANSWERED ->
          when == ofMissedHeartbeats();
      case NO_AMQP -> amqp == null;
      case AMQP -> amqp != null && !has(Fact.BROKER_LIVES_ON);
      case SERVES_OTHERS -> amqp != null && has(Fact.BROKER_LIVES_ON);
      case BROKER_OWED -> isBrokerOwing();
      case CLIENT_OWED -> !isBrokerOwing();
      case PROXIED, TLS, FOREIGN, ANSWERED, PLAIN -> when == ofFirstBytes(when);
      case ONLY_RESETS, UNKNOWN_TO_HOST, ONE_DIRECTION, CUT, NO_PAYLOAD, WHOLE ->
          when == ofCapture();
    };
  }

  /** A program, or its pool, may close what it has not used, as a proxy does. */
  static boolean mayBeOwnTimer(FlowVerdict verdict) {
    FirstEnd first = FirstEnd.of(verdict.flow());
    return verdict.isEndedBySocket() && first.by() == Side.CLIENT && !verdict.peerMayBeProxy();
  }

  private boolean isProgramOrProxy() {
    return isProgramOrProxy(verdict);
  }

  /**
   * Who closed what was idle may be a program that had no more to do: heartbeats change nothing.
   */
  static boolean isProgramOrProxy(FlowVerdict verdict) {
    return verdict.ending().evidence().stream()
        .map(CauseEvidence::fact)
        .anyMatch(fact -> fact == Fact.IDLE_ALL_ITS_LIFE || fact == Fact.ENDED_AT_ITS_OWN_HOST);
  }

  private When ofTimer() {
    return switch (plan.kind()) {
      case NO_TOPIC -> When.HEARTBEAT_NO_TOPIC;
      case NOT_SENT -> When.HEARTBEAT_NOT_SENT;
      case HELPS -> plan.raiseFirst() ? When.HEARTBEAT_TOO_SHORT : When.HEARTBEAT_HELPS;
    };
  }

  private boolean isUnreceived() {
    return first.way() == Way.RESET && Unheard.byEchoNanos(flow, flow.decisiveReset()) >= 0;
  }

  private boolean isOneWay() {
    return isUnreceived() || has(Fact.UNDELIVERED);
  }

  private boolean isProbed() {
    return has(Fact.KEEPALIVE_UNANSWERED);
  }

  private boolean wasIdle() {
    return isSilent() && verdict.ending().idleNanos() > flow.longestIdleNanos();
  }

  private boolean isSilent() {
    return verdict.ending().idleNanos() >= Thresholds.SILENCE_NANOS;
  }

  /**
   * A host that died explains a short silence as well: where no timer was found, and heartbeats
   * were on, nothing speaks for one.
   */
  private boolean isDropOfTimer() {
    Integer now = HeartbeatPlan.now(verdict);
    boolean on = now != null && now > 0;
    return isSilent()
        && !isProbed()
        && !isOneWay()
        && (verdict.idleTimer() != null || !plan.raiseFirst() || !on);
  }

  private boolean isTranslated() {
    return has(Fact.TRANSLATED_AWAY);
  }

  private boolean isOfSecondHost() {
    return has(Fact.SECOND_CLIENT_HOST) || has(Fact.SECOND_BROKER_HOST);
  }

  private boolean isByRule() {
    return has(Fact.REFUSES_NEW_TOO) || has(Fact.ONE_WAY_ONLY);
  }

  private boolean has(Fact fact) {
    return verdict.ending().evidence().stream().anyMatch(each -> each.fact() == fact);
  }

  private When ofClient() {
    ConnectionClose close = close();
    boolean error = close != null && close.by() == Side.CLIENT && close.isError();
    return error ? When.CLIENT_ERROR : When.NO_WORDS;
  }

  private ConnectionClose close() {
    return amqp == null ? null : amqp.close();
  }

  /** What the client said when it closed with an error, or the broker when it closed; or null. */
  ConnectionClose said() {
    return ofClient() == When.CLIENT_ERROR ? close() : brokersWords();
  }

  private ConnectionClose brokersWords() {
    if (isBrokers(close())) {
      return close();
    }
    return amqp != null && isBrokers(amqp.channelError()) ? amqp.channelError() : null;
  }

  private static boolean isBrokers(ConnectionClose close) {
    return close != null && close.by() == Side.BROKER;
  }

  private When ofBrokersReason() {
    ConnectionClose said = brokersWords();
    if (said == null || said.text() == null && said.code() < 0 && said.condition() == null) {
      return When.NO_REASON;
    }
    if (said != close()) {
      return said.isOfConsumer() ? When.CANCELLED : When.CHANNEL_ERROR;
    }
    String text = said.text() == null ? "" : said.text().toLowerCase(Locale.ROOT);
    if (text.contains("limit")) {
      return When.LIMIT;
    }
    if (text.contains("maintenance mode")) {
      return When.DRAINED;
    }
    if (DELETED.matcher(text).find()) {
      return When.DELETED;
    }
    return ForcedClose.isForced(said) ? When.FORCED : When.PROTOCOL;
  }

  private boolean isShortNow() {
    Integer now = HeartbeatPlan.now(verdict);
    return now != null && now > 0 && now < HeartbeatInterval.SHORTEST_SAFE;
  }

  private boolean isBlocked() {
    AmqpSnapshot atEnd = first.amqp(flow);
    return atEnd != null && atEnd.blocked() && atEnd.close() == null;
  }

  /** Why the broker blocked publishing, or null. */
  String blockedReason() {
    return amqp == null ? null : amqp.blockedReason();
  }

  private When ofMissedHeartbeats() {
    if (Unheard.isHole(flow, first)) {
      return When.HOLE;
    }
    if (Unheard.nanos(flow, first) >= 0 || has(Fact.HEARTBEAT_UNHEARD)) {
      return Vantage.of(flow).isAt(first.by()) ? When.UNHEARD_HERE : When.UNHEARD;
    }
    if (verdict.ending().cause() == Cause.MISSED_HEARTBEATS
        ? verdict.ending().endedBy() == Sender.CLIENT
        : first.by() == Side.CLIENT) {
      return flow.clientState().unanswered() > 0 ? When.BROKER_HOST_DEAD : When.BY_CLIENT;
    }
    if (Undelivered.holds(flow, first, flow.decisiveReset())) {
      return When.LOST_ONE_WAY;
    }
    return flow.brokerState().unanswered() > 0 ? When.HOST_DEAD : When.HOST_ANSWERED;
  }

  private boolean isBrokerOwing() {
    HandshakeStep step = flow.stepReached();
    return step == HandshakeStep.HEADER
        || step == HandshakeStep.START_OK
        || step == HandshakeStep.OPEN;
  }

  /** A PROXY header may come before TLS or AMQP. */
  private When ofFirstBytes(When asked) {
    AmqpProtocol protocol = amqp == null ? AmqpProtocol.NONE : amqp.protocol();
    if (asked == When.TLS) {
      return protocol == AmqpProtocol.TLS ? When.TLS : null;
    }
    if (protocol.isForeign()) {
      return When.FOREIGN;
    }
    if (amqp != null && amqp.proxy() != null) {
      return When.PROXIED;
    }
    boolean refused = amqp != null && amqp.versionRefused();
    return protocol == AmqpProtocol.TLS ? When.TLS : refused ? When.ANSWERED : When.PLAIN;
  }

  /** What the capture lacks that would tell. */
  private When ofCapture() {
    int client = flow.clientState().packets();
    int broker = flow.brokerState().packets();
    if (client == 0 && broker == 0) {
      return When.ONLY_RESETS;
    }
    if (UnseenSide.isUnknownToHost(flow)) {
      return When.UNKNOWN_TO_HOST;
    }
    if (client == 0 || broker == 0) {
      return When.ONE_DIRECTION;
    }
    if (amqp != null && amqp.protocol() == AmqpProtocol.TLS) {
      return When.TLS;
    }
    if (amqp != null && amqp.lostToSnapLength()) {
      return When.CUT;
    }
    boolean visible = amqp != null && amqp.payloadVisible();
    return !visible && UncapturedBytes.any(flow) ? When.NO_PAYLOAD : When.WHOLE;
  }
}
