package io.rstscope.judge.context;

import io.rstscope.net.Side;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Role;
import io.rstscope.reset.Shape;
import java.util.List;

/**
 * Signs that a device rejects by a rule, and has not lost its table of connections. Who lost that
 * takes new connections; and what it lets through from one side is in its table again, so that the
 * reply passes.
 */
final class EnforcedRules {
  /** A rule is there for longer, and what comes later may be another event. */
  private static final long WITHIN_NANOS = 10_000_000_000L;

  /** Of SYNs, by the broker's port and the TTL of the refusal. */
  private final HostEventTimes refusals = new HostEventTimes();

  /** Resets that answer a packet, by the path, their direction and their TTL. */
  private final HostEventTimes rejected = new HostEventTimes();

  /** Those of them that answer the reply to what had come through. */
  private final HostEventTimes replies = new HostEventTimes();

  EnforcedRules(List<FlowObservation> flows) {
    for (FlowObservation flow : flows) {
      for (ResetObservation reset : flow.resets()) {
        if (reset.role() == Role.REFUSES) {
          refusals.add(portOf(flow, reset), reset.packet().timeNanos());
        } else if (isRejection(reset)) {
          rejected.add(pathOf(flow, reset), reset.packet().timeNanos());
        }
      }
    }
    refusals.sort();
    rejected.sort();
    for (FlowObservation flow : flows) {
      for (ResetObservation reset : flow.resets()) {
        if (isRejection(reset) && isToReply(flow, reset)) {
          replies.add(pathOf(flow, reset), reset.packet().timeNanos());
        }
      }
    }
    replies.sort();
  }

  /** Whether new connections were refused from where that reset of the broker's name came. */
  boolean refusesNew(FlowObservation flow, ResetObservation reset) {
    return reset.from() == Side.BROKER
        && flow.brokerState().ttl() != reset.packet().ttl()
        && around(refusals, portOf(flow, reset), reset) > 0;
  }

  /** Whether what the side sent came through then, and the replies to it were answered so. */
  boolean isOneWay(FlowObservation flow, ResetObservation reset) {
    return isRejection(reset) && around(replies, pathOf(flow, reset), reset) > 0;
  }

  private static int around(HostEventTimes events, String key, ResetObservation reset) {
    return events.around(key, reset.packet().timeNanos(), WITHIN_NANOS);
  }

  private static boolean isRejection(ResetObservation reset) {
    return reset.role() == Role.ENDS_CONNECTION
        && reset.shape() == Shape.STATELESS
        && reset.trigger() != null;
  }

  /** The device had rejected before; then it let a packet pass, and rejected what answers that. */
  private boolean isToReply(FlowObservation flow, ResetObservation reset) {
    long passed = reset.sender().lastNanos();
    long before = rejected.next(pathOf(flow, reset), passed - WITHIN_NANOS);
    return reset.sender().packets() > 0
        && before >= 0
        && before < passed
        && reset.packet().timeNanos() - passed < Thresholds.SILENCE_NANOS;
  }

  private static String portOf(FlowObservation flow, ResetObservation reset) {
    return flow.broker() + " " + reset.packet().ttl();
  }

  private static String pathOf(FlowObservation flow, ResetObservation reset) {
    return flow.client().address()
        + (reset.from() == Side.CLIENT ? " < " : " > ")
        + flow.broker().address()
        + ' '
        + reset.packet().ttl();
  }
}
