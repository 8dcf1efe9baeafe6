package io.rstscope.judge.incident;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.net.Side;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two connections of which one passes on the other are lost once. */
class LegsTest {
  private static final String PROXY = "10.0.0.2";
  private static final String REAL_BROKER = "10.0.0.9";
  private static final Duration USED = Duration.ofSeconds(20);
  private static final byte[] TLS_HELLO = {22, 3, 1, 0, 5, 1, 0, 0, 1, 0};
  private static final byte[] TLS_DATA = {23, 3, 3, 0, 3, 7, 7, 7};

  /** Of a client to the proxy, on whose host the capture is taken. */
  private static Talk fromClient(int port) {
    return new Talk("10.0.1.1", port, PROXY).cooked().pause(USED).open(60).pause(USED);
  }

  /** Of the proxy to the broker: what it is later by when it begins, and when it ends. */
  private static Talk toBroker(int port, int heartbeat, long begins, long ends) {
    Talk talk = leg(port).pause(USED);
    return talk.pause(Duration.ofMillis(begins))
        .open(heartbeat)
        .pause(USED)
        .pause(Duration.ofMillis(ends - begins));
  }

  /** A connection of its own has numbers of its own. */
  private static Talk leg(int port) {
    Talk leg = new Talk(PROXY, port, REAL_BROKER).cooked().next(CLIENT, 77 * port);
    return leg.received(CLIENT, false).received(BROKER, true);
  }

  private static Talk toBroker(long begins, long ends) {
    return toBroker(50_000, 60, begins, ends);
  }

  /** The legs that are counted with another, and with which. */
  private static List<String> joined(Talk... talks) {
    return Analysis.of(Talk.capture(talks)).stream()
        .filter(flow -> flow.otherLeg() != null)
        .map(flow -> flow.flow().client() + " with " + flow.otherLeg())
        .toList();
  }

  // ---- through a proxy

  @Test
  void shouldCountWhatAProxyPassesOnWithTheConnectionOfItsClient() {
    Talk client = fromClient(40_000).socketReset(CLIENT);

    List<FlowVerdict> flows = Analysis.of(Talk.capture(client, toBroker(2, 3).fin(CLIENT)));

    assertEquals(List.of(true, false), flows.stream().map(FlowVerdict::isLost).toList());
    assertEquals("10.0.1.1:40000", flows.get(1).otherLeg().toString());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 1",
    "500, 300, 1",
    "500, -300, 1",
    "501, 300, 0",
    "500, 301, 0",
    "500, -301, 0",
    "-1, 0, 0"
  })
  void shouldJoinOnlyWhatBeginsAndEndsWithIt(long begins, long ends, int legs) {
    Talk client = fromClient(40_000).socketReset(CLIENT);

    assertEquals(legs, joined(client, toBroker(begins, ends).fin(CLIENT)).size());
  }

  @Test
  void shouldNotJoinWhatAgreedOnAnotherHeartbeat() {
    Talk client = fromClient(40_000).socketReset(CLIENT);

    assertEquals(List.of(), joined(client, toBroker(50_000, 30, 2, 3).fin(CLIENT)));
  }

  /** Within TLS nobody says who it is. */
  private static Talk hidden(Talk connected) {
    return connected.client(TLS_HELLO).broker(TLS_HELLO).pause(USED).client(TLS_DATA);
  }

  private static Talk hiddenFromClient(int port) {
    return hidden(new Talk("10.0.1.1", port, PROXY).cooked().pause(USED).connect());
  }

  private static Talk hiddenToBroker(int port, long laterMillis) {
    return leg(port).pause(USED).pause(Duration.ofMillis(laterMillis)).connect();
  }

  @Test
  void shouldJoinWhatDoesNotSayWhoItIsWhereAllOfItCameAtTheSameTimes() {
    Talk client = hiddenFromClient(40_000).pause(USED).fin(BROKER);

    assertEquals(
        List.of("10.0.0.2:50000 with 10.0.1.1:40000"),
        joined(client, hidden(hiddenToBroker(50_000, 2)).pause(USED).fin(CLIENT)));
  }

  @Test
  void shouldKeepApartWhatSaysNothingAndOnlyBeganOrEndedTogether() {
    Talk client = hiddenFromClient(40_000).pause(USED).fin(BROKER);
    Duration late = Duration.ofMillis(60);
    Talk otherWords = hidden(hiddenToBroker(50_000, 2)).pause(late).client(TLS_DATA);
    Talk otherEnd = hidden(hiddenToBroker(50_000, 2)).pause(USED).pause(late);

    assertEquals(List.of(), joined(client, otherWords.pause(USED.minus(late)).fin(CLIENT)));
    assertEquals(List.of(), joined(client, otherEnd.fin(CLIENT)));
    assertEquals(List.of(), joined(client, hidden(hiddenToBroker(50_000, 60)).fin(CLIENT)));
    assertEquals(List.of(), joined(client, hiddenToBroker(50_000, 2).pause(USED).fin(CLIENT)));
  }

  // ---- a proxy that hangs, or ends both legs

  private static final byte[] BEAT = AmqpBytes.heartbeat();

  /** Each side goes on with its heartbeats, and gives the proxy up in its own time. */
  private static Talk unanswered(Talk open, Side side, int beats) {
    for (int i = 0; i < beats; i++) {
      open.pause(Duration.ofSeconds(30)).data(side, BEAT).ack(side.other());
    }
    return open.pause(Duration.ofSeconds(1));
  }

  @Test
  void shouldJoinTheLegsOfAProxyThatHangsWhichBothSidesGiveUp() {
    Talk client = unanswered(fromClient(40_000), CLIENT, 5).socketReset(CLIENT);
    Talk leg = unanswered(toBroker(2, 3), BROKER, 4).socketReset(BROKER);
    Talk alive = unanswered(toBroker(2, 3), BROKER, 3).client(BEAT);

    assertEquals(List.of("10.0.0.2:50000 with 10.0.1.1:40000"), joined(client, leg));
    assertEquals(
        List.of(), joined(client, alive.pause(Duration.ofMillis(500)).socketReset(BROKER)));
  }

  private static Talk used(Talk hidden) {
    return hidden.broker(TLS_DATA).client(TLS_DATA).broker(TLS_DATA).client(TLS_DATA);
  }

  @Test
  void shouldTellOfTheLegOfWhichIsKnownWhyItEnded() {
    Talk client = used(hiddenFromClient(40_000)).fin(BROKER);
    Talk leg = used(hidden(hiddenToBroker(50_000, 2))).socketReset(BROKER);

    assertEquals(Cause.UNDETERMINED, Analysis.of(Talk.capture(client)).get(0).ending().cause());
    assertEquals(List.of("10.0.1.1:40000 with 10.0.0.2:50000"), joined(client, leg));
  }

  @Test
  void shouldNotJoinWhatTheCapturingHostDidNotSend() {
    Talk client = fromClient(40_000).socketReset(CLIENT);
    Talk another = new Talk("10.0.1.2", 50_000, REAL_BROKER).cooked().pause(USED);
    another.pause(Duration.ofMillis(2)).open(60).pause(USED);

    assertEquals(List.of(), joined(client, another.socketReset(CLIENT)));
  }

  @Test
  void shouldJoinEachLegOnceWhereClientsAreAlike() {
    Talk one = fromClient(40_000).socketReset(CLIENT);
    Talk other = fromClient(40_001).socketReset(CLIENT);

    assertEquals(
        List.of("10.0.0.2:50000 with 10.0.1.1:40000", "10.0.0.2:50001 with 10.0.1.1:40001"),
        joined(
            one,
            other,
            toBroker(50_000, 60, 2, 3).fin(CLIENT),
            toBroker(50_001, 60, 4, 5).fin(CLIENT)));
  }

  /** One interface shows no direction, but the proxy's address on both legs. */
  @Test
  void shouldJoinTheLegsOfAProxyByItsAddress() {
    Talk client = new Talk("10.0.1.1", 40_000, PROXY).open(60).pause(USED).fin(CLIENT);
    Talk leg = new Talk(PROXY, 50_000, REAL_BROKER).pause(Duration.ofMillis(2)).open(60);
    Talk another = new Talk("10.0.1.2", 50_000, REAL_BROKER).pause(Duration.ofMillis(2)).open(60);

    assertEquals(
        List.of("10.0.0.2:50000 with 10.0.1.1:40000"), joined(client, leg.pause(USED).fin(CLIENT)));
    assertEquals(List.of(), joined(client, another.pause(USED).fin(CLIENT)));
  }

  /** The proxy passes on what the broker's side began. */
  @Test
  void shouldCountTheLegOfWhoEndedFirst() {
    Talk client = new Talk("10.0.1.1", 40_000, PROXY).open(60).pause(USED);
    Talk leg = new Talk(PROXY, 50_000, REAL_BROKER).pause(Duration.ofMillis(2)).open(60);

    assertEquals(
        List.of("10.0.1.1:40000 with 10.0.0.2:50000"),
        joined(
            client.pause(Duration.ofMillis(9)).fin(BROKER), leg.pause(USED).socketReset(BROKER)));
  }

  /** A NAT forgot both: what answers with an RST shows it, what only goes dead does not. */
  @Test
  void shouldTellOfTheLegThatWasResetWhereTheOtherWentDead() {
    Talk leg = toBroker(2, 3).data(BROKER, AmqpBytes.heartbeat()).ttl(CLIENT, 63);

    assertEquals(
        List.of("10.0.1.1:40000 with 10.0.0.2:50000"),
        joined(dead(fromClient(40_000), CLIENT), leg.bareReset(CLIENT)));
  }

  @Test
  void shouldTellOfTheClientsConnectionWhereBothLegsWentDead() {
    assertEquals(
        List.of("10.0.0.2:50000 with 10.0.1.1:40000"),
        joined(dead(fromClient(40_000), CLIENT), dead(toBroker(2, 3), BROKER)));
  }

  private static Talk dead(Talk open, Side asking) {
    Talk talk = open.data(asking, AmqpBytes.heartbeat());
    for (int i = 0; i < 6; i++) {
      talk.pause(Duration.ofSeconds(1 << i)).again(asking);
    }
    return talk;
  }

  @Test
  void shouldCountAHarmlessEndOnceThatAProxyPassesOn() {
    Talk client = fromClient(40_000).client(AmqpBytes.close(200, "Goodbye", 0, 0));
    Talk leg = toBroker(2, 3).client(AmqpBytes.close(200, "Goodbye", 0, 0));

    assertEquals(
        List.of("10.0.0.2:50000 with 10.0.1.1:40000"),
        joined(
            client.broker(AmqpBytes.closeOk()).socketReset(BROKER),
            leg.broker(AmqpBytes.closeOk()).socketReset(BROKER)));
  }

  @Test
  void shouldNotJoinAHarmlessEndToALoss() {
    Talk leg = toBroker(2, 3).client(AmqpBytes.close(200, "Goodbye", 0, 0));

    assertEquals(
        List.of(),
        joined(
            fromClient(40_000).socketReset(CLIENT),
            leg.broker(AmqpBytes.closeOk()).socketReset(BROKER)));
  }

  // ---- through a NAT on the capturing host

  private static Talk whole() {
    return said(new Talk().connect());
  }

  /** The same packets behind the NAT, without the handshake of TCP, which takes 470 µs. */
  private static Talk part(String address, long laterMillis) {
    Talk talk = new Talk(address, 60_000).missing(CLIENT, 1).missing(BROKER, 1);
    talk.pause(Duration.ofNanos(470_000)).pause(Duration.ofMillis(laterMillis));
    return said(talk);
  }

  private static Talk said(Talk talk) {
    return talk.client(AmqpBytes.header091())
        .broker(AmqpBytes.start())
        .client(AmqpBytes.startOk(AmqpBytes.clientProperties()))
        .pause(USED);
  }

  @ParameterizedTest
  @ValueSource(longs = {-10, 1, 10})
  void shouldCountAResetOnceThatTheCaptureSeesBeforeAndBehindANat(long laterMillis) {
    Talk begun = whole().pause(Duration.ofMillis(10)).socketReset(CLIENT);

    assertEquals(
        List.of("10.0.5.5:60000 with 10.0.1.1:40000"),
        joined(begun, part("10.0.5.5", 10 + laterMillis).socketReset(CLIENT)));
  }

  @Test
  void shouldNotTakeAResetMuchLaterForTheSame() {
    assertEquals(
        List.of(), joined(whole().socketReset(CLIENT), part("10.0.5.5", 11).socketReset(CLIENT)));
  }

  @Test
  void shouldNotTakeAResetOfAnotherNumberForTheSame() {
    Talk another = part("10.0.5.5", 1).missing(CLIENT, 7).socketReset(CLIENT);

    assertEquals(List.of(), joined(whole().socketReset(CLIENT), another));
  }

  /** The NAT forgot it: nothing comes back from the one side, and resets from the other. */
  private static Talk forgotten(Talk connected, boolean dead) {
    Talk talk = said(connected);
    return dead
        ? dead(talk, CLIENT)
        : talk.pause(USED).data(BROKER, BEAT).ttl(CLIENT, 64).bareReset(CLIENT);
  }

  private static Talk inside() {
    return new Talk("10.0.1.1", 40_000).cooked().connect();
  }

  private static Talk outside(long beginsMillis) {
    Talk talk = new Talk("10.0.5.5", 60_000).cooked().pause(Duration.ofMillis(beginsMillis));
    return talk.received(CLIENT, false).received(BROKER, true);
  }

  @Test
  void shouldCountTheConnectionOnceThatANatForgotBetweenWhatGoesDeadAndWhatIsReset() {
    Talk inside = forgotten(inside(), true);
    Talk another = outside(1).next(CLIENT, 70_000_000);
    Talk elsewhere = new Talk("10.0.5.5", 60_000).pause(Duration.ofMillis(1));

    assertEquals(
        List.of("10.0.1.1:40000 with 10.0.5.5:60000"),
        joined(inside, forgotten(outside(1).connect(), false)));
    assertEquals(List.of(), joined(inside, forgotten(outside(11).connect(), false)));
    assertEquals(List.of(), joined(inside, forgotten(another.connect(), false)));
    assertEquals(List.of(), joined(inside, forgotten(elsewhere.connect(), false)));
  }

  @Test
  void shouldNotTellOfACloseThatCameAfterTheNatHadForgotten() {
    Talk outside = said(outside(1).connect()).pause(USED).pause(USED);

    assertEquals(
        List.of("10.0.5.5:60000 with 10.0.1.1:40000"),
        joined(
            forgotten(inside(), true),
            outside.broker(AmqpBytes.close(320, "ops", 0, 0)).socketReset(BROKER)));
  }

  // ---- a NAT whose state was flushed

  private static final String SERVICE = "10.0.0.200";

  private static Talk toService() {
    return said(new Talk("10.0.1.1", 40_000, SERVICE).connect());
  }

  /** Of the broker, with its own address, and the client's kernel knows no such connection. */
  private static Talk untranslated(int port, int bytes) {
    Talk talk = new Talk("10.0.1.1", port, "10.0.0.2");
    Talk service = toService();
    talk.next(CLIENT, service.next(CLIENT)).next(BROKER, service.next(BROKER) + bytes);
    return talk.pause(USED.plusSeconds(1)).data(BROKER, AmqpBytes.heartbeat()).bareReset(CLIENT);
  }

  @Test
  void shouldCountTheConnectionOnceOfWhichPacketsAreNoLongerTranslated() {
    Talk service = toService().client(AmqpBytes.heartbeat()).bareReset(BROKER);
    Talk up = toService().client(AmqpBytes.heartbeat());

    assertEquals(
        List.of("10.0.1.1:40000 with 10.0.1.1:40000"), joined(service, untranslated(40_000, 0)));
    assertEquals(List.of(), joined(service, untranslated(40_001, 0)));
    assertEquals(List.of(), joined(service, untranslated(40_000, 100_000_000)));
    assertEquals(List.of(), joined(up, untranslated(40_000, 0)));
  }

  @Test
  void shouldKeepTwoConnectionsApartThatBothBeganInTheCapture() {
    Talk other = said(new Talk("10.0.5.5", 60_000).connect());

    assertEquals(List.of(), joined(whole().socketReset(CLIENT), other.socketReset(CLIENT)));
  }
}
