package io.rstscope.judge.cause;

import static io.rstscope.judge.cause.Stories.*;
import static io.rstscope.judge.cause.Story.assertHolds;
import static io.rstscope.judge.cause.Story.assertHoldsNot;
import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.judge.sender.Sender;
import io.rstscope.testing.Packets;
import io.rstscope.testing.Talk;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Connections that were never opened: checks, wrong doors, logins, handshakes that stop. */
class EndOfHandshakesTest {
  private static final byte[] LOCAL =
      AmqpBytes.bytes().ascii("\r\n\r\n\0\r\nQUIT\n").u8(0x20).u8(0).u16(0).array();

  private static Talk checked(int port) {
    return client(port).pause(SECOND.multipliedBy(5L * port)).connect().fin(CLIENT);
  }

  private static Talk started(Duration pause) {
    Talk talk = new Talk().connect().client(AmqpBytes.header091()).broker(AmqpBytes.start());
    return talk.pause(pause);
  }

  @Test
  void shouldTellACheckThatSaysNothingFromABrokerThatResetsAtOnce() {
    assertHolds(Fact.EMPTY, new Talk().connect().fin(CLIENT).socketReset(BROKER));
    assertHoldsNot(Fact.EMPTY, new Talk().connect().socketReset(BROKER));
    assertHoldsNot(Fact.EMPTY, filtered().fin(CLIENT).socketReset(BROKER));
  }

  @Test
  void shouldKnowAProxysCheckByItsHeaderAlone() {
    Talk only = new Talk().connect().client(PROXY).fin(CLIENT).socketReset(BROKER);
    Talk user = new Talk().connect().client(PROXY).client(AmqpBytes.header091()).fin(CLIENT);

    assertHolds(Fact.ONLY_PROXY_HEADER, only);
    assertHoldsNot(Fact.ONLY_PROXY_HEADER, user.socketReset(BROKER));
  }

  @Test
  void shouldTellAProxyThatSpeaksForItselfFromOneThatSpeaksForAClient() {
    byte[] unknown = "PROXY UNKNOWN\r\n".getBytes(US_ASCII);

    assertHolds(Fact.PROXY_LOCAL, new Talk().connect().client(LOCAL).fin(CLIENT));
    assertHolds(Fact.PROXY_LOCAL, new Talk().connect().client(unknown).fin(CLIENT));
    assertHoldsNot(Fact.PROXY_LOCAL, new Talk().connect().client(PROXY).fin(CLIENT));
  }

  @Test
  void shouldTellACheckThatWaitsForTheStartFromAClientThatLogsIn() {
    assertHolds(Fact.LEFT_AT_START, started(seconds(0.01)).fin(CLIENT).socketReset(BROKER));
    assertHoldsNot(Fact.LEFT_AT_START, login().fin(CLIENT).socketReset(BROKER));
    assertHoldsNot(Fact.LEFT_AT_START, started(seconds(4.37)).fin(CLIENT).socketReset(BROKER));
  }

  @Test
  void shouldKnowChecksByTheirComingAgain() {
    assertHolds(Fact.PROBED_BEFORE, checked(2), checked(0), checked(1));
    assertHoldsNot(Fact.PROBED_BEFORE, checked(2), checked(0));
    assertHoldsNot(
        Fact.PROBED_BEFORE, client(2).open(60).pause(ODD).fin(CLIENT), checked(0), checked(1));
  }

  @Test
  void shouldKnowAProxyThatChecksTheBrokerWhichItUses() {
    assertHolds(Fact.CHECKED_BESIDE_USE, checked(2), checked(0), checked(1), client(9).open(60));
    assertHoldsNot(Fact.CHECKED_BESIDE_USE, checked(2), checked(0), checked(1), host(9).open(60));
  }

  @Test
  void shouldTellAScanFromAConnectionWhoseBytesTheCaptureDoesNotHold() {
    assertHolds(Fact.HALF_OPEN, new Talk().syn().synAck().answerDelay(CLIENT).bareReset(CLIENT));
    assertHoldsNot(Fact.HALF_OPEN, filtered().bareReset(CLIENT));
    assertHoldsNot(Fact.HALF_OPEN, new Talk().connect().bareReset(CLIENT));
  }

  @Test
  void shouldTellACheckOfTlsFromAClientThatWorksWithinIt() {
    assertHolds(Fact.LEFT_IN_TLS, tls(0).fin(CLIENT).socketReset(BROKER));
    assertHoldsNot(Fact.LEFT_IN_TLS, tls(9).fin(CLIENT).socketReset(BROKER));
  }

  @Test
  void shouldTellAWrongDoorFromAHandshakeThatTimesOut() {
    Talk header = new Talk().connect().client(AmqpBytes.header091());

    assertHolds(Fact.RESET_AT_FIRST_BYTES, header.socketReset(BROKER));
    assertHoldsNot(
        Fact.RESET_AT_FIRST_BYTES,
        new Talk().connect().client(AmqpBytes.header091()).pause(seconds(10)).socketReset(BROKER));
  }

  @Test
  void shouldKnowTlsThatAPortDoesNotTake() {
    assertHolds(Fact.TLS_TO_IT, new Talk().connect().client(TLS_HELLO).socketReset(BROKER));
    assertHoldsNot(
        Fact.TLS_TO_IT, new Talk().connect().client(AmqpBytes.header091()).socketReset(BROKER));
  }

  @Test
  void shouldTellAnAlertFromABrokerThatBeginsTheHandshake() {
    byte[] alert = {21, 3, 1, 0, 2, 2, 40};
    Talk refused = new Talk().connect().client(TLS_HELLO).broker(alert);

    assertHolds(Fact.ENDED_AFTER_HEADER, refused.fin(BROKER));
    assertHoldsNot(Fact.ENDED_AFTER_HEADER, started(Duration.ZERO).socketReset(BROKER));
  }

  /** RFC 8446, section 6: in clear, as the keys are not agreed yet. */
  private static byte[] alert(int level, int description) {
    return new byte[] {21, 3, 3, 0, 2, (byte) level, (byte) description};
  }

  /** It says so at once, or takes its leave as checks may. */
  private static Talk ofTls(int port, byte[] alert) {
    Talk talk = client(port).pause(SECOND.multipliedBy(5L * port)).connect();
    return talk.client(TLS_HELLO).broker(TLS_HELLO).data(CLIENT, alert).socketReset(CLIENT);
  }

  @Test
  void shouldTellAClientThatRefusesACertificateFromACheckThatLeaves() {
    byte[] unknownCa = alert(2, 48);
    byte[] closeNotify = alert(1, 0);
    Talk[] refuse = talks(3, i -> ofTls(i, unknownCa));
    Talk[] check = talks(3, i -> ofTls(i, closeNotify));
    Ending refused = Story.of(refuse[2], refuse[0], refuse[1]).ending();

    assertHolds(Fact.TLS_REFUSED, refuse[0]);
    assertHoldsNot(Fact.TLS_REFUSED, check[0]);
    assertEquals(Cause.BAD_PROTOCOL, refused.cause());
    assertEquals(Sender.CLIENT, refused.endedBy());
    assertTrue(refused.says().contains("unknown CA"), refused.says());
    assertEquals(Cause.PROBE, Story.of(check[2], check[0], check[1]).ending().cause());
  }

  private static Talk plainToTls(int port) {
    Talk talk = client(port).pause(SECOND.multipliedBy(5L * port)).connect();
    return talk.client(AmqpBytes.header091()).broker(alert(2, 10)).socketReset(BROKER);
  }

  @Test
  void shouldNotCallItAHealthCheckThatAPortForTlsRefusedAgainAndAgain() {
    Story story = Story.of(plainToTls(2), plainToTls(0), plainToTls(1), client(9).open(60));

    assertTrue(story.facts().contains(Fact.TLS_REFUSED), story::toString);
    assertEquals(Cause.BAD_PROTOCOL, story.ending().cause(), story::toString);
    assertTrue(story.ending().says().contains("the port expects TLS"), story::toString);
  }

  /** As a SYN proxy does: it takes the connection with a window of 0, and asks the broker then. */
  private static Talk behindSynProxy(int window) {
    Talk talk = new Talk().syn();
    talk.packet(BROKER, Packets.SYN | Packets.ACK, p -> p.window(window)).missing(BROKER, 1);
    return talk.ack(CLIENT).pause(seconds(0.1)).socketReset(BROKER);
  }

  @Test
  void shouldTellARefusalBehindASynProxyFromABrokersReset() {
    assertHolds(Fact.REFUSED_BEHIND, behindSynProxy(0));
    assertHoldsNot(Fact.REFUSED_BEHIND, behindSynProxy(65_000));
  }

  @Test
  void shouldTellALoginEndedWithoutAWordFromOtherHandshakes() {
    assertHolds(Fact.ENDED_AT_LOGIN, login().pause(seconds(3)).socketReset(BROKER));
    assertHoldsNot(
        Fact.ENDED_AT_LOGIN, login().broker(AmqpBytes.tune(60)).pause(ODD).socketReset(BROKER));
  }

  @Test
  void shouldKnowTheTimeThatRabbitmqWaitsForEachStep() {
    assertHolds(Fact.HANDSHAKE_TIMEOUT_REACHED, started(seconds(10.02)).socketReset(BROKER));
    assertHoldsNot(Fact.HANDSHAKE_TIMEOUT_REACHED, started(seconds(3.37)).socketReset(BROKER));
  }

  @Test
  void shouldCallItStalledOnlyWhenTheBrokerWaited() {
    assertHolds(Fact.HANDSHAKE_STALLED, started(seconds(3.37)).socketReset(BROKER));
    assertHolds(Fact.ENDED_AMID_HANDSHAKE, started(seconds(0.2)).socketReset(BROKER));
    assertHoldsNot(Fact.HANDSHAKE_STALLED, started(seconds(0.2)).socketReset(BROKER));
    assertHoldsNot(Fact.ENDED_AMID_HANDSHAKE, started(seconds(3.37)).socketReset(BROKER));
  }

  @Test
  void shouldTellABrokerThatResetsWhatItTookFromACheckThatLeaves() {
    assertHolds(Fact.RESET_WHEN_ACCEPTED, new Talk().connect().socketReset(BROKER));
    assertHoldsNot(Fact.RESET_WHEN_ACCEPTED, new Talk().connect().fin(CLIENT).socketReset(BROKER));
  }

  @Test
  void shouldTellAClientAnsweredWithAnAlertFromOneThatLeavesEarly() {
    byte[] alert = {21, 3, 1, 0, 2, 2, 10};
    Talk answered = new Talk().connect().client(AmqpBytes.header091()).broker(alert);

    assertHolds(Fact.LEFT_AFTER_ANOTHER, answered.fin(CLIENT));
    assertHoldsNot(Fact.LEFT_AFTER_ANOTHER, started(Duration.ZERO).fin(CLIENT));
  }

  private static Talk asked(int port) {
    return client(port).connect().client(AmqpBytes.header091());
  }

  @Test
  void shouldTellAProxyWithoutAServerFromABrokerThatWaits() {
    assertHolds(Fact.START_OWED_AND_CLOSED, asked(0).pause(seconds(8)).fin(BROKER));
    assertHoldsNot(Fact.START_OWED_AND_CLOSED, asked(0).pause(seconds(8)).socketReset(BROKER));
    assertHoldsNot(Fact.START_OWED_AND_CLOSED, started(seconds(8)).fin(BROKER));
  }

  @Test
  void shouldTellAClientThatWaitsForTheStartInVainFromOneThatIsIdle() {
    assertHolds(Fact.START_AWAITED, asked(0).pause(seconds(9)).fin(CLIENT));
    assertHoldsNot(Fact.START_AWAITED, started(seconds(9)).fin(CLIENT));
    assertHoldsNot(Fact.START_AWAITED, new Talk().open(0).pause(seconds(9)).fin(CLIENT));
  }

  @Test
  void shouldNotCallAPortAWrongDoorThatOthersUse() {
    assertHolds(Fact.DOOR_RIGHT_FOR_OTHERS, asked(0).socketReset(BROKER), client(1).open(60));
    assertHoldsNot(Fact.DOOR_RIGHT_FOR_OTHERS, asked(0).socketReset(BROKER));
    assertHoldsNot(
        Fact.DOOR_RIGHT_FOR_OTHERS,
        new Talk().connect().client(TLS_HELLO).socketReset(BROKER),
        client(1).open(60));
  }

  @Test
  void shouldTellAProxyThatReachesNoBrokerFromABrokerThatResets() {
    Talk closed = new Talk().connect().fin(BROKER).client(AmqpBytes.header091());

    assertHolds(Fact.CLOSED_WHEN_ACCEPTED, closed.bareReset(BROKER));
    assertHoldsNot(Fact.CLOSED_WHEN_ACCEPTED, new Talk().connect().socketReset(BROKER));
    assertHoldsNot(Fact.RESET_AT_FIRST_BYTES, closed);
  }

  private static Talk synAgain(Talk talk) {
    for (int i = 0; i < 6; i++) {
      talk.syn().missing(CLIENT, -1).pause(seconds(1 << i));
    }
    return talk;
  }

  @Test
  void shouldKnowThatWhoSendsItsSynAgainHadNoAnswer() {
    Talk answered = new Talk().syn().missing(CLIENT, -1).pause(SECOND).connect().data(CLIENT, BEAT);

    assertHolds(Fact.NEVER_ANSWERED, synAgain(new Talk()));
    assertHoldsNot(Fact.NEVER_ANSWERED, answered.again(CLIENT).again(CLIENT).again(CLIENT));
  }

  /** Who else is connected shows where the capture was taken. */
  @Test
  void shouldKnowThatASynReachedTheBrokersHostWhereThatIsCaptured() {
    Talk atClient = client(1).ttl(CLIENT, 64).ttl(BROKER, 62).open(0);

    assertHolds(Fact.REACHED_BROKER, synAgain(client(0).pause(SECOND)), client(1).open(0));
    assertHoldsNot(
        Fact.REACHED_BROKER, synAgain(client(0).ttl(CLIENT, 64).pause(SECOND)), atClient);
  }

  @Test
  void shouldKnowThatOthersWereConnectedToAPortThatDoesNotAnswer() {
    assertHolds(Fact.TURNED_AWAY, synAgain(client(0).pause(SECOND)), client(1).open(0));
    assertHoldsNot(
        Fact.TURNED_AWAY,
        synAgain(client(0).pause(SECOND)),
        client(1).open(0).pause(ODD).socketReset(BROKER));
    assertHoldsNot(Fact.TURNED_AWAY, synAgain(client(0)), client(1).pause(seconds(60)).open(0));
  }

  @Test
  void shouldTellARefusalOfADeviceByItsDistance() {
    Talk near = client(0).pause(SECOND).syn().ttl(BROKER, 59).refusal();
    Talk own = client(0).pause(SECOND).syn().refusal();

    assertHolds(Fact.REFUSED_FROM_ELSEWHERE, near, client(1).open(0));
    assertHoldsNot(Fact.REFUSED_FROM_ELSEWHERE, own, client(1).open(0));
  }
}
