package io.rstscope.judge.cause;

import io.rstscope.judge.context.FirstEnd;
import io.rstscope.judge.context.FirstEnd.Way;
import io.rstscope.judge.sender.Sender;
import io.rstscope.judge.sender.Verdict;
import io.rstscope.net.Side;
import io.rstscope.reset.FlowObservation;

/** What follows from a cause for the end that has it. */
final class Endings {
  private Endings() {}

  /** Who ended it, if that is its cause. */
  static Sender endedBy(Cause cause, End end, Verdict verdict) {
    Sender side = Sender.of(end.first().by());
    return switch (cause) {
      case NORMAL_CLOSE, PROBE, CLIENT_ABORT -> Sender.CLIENT;
      case CLIENT_GONE -> end.isOfSecondHost(Side.CLIENT) ? Sender.MIDDLEBOX : Sender.CLIENT;
      case BROKER_GONE -> end.isOfSecondHost(Side.BROKER) ? Sender.MIDDLEBOX : Sender.BROKER;
      case BROKER_ABORT,
          BROKER_SHUTDOWN,
          BROKER_CLOSED,
          AUTH_FAILURE,
          SLOW_CONSUMER,
          CONSUMER_TIMEOUT ->
          Sender.BROKER;
      case BAD_PROTOCOL ->
          end.flow().clientBeat().fatalAlert() >= 0 && Handshakes.isTlsRefused(end)
              ? Sender.CLIENT
              : Sender.BROKER;
      case IDLE_TIMEOUT -> mayBeProgram(end) ? Sender.UNDETERMINED : Sender.MIDDLEBOX;
      case STATE_LOST, INJECTED_RESET, PROXY_FAILURE -> Sender.MIDDLEBOX;
      case MISSED_HEARTBEATS, HANDSHAKE_TIMEOUT, REJECTED_BY_HOST -> side;
      case REFUSED -> refusedBy(end, verdict);
      case STILL_OPEN, SILENT_DROP -> Sender.UNDETERMINED;
      case UNDETERMINED -> ofOpen(end, verdict, side);
    };
  }

  /** The timer may be a proxy's, or the time for which a program works. */
  private static boolean mayBeProgram(End end) {
    return end.isIdleAllItsLife() || end.isEndedAtItsOwnHost();
  }

  private static Sender refusedBy(End end, Verdict verdict) {
    return Handshakes.isRefusedFromElsewhere(end)
        ? Sender.MIDDLEBOX
        : verdict == null ? Sender.UNDETERMINED : verdict.sender();
  }

  /** Where the cause is open the side may be known. */
  private static Sender ofOpen(End end, Verdict verdict, Sender side) {
    if (end.reset() != null && verdict != null) {
      return verdict.sender();
    }
    boolean oneMayBeProxy = end.first().way() == Way.FIN && end.amqp() != null && end.isOpen();
    return end.first().way() == Way.FIN && !oneMayBeProxy ? side : Sender.UNDETERMINED;
  }

  /** Whether words said so, which rest on no reset. */
  static boolean isSaid(Cause cause) {
    return switch (cause) {
      case NORMAL_CLOSE, BROKER_CLOSED, BROKER_SHUTDOWN, AUTH_FAILURE, CONSUMER_TIMEOUT -> true;
      default -> false;
    };
  }

  /** The packet that ended it, or the last one. */
  static long frame(FlowObservation flow, FirstEnd first) {
    return first.way() == Way.FIN && flow.closing() != null
        ? flow.closing().frame()
        : flow.endFrame();
  }
}
