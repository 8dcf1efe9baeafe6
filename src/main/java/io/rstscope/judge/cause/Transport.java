package io.rstscope.judge.cause;

import io.rstscope.judge.context.DeviceReason;
import io.rstscope.judge.context.FirstEnd.Way;
import io.rstscope.judge.context.InitialTtl;
import io.rstscope.judge.context.ProxySigns;
import io.rstscope.judge.context.Thresholds;
import io.rstscope.judge.sender.ClueKind;
import io.rstscope.net.Side;
import io.rstscope.reset.EndpointState;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Shape;
import java.util.Locale;

/** What the resets and windows of TCP show of an end. */
final class Transport {
  private Transport() {}

  /** How many sockets of the broker's host reset their connections at that time. */
  static int endedTogether(End end) {
    return end.captureContext().endedTogether(end.flow(), end.reset());
  }

  static boolean isClientFull(End end) {
    boolean fin = end.first().way() == Way.FIN && end.first().by() == Side.BROKER;
    ResetObservation reset = end.reset();
    boolean byBroker =
        reset != null && reset.from() == Side.BROKER && reset.shape() == Shape.SOCKET;
    int window = fin ? end.flow().closing().otherWindow() : byBroker ? reset.other().window() : -1;
    return window == 0 && !end.isByMiddlebox() && end.flow().clientState().packets() > 0;
  }

  /** The client's last words, and its FIN behind them, waited for room. */
  static boolean isBrokerFull(End end) {
    EndpointState broker = end.reset().other();
    return broker.packets() > 0 && broker.window() == 0;
  }

  /** It answers a packet, or one that the capture lost. */
  static boolean isAnswer(End end) {
    ResetObservation reset = end.reset();
    boolean lost =
        end.captureContext().recording().lostPackets() > 0
            || reset.other().gapSeen()
            || reset.other().packets() == 0;
    return reset.trigger() != null || reset.shape() == Shape.STATELESS && lost;
  }

  /** A tool that resets what it sees answers amid traffic, too, in a form of its own. */
  static boolean isOfOneThatForgot(End end) {
    return isAnswer(end) && (!end.isBusy() || end.reset().shape() == Shape.STATELESS);
  }

  static boolean isAmidLoss(End end) {
    return end.reset().other().unanswered() > 0;
  }

  static boolean isPair(End end) {
    return end.isByMiddlebox() && end.flowContext().twinOf(end.reset()) != null;
  }

  static boolean saidIdle(End end) {
    if (!end.isByMiddlebox() && end.reset() == null) {
      return false;
    }
    String reason = DeviceReason.of(end.reset().packet());
    String text = reason == null ? "" : reason.toLowerCase(Locale.ROOT);
    return text.contains("idle") || text.contains("expired");
  }

  /**
   * A device that merely forgot the connection answers with a TTL of its own, unless it is next to
   * the sender.
   */
  static boolean isImitation(End end) {
    if (!end.isByMiddlebox()) {
      return false;
    }
    ResetObservation reset = end.reset();
    int ttl = reset.packet().ttl();
    return reset.sender().packets() > 0
        && reset.sender().ttl() == ttl
        && InitialTtl.hops(ttl) > 0
        && reset.shape() != Shape.STATELESS;
  }

  /** A reset that answers has its numbers from the packet that it answers. */
  static boolean isGuessed(End end) {
    if (!end.isByMiddlebox()) {
      return false;
    }
    Integer offset = end.reset().sequenceOffset();
    boolean wrong = offset != null && offset != 0 && end.reset().trigger() == null;
    return wrong
        || end.verdict().evidence().stream().anyMatch(each -> each.clue() == ClueKind.LADDER);
  }

  /** A pool that falls silent and wakes up together is no sign of it, whatever its size. */
  static boolean isTableLost(End end) {
    return end.isByMiddlebox()
        && end.captureContext().forgottenTogether(end.flow(), end.reset()) >= Thresholds.MANY
        && (end.captureContext().anyForgottenSoon(end.flow(), end.reset())
            || end.captureContext().forgottenOfSeveralClients(end.flow(), end.reset()));
  }

  static boolean isResetBehindFin(End end) {
    return end.isFin(Side.CLIENT) && end.isBusy() && ProxySigns.resetBehindFin(end.flow());
  }

  /**
   * Of several that the same address ended in one moment, where a proxy stands. Several programs on
   * a host are no sign of it here, and what a PROXY header names is one program's, too.
   */
  static boolean isOneOfAProxysSessions(End end) {
    return end.first().by() == Side.CLIENT
        && end.isEndOfProcess()
        && end.company().others() > 0
        && end.company().hosts() == 1
        && (ProxySigns.resetBehindFin(end.flow()) || Fact.HEALTH_CHECKS.holds(end));
  }

  static boolean isFinThenReset(End end) {
    return end.first().way() == Way.FIN && ProxySigns.finThenReset(end.flow(), end.first().by());
  }
}
