package io.rstscope.reset;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rstscope.net.Side;
import io.rstscope.testing.Packets;
import io.rstscope.testing.Talk;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a reset looks like, held against the earlier packets of its claimed sender. */
class ResetShapeTest {
  private static final int RST_ACK = Packets.RST | Packets.ACK;

  private final Observing observing = Observing.usual();
  private final Talk talk = new Talk().seenBy(observing.tap);

  @Test
  void shouldCallTheResetOfALinuxSocketSocket() {
    talk.connect().data(CLIENT, "unread").socketReset(BROKER);
    assertShape(Shape.SOCKET);
  }

  @Test
  void shouldCallTheResetOfALinuxSocketSocketOnIpv6() {
    Talk six = new Talk("2001:db8::1", 40_000).seenBy(observing.tap).connect();
    six.socketReset(CLIENT);
    assertShape(Shape.SOCKET);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 502})
  void shouldCallAWindowsResetSocketWhateverItsWindow(int window) {
    talk.windows(CLIENT).connect().window(CLIENT, window).socketReset(CLIENT);
    assertShape(Shape.SOCKET);
  }

  @Test
  void shouldCallAClosedWindowSocketWhenItWasClosedBefore() {
    talk.connect().window(CLIENT, 0).ack(CLIENT).socketReset(CLIENT);
    assertShape(Shape.SOCKET);
  }

  @Test
  void shouldCallALinuxResetWithClosedWindowCrafted() {
    talk.connect().window(CLIENT, 0).socketReset(CLIENT);
    assertShape(Shape.CRAFTED);
  }

  @Test
  void shouldCallAnAckedResetWithoutTheFlowsTimestampsCrafted() {
    talk.connect().timestamps(CLIENT, false).socketReset(CLIENT);
    assertShape(Shape.CRAFTED);
  }

  @Test
  void shouldNotTakeOptionsThatTheCaptureCutForAbsent() {
    observing.tap.snapLength(66);
    talk.syn();
    observing.tap.snapLength(60);
    talk.synAck();
    observing.tap.snapLength(66);
    talk.socketReset(BROKER);
    assertShape(Shape.SOCKET);
  }

  @Test
  void shouldNotTakeTimestampsOfTheResetForAbsentWhenTheCaptureCutThem() {
    talk.connect();
    observing.tap.snapLength(60);
    talk.socketReset(CLIENT);
    assertShape(Shape.SOCKET);
  }

  @Test
  void shouldNotTakeCutOptionsOfAResetForNoneWhenNothingCameBefore() {
    observing.tap.snapLength(60);
    talk.window(BROKER, 0).socketReset(BROKER);
    assertShape(Shape.SOCKET);
  }

  @Test
  void shouldCallAnAckedResetWithTimestampsTheFlowHasNotCrafted() {
    talk.windows(CLIENT).connect().timestamps(CLIENT, true).socketReset(CLIENT);
    assertShape(Shape.CRAFTED);
  }

  @Test
  void shouldCallAnAckedResetWithoutDontFragmentCrafted() {
    talk.connect().dontFragment(CLIENT, false).socketReset(CLIENT);
    assertShape(Shape.CRAFTED);
  }

  @Test
  void shouldCallABareResetOfAKernelStateless() {
    talk.connect().data(CLIENT, "to whom").bareReset(BROKER);
    assertShape(Shape.STATELESS);
  }

  @Test
  void shouldCallABareResetStatelessOnIpv6() {
    Talk six = new Talk("2001:db8::1", 40_000).seenBy(observing.tap).connect();
    six.data(CLIENT, "to whom").bareReset(BROKER);
    assertShape(Shape.STATELESS);
  }

  @Test
  void shouldCallANumberedBareResetStatelessWhereNoLinuxIsClaimed() {
    talk.windows(BROKER).connect().bareReset(BROKER, p -> p.id(1_901));
    assertShape(Shape.STATELESS);
  }

  @Test
  void shouldCallABareResetStatelessWhenNothingCameBefore() {
    talk.bareReset(BROKER, p -> p.id(1_901));
    assertShape(Shape.STATELESS);
  }

  @Test
  void shouldCallANumberedBareResetInTheNameOfACountingLinuxCrafted() {
    talk.connect();
    sendSome(BROKER);
    talk.bareReset(BROKER, p -> p.id(1_901));
    assertShape(Shape.CRAFTED);
  }

  @Test
  void shouldCallABareResetWithoutDontFragmentInTheNameOfLinuxCrafted() {
    talk.connect().bareReset(BROKER, p -> p.df(false));
    assertShape(Shape.CRAFTED);
  }

  @Test
  void shouldCallItCraftedFarFromTheCounterEvenWithoutTimestamps() {
    talk.windows(BROKER).connect();
    sendSome(BROKER);
    talk.bareReset(BROKER, p -> p.id(31_337));
    assertShape(Shape.CRAFTED);
  }

  @Test
  void shouldCallAnAckedResetWithoutNumberCraftedWhereTheSocketCounts() {
    talk.windows(CLIENT).connect();
    sendSome(CLIENT);
    talk.ipId(CLIENT, 0).window(CLIENT, 0).socketReset(CLIENT);
    assertShape(Shape.CRAFTED);
  }

  @Test
  void shouldCallABareResetWithAWindowCrafted() {
    talk.connect().bareReset(BROKER, p -> p.window(512));
    assertShape(Shape.CRAFTED);
  }

  @Test
  void shouldCallABareResetWithTimestampsOrPayloadCrafted() {
    talk.connect().bareReset(BROKER, p -> p.timestamps(7, 8));
    talk.bareReset(BROKER, p -> p.payload("why"));
    assertEquals(Shape.CRAFTED, observing.resets().get(0).shape());
    assertEquals(Shape.CRAFTED, observing.resets().get(1).shape());
  }

  @Test
  void shouldCallTheAnswerToASynRefusal() {
    talk.syn().refusal();
    assertShape(Shape.REFUSAL);
  }

  @Test
  void shouldCallTheAnswerToASynRefusalOnIpv6() {
    Talk six = new Talk("2001:db8::1", 40_000).seenBy(observing.tap);
    six.syn().refusal();
    assertShape(Shape.REFUSAL);
  }

  @Test
  void shouldNotCallAResetRefusalThatAcknowledgesAnotherSyn() {
    talk.syn().bareReset(BROKER, p -> p.flags(RST_ACK).seq(0).ack(77));
    assertShape(Shape.CRAFTED);
  }

  @Test
  void shouldNotCallAResetRefusalOnceTheBrokerHasAnswered() {
    talk.syn().synAck().socketReset(BROKER);
    assertShape(Shape.SOCKET);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldGoByTheResetAloneWhenItsSenderSentNothing(boolean socket) {
    talk.data(CLIENT, "one way");
    if (socket) {
      talk.socketReset(BROKER);
    } else {
      talk.timestamps(BROKER, false).window(BROKER, 0).socketReset(BROKER);
    }
    assertShape(socket ? Shape.SOCKET : Shape.CRAFTED);
  }

  @Test
  void shouldReadTheReasonThatABigIpWrites() {
    talk.connect();
    String reason = "BIG-IP: [0x2408720:2226] {peer} Flow expired (sweeper)\0\n";
    talk.bareReset(BROKER, p -> p.payload(reason));
    assertEquals(
        "BIG-IP: [0x2408720:2226] {peer} Flow expired (sweeper)..",
        observing.reset().packet().diagnostic());
  }

  @Test
  void shouldCutALongReason() {
    talk.bareReset(BROKER, p -> p.payload("BIG-IP: " + "x".repeat(500)));
    assertEquals(120, observing.reset().packet().diagnostic().length());
  }

  @Test
  void shouldKnowADiagnosticPayloadOfTheDraft() {
    byte[] draft = {0x33, (byte) 0xaa, 0, 0, 0, 0, 0, 1};
    talk.bareReset(BROKER, p -> p.payload(draft));
    assertEquals("RST diagnostic payload", observing.reset().packet().diagnostic());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "BIG-IP:", "3", "a message of someone with a secret", "big-ip: no"})
  void shouldLeaveAnyOtherPayloadAlone(String payload) {
    talk.bareReset(BROKER, p -> p.payload(payload));
    assertEquals(null, observing.reset().packet().diagnostic());
    assertEquals(payload.length(), observing.reset().packet().payloadLength());
  }

  @Test
  void shouldKnowARefusalThoughTheCaptureMissedTheSyn() {
    talk.bareReset(BROKER, p -> p.flags(RST_ACK).seq(0).ack(77));
    assertShape(Shape.REFUSAL);
  }

  private void assertShape(Shape shape) {
    assertEquals(shape, observing.reset().shape());
  }

  /** So many that the identification shows itself to be a counter. */
  private void sendSome(Side side) {
    for (int i = 0; i < 3; i++) {
      talk.data(side, "counts");
    }
  }

  @Test
  void shouldCallANumberedAnswerStatelessAsKernelsBefore419Do() {
    talk.connect();
    sendSome(BROKER);
    talk.data(CLIENT, "to whom").bareReset(BROKER, p -> p.id(1_901));
    assertShape(Shape.STATELESS);
  }

  @Test
  void shouldCallANumberedBareResetCraftedThatAnswersAnotherNumber() {
    talk.connect();
    sendSome(BROKER);
    talk.data(CLIENT, "to whom").bareReset(BROKER, p -> p.seq(talk.next(BROKER) + 7).id(1_901));
    assertShape(Shape.CRAFTED);
  }

  @Test
  void shouldCallAFragmentableAnswerStatelessAsMacOsAnswersSo() {
    sendAsMacOs(BROKER);
    talk.data(CLIENT, "to whom").bareReset(BROKER, p -> p.id(31_337).df(false));
    assertShape(Shape.STATELESS);
  }

  @Test
  void shouldCallAFragmentableAnswerCraftedWhereTheSocketCounts() {
    talk.connect();
    sendSome(BROKER);
    talk.data(CLIENT, "to whom").bareReset(BROKER, p -> p.id(31_337).df(false));
    assertShape(Shape.CRAFTED);
  }

  @Test
  void shouldCallItSocketWithoutTimestampsWhereItNumbersAtRandom() {
    sendAsMacOs(BROKER);
    talk.ipId(BROKER, 4_242).timestamps(BROKER, false).socketReset(BROKER);
    assertShape(Shape.SOCKET);
  }

  @Test
  void shouldCallItCraftedWithoutTimestampsWhereTheSocketCounts() {
    talk.connect();
    sendSome(BROKER);
    talk.timestamps(BROKER, false).socketReset(BROKER);
    assertShape(Shape.CRAFTED);
  }

  @Test
  void shouldCallTheResetBehindASynProxyRefusal() {
    talk.syn().window(BROKER, 0).synAck().ack(CLIENT);
    talk.bareReset(BROKER, p -> p.flags(RST_ACK).seq(77));
    assertShape(Shape.REFUSAL);
  }

  @Test
  void shouldNotCallAResetRefusalOfABrokerWhoseWindowWasOpen() {
    talk.syn().synAck().ack(CLIENT).bareReset(BROKER, p -> p.flags(RST_ACK).seq(77));
    assertShape(Shape.CRAFTED);
  }

  /** Identifications at random. */
  private void sendAsMacOs(Side side) {
    talk.connect();
    for (int id : new int[] {40_111, 9_001, 52_777, 23_456}) {
      talk.ipId(side, id).data(side, "at random");
    }
  }

  // ---- bounds

  /** Without timestamps nothing says Linux: a host that counts may number for all its peers. */
  @ParameterizedTest
  @CsvSource({"1, STATELESS", "256, STATELESS", "257, CRAFTED", "-1, CRAFTED", "40000, CRAFTED"})
  void shouldAllowACountingHostToHaveNumberedOthersMeanwhile(int step, Shape shape) {
    talk.windows(BROKER).connect().ipId(BROKER, 20_000);
    sendSome(BROKER);
    talk.bareReset(BROKER, p -> p.id(20_002 + step));
    assertShape(shape);
  }

  @ParameterizedTest
  @CsvSource({"true, true, STATELESS", "true, false, CRAFTED", "false, true, CRAFTED"})
  void shouldCallAFragmentableResetStatelessOnlyAsANumberedAnswer(
      boolean answers, boolean numbered, Shape shape) {
    sendAsMacOs(BROKER);
    talk.data(CLIENT, "to whom").pause(Duration.ofSeconds(answers ? 0 : 9));
    talk.bareReset(BROKER, p -> p.id(numbered ? 31_337 : 0).df(false));
    assertShape(shape);
  }

  /** The socket of a Mac resets without the timestamps of the flow; few packets show no Mac. */
  @ParameterizedTest
  @CsvSource({"4, SOCKET", "3, CRAFTED"})
  void shouldKnowTheSocketOfAMacBySomePackets(int packets, Shape shape) {
    talk.connect();
    for (int i = 1; i < packets; i++) {
      talk.ipId(BROKER, 9_000 * i).data(BROKER, "at random");
    }
    talk.ipId(BROKER, 4_242).timestamps(BROKER, false).socketReset(BROKER);
    assertShape(shape);
  }

  @ParameterizedTest
  @CsvSource({"1, SOCKET", "0, CRAFTED"})
  void shouldKnowTheSocketOfAMacByItsOpenWindow(int window, Shape shape) {
    sendAsMacOs(BROKER);
    talk.ipId(BROKER, 4_242).timestamps(BROKER, false).window(BROKER, window).socketReset(BROKER);
    assertShape(shape);
  }

  @Test
  void shouldReadAReasonThatIsNotThereYet() {
    talk.bareReset(BROKER, p -> p.payload("BIG-IP: "));
    assertEquals("BIG-IP: ", observing.reset().packet().diagnostic());
  }

  @Test
  void shouldCleanWhatCannotBePrinted() {
    talk.bareReset(BROKER, p -> p.payload("BIG-IP: ~\u007f\u001f !"));
    assertEquals("BIG-IP: ~.. !", observing.reset().packet().diagnostic());
  }
}
