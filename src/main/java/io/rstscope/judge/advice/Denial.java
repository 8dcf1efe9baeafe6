package io.rstscope.judge.advice;

import static io.rstscope.judge.cause.Cause.IDLE_TIMEOUT;
import static io.rstscope.judge.cause.Cause.INJECTED_RESET;
import static io.rstscope.judge.cause.Cause.MISSED_HEARTBEATS;
import static io.rstscope.judge.cause.Cause.PROXY_FAILURE;
import static io.rstscope.judge.cause.Cause.SILENT_DROP;
import static io.rstscope.judge.cause.Cause.STATE_LOST;

import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.context.FirstEnd;
import io.rstscope.judge.context.FirstEnd.Way;
import io.rstscope.judge.context.Thresholds;
import io.rstscope.net.Side;
import java.util.Set;

/** A remedy of which advice may say that it does not help, and the causes that it helps against. */
public enum Denial {
  /** That timeouts and heartbeats do not help. */
  NO_TIMER(
      "[no-timer: ",
      Set.of(IDLE_TIMEOUT, SILENT_DROP, STATE_LOST, MISSED_HEARTBEATS, PROXY_FAILURE)),
  /** That the network is not to be looked at. */
  NO_NETWORK(
      "[no-network: ",
      Set.of(IDLE_TIMEOUT, STATE_LOST, INJECTED_RESET, SILENT_DROP, PROXY_FAILURE));

  /** Above that, who is told that it does not help may not try what does. */
  private static final double MOST = 0.05;

  private final String mark;
  private final Set<Cause> helpsAgainst;

  Denial(String mark, Set<Cause> helpsAgainst) {
    this.mark = mark;
    this.helpsAgainst = helpsAgainst;
  }

  /** Whether the causes that the remedy helps against are unlikely, all together. */
  private boolean isDue(FlowVerdict verdict) {
    double probability = 0;
    for (Cause cause : helpsAgainst) {
      probability += verdict.ending().likelihood(cause);
    }
    return probability < MOST && !(this == NO_TIMER && mayBeTimerOfOneDirection(verdict));
  }

  /**
   * A client that only consumes is idle to a proxy that counts its direction alone (HAProxy's
   * option independent-streams), and heartbeats of its own would keep it.
   */
  private static boolean mayBeTimerOfOneDirection(FlowVerdict verdict) {
    Integer heartbeat = HeartbeatPlan.now(verdict);
    FirstEnd first = FirstEnd.of(verdict.flow());
    return heartbeat != null
        && heartbeat == 0
        && first.way() == Way.FIN
        && first.by() == Side.CLIENT
        && verdict.flow().closing().clientSilentNanos() >= Thresholds.SILENCE_NANOS;
  }

  /**
   * The text with what it denies of that ending, or without: always without where the broker's peer
   * may be a proxy, which has timers of its own.
   */
  static String in(String text, FlowVerdict verdict) {
    String told = text;
    for (Denial denial : values()) {
      int from = told.indexOf(denial.mark);
      while (from >= 0) {
        int to = told.indexOf(']', from);
        String said =
            !verdict.peerMayBeProxy() && denial.isDue(verdict)
                ? told.substring(from + denial.mark.length(), to)
                : "";
        told = told.substring(0, from) + said + told.substring(to + 1);
        from = told.indexOf(denial.mark);
      }
    }
    return told;
  }
}
