package io.rstscope.report.words;

import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.cause.CauseEvidence;
import io.rstscope.judge.cause.Ending;
import io.rstscope.judge.sender.Evidence;
import io.rstscope.judge.sender.Sender;

/** The word before a piece of evidence: for or against what is concluded, or a note. */
public final class Stand {
  private Stand() {}

  /** For or against; where the cause is open the one that it speaks for. */
  public static String of(CauseEvidence evidence, Ending ending) {
    if (ending.cause() == Cause.UNDETERMINED) {
      return evidence.pointsTo().word();
    }
    return evidence.pointsTo() == ending.cause() ? "for" : "against";
  }

  /**
   * For or against; where the sender is open there is none of these, but this one or that; a note
   * where it only explains.
   */
  public static String of(Evidence evidence, Sender sender) {
    if (evidence.weight() == 0 || evidence.pointsTo() == Sender.UNDETERMINED) {
      return "note";
    }
    if (sender == Sender.UNDETERMINED) {
      return evidence.pointsTo().word();
    }
    return evidence.pointsTo() == sender ? "for" : "against";
  }
}
