package io.rstscope.judge.cause;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What speaks for the likeliest cause of an end, or for the next one, as evidence that is put
 * together when it is read.
 *
 * @param facts that hold for the end
 */
record Reasons(End end, Set<Fact> facts, Cause best, Cause next)
    implements Supplier<List<CauseEvidence>> {
  @Override
  public List<CauseEvidence> get() {
    List<Long> frames = List.of(Endings.frame(end.flow(), end.first()));
    List<CauseEvidence> evidence = new ArrayList<>();
    for (Fact fact : facts) {
      double difference = CauseTable.weight(fact, best) - CauseTable.weight(fact, next);
      if (difference != 0 && fact != Fact.ANY_END) {
        evidence.add(
            new CauseEvidence(
                fact,
                difference > 0 ? best : next,
                Math.abs(difference),
                () -> fact.says(end),
                frames));
      }
    }
    evidence.sort((one, other) -> Double.compare(other.weight(), one.weight()));
    return List.copyOf(evidence);
  }
}
