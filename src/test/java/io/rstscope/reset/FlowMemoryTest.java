package io.rstscope.reset;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.amqp.AmqpProtocol;
import io.rstscope.flow.FlowEnd;
import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is kept of a flow while it lasts, and forgotten with it. */
class FlowMemoryTest {
  private static final byte[] BEAT = AmqpBytes.heartbeat();

  private final Observing observing = Observing.allFlows();
  private final Talk talk = new Talk().seenBy(observing.tap);

  // ---- resets that wait

  private static void guess(Talk talk, int times) {
    for (int i = 0; i < times; i++) {
      int sequence = 77_777 + i;
      talk.bareReset(CLIENT, p -> p.seq(sequence));
    }
  }

  @Test
  void shouldCountResetsUntilTheirFlowLeaves() {
    guess(talk.connect(), 3);
    assertEquals(3, observing.observer.pendingResets());
    assertEquals(0, observing.observer.resetsLeftOut());

    assertEquals(3, observing.resets().size());
    assertEquals(0, observing.observer.pendingResets());
  }

  @Test
  void shouldGoOnCountingThoseThatWereLeftOut() {
    Observing few = Observing.keepingResets(2);
    guess(new Talk().seenBy(few.tap).connect(), 7);

    assertEquals(2, few.observer.pendingResets());
    assertEquals(5, few.observer.resetsLeftOut());
    few.flows();
    assertEquals(5, few.observer.resetsLeftOut());
  }

  @Test
  void shouldCountBeginningsOfFramesForWhichThereIsNoRoom() {
    byte[] whole = AmqpBytes.startOk(AmqpBytes.clientProperties());
    byte[] beginning = Arrays.copyOf(whole, 40);
    Observing small = Observing.within(0);
    Talk full = new Talk().seenBy(small.tap).connect();
    full.data(CLIENT, AmqpBytes.header091()).data(CLIENT, beginning);
    assertEquals(1, small.observer.amqpLeftOut());

    talk.connect().data(CLIENT, AmqpBytes.header091()).data(CLIENT, beginning);
    assertEquals(0, observing.observer.amqpLeftOut());
  }

  // ---- a flow as it stands

  @Test
  void shouldShowAFlowThatHasNotEnded() {
    talk.open(60);
    long now = observing.tap.nanos() + 9_000;

    FlowObservation flow = observing.observer.observe(observing.flowSoFar(), now);

    assertEquals(FlowEnd.STILL_HELD, flow.end());
    assertEquals(now, flow.observedUntilNanos());
    assertEquals(now, observing.observer.captureNanos());
    assertEquals("ShADad", flow.history());
  }

  @Test
  void shouldTakeNoteOfWhatAFlowHasSurvivedBeforeItEnds() {
    talk.open(60).pause(Duration.ofSeconds(20)).data(CLIENT, BEAT).ack(BROKER);
    Bystanders bystanders = observing.observer.bystanders();
    assertEquals(-1, bystanders.silences().longestNanos("10.0.1.1", "10.0.0.2"));

    observing.observer.takeBystander(observing.flowSoFar());

    assertEquals(20, bystanders.silences().longestNanos("10.0.1.1", "10.0.0.2") / 1e9, 0.1);
    assertTrue(bystanders.lives().isUser("10.0.1.1"));
    assertFalse(bystanders.lives().isUser("10.0.0.2"));
  }

  // ---- the next connection of the same ports

  private List<FlowObservation> againAfter(Talk first) {
    first.next(CLIENT, 900_000).syn().next(BROKER, 800_000).synAck().ack(CLIENT);
    return observing.flows();
  }

  @Test
  void shouldForgetWithAFlowWhatHappenedInIt() {
    talk.open(60).data(BROKER, AmqpBytes.channelClose(404, "NOT_FOUND"));
    talk.data(BROKER, AmqpBytes.blocked("low on memory")).fin(CLIENT);

    List<FlowObservation> flows = againAfter(talk);

    assertNotNull(flows.get(0).closing());
    assertTrue(flows.get(0).channelErrorNanos() > 0);
    assertTrue(flows.get(0).blockedNanos() > 0);
    assertEquals(0, flows.get(0).clientBeat().lastNanos());
    assertNull(flows.get(1).closing());
    assertEquals(0, flows.get(1).channelErrorNanos());
    assertEquals(0, flows.get(1).blockedNanos());
    assertNull(flows.get(1).amqp());
  }

  @Test
  void shouldForgetWithAFlowItsSmallPackets() {
    talk.connect().data(CLIENT, "small");

    List<FlowObservation> flows = againAfter(talk);

    assertEquals(5, flows.get(0).clientBeat().lastLength());
    assertEquals(Beat.NONE, flows.get(1).clientBeat());
  }

  /** Its beginning, which waited for the rest, is none of the next one's. */
  @Test
  void shouldForgetWithAFlowTheBeginningOfAFrame() {
    talk.connect().data(CLIENT, AmqpBytes.header091()).data(BROKER, AmqpBytes.start());
    talk.data(CLIENT, new byte[] {1, 0, 0, 0, 0, 0, 90, 0, 10, 0}).next(CLIENT, 900_000).syn();
    talk.next(BROKER, 800_000).synAck().ack(CLIENT).openAmqp(60);

    FlowObservation second = observing.flows().get(1);

    assertEquals(AmqpProtocol.AMQP_0_9_1, second.amqp().protocol());
    assertEquals("/orders", second.amqp().vhost());
    assertFalse(second.amqp().lostToGaps());
  }

  @Test
  void shouldHandOverAnOpenFlowThatWasOnlyReplaced() {
    Observing losses = Observing.usual();
    Talk lost = new Talk().seenBy(losses.tap).open(60);
    lost.next(CLIENT, 900_000).syn();
    assertEquals(FlowEnd.REPLACED, losses.flow().end());

    Observing none = Observing.usual();
    Talk closed = new Talk().seenBy(none.tap).connect();
    closed.fin(CLIENT).fin(BROKER).next(CLIENT, 900_000).syn();
    assertEquals(List.of(), none.flows());
  }

  // ---- what AMQP says

  @Test
  void shouldCountTheHeartbeatsOfEachSide() {
    talk.open(60).data(CLIENT, BEAT).data(CLIENT, BEAT).data(CLIENT, BEAT, BEAT);
    talk.data(BROKER, BEAT).data(BROKER, BEAT);
    FlowObservation flow = observing.flow();

    assertEquals(4, flow.amqp().heartbeatsFromClient());
    assertEquals(2, flow.amqp().heartbeatsFromBroker());
  }

  @Test
  void shouldNotCountAHeartbeatAgainThatIsSentAgain() {
    talk.open(60).data(CLIENT, BEAT).again(CLIENT);

    assertEquals(1, observing.flow().amqp().heartbeatsFromClient());
  }

  @Test
  void shouldReadOnAfterPacketsWithoutPayload() {
    talk.open(60);
    byte[] publish = AmqpBytes.publish(900);
    byte[] first = Arrays.copyOf(publish, 400);
    byte[] rest = Arrays.copyOfRange(publish, 400, publish.length);
    talk.data(CLIENT, publish)
        .data(CLIENT, publish)
        .data(CLIENT, first)
        .ack(CLIENT)
        .ack(CLIENT)
        .data(CLIENT, rest);
    talk.data(CLIENT, AmqpBytes.close(200, "bye", 0, 0));

    FlowObservation flow = observing.flow();

    assertEquals(200, flow.amqp().close().code());
    assertFalse(flow.amqp().lostToGaps());
  }

  @Test
  void shouldRememberSinceWhenTheClientIsBlocked() {
    talk.open(60).pause(Duration.ofSeconds(1)).data(BROKER, AmqpBytes.blocked("memory"));
    long moment = observing.tap.nanos();
    talk.pause(Duration.ofSeconds(1)).data(BROKER, BEAT).data(BROKER, AmqpBytes.blocked("memory"));

    assertEquals(moment, observing.flow().blockedNanos());
  }

  @Test
  void shouldRememberWhenTheClientWasBlockedAgain() {
    talk.open(60).data(BROKER, AmqpBytes.blocked("memory")).data(BROKER, AmqpBytes.unblocked());
    talk.pause(Duration.ofSeconds(1)).data(BROKER, AmqpBytes.blocked("memory"));

    assertEquals(observing.tap.nanos(), observing.flow().blockedNanos());
  }

  @Test
  void shouldNotRememberABlockThatNeverWas() {
    talk.open(60).data(BROKER, BEAT);

    assertEquals(0, observing.flow().blockedNanos());
    assertEquals(0, observing.flow().channelErrorNanos());
  }

  /** Nothing is missing in front of the first bytes only where the SYN was seen. */
  @Test
  void shouldCallBytesForeignOnlyWhereTheyAreTheFirst() {
    talk.connect().data(CLIENT, "nobody speaks like that");
    assertEquals(AmqpProtocol.UNKNOWN, observing.flow().amqp().protocol());

    Observing late = Observing.allFlows();
    new Talk().seenBy(late.tap).data(CLIENT, "nobody speaks like that");
    assertFalse(late.flow().amqp().protocol() == AmqpProtocol.UNKNOWN);
  }

  // ---- small packets, where the heartbeat is not seen

  @ParameterizedTest
  @CsvSource({"64, 64", "65, 0"})
  void shouldFollowPacketsAsSmallAsHeartbeatsWithinTls(int length, int followed) {
    talk.connect().data(CLIENT, new byte[length]);

    assertEquals(followed, observing.flow().clientBeat().lastLength());
  }

  /** Two hellos, and records of application data. */
  private Talk tls() {
    talk.connect().data(CLIENT, hello(1)).data(BROKER, hello(2));
    for (int i = 0; i < 3; i++) {
      talk.data(CLIENT, record(1000)).data(BROKER, record(1000));
    }
    return talk;
  }

  private static byte[] hello(int kind) {
    return AmqpBytes.join(new byte[] {22, 3, 3, 0, 100, (byte) kind, 0, 0, 96}, new byte[96]);
  }

  private static byte[] record(int length) {
    byte[] head = {23, 3, 3, (byte) (length - 5 >> 8), (byte) (length - 5)};
    return AmqpBytes.join(head, new byte[length - 5]);
  }

  @ParameterizedTest
  @CsvSource({"64, 64", "65, 0"})
  void shouldFollowThemOnceNothingElseCanBeRead(int length, int followed) {
    tls().data(CLIENT, record(length)).data(CLIENT, record(length));

    assertEquals(followed, observing.flow().clientBeat().lastLength());
  }

  @Test
  void shouldNotTakeUpReadingWithinTls() {
    tls().data(CLIENT, record(1000)).data(CLIENT, AmqpBytes.header091());
    talk.data(BROKER, record(1000)).data(BROKER, AmqpBytes.start());

    assertEquals(AmqpProtocol.TLS, observing.flow().amqp().protocol());
  }

  @Test
  void shouldFollowThemNoMoreOnceTheHeartbeatIsAgreed() {
    talk.open(60).data(CLIENT, BEAT).data(CLIENT, BEAT);

    assertEquals(Beat.NONE, observing.flow().clientBeat());
    assertEquals(Beat.NONE, observing.flow().brokerBeat());
  }

  @Test
  void shouldNotFollowWhatIsSentAgain() {
    talk.connect().data(CLIENT, "small").data(CLIENT, "one more").again(CLIENT, 2);

    assertEquals(8, observing.flow().clientBeat().lastLength());
  }
}
