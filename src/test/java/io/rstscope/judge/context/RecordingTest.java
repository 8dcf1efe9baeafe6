package io.rstscope.judge.context;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rstscope.reset.FlowObservation;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From where a capture seems to be taken. */
class RecordingTest {
  private static Recording of(Talk... talks) {
    List<FlowObservation> flows = new ArrayList<>();
    Analysis.observe(flows, talks);
    return Recording.of(null, flows, 0, 0);
  }

  private static Talk talk(int port, int clientTtl, int brokerTtl) {
    return new Talk("10.0.1.1", port).ttl(CLIENT, clientTtl).ttl(BROKER, brokerTtl).open(0);
  }

  @Test
  void shouldBeWhereNoRouterLiesBetween() {
    assertEquals("at the broker (inferred)", of(talk(1, 61, 64)).place());
    assertEquals("at the client (inferred)", of(talk(1, 64, 62)).place());
    assertEquals("in transit (inferred)", of(talk(1, 62, 63)).place());
  }

  @Test
  void shouldGoByWhoAnswersMuchFasterWhereNoRouterIsSeen() {
    assertEquals(Vantage.BROKER, of(talk(1, 64, 64)).vantage(), "a tenth of the client's time");
    Talk even = new Talk().roundTrip(Duration.ofNanos(400_000)).ttl(CLIENT, 64);
    even.syn().answerDelay(CLIENT).synAck().answerDelay(CLIENT).ack(CLIENT);
    assertEquals(Vantage.UNKNOWN, of(even).vantage());
    assertEquals("", of(even).place());
  }

  @Test
  void shouldFollowTwoThirdsAndNoLess() {
    assertEquals(Vantage.BROKER, of(talk(1, 61, 64), talk(2, 61, 64), talk(3, 64, 61)).vantage());
    assertEquals(Vantage.UNKNOWN, of(talk(1, 61, 64), talk(2, 64, 61)).vantage());
  }

  @Test
  void shouldNotKnowFromOneDirection() {
    assertEquals(Vantage.UNKNOWN, of(new Talk().data(CLIENT, new byte[9])).vantage());
  }
}
