package io.rstscope.judge.cause;

import io.rstscope.judge.context.FirstEnd;
import io.rstscope.judge.sender.Sender;
import io.rstscope.net.Side;

/** Whose idle timer it was that ended a connection, as far as the way of its end tells. */
public enum TimerPlace {
  /** A device that has no socket of its own resets, or answers what it has forgotten. */
  PATH,
  /** FIN, or a reset of a socket, from the broker's side: no program there has such a timer. */
  PROXY,
  /** The same from the client's side: pools of connections have idle timers, too. */
  PROXY_OR_POOL,
  /** It may also be the time for which the client's program works before it ends. */
  PROXY_OR_PROGRAM;

  /** That of a connection, or null when no idle timer is the cause. */
  static TimerPlace of(FlowVerdict verdict) {
    if (verdict.ending().cause() != Cause.IDLE_TIMEOUT) {
      return null;
    }
    if (verdict.ending().endedBy() == Sender.UNDETERMINED) {
      return PROXY_OR_PROGRAM;
    }
    if (!verdict.isEndedBySocket()) {
      return PATH;
    }
    boolean surelyProxy =
        FirstEnd.of(verdict.flow()).by() == Side.BROKER || verdict.peerMayBeProxy();
    return surelyProxy ? PROXY : PROXY_OR_POOL;
  }
}
