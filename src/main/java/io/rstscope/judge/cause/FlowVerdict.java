package io.rstscope.judge.cause;

import io.rstscope.judge.context.FirstEnd;
import io.rstscope.judge.context.ProxiedClient;
import io.rstscope.judge.context.ProxySign;
import io.rstscope.judge.sender.Sender;
import io.rstscope.judge.sender.Verdict;
import io.rstscope.judge.timer.IdleTimer;
import io.rstscope.net.HostPort;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Shape;
import java.util.List;
import java.util.Set;

/**
 * What is concluded about a flow.
 *
 * @param verdicts one for each reset of the flow, in its order
 * @param proxySigns what shows that the broker's TCP peer may be a proxy; empty when nothing does
 * @param idleTimer the timer that ended it, or null
 * @param otherLeg the client of the other leg, with which the loss is counted, when this is a
 *     proxy's leg of the same connection to the broker; else null
 * @param incident number of the incident of its capture that it belongs to, from 1; 0 for none
 */
public record FlowVerdict(
    FlowObservation flow,
    List<Verdict> verdicts,
    Ending ending,
    Set<ProxySign> proxySigns,
    IdleTimer idleTimer,
    HostPort otherLeg,
    int incident) {

  /** As {@link FlowObservation#decisiveReset}. */
  public ResetObservation decisiveReset() {
    return flow.decisiveReset();
  }

  /** As {@link FlowObservation#endNanos}. */
  public long endNanos() {
    return flow.endNanos();
  }

  /**
   * Whether something was lost: the ending is not benign, there had been a connection, and it is
   * not counted with another leg.
   */
  public boolean isLost() {
    return !ending.benign() && ending.cause() != Cause.REFUSED && otherLeg == null;
  }

  /** Whether the broker's TCP peer may be a proxy. */
  public boolean peerMayBeProxy() {
    return !proxySigns.isEmpty();
  }

  /** Address of the client's host; behind a proxy that names it, the real client's. */
  public String realClient() {
    HostPort proxied = ProxiedClient.of(flow.amqp());
    return (proxied == null ? flow.client() : proxied).address();
  }

  /**
   * Whether a socket at one end closed or reset it of its own accord, be it that of a proxy in the
   * place of what is behind it; not a device in the path.
   */
  public boolean isEndedBySocket() {
    FirstEnd first = FirstEnd.of(flow);
    return switch (first.way()) {
      case FIN -> true;
      case RESET ->
          !first.answers()
              && decisiveReset().shape() == Shape.SOCKET
              && verdicts.get(flow.placeOfDecisive()).sender() != Sender.MIDDLEBOX;
      case NO_ANSWER, NONE -> false;
    };
  }

  /** Whose idle timer ended it, or null when none did. */
  public TimerPlace timerPlace() {
    return TimerPlace.of(this);
  }

  /** The same with the timer that ended it, or null. */
  public FlowVerdict with(IdleTimer timer) {
    return new FlowVerdict(flow, verdicts, ending, proxySigns, timer, otherLeg, incident);
  }

  /** The same as the other leg of that client's connection. */
  public FlowVerdict joinedTo(HostPort client) {
    return new FlowVerdict(flow, verdicts, ending, proxySigns, idleTimer, client, incident);
  }

  /** The same in that incident. */
  public FlowVerdict in(int number) {
    return new FlowVerdict(flow, verdicts, ending, proxySigns, idleTimer, otherLeg, number);
  }
}
