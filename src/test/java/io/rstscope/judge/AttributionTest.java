package io.rstscope.judge;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.context.Recording;
import io.rstscope.reset.Bystanders;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ObserverLimits;
import io.rstscope.reset.ResetObserver;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Many flows, which several threads judge. */
class AttributionTest {
  private static final int MANY = Attribution.MANY * 3 / 2;

  /** So few are judged by the thread that asks. */
  private static final int FEW = MANY / 3;

  private static final Bystanders NOTHING_SURVIVED =
      new ResetObserver(false, ObserverLimits.within(1 << 20), flow -> {}).bystanders();

  /** Flows repeat after so many, since to make one takes longer than to judge it. */
  private static final int DIFFERENT = 1_001;

  /** One of four kinds, so that verdicts in a wrong order would differ. */
  private static Talk talk(int number) {
    Talk talk = new Talk("10.0.1." + number % 32, 40_000 + number).open(60);
    return switch (number % 4) {
      case 0 -> talk.socketReset(CLIENT);
      case 1 -> talk.socketReset(BROKER);
      case 2 -> talk.craftedReset(CLIENT).client(new byte[9]).broker(new byte[9]);
      default ->
          talk.pause(Duration.ofSeconds(350))
              .data(BROKER, new byte[9])
              .ttl(CLIENT, 63)
              .bareReset(CLIENT);
    };
  }

  private static List<FlowVerdict> judge(
      List<FlowObservation> flows, List<FlowVerdict> others, Recording recording) {
    return Attribution.judge(flows, others, recording, NOTHING_SURVIVED);
  }

  private static <E> List<E> without(int from, int to, List<E> all) {
    List<E> others = new ArrayList<>(all);
    others.subList(from, to).clear();
    return others;
  }

  @Test
  void shouldJudgeManyFlowsAsItJudgesFewAmongTheOthers() {
    List<FlowObservation> flows = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      flows.add(i < DIFFERENT ? Analysis.of(talk(i)).flow() : flows.get(i - DIFFERENT));
    }
    Recording recording = Recording.of(null, flows, 0, 0);

    List<FlowVerdict> together = judge(flows, List.of(), recording);

    Set<Cause> causes = new HashSet<>();
    together.forEach(verdict -> causes.add(verdict.ending().cause()));
    assertTrue(causes.size() > 2, causes.toString());
    for (int from = 0; from < MANY; from += FEW) {
      int to = from + FEW;
      List<FlowVerdict> others = without(from, to, together);
      assertEquals(together.subList(from, to), judge(flows.subList(from, to), others, recording));
    }
  }
}
