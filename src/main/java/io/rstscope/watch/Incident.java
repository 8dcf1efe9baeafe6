package io.rstscope.watch;

import io.rstscope.attribution.FlowVerdict;
import io.rstscope.attribution.Sender;
import io.rstscope.attribution.Verdict;
import io.rstscope.reset.Role;
import java.util.ArrayList;
import java.util.List;

/** A connection that was judged and may be judged again. */
final class Incident {
  /** The latest verdict. */
  FlowVerdict verdict;

  /** Its number in notices, or 0 while none was given. */
  long number;

  /** Notices given. */
  int notices;

  /** What the last notice said. */
  private String told = "";

  /** Notes that what is known now has been told. */
  void tell() {
    notices++;
    told = gist();
  }

  /** Whether what is known now is not what was told. */
  boolean isNews() {
    return !told.equals(gist());
  }

  /** What makes a notice another one: not numbers, nor further resets that say the same. */
  private String gist() {
    List<Sender> senders = new ArrayList<>();
    for (int i = 0; i < verdict.verdicts().size(); i++) {
      Verdict each = verdict.verdicts().get(i);
      if (verdict.flow().resets().get(i).role() != Role.REPEATS) {
        senders.add(each.sender());
      }
    }
    return verdict.ending().cause() + " " + verdict.ending().endedBy() + " " + senders;
  }
}
