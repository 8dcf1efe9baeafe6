package io.rstscope.watch;

import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.sender.Sender;
import io.rstscope.report.Tally;
import io.rstscope.reset.Role;
import java.util.EnumSet;
import java.util.Set;

/**
 * A connection that was judged and may be judged again; there may be one for each flow of the
 * table, so that it keeps little.
 */
final class OpenCase {
  /** What the latest verdict was counted as; null before the first. */
  Tally counted;

  /** Its number in notices, or 0 while none was given. */
  long number;

  /** Notices given. */
  int notices;

  /** What the last notice said. */
  private String told = "";

  /** Notes that this verdict is told. */
  void tell(FlowVerdict verdict) {
    notices++;
    told = gist(verdict);
  }

  /** Whether a verdict is not what was told. */
  boolean isNews(FlowVerdict verdict) {
    return !told.equals(gist(verdict));
  }

  /** What makes a notice another one: not numbers, nor further resets that say the same. */
  private static String gist(FlowVerdict verdict) {
    Set<Sender> senders = EnumSet.noneOf(Sender.class);
    for (int i = 0; i < verdict.verdicts().size(); i++) {
      if (verdict.flow().resets().get(i).role() != Role.REPEATS) {
        senders.add(verdict.verdicts().get(i).sender());
      }
    }
    return verdict.ending().cause() + " " + verdict.ending().endedBy() + " " + senders;
  }
}
