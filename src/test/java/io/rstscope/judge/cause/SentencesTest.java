package io.rstscope.judge.cause;

import static io.rstscope.judge.cause.Stories.*;
import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.judge.sender.Sender;
import io.rstscope.testing.IdleTimeout;
import io.rstscope.testing.Packets;
import io.rstscope.testing.Talk;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is said of an end: who ended it, and the words and numbers that tell. */
class SentencesTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private static void assertSays(
      Cause cause, Sender endedBy, String part, Talk talk, Talk... others) {
    Story story = Story.of(talk, others);
    assertEquals(cause, story.ending().cause(), story::toString);
    assertEquals(endedBy, story.ending().endedBy(), story::toString);
    assertTrue(story.ending().says().contains(part), story::toString);
  }

  private static Talk dies(int port) {
    return client(port).open(60).pause(ODD).socketReset(BROKER);
  }

  @Test
  void shouldSayThatItWasRefusedAndByWhichPort() {
    assertSays(
        Cause.REFUSED, Sender.UNDETERMINED, "listens on port 5672", new Talk().syn().refusal());
  }

  @Test
  void shouldTellTheKindsOfProbes() {
    Talk scan = new Talk().syn().synAck().answerDelay(CLIENT).bareReset(CLIENT);
    Talk started = new Talk().connect().client(AmqpBytes.header091()).broker(AmqpBytes.start());

    assertSays(Cause.PROBE, Sender.CLIENT, "a SYN scan", scan);
    assertSays(Cause.PROBE, Sender.CLIENT, "without a byte", new Talk().connect().fin(CLIENT));
    assertSays(Cause.PROBE, Sender.CLIENT, "began the handshake", started.fin(CLIENT));
    assertSays(
        Cause.PROBE,
        Sender.CLIENT,
        "sent a PROXY header",
        new Talk().connect().client(PROXY).fin(CLIENT));
  }

  @Test
  void shouldSayThatAResetAfterACloseOnlyClearsAway() {
    assertSays(
        Cause.NORMAL_CLOSE,
        Sender.CLIENT,
        "the RST only cleans up the socket",
        closed(new Talk().open(60)).fin(CLIENT).socketReset(BROKER));
    assertSays(
        Cause.NORMAL_CLOSE,
        Sender.CLIENT,
        "as after a connection.close that the capture does not show",
        tls(9).fin(CLIENT).socketReset(BROKER));
  }

  @Test
  void shouldTellTheWaysInWhichClientsEnd() {
    Talk error = new Talk().open(60).client(AmqpBytes.close(541, "INTERNAL_ERROR", 0, 0));

    assertSays(
        Cause.CLIENT_ABORT, Sender.CLIENT, "(FIN)", new Talk().open(60).pause(ODD).fin(CLIENT));
    assertSays(
        Cause.CLIENT_ABORT,
        Sender.CLIENT,
        "the client's own socket",
        new Talk().open(60).pause(ODD).socketReset(CLIENT));
    assertSays(
        Cause.CLIENT_ABORT,
        Sender.CLIENT,
        "with an error: 541 \"INTERNAL_ERROR\"",
        error.broker(AmqpBytes.closeOk()).fin(CLIENT).socketReset(BROKER));
  }

  @Test
  void shouldTellTheWaysInWhichBrokersEnd() {
    Talk alive = client(3).open(60).pause(seconds(20)).broker(BEAT);

    assertSays(Cause.BROKER_ABORT, Sender.BROKER, "the broker's own socket", dies(0));
    assertSays(
        Cause.BROKER_ABORT,
        Sender.BROKER,
        "3 connections at once, without connection.close: its process ended",
        dies(0),
        dies(1),
        dies(2));
    assertSays(
        Cause.BROKER_ABORT,
        Sender.BROKER,
        "others of its connections stayed up",
        dies(0),
        dies(1),
        dies(2),
        alive);
    assertSays(
        Cause.BROKER_ABORT,
        Sender.BROKER,
        "before a byte was sent",
        new Talk().connect().socketReset(BROKER));
    assertSays(
        Cause.BROKER_ABORT,
        Sender.BROKER,
        "(FIN)",
        client(0).open(60).pause(ODD).fin(BROKER),
        closed(client(1).open(0)).fin(CLIENT).fin(BROKER).ack(CLIENT));
  }

  @Test
  void shouldTellTheWaysInWhichTimersShow() {
    Talk open = new Talk().open(0).pause(seconds(300));
    Talk[] twice = talks(2, i -> used(client(i).pause(HOUR.multipliedBy(i)), 10 * i));
    for (Talk talk : twice) {
      talk.pause(seconds(300.01)).fin(CLIENT);
    }

    assertIdle(
        "the client's side closed without",
        used(new Talk(), 10).pause(seconds(300.01)).fin(CLIENT));
    assertIdle(
        "with FIN and RST", new Talk().open(0).pause(seconds(50)).fin(CLIENT).socketReset(CLIENT));
    assertIdle(
        "after 400 s idle a device in the path no longer knew",
        IdleTimeout.forgotten(new Talk().open(0), seconds(400)));
    assertIdle("reset both sides", IdleTimeout.resetByDevice(new Talk().open(0), seconds(300)));
    assertIdle("unprompted", open.ttl(CLIENT, 63).craftedReset(CLIENT));
    assertIdle(
        "the client's side reset it", used(new Talk(), 10).pause(seconds(300)).socketReset(CLIENT));
    assertIdle("as 2 ends at different moments show", twice[0], twice[1]);
  }

  private static Talk used(Talk talk, int seconds) {
    return talk.open(0).pause(seconds(seconds)).client(BEAT);
  }

  private static void assertIdle(String part, Talk talk, Talk... others) {
    assertSays(Cause.IDLE_TIMEOUT, Sender.MIDDLEBOX, part, talk, others);
  }

  @Test
  void shouldSayWhatTheBrokerDidNotAccept() {
    Talk opening = login().broker(AmqpBytes.tune(60)).client(AmqpBytes.tuneOk(60));
    opening.client(AmqpBytes.open("orders")).pause(seconds(0.2));

    assertSays(
        Cause.AUTH_FAILURE,
        Sender.BROKER,
        "user or password",
        login().pause(seconds(3)).socketReset(BROKER));
    assertSays(Cause.AUTH_FAILURE, Sender.BROKER, "virtual host", opening.socketReset(BROKER));
    assertSays(
        Cause.AUTH_FAILURE,
        Sender.BROKER,
        "refused the login: 403 \"ACCESS_REFUSED\"",
        login().broker(AmqpBytes.close(403, "ACCESS_REFUSED", 0, 0)).socketReset(BROKER));
  }

  @Test
  void shouldSayWhatAPortDoesNotTake() {
    byte[] alert = {21, 3, 1, 0, 2, 2, 40};
    Talk header = new Talk().connect().client(AmqpBytes.header091());

    assertSays(
        Cause.BAD_PROTOCOL, Sender.BROKER, "such as TLS or a PROXY", header.socketReset(BROKER));
    assertSays(
        Cause.BAD_PROTOCOL,
        Sender.BROKER,
        "TLS hello",
        new Talk().connect().client(TLS_HELLO).socketReset(BROKER));
    assertSays(
        Cause.BAD_PROTOCOL,
        Sender.BROKER,
        "a TLS alert (handshake failure)",
        new Talk().connect().client(TLS_HELLO).broker(alert).fin(BROKER));
    assertSays(
        Cause.BAD_PROTOCOL,
        Sender.BROKER,
        "the client sent AMQP 0-9-1",
        new Talk()
            .connect()
            .client(AmqpBytes.header091())
            .broker(AmqpBytes.header(0, 0, 8, 0))
            .socketReset(BROKER));
  }

  @Test
  void shouldSayWhoOwedTheNextStepAndForHowLong() {
    Talk started = new Talk().connect().client(AmqpBytes.header091()).broker(AmqpBytes.start());

    assertSays(
        Cause.HANDSHAKE_TIMEOUT,
        Sender.BROKER,
        "10.0 s after the client's last step: the client did not answer connection.start",
        started.pause(seconds(10)).socketReset(BROKER));
    assertSays(
        Cause.HANDSHAKE_TIMEOUT,
        Sender.BROKER,
        "the client had sent nothing",
        new Talk().connect().pause(seconds(10)).socketReset(BROKER));
    assertSays(
        Cause.HANDSHAKE_TIMEOUT,
        Sender.BROKER,
        "the client did not answer tune with tune-ok",
        login().broker(AmqpBytes.tune(60)).pause(seconds(10)).socketReset(BROKER));
  }

  @Test
  void shouldSayWhyAChannelWasClosed() {
    String text = "PRECONDITION_FAILED - delivery acknowledgement on channel 1 timed out";
    Talk late = new Talk().open(60).broker(AmqpBytes.channelClose(406, text)).pause(seconds(0.8));
    Talk other = new Talk().open(60).broker(AmqpBytes.channelClose(404, "NOT_FOUND"));

    assertSays(Cause.CONSUMER_TIMEOUT, Sender.BROKER, "(406 \"" + text, late.fin(CLIENT));
    assertSays(
        Cause.BROKER_CLOSED,
        Sender.BROKER,
        "(404 \"NOT_FOUND\"); then the client left",
        other.pause(seconds(0.8)).fin(CLIENT));
  }

  @Test
  void shouldRepeatTheBrokersWordsAndSayWhereTheyAreCut() {
    assertSays(
        Cause.BROKER_CLOSED,
        Sender.BROKER,
        "541 \"INTERNAL_ERROR\"",
        new Talk().open(60).broker(AmqpBytes.close(541, "INTERNAL_ERROR", 0, 0)).fin(BROKER));
    assertSays(
        Cause.BROKER_CLOSED,
        Sender.BROKER,
        "the capture cuts the text",
        new Talk().open(60).broker(AmqpBytes.close(320, "", 0, 0)).socketReset(BROKER));
  }

  @Test
  void shouldCountRetransmissions() {
    assertSays(
        Cause.SILENT_DROP,
        Sender.UNDETERMINED,
        "the client retransmitted 4 times without an ACK",
        unanswered(new Talk().open(0), CLIENT, 4));
    assertSays(
        Cause.SILENT_DROP,
        Sender.UNDETERMINED,
        "4 times in 5.37 s without an ACK, and gave up",
        unanswered(new Talk().open(0), CLIENT, 4).socketReset(CLIENT));
  }

  @Test
  void shouldSayWhatIsOutstandingOfAConnectionThatIsUp() {
    assertSays(Cause.STILL_OPEN, Sender.UNDETERMINED, "was up when", new Talk().open(60));
    assertSays(
        Cause.STILL_OPEN,
        Sender.UNDETERMINED,
        "the broker's packet in frame 16 had not been acknowledged yet",
        new Talk().open(60).data(BROKER, BEAT));
    assertSays(Cause.STILL_OPEN, Sender.UNDETERMINED, "after the RST in frame 16", ignoredReset());
  }

  @Test
  void shouldTellTheWaysInWhichDevicesFail() {
    Talk[] hosts = talks(5, i -> IdleTimeout.forgotten(host(i).open(0), seconds(400)));
    Talk untranslated = new Talk("10.0.9.9", 40_000).pause(seconds(2)).data(CLIENT, BEAT);

    assertSays(
        Cause.STATE_LOST,
        Sender.MIDDLEBOX,
        "5 connections were answered like this",
        hosts[0],
        hosts[1],
        hosts[2],
        hosts[3],
        hosts[4]);
    assertSays(
        Cause.STATE_LOST,
        Sender.MIDDLEBOX,
        "no longer translated",
        untranslated.bareReset(BROKER),
        new Talk("10.0.1.1", 40_000).open(0).pause(seconds(2)));
    assertSays(
        Cause.INJECTED_RESET,
        Sender.MIDDLEBOX,
        "an RST with the client's source address",
        new Talk().open(60).client(AmqpBytes.publish(100)).ttl(CLIENT, 63).craftedReset(CLIENT));
  }

  @Test
  void shouldNotTakeTheBrokersSendTimeoutForATimerOfAProxy() {
    Talk full = new Talk().open(0).broker(AmqpBytes.deliver(1000));
    full.packet(CLIENT, Packets.ACK, p -> p.window(0)).pause(seconds(30));

    assertSays(Cause.SLOW_CONSUMER, Sender.BROKER, "window was 0", full.socketReset(BROKER));
  }

  @Test
  void shouldSayWhatCannotBeRead() {
    assertSays(
        Cause.UNDETERMINED,
        Sender.CLIENT,
        "the capture has no payload",
        filtered().fin(CLIENT).socketReset(BROKER));
    assertSays(
        Cause.UNDETERMINED,
        Sender.UNDETERMINED,
        "only the RST is in the capture",
        new Talk().bareReset(CLIENT));
  }

  @Test
  void shouldNameTheTwoLikeliestWhenItIsOpen() {
    assertSays(
        Cause.UNDETERMINED,
        Sender.UNDETERMINED,
        "perhaps a proxy in between ended (proxy-failure, 0.41), or the broker's process ended",
        new Talk().open(60).pause(ODD).fin(BROKER).fin(CLIENT));
  }

  @Test
  void shouldSayThatTheBrokerHadBlockedTheClientThatLeft() {
    Talk blocked = new Talk().open(60).broker(AmqpBytes.blocked("low on memory"));

    assertSays(
        Cause.CLIENT_ABORT,
        Sender.CLIENT,
        "had blocked publishing (low on memory) for 20.0 s, and the client stopped waiting",
        blocked.pause(seconds(20)).fin(CLIENT));
  }

  /** The client's packet does not arrive; the broker's heartbeats do. */
  private static Talk lostToTheBroker(Talk talk) {
    int lost = BEAT.length;
    talk.pause(SECOND).data(CLIENT, BEAT);
    for (int i = 0; i < 5; i++) {
      talk.pause(seconds(2)).missing(CLIENT, -lost).data(BROKER, BEAT).missing(CLIENT, lost);
      talk.again(CLIENT);
    }
    return talk.pause(ODD).missing(CLIENT, -lost).socketReset(BROKER);
  }

  @Test
  void shouldSayThatOneDirectionWasLostAndNotThatTheBrokerCrashed() {
    assertSays(
        Cause.MISSED_HEARTBEATS,
        Sender.BROKER,
        "what the client sent was not acknowledged for 11.4 s with a heartbeat of 4 s",
        lostToTheBroker(new Talk().open(4)));
    assertSays(
        Cause.MISSED_HEARTBEATS,
        Sender.BROKER,
        "what the client sent was not acknowledged for 11.4 s, so the broker gave up",
        lostToTheBroker(tls(3)));
  }

  /** A byte range of the client never arrives; what comes after it does. */
  private static Talk hole() {
    Talk talk = new Talk().open(4).pause(SECOND).missing(CLIENT, 1448).data(CLIENT, BEAT);
    int lost = 1448 + BEAT.length;
    for (int i = 0; i < 5; i++) {
      talk.missing(CLIENT, -lost).pause(seconds(2)).data(BROKER, BEAT).missing(CLIENT, lost);
    }
    return talk.pause(ODD).missing(CLIENT, -lost).socketReset(BROKER);
  }

  @Test
  void shouldSayThatSomePacketsWereLostWhereAHoleWasNeverFilled() {
    assertSays(Cause.MISSED_HEARTBEATS, Sender.BROKER, "the earlier ones never did", hole());
  }

  @Test
  void shouldSayHowLongAClientSlept() {
    Talk slept = new Talk().ttl(BROKER, 62).open(4).pause(seconds(60.37)).data(CLIENT, BEAT);

    assertSays(
        Cause.MISSED_HEARTBEATS,
        Sender.BROKER,
        "had sent nothing for 60.4 s with a heartbeat of 4 s",
        slept.answerDelay(BROKER).bareReset(BROKER));
  }
}
