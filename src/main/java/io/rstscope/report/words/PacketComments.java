package io.rstscope.report.words;

import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.sender.Evidence;
import io.rstscope.judge.sender.Sender;
import io.rstscope.judge.sender.Verdict;
import io.rstscope.net.Side;
import io.rstscope.reset.EndpointState;
import io.rstscope.reset.ResetObservation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is to be said of each packet that decided a verdict, so that a ladder or Wireshark shows it
 * in place.
 */
public final class PacketComments {
  /** A killed consumer can cause hundreds of resets, which all say the same. */
  private static final int RESETS = 12;

  private final FlowVerdict verdict;
  private final Map<Long, Set<String>> byFrame = new TreeMap<>();

  private PacketComments(FlowVerdict verdict) {
    this.verdict = verdict;
  }

  /**
   * The comments on the packets of a flow, by frame: lines without control characters.
   *
   * @return in the order of the frames; packets that decided nothing have none
   */
  public static Map<Long, List<String>> of(FlowVerdict verdict) {
    PacketComments comments = new PacketComments(verdict);
    comments.resets();
    comments.unanswered(Side.CLIENT);
    comments.unanswered(Side.BROKER);
    Map<Long, List<String>> lines = new TreeMap<>();
    comments.byFrame.forEach((frame, says) -> lines.put(frame, List.copyOf(says)));
    return lines;
  }

  private void resets() {
    List<ResetObservation> resets = verdict.flow().resets();
    for (int i = 0; i < Math.min(resets.size(), RESETS); i++) {
      ResetObservation reset = resets.get(i);
      Verdict sender = verdict.verdicts().get(i);
      long frame = reset.packet().frame();
      reset(reset, sender).forEach(line -> add(frame, line));
      if (reset == verdict.decisiveReset()) {
        add(frame, ending());
      }
      if (reset.trigger() != null) {
        add(reset.trigger().frame(), "the RST in frame " + frame + " may answer this packet");
      }
      for (Evidence evidence : sender.evidence()) {
        for (long other : evidence.frames()) {
          if (other != frame && !isReset(other)) {
            add(other, "evidence on the RST in frame " + frame + ": " + evidence.says());
          }
        }
      }
    }
  }

  private boolean isReset(long frame) {
    return verdict.flow().resets().stream()
        .limit(RESETS)
        .anyMatch(reset -> reset.packet().frame() == frame);
  }

  /** {@code RST: TTL 63, where the packets before had 61: not from the client}, and the rest. */
  private static List<String> reset(ResetObservation reset, Verdict verdict) {
    List<String> lines = new ArrayList<>();
    String conclusion = conclusion(reset, verdict);
    for (Evidence evidence : verdict.evidence()) {
      if (lines.isEmpty()) {
        boolean decides = evidence.weight() > 0 && evidence.pointsTo() == verdict.sender();
        lines.add("RST: " + (decides ? evidence.says() + ": " : "") + conclusion);
        if (decides) {
          continue;
        }
      }
      lines.add(stand(evidence, verdict) + evidence.says());
    }
    return lines.isEmpty() ? List.of("RST: " + conclusion) : lines;
  }

  private static String conclusion(ResetObservation reset, Verdict verdict) {
    String claimed = reset.from().word();
    String confidence = " (confidence " + Format.decimal(verdict.confidence(), 2) + ")";
    if (verdict.sender() == Sender.UNDETERMINED) {
      return "sender undetermined";
    }
    return verdict.sender() == Sender.MIDDLEBOX
        ? "not from the " + claimed + ", but from a middlebox" + confidence
        : "from the " + claimed + confidence;
  }

  private static String stand(Evidence evidence, Verdict verdict) {
    if (evidence.weight() == 0 || evidence.pointsTo() == Sender.UNDETERMINED) {
      return "note: ";
    }
    return evidence.pointsTo() == verdict.sender()
        ? "for it: "
        : "speaks for " + evidence.pointsTo().word() + ": ";
  }

  private void unanswered(Side side) {
    EndpointState state = verdict.flow().state(side);
    if (state.pendingWantsAnswer() && verdict.decisiveReset() == null && verdict.isLost()) {
      add(state.pendingFrame(), "nothing acknowledged this packet of the " + side.word());
      add(state.pendingFrame(), ending());
    }
  }

  private String ending() {
    return "connection: "
        + verdict.ending().cause().word()
        + ", ended by "
        + verdict.ending().endedBy().word()
        + " (confidence "
        + Format.decimal(verdict.ending().confidence(), 2)
        + "): "
        + verdict.ending().says();
  }

  private void add(long frame, String line) {
    byFrame.computeIfAbsent(frame, any -> new LinkedHashSet<>()).add(Printable.of(line));
  }
}
