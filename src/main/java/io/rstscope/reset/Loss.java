package io.rstscope.reset;

import io.rstscope.flow.Flow;
import io.rstscope.flow.Unanswered;

/** The two ways in which a connection is lost without a reset. */
final class Loss {
  /** Sent again this often without an answer: fewer are everyday packet loss. */
  private static final int RETRANSMISSIONS = 3;

  private Loss() {}

  /** Whether one side went on asking, and the other was silent to the end. */
  static boolean isUnanswered(Flow flow) {
    return isUnanswered(flow.client().unanswered()) || isUnanswered(flow.broker().unanswered());
  }

  private static boolean isUnanswered(Unanswered asked) {
    return isUnanswered(asked.wantsAnswer(), asked.retransmissions());
  }

  /** The same of a side as it was. */
  static boolean isUnanswered(EndpointState asked) {
    return isUnanswered(asked.pendingWantsAnswer(), asked.unanswered());
  }

  private static boolean isUnanswered(boolean wantsAnswer, int again) {
    return wantsAnswer && again >= RETRANSMISSIONS;
  }

  /** Whether a FIN ended it; to be asked when AMQP did not close. */
  static boolean isClosedByTcpAlone(Flow flow) {
    return flow.client().finSeen() || flow.broker().finSeen();
  }
}
