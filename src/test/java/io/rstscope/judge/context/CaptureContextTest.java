package io.rstscope.judge.context;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.net.Side;
import io.rstscope.reset.Bystanders;
import io.rstscope.reset.FlowObservation;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.IdleTimeout;
import io.rstscope.testing.Packets;
import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What other connections of a capture say of one. */
class CaptureContextTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final List<FlowObservation> flows = new ArrayList<>();

  private CaptureContext of(Talk... talks) {
    flows.clear();
    Bystanders bystanders = Analysis.observe(flows, talks);
    return new CaptureContext(flows, Recording.of(null, flows, 0, 0), bystanders);
  }

  private FlowObservation flow(int port) {
    return flows.stream().filter(each -> each.client().port() == port).findFirst().get();
  }

  private static Talk talk(int port) {
    return new Talk("10.0.1.1", port);
  }

  // ---- probes

  private int probes(Talk... talks) {
    return of(talks).probesFrom(flows.get(0));
  }

  @Test
  void shouldCountThoseThatLeftBeforeALogin() {
    Talk empty = talk(1).connect().fin(CLIENT);
    Talk started = talk(2).connect().client(AmqpBytes.header091()).broker(AmqpBytes.start());

    assertEquals(2, probes(empty, started.fin(CLIENT)));
  }

  @Test
  void shouldNotCountThoseThatLoggedInOrStayedOrWereNotSeenToBegin() {
    Talk login = talk(1).connect().client(AmqpBytes.header091()).broker(AmqpBytes.start());
    login.client(AmqpBytes.startOk(AmqpBytes.clientProperties())).fin(CLIENT);

    assertEquals(0, probes(login));
    assertEquals(0, probes(talk(1).connect().pause(SECOND.multipliedBy(3)).fin(CLIENT)));
    assertEquals(0, probes(talk(1).ack(CLIENT).ack(BROKER).fin(CLIENT)));
    assertEquals(0, probes(talk(1).open(60).fin(CLIENT)));
    assertEquals(1, probes(talk(1).connect().fin(CLIENT), new Talk("10.0.1.2", 2).connect()));
  }

  // ---- the broker

  @Test
  void shouldKnowByOrderlyClosesHowTheBrokerEndsThem() {
    Talk lingerOn = talk(1).open(60).client(AmqpBytes.close(200, "Bye", 0, 0));
    lingerOn.broker(AmqpBytes.closeOk()).fin(CLIENT).socketReset(BROKER);
    Talk killed = talk(1).open(60).pause(SECOND).socketReset(BROKER);

    CaptureContext on = of(lingerOn);
    assertTrue(on.resetsItsCloses(flow(1)));
    assertFalse(on.closesWithFin(flow(1)));
    assertFalse(of(killed).resetsItsCloses(flow(1)), "that was no close");
  }

  @Test
  void shouldSeeThatAPortRefusesAfterwards() {
    CaptureContext found =
        of(talk(1).open(0).fin(BROKER), talk(2).pause(SECOND.multipliedBy(9)).syn().refusal());
    long refused = flow(2).resets().get(0).packet().timeNanos();

    assertTrue(found.refusedAfterwards(flow(1), refused - 1));
    assertFalse(found.refusedAfterwards(flow(1), refused));
  }

  @Test
  void shouldKnowThatABrokerLivesOnOnlyByItsPacketsWellAfterwards() {
    Talk reset = talk(1).open(60).pause(SECOND).socketReset(BROKER);
    Talk soon = talk(2).open(60).pause(SECOND.multipliedBy(2)).broker(AmqpBytes.heartbeat());
    Talk later = talk(2).open(60).pause(SECOND.multipliedBy(4)).broker(AmqpBytes.heartbeat());

    assertFalse(of(reset, soon).brokerLivesOn(flow(1), flow(1).decisiveReset()));
    assertTrue(of(reset, later).brokerLivesOn(flow(1), flow(1).decisiveReset()));
  }

  @Test
  void shouldCountSocketsThatEndTogetherWithoutAReason() {
    Talk said = talk(3).open(60).pause(SECOND).broker(AmqpBytes.close(541, "ERROR", 0, 0));
    Talk other = talk(2).open(60).pause(SECOND).socketReset(BROKER);
    Talk later = talk(4).open(60).pause(SECOND.multipliedBy(9)).socketReset(BROKER);

    CaptureContext found =
        of(
            talk(1).open(60).pause(SECOND).socketReset(BROKER),
            other,
            said.socketReset(BROKER),
            later);

    assertEquals(2, found.endedTogether(flow(1), flow(1).decisiveReset()));
  }

  // ---- those that were forgotten

  private static Talk forgotten(String client, int port, int seconds) {
    return IdleTimeout.forgotten(new Talk(client, port).open(0), Duration.ofSeconds(seconds));
  }

  @Test
  void shouldTellThoseForgottenSoonAndThoseOfSeveralClients() {
    CaptureContext pool = of(forgotten("10.0.1.1", 1, 40), forgotten("10.0.1.1", 2, 40));
    assertEquals(2, pool.forgottenTogether(flow(1), flow(1).decisiveReset()));
    assertFalse(pool.anyForgottenSoon(flow(1), flow(1).decisiveReset()));
    assertFalse(pool.forgottenOfSeveralClients(flow(1), flow(1).decisiveReset()));

    CaptureContext hosts = of(forgotten("10.0.1.1", 1, 20), forgotten("10.0.1.2", 2, 20));
    assertTrue(hosts.anyForgottenSoon(flow(1), flow(1).decisiveReset()));
    assertTrue(hosts.forgottenOfSeveralClients(flow(1), flow(1).decisiveReset()));
  }

  // ---- hosts

  @Test
  void shouldKnowTheOnlyTtlOfAnAddressUnlessTheyDiffer() {
    assertEquals(61, of(talk(1).open(0), talk(2).open(0)).onlyTtlOf("10.0.1.1"));
    assertEquals(-1, of(talk(1).open(0), talk(2).ttl(CLIENT, 60).open(0)).onlyTtlOf("10.0.1.1"));
    assertEquals(-1, of(talk(1).open(0)).onlyTtlOf("10.0.1.9"));
    assertEquals(64, of(talk(1).open(0)).onlyTtlOf("10.0.0.2"));
  }

  @Test
  void shouldAskForCompanyOnTheSideThatEndedUnlessSeveralHostsDid() {
    Talk one = talk(1).open(0).pause(SECOND).fin(CLIENT);
    Talk sameHost = talk(2).open(0).pause(SECOND).fin(CLIENT);
    Talk otherHost = new Talk("10.0.1.2", 3).open(0).pause(SECOND).fin(CLIENT);

    CaptureContext alone = of(one, sameHost);
    assertEquals(1, alone.company(flow(1), FirstEnd.of(flow(1))).others());
    assertEquals(1, alone.company(flow(1), FirstEnd.of(flow(1))).hosts());

    CaptureContext several = of(one, sameHost, otherHost);
    assertEquals(2, several.company(flow(1), FirstEnd.of(flow(1))).others());
    assertEquals(2, several.company(flow(1), FirstEnd.of(flow(1))).hosts());
  }

  @Test
  void shouldCountThoseThatLeftWithinTwoSeconds() {
    Talk within = talk(1).connect();
    Seen.after(within, Talk.START + 2 * NANOS - 1 - lastOf(within)).fin(CLIENT);
    Talk later = talk(1).connect();
    Seen.after(later, Talk.START + 2 * NANOS - lastOf(later)).fin(CLIENT);

    assertEquals(1, probes(within));
    assertEquals(0, probes(later));
  }

  private static final long NANOS = 1_000_000_000L;

  private static long lastOf(Talk talk) {
    return talk.now() - 10_000;
  }

  @Test
  void shouldNotCountThoseThatWereClosedInAmqp() {
    Talk talk = talk(1).connect().client(AmqpBytes.header091());

    assertEquals(0, probes(talk.broker(AmqpBytes.close(541, "ERROR", 0, 0)).fin(CLIENT)));
  }

  // ---- health checks

  private static Talk check(int port) {
    return talk(port).pause(SECOND.multipliedBy(port)).connect().fin(CLIENT);
  }

  private boolean isChecker(Talk... talks) {
    return of(talks).proxySigns(flow(1)).contains(ProxySign.HEALTH_CHECKS);
  }

  @Test
  void shouldTakeAHostForAProxyThatChecksABrokerAndUsesIt() {
    Talk used = talk(1).open(0);

    assertTrue(isChecker(used, check(2), check(3), check(4)));
    assertFalse(isChecker(used, check(2), check(3)), "a few come by themselves");
    assertFalse(isChecker(talk(1).connect(), check(2), check(3), check(4)), "a monitor");
  }

  @Test
  void shouldNotTakeWhatTheBrokerEndedOrWhatSpokeForChecks() {
    Talk[] ended = new Talk[4];
    Talk[] spoke = new Talk[4];
    Talk[] open = new Talk[4];
    for (int i = 0; i < 4; i++) {
      ended[i] = i == 0 ? talk(1).open(0) : talk(i + 1).connect().fin(BROKER);
      open[i] = i == 0 ? talk(1).open(0) : talk(i + 1).connect();
      spoke[i] = talk(i + 1).connect().client(AmqpBytes.header091());
      spoke[i] = i == 0 ? talk(1).open(0) : spoke[i].fin(CLIENT);
    }

    assertFalse(isChecker(ended));
    assertFalse(isChecker(spoke));
    assertFalse(isChecker(open));
  }

  // ---- several programs

  private static Talk program(int port, String product, String version, String platform) {
    AmqpBytes properties = AmqpBytes.bytes().property("product", product);
    properties.property("version", version).property("platform", platform);
    return talk(port)
        .connect()
        .client(AmqpBytes.header091())
        .broker(AmqpBytes.start())
        .client(AmqpBytes.startOk(properties.array()));
  }

  private boolean several(Talk other) {
    return of(program(1, "Pika", "1.3", "Python"), other)
        .proxySigns(flow(1))
        .contains(ProxySign.SEVERAL_CLIENTS);
  }

  @Test
  void shouldTakeAHostForAProxyThatSpeaksForSeveralPrograms() {
    assertTrue(several(program(2, "RabbitMQ", "1.3", "Python")));
    assertTrue(several(program(2, "Pika", "1.4", "Python")));
    assertTrue(several(program(2, "Pika", "1.3", "Java")));
    assertFalse(several(program(2, "Pika", "1.3", "Python")));
    assertFalse(several(talk(2).connect()), "that says nothing");
  }

  // ---- the broker's port

  @Test
  void shouldKnowThatAPortTakesAmqpByWhatItSaidToAnyone() {
    Talk other = talk(2).connect().client(AmqpBytes.header091()).broker(AmqpBytes.start());

    assertTrue(of(talk(1).connect(), other).takesAmqp(flow(1)));
    assertFalse(of(talk(1).connect()).takesAmqp(flow(1)));
    assertFalse(of(talk(1).connect().client(AmqpBytes.header091())).takesAmqp(flow(1)));
  }

  private static Talk closed(int port) {
    Talk talk = talk(port).open(60).client(AmqpBytes.close(200, "Bye", 0, 0));
    return talk.broker(AmqpBytes.closeOk()).fin(CLIENT);
  }

  @Test
  void shouldKnowThatABrokerEndsWithAFinWhatWasClosed() {
    CaptureContext found = of(closed(1).fin(BROKER));
    assertTrue(found.closesWithFin(flow(1)));
    assertFalse(found.resetsItsCloses(flow(1)));

    assertFalse(of(closed(1)).closesWithFin(flow(1)), "it sent none");
    assertFalse(of(talk(1).open(0).fin(CLIENT).fin(BROKER)).closesWithFin(flow(1)), "not closed");
  }

  @Test
  void shouldNotTakeTheResetOfAnotherForTheBrokersWayToClose() {
    assertFalse(of(closed(1).pause(SECOND).craftedReset(BROKER)).resetsItsCloses(flow(1)));
    assertFalse(of(closed(1).pause(SECOND).socketReset(CLIENT)).resetsItsCloses(flow(1)));
  }

  // ---- forced closes

  private static Talk forced(int port, double seconds, String reason) {
    return talk(port)
        .open(60)
        .pause(Duration.ofMillis((long) (seconds * 1000)))
        .broker(AmqpBytes.close(320, "CONNECTION_FORCED - " + reason, 0, 0))
        .fin(BROKER);
  }

  private static final String BY_HAND = "Closed via management plugin";
  private static final String SHUTDOWN = "broker forced connection closure with reason 'shutdown'";

  private boolean manyForced(Talk... talks) {
    return of(talks).isOneOfManyForced(flow(1));
  }

  @Test
  void shouldSeeThatABrokerClosesManyAsItIsTold() {
    assertTrue(manyForced(forced(1, 9, BY_HAND), forced(2, 8.1, BY_HAND), forced(3, 9, BY_HAND)));
    assertFalse(manyForced(forced(1, 9, BY_HAND), forced(2, 9, BY_HAND)));
    assertFalse(manyForced(forced(1, 9, BY_HAND), forced(2, 6, BY_HAND), forced(3, 9, BY_HAND)));
    assertEquals(2, of(forced(1, 9, BY_HAND), forced(2, 9, BY_HAND)).forcedTogether(flow(1)));
  }

  @Test
  void shouldSeeThatABrokerShutsDownByOneWord() {
    assertTrue(manyForced(forced(1, 1, BY_HAND), forced(2, 10.9, SHUTDOWN)));
    assertFalse(manyForced(forced(1, 1, BY_HAND), forced(2, 11.2, SHUTDOWN)));
    assertFalse(manyForced(forced(1, 1, BY_HAND), forced(2, 1, BY_HAND)));
  }

  @Test
  void shouldLookForEventsInWhateverOrderTheFlowsEnded() {
    Talk[] talks = {
      forced(1, 50, BY_HAND), forced(2, 20, BY_HAND), forced(3, 50, BY_HAND),
      forced(4, 80, SHUTDOWN), forced(5, 49, BY_HAND), forced(6, 3, SHUTDOWN)
    };

    assertTrue(manyForced(talks));
    assertTrue(of(talks).isShuttingDown(flow(6), flow(6).lastNanos()));
    assertTrue(of(talks).isShuttingDown(flow(4), flow(4).lastNanos()));
    assertFalse(of(talks).isShuttingDown(flow(1), flow(1).lastNanos()));
  }

  // ---- ends of sockets that nothing explains

  @Test
  void shouldNotCountAsUnexplainedWhatHeartbeatsThatDidNotComeExplain() {
    Talk silent = talk(2).open(4).pause(SECOND.multipliedBy(10)).socketReset(BROKER);
    Talk talk = talk(1).open(60).pause(SECOND.multipliedBy(10)).socketReset(BROKER);

    assertEquals(1, of(talk, silent).endedTogether(flow(1), flow(1).decisiveReset()));
  }

  @Test
  void shouldFindThoseThatEndedTogetherInWhateverOrder() {
    Talk[] talks = new Talk[6];
    for (int i = 0; i < talks.length; i++) {
      int seconds = new int[] {50, 20, 50, 80, 49, 3}[i];
      talks[i] = talk(i + 1).open(0).pause(SECOND.multipliedBy(seconds)).socketReset(BROKER);
    }

    assertEquals(3, of(talks).endedTogether(flow(1), flow(1).decisiveReset()));
  }

  @ParameterizedTest
  @CsvSource({"29, true", "31, false"})
  void shouldKnowWhichWereForgottenSoonerThanTimersTake(int seconds, boolean soon) {
    CaptureContext found = of(forgotten("10.0.1.1", 1, seconds));

    assertEquals(soon, found.anyForgottenSoon(flow(1), flow(1).decisiveReset()));
  }

  // ---- paths

  /** A device resets in the client's name, by another way. */
  private static Talk byWay(int port, int ttl, long mac) {
    return talk(port).open(0).pause(SECOND).ttl(CLIENT, ttl).mac(CLIENT, mac).craftedReset(CLIENT);
  }

  private static final long OTHER_MAC = 0x02_00_00_00_00_77L;

  @Test
  void shouldKnowWhetherOthersOfTheAddressComeByThatWay() {
    Talk other = talk(2).ttl(CLIENT, 63).mac(CLIENT, OTHER_MAC).open(0);
    CaptureContext found = of(byWay(1, 63, OTHER_MAC), other);
    assertTrue(found.othersHaveTtl(flow(1), flow(1).resets().get(0)));
    assertTrue(found.othersHaveMac(flow(1), flow(1).resets().get(0)));

    CaptureContext alone = of(byWay(1, 63, OTHER_MAC), talk(2).open(0));
    assertFalse(alone.othersHaveTtl(flow(1), flow(1).resets().get(0)));
    assertFalse(alone.othersHaveMac(flow(1), flow(1).resets().get(0)));
  }

  @Test
  void shouldNotCountTheFlowItselfAmongTheOthers() {
    CaptureContext usual = of(byWay(1, Talk.CLIENT_TTL, Packets.CLIENT_MAC));

    assertFalse(usual.othersHaveTtl(flow(1), flow(1).resets().get(0)));
    assertFalse(usual.othersHaveMac(flow(1), flow(1).resets().get(0)));

    Talk rerouted = talk(1).open(0).ttl(CLIENT, 63).ack(CLIENT).ttl(CLIENT, 61).ack(CLIENT);
    CaptureContext once = of(rerouted.pause(SECOND).ttl(CLIENT, 63).craftedReset(CLIENT));
    assertFalse(once.othersHaveTtl(flow(1), flow(1).resets().get(0)));
  }

  @Test
  void shouldCountAnOddTtlOfAnotherFlow() {
    Talk rerouted = talk(2).open(0).ttl(CLIENT, 63).ack(CLIENT).ttl(CLIENT, 61).ack(CLIENT);

    CaptureContext found = of(byWay(1, 63, OTHER_MAC), rerouted);

    assertTrue(found.othersHaveTtl(flow(1), flow(1).resets().get(0)));
  }

  @Test
  void shouldLookAtTheSideInWhoseNameTheResetIs() {
    Talk talk = talk(1).open(0).pause(SECOND).ttl(BROKER, 61).craftedReset(BROKER);

    CaptureContext found = of(talk, talk(2).open(0));

    assertFalse(found.othersHaveTtl(flow(1), flow(1).resets().get(0)), "clients have it");
    assertTrue(found.othersHaveMac(flow(1), flow(1).resets().get(0)), "the broker's own");
  }

  @Test
  void shouldTellHostsOnTheSegmentFromRouters() {
    Talk reset = talk(1).open(0).pause(SECOND).mac(CLIENT, OTHER_MAC).craftedReset(CLIENT);
    Talk neighbour = new Talk("10.0.1.2", 2).ttl(CLIENT, 64).mac(CLIENT, OTHER_MAC).open(0);
    Talk routed = new Talk("10.0.1.2", 2).mac(CLIENT, OTHER_MAC).open(0);

    assertTrue(of(reset, neighbour).isOfNeighbour(flow(1).resets().get(0)));
    assertFalse(of(reset, routed).isOfNeighbour(flow(1).resets().get(0)));
  }

  // ---- an address that is taken twice

  /** The reset comes from the second host; the first one goes on. */
  private static Talk takenTwice(int ttl, int ttlOfReset, long mac, boolean goesOn) {
    Talk talk = talk(1).ttl(CLIENT, ttl).open(0).pause(SECOND).data(BROKER, new byte[9]);
    talk.ttl(CLIENT, ttlOfReset).mac(CLIENT, mac).bareReset(CLIENT);
    talk.ttl(CLIENT, ttl).mac(CLIENT, Packets.CLIENT_MAC);
    return goesOn ? talk.pause(SECOND).data(CLIENT, new byte[9]) : talk;
  }

  private boolean second(Talk talk, Talk other) {
    CaptureContext found = of(talk, other);
    return found.isOfSecondHost(flow(1), flow(1).resets().get(0));
  }

  @Test
  void shouldSeeTwoHostsThatUseOneAddress() {
    Talk ofSecond = talk(2).ttl(CLIENT, 64).mac(CLIENT, OTHER_MAC).open(0);
    Talk ofFirst = talk(2).ttl(CLIENT, 64).open(0);

    assertTrue(second(takenTwice(64, 64, OTHER_MAC, true), ofSecond));
    assertFalse(second(takenTwice(64, 64, OTHER_MAC, false), ofSecond), "it may have moved");
    assertFalse(second(takenTwice(64, 64, OTHER_MAC, true), ofFirst), "it has no connection");
    assertFalse(second(takenTwice(64, 64, Packets.CLIENT_MAC, true), ofFirst), "it is the first");
    assertFalse(second(takenTwice(63, 64, OTHER_MAC, true), ofSecond), "behind a router");
    assertFalse(second(takenTwice(64, 63, OTHER_MAC, true), ofSecond), "behind a router");
  }

  @Test
  void shouldNotSeeTwoHostsOfOneThatHasSentNothing() {
    Talk talk = talk(1).data(BROKER, new byte[9]).ttl(CLIENT, 64).mac(CLIENT, OTHER_MAC);
    talk.bareReset(CLIENT).mac(CLIENT, Packets.CLIENT_MAC).pause(SECOND).ack(CLIENT);

    assertFalse(second(talk, talk(2).ttl(CLIENT, 64).mac(CLIENT, OTHER_MAC).open(0)));
  }

  // ---- connections that go on elsewhere

  @Test
  void shouldKnowAConnectionThatIsNoLongerTranslated() {
    Talk translated = talk(1).open(0).pause(SECOND.multipliedBy(2));
    Talk untranslated = new Talk("10.0.9.9", 1).pause(SECOND.multipliedBy(2));
    untranslated.data(CLIENT, new byte[9]).bareReset(BROKER);

    CaptureContext found = of(translated, untranslated);

    assertTrue(found.isTranslatedAway(flows.get(1)));
    assertFalse(found.isTranslatedAway(flows.get(0)));
  }

  /** A new connection between the same ports, whose SYN may meet a socket of the older one. */
  private static Talk replacing(int port, Duration later, boolean meetsOlder) {
    Talk talk = talk(port).pause(later).missing(CLIENT, 50_000_000).syn();
    if (meetsOlder) {
      talk.packet(BROKER, Packets.ACK, p -> p.ack(1_234_567));
      talk.bareReset(CLIENT, p -> p.seq(1_234_567)).missing(CLIENT, -1).pause(SECOND).syn();
    }
    return talk.missing(BROKER, 50_000_000).synAck().ack(CLIENT).client(new byte[9]);
  }

  private long replacedAfter(boolean meetsOlder, Talk... more) {
    List<Talk> talks = new ArrayList<>(List.of(more));
    talks.add(talk(1).open(0));
    talks.add(replacing(1, SECOND.multipliedBy(60), meetsOlder));
    CaptureContext found = of(talks.toArray(Talk[]::new));
    FlowObservation old =
        flows.stream()
            .filter(each -> each.client().port() == 1)
            .min(Comparator.comparingLong(FlowObservation::startedNanos))
            .get();
    return found.replacedAfterNanos(old);
  }

  @Test
  void shouldKnowForHowLongAForgottenConnectionWasSilent() {
    assertEquals(60, replacedAfter(true) / 1e9, 0.1);
    assertEquals(-1, replacedAfter(false));
  }

  @Test
  void shouldNotTakeTheNewConnectionOfOtherPortsForIt() {
    Talk old = talk(2).open(0);

    assertEquals(-1, replacedAfter(false, old, replacing(2, SECOND.multipliedBy(60), true)));
  }

  // ---- silences of the client alone

  private static Talk ownSilence(int hour, int seconds) {
    Talk talk = talk(hour + 1).pause(Duration.ofHours(hour)).open(0);
    talk.pause(SECOND.multipliedBy(seconds - 1)).pause(Duration.ofMillis(500));
    return talk.broker(new byte[9]).pause(Duration.ofMillis(500)).fin(CLIENT);
  }

  @Test
  void shouldCountTheEndsAfterTheSameSilenceOfTheClient() {
    CaptureContext alike = of(ownSilence(0, 50), ownSilence(1, 50), ownSilence(2, 50));
    FirstEnd end = FirstEnd.of(flow(1));

    assertEquals(3, alike.oneWaySilence(flow(1), end).alike());
    assertEquals(1, of(ownSilence(0, 50), ownSilence(1, 53)).oneWaySilence(flow(1), end).alike());
  }

  // ---- hosts that live on

  private static Talk resetAfterSilence(Side side) {
    return talk(1).open(0).pause(SECOND.multipliedBy(20)).bareReset(side);
  }

  /** Up from so many seconds after the beginning to half a minute. */
  private static Talk upFrom(String client, String broker, int seconds) {
    Talk talk = new Talk(client, 2, broker).pause(SECOND.multipliedBy(seconds)).open(0);
    return talk.pause(SECOND.multipliedBy(30 - seconds)).client(new byte[9]).broker(new byte[9]);
  }

  private double unseen(Side side, Talk other) {
    CaptureContext found = of(resetAfterSilence(side), other);
    return found.unseenPart(flow(1), flow(1).resets().get(0));
  }

  private boolean livesOn(Side side, Talk other) {
    CaptureContext found = of(resetAfterSilence(side), other);
    return found.livesOn(flow(1), flow(1).resets().get(0));
  }

  @Test
  void shouldKnowThatAHostLivesOnByItsOtherConnections() {
    assertTrue(livesOn(CLIENT, upFrom("10.0.1.1", "10.0.0.3", 0)));
    assertTrue(livesOn(BROKER, upFrom("10.0.1.2", "10.0.0.2", 0)));
    assertFalse(livesOn(BROKER, upFrom("10.0.1.1", "10.0.0.3", 0)), "the client does");
    assertFalse(livesOn(CLIENT, upFrom("10.0.1.2", "10.0.0.2", 0)), "the broker does");
    assertFalse(livesOn(CLIENT, upFrom("10.0.1.1", "10.0.0.3", 5)), "it may have booted");
  }

  @Test
  void shouldMeasureForWhichPartOfItsSilenceAHostWasNotSeen() {
    assertEquals(0.25, unseen(CLIENT, upFrom("10.0.1.1", "10.0.0.3", 5)), 0.001);
    assertEquals(0.25, unseen(BROKER, upFrom("10.0.1.2", "10.0.0.2", 5)), 0.001);
    assertEquals(1, unseen(BROKER, upFrom("10.0.1.1", "10.0.0.3", 5)), 0.001);
    assertEquals(0, unseen(CLIENT, upFrom("10.0.1.1", "10.0.0.3", 0)), 0.001);
  }

  @Test
  void shouldHaveSeenNothingOfAHostThatSentNothing() {
    CaptureContext found =
        of(talk(1).data(BROKER, new byte[9]).bareReset(CLIENT), upFrom("10.0.1.1", "10.0.0.3", 0));

    assertEquals(1, found.unseenPart(flow(1), flow(1).resets().get(0)));
    assertFalse(found.livesOn(flow(1), flow(1).resets().get(0)));
  }

  @Test
  void shouldKnowWhatSurvivedBetweenTwoHosts() {
    CaptureContext found = of(upFrom("10.0.1.1", "10.0.0.2", 5));

    assertEquals(25, found.survivedNanos("10.0.1.1", "10.0.0.2") / 1e9, 0.1);
    assertEquals(-1, found.survivedNanos("10.0.1.2", "10.0.0.2"));
  }

  @Test
  void shouldKnowWhetherOthersWereServedAndFromWhere() {
    Talk reset = talk(1).open(0).pause(SECOND.multipliedBy(20)).ttl(BROKER, 60).bareReset(BROKER);
    CaptureContext found = of(reset, upFrom("10.0.1.2", "10.0.0.2", 5));
    long moment = flow(1).resets().get(0).packet().timeNanos();

    assertTrue(found.isServing(flow(1), moment));
    assertFalse(found.isServing(flow(1), Talk.START));
    assertTrue(found.isServedFromElsewhere(flow(1), flow(1).resets().get(0).packet()));

    CaptureContext same = of(resetAfterSilence(BROKER), upFrom("10.0.1.2", "10.0.0.2", 5));
    assertFalse(same.isServedFromElsewhere(flow(1), flow(1).resets().get(0).packet()));
    CaptureContext alone = of(resetAfterSilence(BROKER));
    assertFalse(alone.isServedFromElsewhere(flow(1), flow(1).resets().get(0).packet()));
  }
}
