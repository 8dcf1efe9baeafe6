package io.rstscope.judge.cause;

import static io.rstscope.judge.cause.Stories.*;
import static io.rstscope.judge.cause.Story.assertHolds;
import static io.rstscope.judge.cause.Story.assertHoldsNot;
import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.testing.Talk;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Nothing is claimed from what is not in the capture, or cannot be read. */
class UnreadableEndTest {
  private static Talk fin(Talk talk) {
    return talk.fin(CLIENT).socketReset(BROKER);
  }

  @Test
  void shouldKnowThatOneDirectionIsMissing() {
    Talk one = new Talk().data(CLIENT, BEAT).pause(seconds(3.37)).data(CLIENT, BEAT);

    assertHolds(Fact.ONE_DIRECTION, one.socketReset(BROKER));
    assertHoldsNot(Fact.ONE_DIRECTION, fin(new Talk().open(60).pause(ODD)));
  }

  @Test
  void shouldTellWithinTlsACloseThatMayBeFromAnEndAfterSilence() {
    Talk confirmed = fin(tls(9));
    Talk clientLast = fin(tls(9).client(TLS_DATA));
    Talk silent = fin(tls(9).pause(seconds(61.37)));

    assertHolds(Fact.TLS_CONFIRMED_END, confirmed);
    assertHolds(Fact.TLS_BUSY_END, clientLast);
    assertHolds(Fact.TLS_IDLE_END, silent);
    assertHoldsNot(Fact.TLS_CONFIRMED_END, clientLast);
    assertHoldsNot(Fact.TLS_BUSY_END, silent);
    assertHoldsNot(Fact.TLS_IDLE_END, confirmed);
  }

  @Test
  void shouldTellAnAlertBeforeAProperEndFromARecordOfData() {
    byte[] alert = {21, 3, 3, 0, 2, 1, 0};

    assertHolds(Fact.TLS_ALERT, fin(tls(9).data(CLIENT, alert)));
    assertHoldsNot(Fact.TLS_ALERT, fin(tls(9).data(CLIENT, TLS_DATA)));
  }

  @Test
  void shouldKnowThatTheCaptureHoldsNoPayload() {
    assertHolds(Fact.NO_PAYLOAD, fin(new Talk().snapLength(54).open(60).pause(ODD)));
    assertHoldsNot(Fact.NO_PAYLOAD, fin(new Talk().open(60).pause(ODD)));
  }

  @Test
  void shouldKnowThatTheCaptureBeganJustBeforeTheEnd() {
    assertHolds(Fact.BEGAN_LATE, fin(new Talk().ack(CLIENT).ack(BROKER)));
    assertHoldsNot(Fact.BEGAN_LATE, fin(new Talk().ack(CLIENT).ack(BROKER).pause(seconds(3.37))));
  }

  @Test
  void shouldKnowThatBytesAreMissingAmongWhichACloseMayBe() {
    assertHolds(Fact.BYTES_MISSING, fin(new Talk().open(60).missing(CLIENT, 500).client(BEAT)));
    assertHoldsNot(Fact.BYTES_MISSING, fin(new Talk().open(60).client(BEAT)));
  }

  @Test
  void shouldKnowThatPacketsAreCutAmongWhichACloseMayBe() {
    assertHolds(
        Fact.PACKETS_CUT, fin(new Talk().open(60).snapLength(70).client(AmqpBytes.publish(500))));
    assertHoldsNot(Fact.PACKETS_CUT, fin(new Talk().open(60).client(AmqpBytes.publish(500))));
  }

  @Test
  void shouldTellAnotherProtocolThatWasSpokenFromOneThatWasNotTaken() {
    byte[] request = "GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII);

    assertHolds(Fact.FOREIGN_WORDS, fin(new Talk().connect().client(request).broker(request)));
    assertHoldsNot(Fact.FOREIGN_WORDS, new Talk().connect().client(request).socketReset(BROKER));
  }

  @Test
  void shouldKnowThatOnlyTheResetIsInTheCapture() {
    assertHolds(Fact.ONLY_RESETS, new Talk().bareReset(CLIENT));
    assertHoldsNot(Fact.ONLY_RESETS, new Talk().data(CLIENT, BEAT).bareReset(CLIENT));
  }

  private static Talk cut() {
    return new Talk().open(60).pause(ODD).snapLength(70).client(AmqpBytes.publish(500));
  }

  @Test
  void shouldTellAConfirmedCloseFromLastWordsInCutPackets() {
    assertHolds(Fact.CUT_CONFIRMED_END, fin(cut().broker(AmqpBytes.deliver(500))));
    assertHoldsNot(Fact.CUT_CONFIRMED_END, fin(cut()));
  }

  /** Of a client that consumes; what the broker sends then, last of all, is cut. */
  private static Talk consuming(int deliveries, long apartMillis) {
    Talk talk = new Talk().open(60).client(AmqpBytes.publish(9)).snapLength(70);
    for (int i = 0; i < deliveries; i++) {
      talk.pause(Duration.ofMillis(apartMillis)).broker(AmqpBytes.deliver(500));
    }
    return talk;
  }

  @Test
  void shouldSuspectACloseOfTheBrokerWhereItSeldomSpeaksAndTheClientLeavesAtOnce() {
    Talk closed = consuming(3, 4_000);
    Talk busy = consuming(300, 20);

    assertHolds(Fact.CUT_ANSWER_END, closed.fin(CLIENT).socketReset(BROKER));
    assertHoldsNot(Fact.CUT_ANSWER_END, busy.fin(CLIENT).socketReset(BROKER));
    assertHoldsNot(Fact.CUT_ANSWER_END, fin(consuming(3, 4_000).pause(ODD)));
  }

  @Test
  void shouldNotCallHarmlessWhatEndedAsSoonAsALoginThatIsRefused() {
    Talk brief = new Talk().open(60).snapLength(70).client(AmqpBytes.publish(500));
    Talk answered = brief.broker(AmqpBytes.deliver(500));

    assertHolds(Fact.BRIEF_AND_UNREAD, fin(answered));
    assertHoldsNot(Fact.CUT_CONFIRMED_END, fin(answered));
    assertHoldsNot(Fact.BRIEF_AND_UNREAD, fin(cut().broker(AmqpBytes.deliver(500))));
  }

  @Test
  void shouldKnowThatRabbitmqItselfSendsFinFirstOverTls() {
    assertHolds(Fact.TLS_ENDED_BY_BROKER, tls(9).pause(ODD).fin(BROKER));
    assertHoldsNot(Fact.TLS_ENDED_BY_BROKER, new Talk().open(0).pause(ODD).fin(BROKER));
  }
}
