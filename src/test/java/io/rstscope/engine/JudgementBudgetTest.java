package io.rstscope.engine;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.reset.FlowObservation;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
import org.junit.jupiter.api.Test;

/** Which connections are judged when there is no room for all. */
class JudgementBudgetTest {
  private static final int MANY = 1_000;

  private static final FlowObservation REFUSED = observed(new Talk().syn().refusal());
  private static final FlowObservation BEGUN =
      observed(
          new Talk()
              .connect()
              .client(AmqpBytes.header091())
              .broker(AmqpBytes.start())
              .socketReset(CLIENT));
  private static final FlowObservation CLOSED =
      observed(
          new Talk()
              .open(60)
              .client(AmqpBytes.close(200, "bye", 0, 0))
              .broker(AmqpBytes.closeOk())
              .socketReset(BROKER));
  private static final FlowObservation LOST = observed(new Talk().open(60).socketReset(CLIENT));

  private static final FlowObservation SILENT =
      observed(new Talk().ack(CLIENT).ack(BROKER).bareReset(CLIENT));
  private static final FlowObservation RESET_ALONE = observed(new Talk().bareReset(CLIENT));

  private static final FlowObservation NAMED = observed(new Talk().syn().refusal());

  private final JudgementBudget kept = new JudgementBudget(1 << 20, flow -> flow == NAMED);

  private static FlowObservation observed(Talk talk) {
    return Analysis.of(talk).flow();
  }

  /** How many more of these are kept when so many come. */
  private int keptOf(FlowObservation flow) {
    int before = kept.flows().size();
    for (int i = 0; i < MANY; i++) {
      kept.add(flow);
    }
    return kept.flows().size() - before;
  }

  @Test
  void shouldHaveRoomForWhatWasLostWhateverCameBefore() {
    int refused = keptOf(REFUSED);
    int begun = keptOf(BEGUN);
    int closed = keptOf(CLOSED);
    int lost = keptOf(LOST);
    for (int each : new int[] {refused, begun, closed, lost}) {
      assertTrue(each > 20 && each < 100, refused + " " + begun + " " + closed + " " + lost);
    }
    assertEquals(0, keptOf(REFUSED));
  }

  @Test
  void shouldCountTheOthersAndTheirResets() {
    int held = keptOf(LOST);
    assertEquals(MANY - held, kept.flowsLeftOut());
    assertEquals(MANY - held, kept.resetsLeftOut());
  }

  @Test
  void shouldGiveAllTheRoomToWhatWasLost() {
    int lost = keptOf(LOST);
    assertEquals(0, keptOf(CLOSED));
    assertTrue(lost > 200, Integer.toString(lost));
  }

  @Test
  void shouldHaveRoomForWhatBeganBeforeTheCaptureAndWasSilentInIt() {
    keptOf(REFUSED);
    assertEquals(0, keptOf(RESET_ALONE));
    int silent = keptOf(SILENT);
    assertTrue(silent > 100, Integer.toString(silent));
  }

  @Test
  void shouldHaveRoomForWhatIsNamedWhateverCameBefore() {
    keptOf(LOST);
    int named = keptOf(NAMED);
    assertTrue(named > 20 && named < 100, Integer.toString(named));
  }
}
