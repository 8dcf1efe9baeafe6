package io.rstscope.judge.context;

import io.rstscope.net.Side;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Shape;
import java.util.EnumSet;
import java.util.Set;

/** What one flow shows of a proxy in the client's place. */
public final class ProxySigns {
  /**
   * HAProxy closes and then resets the same socket; 22 to 280 µs were measured, 1 ms with a virtual
   * path.
   */
  private static final long PAIR_NANOS = 5_000_000L;

  /** The same when it waits for the FIN to be acknowledged, which may take its time. */
  private static final long CLOSED_NANOS = 1_000_000_000L;

  private ProxySigns() {}

  /**
   * It announced itself, in a PROXY protocol header or a reset, or closed in the way only proxies
   * do.
   */
  public static Set<ProxySign> of(FlowObservation flow) {
    Set<ProxySign> signs = EnumSet.noneOf(ProxySign.class);
    if (announcesItself(flow)) {
      signs.add(ProxySign.PROXY_HEADER);
    }
    if (finThenReset(flow, Side.CLIENT)) {
      signs.add(ProxySign.FIN_THEN_RESET);
    }
    if (saysSo(flow)) {
      signs.add(ProxySign.REASON_IN_RESET);
    }
    return signs;
  }

  /** Whether there is any. */
  public static boolean any(FlowObservation flow) {
    return announcesItself(flow) || finThenReset(flow, Side.CLIENT) || saysSo(flow);
  }

  private static boolean announcesItself(FlowObservation flow) {
    return flow.amqp() != null && flow.amqp().proxy() != null;
  }

  private static boolean saysSo(FlowObservation flow) {
    for (ResetObservation reset : flow.resets()) {
      if (reset.from() == Side.CLIENT
          && reset.sender().packets() > 0
          && reset.sender().ttl() == reset.packet().ttl()
          && DeviceReason.of(reset.packet()) != null) {
        return true;
      }
    }
    return false;
  }

  /**
   * The side's socket sends FIN and right after it a reset of its own, as HAProxy does on a
   * timeout. So does a program that closes with data it has not read, mostly amid traffic.
   */
  public static boolean finThenReset(FlowObservation flow, Side side) {
    for (ResetObservation reset : flow.resets()) {
      if (reset.from() == side && reset.shape() == Shape.SOCKET && reset.sender().finSeen()) {
        long since = reset.idle().sameDirection();
        return isAfterSilence(flow)
            && (isPair(since) || since <= CLOSED_NANOS && isUnanswered(flow, reset));
      }
    }
    return false;
  }

  /**
   * The client's socket sends FIN and at once a reset that no data drew, amid traffic: as HAProxy
   * does when it ends a session itself. A process that is killed sends one of them.
   */
  public static boolean resetBehindFin(FlowObservation flow) {
    for (ResetObservation reset : flow.resets()) {
      if (reset.from() == Side.CLIENT
          && reset.shape() == Shape.SOCKET
          && reset.sender().finSeen()) {
        return isPair(reset.idle().sameDirection()) && isUnanswered(flow, reset);
      }
    }
    return false;
  }

  private static boolean isPair(long sinceFinNanos) {
    return sinceFinNanos >= 0 && sinceFinNanos <= PAIR_NANOS;
  }

  private static boolean isAfterSilence(FlowObservation flow) {
    return flow.closing() != null && flow.closing().silenceNanos() >= Thresholds.SILENCE_NANOS;
  }

  /** Data for a socket that a program has closed makes its kernel reset it, too. */
  private static boolean isUnanswered(FlowObservation flow, ResetObservation reset) {
    return flow.closing() != null && reset.other().lastPayloadNanos() < flow.closing().nanos();
  }
}
