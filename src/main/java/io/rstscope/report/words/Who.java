package io.rstscope.report.words;

import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.cause.CauseEvidence;
import io.rstscope.judge.cause.Fact;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.cause.TimerPlace;
import io.rstscope.judge.context.FirstEnd;
import io.rstscope.judge.sender.Evidence;
import io.rstscope.judge.sender.Sender;
import io.rstscope.judge.sender.Verdict;
import io.rstscope.net.HostPort;
import io.rstscope.net.Side;
import io.rstscope.report.model.EndingGroup;
import java.util.List;

/** Who ended the connections of a group, and the strongest evidence for it; without full stop. */
public final class Who {
  private Who() {}

  /** The sentence, of the group's first connection. */
  public static String of(EndingGroup group) {
    FlowVerdict verdict = group.first();
    Sender by = verdict.ending().endedBy();
    Verdict reset = decisive(verdict);
    String who =
        switch (by) {
          case MIDDLEBOX -> middlebox(verdict, reset);
          case UNDETERMINED -> undetermined(verdict);
          case CLIENT, BROKER -> host(group, by) + evidence(reset, by);
        };
    return who + (verdict.flow().rolesGuessed() ? "; " + Remarks.ROLES_GUESSED : "");
  }

  /** How sure the sender of the reset is that ended it, or -1 when none did or another sent it. */
  public static double confidence(EndingGroup group) {
    Verdict reset = decisive(group.first());
    Sender by = group.first().ending().endedBy();
    return reset == null || by == Sender.UNDETERMINED || reset.sender() != by
        ? -1
        : reset.confidence();
  }

  private static Verdict decisive(FlowVerdict verdict) {
    int place = verdict.flow().placeOfDecisive();
    return place < 0 ? null : verdict.verdicts().get(place);
  }

  private static String undetermined(FlowVerdict verdict) {
    return verdict.ending().cause() == Cause.IDLE_TIMEOUT
        ? "undetermined: the program at "
            + verdict.flow().hostPort(FirstEnd.of(verdict.flow()).by()).address()
            + ", or a proxy there that closed in the client's place"
        : "undetermined: this capture does not show it";
  }

  private static String middlebox(FlowVerdict verdict, Verdict reset) {
    FirstEnd first = FirstEnd.of(verdict.flow());
    String claimed = first.by().word();
    HostPort end = verdict.flow().hostPort(first.by());
    if (verdict.isEndedBySocket()) {
      return "a proxy or load balancer that "
          + (first.way() == FirstEnd.Way.FIN ? "closed" : "reset it")
          + " in the "
          + claimed
          + "'s place, "
          + end.address()
          + (verdict.timerPlace() == TimerPlace.PROXY_OR_POOL
              ? "; or the client's own pool of connections there"
              : "");
    }
    if (isOfSecondHost(verdict)) {
      return "another host that has the " + claimed + "'s address, " + end.address();
    }
    if (reset == null) {
      return "a middlebox in the path";
    }
    return reset.sender() == Sender.MIDDLEBOX
        ? "a middlebox, not the " + claimed + evidence(reset, Sender.MIDDLEBOX)
        : "a middlebox in the path; the RST only answers with the "
            + claimed
            + "'s source address ("
            + end.address()
            + ")";
  }

  private static boolean isOfSecondHost(FlowVerdict verdict) {
    return verdict.ending().evidence().stream()
        .map(CauseEvidence::fact)
        .anyMatch(fact -> fact == Fact.SECOND_BROKER_HOST || fact == Fact.SECOND_CLIENT_HOST);
  }

  private static String host(EndingGroup group, Sender by) {
    boolean client = by == Sender.CLIENT;
    HostPort end = group.first().flow().hostPort(Side.of(client));
    boolean one = !client || group.size() == 1;
    return "the "
        + by.word()
        + " "
        + (one ? end : end.address())
        + (client && group.first().peerMayBeProxy() ? ", perhaps a proxy" : "");
  }

  /** The strongest evidence that points to the sender, after a colon; or nothing. */
  private static String evidence(Verdict reset, Sender by) {
    if (reset == null || reset.sender() != by) {
      return "";
    }
    List<Evidence> evidence = reset.evidence();
    return evidence.stream()
        .filter(each -> each.pointsTo() == by && each.weight() > 0)
        .findFirst()
        .map(each -> ": " + each.says())
        .orElse("");
  }
}
