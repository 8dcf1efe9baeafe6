package io.rstscope.judge.cause;

import io.rstscope.judge.context.Surroundings;
import io.rstscope.judge.context.Words;
import io.rstscope.judge.sender.Sender;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;

/** The idle timer of a proxy that closes with a reset of its own socket, as with a linger of 0. */
public final class ProxyTimer {
  private ProxyTimer() {}

  /** When the client's socket reset the connection; null when nothing shows that a timer did. */
  public static Finding byReset(
      FlowObservation flow, ResetObservation reset, Surroundings surroundings) {
    if (surroundings.proxySigns(flow).isEmpty()
        || !surroundings.othersOfClientResetBySameTimer(flow, reset)) {
      return null;
    }
    return Finding.of(
        Sender.MIDDLEBOX,
        Cause.IDLE_TIMEOUT,
        0.65,
        "several connections from the client's address were reset after the same "
            + Words.duration(reset.idle().silenceNanos())
            + " of silence, at different times: the idle timer of a proxy there");
  }
}
