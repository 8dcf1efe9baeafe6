package io.rstscope.judge.cause;

import static io.rstscope.judge.cause.Stories.*;
import static io.rstscope.judge.cause.Story.assertHolds;
import static io.rstscope.judge.cause.Story.assertHoldsNot;
import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.testing.IdleTimeout;
import io.rstscope.testing.Talk;
import org.junit.jupiter.api.Test;

/** How connections end, before anything else is known. */
class HowItEndedTest {
  @Test
  void shouldTellARefusedConnectionFromOneThatWasResetAtOnce() {
    assertHolds(Fact.REFUSED, new Talk().syn().refusal());
    assertHoldsNot(Fact.REFUSED, new Talk().connect().socketReset(BROKER));
  }

  @Test
  void shouldKnowAConnectionThatIsUpAndOneThatWasNotOpenYet() {
    Talk opening = new Talk().connect().data(CLIENT, AmqpBytes.header091());

    assertHolds(Fact.UP, new Talk().open(60));
    assertHolds(Fact.NO_END_SEEN, opening);
    assertHoldsNot(Fact.UP, opening);
    assertHoldsNot(Fact.NO_END_SEEN, new Talk().open(60));
    assertHoldsNot(Fact.UP, new Talk().open(60).fin(CLIENT));
  }

  @Test
  void shouldSeeThatAConnectionLivedOnAfterAResetAndWhenItDidNot() {
    assertHolds(Fact.LIVED_ON, ignoredReset());
    assertHoldsNot(Fact.LIVED_ON, ignoredReset().socketReset(CLIENT));
  }

  @Test
  void shouldTellACloseLongAfterAnIgnoredResetFromALoss() {
    assertHolds(Fact.IGNORED_THEN_CLOSED, closed(ignoredReset()).fin(CLIENT).socketReset(BROKER));
    assertHoldsNot(Fact.IGNORED_THEN_CLOSED, ignoredReset().fin(CLIENT).socketReset(BROKER));
  }

  @Test
  void shouldTakeTheFirstFinForTheEndWhenAmqpHadNotClosedBefore() {
    Talk open = new Talk().open(60).pause(ODD);

    assertHolds(Fact.FIN_BY_CLIENT, open.fin(CLIENT).socketReset(BROKER));
    assertHoldsNot(Fact.FIN_BY_CLIENT, closed(new Talk().open(60)).fin(CLIENT).socketReset(BROKER));
  }

  @Test
  void shouldBlameTheSideWhoseFinCameFirst() {
    assertHolds(Fact.FIN_BY_BROKER, new Talk().open(60).pause(ODD).fin(BROKER).fin(CLIENT));
    assertHoldsNot(Fact.FIN_BY_BROKER, new Talk().open(60).pause(ODD).fin(CLIENT).fin(BROKER));
  }

  @Test
  void shouldTellTheClientsSocketFromAHostThatKnowsNoSuchConnection() {
    Talk socket = new Talk().open(60).pause(ODD).socketReset(CLIENT);
    Talk host = new Talk().open(60).pause(seconds(33.47)).data(BROKER, BEAT).bareReset(CLIENT);

    assertHolds(Fact.RESET_BY_CLIENT, socket);
    assertHolds(Fact.RESET_BY_CLIENT_HOST, host);
    assertHoldsNot(Fact.RESET_BY_CLIENT, host);
    assertHoldsNot(Fact.RESET_BY_CLIENT_HOST, socket);
  }

  @Test
  void shouldTellTheBrokersSocketFromAHostThatKnowsNoSuchConnection() {
    Talk socket = new Talk().open(60).pause(ODD).socketReset(BROKER);
    Talk host = new Talk().ttl(BROKER, 62).open(60).pause(seconds(21.37)).data(CLIENT, BEAT);

    assertHolds(Fact.RESET_BY_BROKER, socket);
    assertHolds(Fact.RESET_BY_BROKER_HOST, host.bareReset(BROKER));
    assertHoldsNot(Fact.RESET_BY_BROKER, host);
    assertHoldsNot(Fact.RESET_BY_BROKER_HOST, socket);
    assertHoldsNot(Fact.RESET_BY_BROKER, new Talk().open(60).fin(CLIENT).socketReset(BROKER));
  }

  @Test
  void shouldNotBlameTheHostInWhoseNameADeviceOnTheWaySpeaks() {
    Talk device = IdleTimeout.forgotten(new Talk().open(0), seconds(400));

    assertHolds(Fact.RESET_BY_MIDDLEBOX, device);
    assertHoldsNot(Fact.RESET_BY_CLIENT_HOST, device);
    assertHoldsNot(Fact.RESET_BY_MIDDLEBOX, new Talk().open(0).pause(ODD).socketReset(CLIENT));
  }

  @Test
  void shouldSeeThatNobodyAnswersAndWhenSomebodyDid() {
    Talk late = unanswered(new Talk().open(0), CLIENT, 4);

    assertHolds(Fact.NO_ANSWER, late);
    assertHoldsNot(Fact.NO_ANSWER, unanswered(new Talk().open(0), CLIENT, 4).ack(BROKER));
  }
}
