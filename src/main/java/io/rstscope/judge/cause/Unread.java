package io.rstscope.judge.cause;

import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.judge.context.FirstEnd.Way;
import io.rstscope.judge.context.Thresholds;
import io.rstscope.judge.context.UncapturedBytes;
import io.rstscope.net.Side;
import io.rstscope.reset.Beat;
import io.rstscope.reset.Closing;
import io.rstscope.reset.FlowObservation;

/** What is not in the capture, or cannot be read there: nothing is claimed from it. */
final class Unread {
  /** Who closes in AMQP waits no longer for the answer than it takes to come. */
  private static final long LAST_WORDS_NANOS = 1_000_000_000L;

  /** RFC 8446, section 5.1; within TLS 1.3 alerts look like data of that record length. */
  private static final int ALERT = 21;

  private static final int HIDDEN_ALERT_BYTES = 24;

  /** Fewer packets of the client are no more than a login, which may have been refused. */
  private static final int LOGGED_IN_PACKETS = 15;

  /** A client leaves at once when its close is confirmed. */
  private static final long CONFIRMED_NANOS = 100_000_000L;

  private static final double CHANCE = 0.02;

  private Unread() {}

  static boolean isOneDirection(End end) {
    FlowObservation flow = end.flow();
    return end.first().way() != Way.NONE
        && end.older() == null
        && !Handshakes.isNeverAnswered(end)
        && (flow.clientState().packets() == 0 || flow.brokerState().packets() == 0)
        && !end.isRefused();
  }

  /** Both sides had just spoken, as when one closes and the other confirms. */
  static boolean isTlsConfirmedFin(End end) {
    return isTlsAmidRecords(end)
        && end.flow().clientState().packets() >= LOGGED_IN_PACKETS
        && isConfirmed(end);
  }

  /** The same where the snap length hides the words. */
  static boolean isCutConfirmedFin(End end) {
    return isCut(end) && !isBrief(end) && end.isFin(Side.CLIENT) && isConfirmed(end);
  }

  /**
   * What the broker had just sent, which it seldom does, is cut, and the client did not ask for it:
   * as if that were the broker's close.
   */
  static boolean isCutAnswerFin(End end) {
    return isCut(end)
        && !isBrief(end)
        && end.isFin(Side.CLIENT)
        && !isConfirmed(end)
        && isSeldomSoJust(end);
  }

  /** By chance the broker's last packet is so near to the end once in fifty times at most. */
  private static boolean isSeldomSoJust(End end) {
    FlowObservation flow = end.flow();
    long since = flow.closing().brokerSilentNanos();
    long life = flow.closing().nanos() - flow.startedNanos();
    return since >= 0
        && since <= CONFIRMED_NANOS
        && since * flow.brokerState().packets() <= life * CHANCE;
  }

  /** The broker spoke last, so shortly before that the client may have left for it. */
  private static boolean isConfirmed(End end) {
    Closing closing = end.flow().closing();
    long rtt = Math.max(end.flow().brokerState().minRttNanos(), 0);
    return closing.brokerSilentNanos() >= 0
        && closing.brokerSilentNanos() <= closing.clientSilentNanos()
        && closing.clientSilentNanos() <= CONFIRMED_NANOS + rtt;
  }

  static boolean isTlsBusyFin(End end) {
    return isTlsAmidRecords(end) && !isTlsConfirmedFin(end);
  }

  private static boolean isTlsAmidRecords(End end) {
    return isTlsFin(end) && end.isBusy() && isAnswered(end);
  }

  static boolean isTlsIdleFin(End end) {
    return isTlsFin(end) && !end.isBusy();
  }

  private static boolean isAnswered(End end) {
    long silent = end.otherSilentNanos();
    return silent >= 0 && silent < Thresholds.SILENCE_NANOS;
  }

  private static boolean isTlsFin(End end) {
    return end.isTls()
        && end.isFin(Side.CLIENT)
        && end.brokerSpoke()
        && !Handshakes.isLeftInTls(end);
  }

  static boolean isAlerted(End end) {
    if (!isTlsFin(end) || Handshakes.isTlsRefused(end)) {
      return false;
    }
    Beat last = end.flow().beat(end.first().by());
    boolean alert = last.lastTlsType() == ALERT || last.lastLength() == HIDDEN_ALERT_BYTES;
    long since = end.first().nanos() - last.lastNanos();
    return alert && since >= 0 && since < Thresholds.SILENCE_NANOS && isAnswered(end);
  }

  static boolean isWithoutPayload(End end) {
    AmqpSnapshot amqp = end.amqp();
    boolean nothing = amqp == null || !amqp.payloadVisible();
    return end.first().way() != Way.NONE
        && (end.flow().hasPayload() ? nothing : UncapturedBytes.any(end.flow()))
        && !isOneDirection(end);
  }

  static boolean isTooShort(End end) {
    FlowObservation flow = end.flow();
    boolean nothing = flow.amqp() == null || !flow.amqp().payloadVisible();
    return nothing
        && !flow.handshakeSeen()
        && !Handshakes.isNeverAnswered(end)
        && !end.isRefused()
        && !isOneDirection(end)
        && end.first().nanos() - flow.startedNanos() < LAST_WORDS_NANOS;
  }

  static boolean isGappy(End end) {
    return end.amqp() != null && end.amqp().lostToGaps() && end.close() == null;
  }

  /** Over before a login that is refused would be. */
  static boolean isBrief(End end) {
    return (isCut(end) || isWithoutPayload(end))
        && end.flow().handshakeSeen()
        && end.flow().hasPayload()
        && end.isFin(Side.CLIENT)
        && end.first().nanos() - end.flow().startedNanos() < LAST_WORDS_NANOS;
  }

  static boolean isCut(End end) {
    return end.amqp() != null && end.amqp().lostToSnapLength() && end.close() == null;
  }

  static boolean isForeign(End end) {
    return end.amqp() != null && end.amqp().protocol().isForeign() && end.brokerSpoke();
  }

  static boolean isOnlyResets(End end) {
    return end.flow().clientState().packets() + end.flow().brokerState().packets() == 0
        && !end.isRefused();
  }
}
