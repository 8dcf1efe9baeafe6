package io.rstscope.judge.cause;

import static io.rstscope.judge.cause.Stories.*;
import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.net.Side;
import io.rstscope.testing.Packets;
import io.rstscope.testing.Talk;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of rarer ends: of devices, second hosts, proxies, and of what cannot be read. */
class RarerSentencesTest {
  private static final long SECOND_MAC = 0x02_00_00_00_00_99L;

  private static void assertSays(Cause cause, String part, Talk talk, Talk... others) {
    Story story = Story.of(talk, others);
    assertEquals(cause, story.ending().cause(), story::toString);
    assertTrue(story.ending().says().contains(part), story::toString);
  }

  // ---- never connected

  private static Talk synAgain(Talk talk) {
    for (int i = 0; i < 6; i++) {
      talk.syn().missing(CLIENT, -1).pause(seconds(1 << i));
    }
    return talk;
  }

  @Test
  void shouldSayWhetherThePortServedOthersThatDidNotAnswer() {
    assertSays(
        Cause.SILENT_DROP,
        "retransmitted its SYN 5 times without an answer: the host is down, or a filter drops it",
        synAgain(new Talk()));
    assertSays(
        Cause.SILENT_DROP,
        "while the port accepted others: a limit or a filter drops it",
        synAgain(client(0).pause(SECOND)),
        client(1).ttl(BROKER, 62).open(0));
    assertSays(
        Cause.SILENT_DROP,
        "though it reached the broker's host: its listen queue is full",
        synAgain(client(0).pause(SECOND)),
        client(1).open(0));
  }

  @Test
  void shouldSayWhetherTheHostOrADeviceRefused() {
    Talk own = client(0).pause(SECOND).syn().refusal();
    Talk near = client(0).pause(SECOND).syn().ttl(BROKER, 59).refusal();

    assertSays(Cause.REFUSED, "nothing listens on port 5672", own, client(1).open(0));
    assertSays(
        Cause.REFUSED,
        "a device in the path refused the connection with the broker's source address (spoofed)",
        near,
        client(1).open(0));
  }

  // ---- the handshake

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | the broker did not answer the client's protocol header with connection.start",
        "2 | the client did not answer connection.start with start-ok",
        "4 | the client did not answer tune with tune-ok",
        "5 | the client did not send connection.open"
      })
  void shouldSayWhoOwedWhichStep(int steps, String owed) {
    byte[][] words = {
      AmqpBytes.header091(),
      AmqpBytes.start(),
      AmqpBytes.startOk(AmqpBytes.clientProperties()),
      AmqpBytes.tune(60),
      AmqpBytes.tuneOk(60)
    };
    Talk talk = new Talk().connect();
    for (int i = 0; i < steps; i++) {
      boolean ofBroker = i == 1 || i == 3;
      if (ofBroker) {
        talk.broker(words[i]);
      } else {
        talk.client(words[i]);
      }
    }

    assertSays(Cause.HANDSHAKE_TIMEOUT, owed, talk.pause(seconds(10)).socketReset(BROKER));
  }

  @Test
  void shouldSayThatAPortAnsweredWithSomethingElse() {
    byte[] another = AmqpBytes.bytes().ascii("HTTP/1.1 400 Bad Request\r\n\r\n").array();
    Talk answered = new Talk().connect().client(AmqpBytes.header091()).broker(another);
    byte[] http = AmqpBytes.bytes().ascii("GET / HTTP/1.1\r\n\r\n").array();

    assertSays(
        Cause.BAD_PROTOCOL,
        "answered the client's first bytes with something other than connection.start",
        answered.socketReset(BROKER));
    assertSays(
        Cause.BAD_PROTOCOL,
        ", which this port does not accept",
        new Talk().connect().client(http).socketReset(BROKER));
  }

  @Test
  void shouldSayThatAProxyHadNoServer() {
    Talk asked = client(0).connect().client(AmqpBytes.header091()).pause(seconds(8));

    assertSays(
        Cause.PROXY_FAILURE, "8.00 s without sending connection.start: a proxy", asked.fin(BROKER));
  }

  // ---- who has the address

  private static Talk answeredBySecond(Side side) {
    Talk talk = new Talk().ttl(CLIENT, 64).ttl(BROKER, 64).open(0).pause(ODD);
    long mac = side == CLIENT ? Packets.CLIENT_MAC : Packets.BROKER_MAC;
    talk.data(side.other(), BEAT).mac(side, SECOND_MAC).bareReset(side).mac(side, mac);
    return talk.pause(SECOND).data(side, BEAT).pause(SECOND).again(side);
  }

  private static Talk ofSecond(Side side) {
    Talk talk = client(5).ttl(CLIENT, 64).ttl(BROKER, 64);
    return talk.mac(side, SECOND_MAC).open(0);
  }

  @Test
  void shouldNameBothHostsThatHaveOneAddress() {
    assertSays(
        Cause.CLIENT_GONE,
        "two hosts use the client's address 10.0.1.1 at the same time: the one with MAC address"
            + " 02:00:00:00:00:99 reset a connection of the one with 02:00:00:00:00:01",
        answeredBySecond(CLIENT),
        ofSecond(CLIENT));
    assertSays(
        Cause.BROKER_GONE,
        "two hosts use the broker's address 10.0.0.2",
        answeredBySecond(BROKER),
        ofSecond(BROKER));
  }

  @Test
  void shouldSayThatAHostNoLongerKnewTheConnection() {
    Talk client = new Talk().open(60).pause(seconds(33.47)).data(BROKER, BEAT).bareReset(CLIENT);
    Talk broker = new Talk().ttl(BROKER, 62).open(60).pause(seconds(21.37)).data(CLIENT, BEAT);

    assertSays(
        Cause.CLIENT_GONE, "the client's host answered the broker with an RST because", client);
    assertSays(
        Cause.BROKER_GONE,
        "the broker's host no longer knew the connection when the client spoke",
        broker.bareReset(BROKER));
  }

  // ---- NATs that forget

  private static Talk renamed(Talk talk) {
    int sent = 1 + BEAT.length;
    talk.pause(seconds(61.37)).missing(CLIENT, sent).missing(BROKER, sent);
    return talk.data(CLIENT, BEAT).bareReset(BROKER);
  }

  @Test
  void shouldSayFromWhereAConnectionWasPassedOnAnew() {
    Talk older = client(0).connect().client(BEAT).broker(BEAT);

    assertSays(
        Cause.IDLE_TIMEOUT,
        "this continues the connection from 10.0.1.1:40000, idle for 61.4 s: a NAT had forgotten it"
            + " and forwarded it from another port",
        renamed(client(7)),
        older);
  }

  // ---- who gave up, and who was not heard

  @Test
  void shouldRepeatWhatTheBrokerSaidOfASilentClient() {
    String words = "no frame received from client within idle timeout";
    byte[] idle = AmqpBytes.close10("amqp:resource-limit-exceeded", words);

    assertSays(
        Cause.MISSED_HEARTBEATS,
        "the broker closed the connection: amqp:resource-limit-exceeded \"" + words + "\"",
        new Talk().open10(10, 60).broker(idle).fin(BROKER));
  }

  @Test
  void shouldSayThatTheClientHadReceivedNothing() {
    Talk talk = new Talk().open(0);
    for (int i = 0; i < 3; i++) {
      talk.pause(seconds(3)).missing(CLIENT, -1).ack(CLIENT).missing(CLIENT, 1).ack(BROKER);
    }
    talk.pause(seconds(3)).withoutTimestamps();
    int clock = (int) ((talk.now() - Talk.START) / 1_000_000) + 1_000_000;

    assertSays(
        Cause.SILENT_DROP,
        "by its TSecr, the client had received nothing for 12.0 s, though the broker had sent"
            + " packets",
        talk.packet(CLIENT, Packets.RST | Packets.ACK, p -> p.timestamps(clock, clock - 12_000)));
  }

  @Test
  void shouldSayWhichDirectionATimerCounts() {
    Talk[] own = talks(3, i -> ownSilence(i));

    assertSays(
        Cause.IDLE_TIMEOUT,
        "after the client's last byte, while the other side kept sending",
        own[0],
        own[1],
        own[2]);
  }

  /** The broker speaks every second, the client never; half a minute later its side closes. */
  private static Talk ownSilence(int port) {
    Talk talk = client(port).pause(Duration.ofHours(port)).open(0);
    talk.pause(seconds(2 + port)).client(BEAT);
    for (int i = 0; i < 30; i++) {
      talk.pause(Duration.ofNanos(999_580_000)).broker(BEAT);
    }
    return talk.fin(CLIENT);
  }

  // ---- what cannot be read

  @Test
  void shouldSayWhyItCannotBeTold() {
    Talk one = new Talk().data(CLIENT, BEAT).pause(seconds(3.37)).data(CLIENT, BEAT);
    Talk late = new Talk().ack(CLIENT).ack(BROKER).fin(CLIENT).socketReset(BROKER);

    assertSays(
        Cause.UNDETERMINED, "one direction alone does not show why", one.socketReset(BROKER));
    assertSays(Cause.UNDETERMINED, "what was sent before is not in the capture", late);
  }

  @Test
  void shouldSayHowLongTheBrokerBlockedTheClientThatItReset() {
    Talk blocked = new Talk().open(60).broker(AmqpBytes.blocked("")).pause(ODD);

    assertSays(
        Cause.BROKER_ABORT,
        "; the broker had blocked publishing for 1.37 s",
        blocked.socketReset(BROKER));
  }
}
