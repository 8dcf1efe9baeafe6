package io.rstscope.excerpt;

import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.sender.Evidence;
import io.rstscope.judge.sender.Verdict;
import io.rstscope.reset.EndpointState;
import io.rstscope.reset.ResetObservation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The packets that a verdict about a flow rests on. */
final class DecidingFrames {
  /** A killed consumer can cause hundreds of resets, which all say the same. */
  private static final int RESETS = 12;

  private DecidingFrames() {}

  static Set<Long> of(FlowVerdict verdict) {
    Set<Long> frames = new HashSet<>();
    List<ResetObservation> resets = verdict.flow().resets();
    for (int i = 0; i < Math.min(resets.size(), RESETS); i++) {
      add(frames, resets.get(i), verdict.verdicts().get(i));
    }
    add(frames, verdict.flow().clientState());
    add(frames, verdict.flow().brokerState());
    return frames;
  }

  private static void add(Set<Long> frames, ResetObservation reset, Verdict verdict) {
    frames.add(reset.packet().frame());
    frames.add(reset.aftermath().lifeFrame());
    if (reset.trigger() != null) {
      frames.add(reset.trigger().frame());
      frames.add(reset.trigger().oldestFrame());
    }
    for (Evidence evidence : verdict.evidence()) {
      frames.addAll(evidence.frames());
    }
  }

  private static void add(Set<Long> frames, EndpointState side) {
    if (side.pendingWantsAnswer()) {
      frames.add(side.pendingFrame());
    }
  }
}
