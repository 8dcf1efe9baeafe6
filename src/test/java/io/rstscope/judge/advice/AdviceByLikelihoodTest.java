package io.rstscope.judge.advice;

import static io.rstscope.judge.cause.Cause.BROKER_ABORT;
import static io.rstscope.judge.cause.Cause.BROKER_CLOSED;
import static io.rstscope.judge.cause.Cause.BROKER_GONE;
import static io.rstscope.judge.cause.Cause.CLIENT_ABORT;
import static io.rstscope.judge.cause.Cause.HANDSHAKE_TIMEOUT;
import static io.rstscope.judge.cause.Cause.IDLE_TIMEOUT;
import static io.rstscope.judge.cause.Cause.MISSED_HEARTBEATS;
import static io.rstscope.judge.cause.Cause.NORMAL_CLOSE;
import static io.rstscope.judge.cause.Cause.PROXY_FAILURE;
import static io.rstscope.judge.cause.Cause.REJECTED_BY_HOST;
import static io.rstscope.judge.cause.Cause.SILENT_DROP;
import static io.rstscope.judge.cause.Cause.SLOW_CONSUMER;
import static io.rstscope.judge.cause.Cause.STATE_LOST;
import static io.rstscope.judge.cause.Cause.UNDETERMINED;
import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.judge.cause.Alternative;
import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.cause.CauseEvidence;
import io.rstscope.judge.cause.Ending;
import io.rstscope.judge.cause.Fact;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.context.ProxySign;
import io.rstscope.judge.sender.Sender;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Advice as a specification: what the probabilities of the causes make of it. */
class AdviceByLikelihoodTest {
  private static final Duration SILENCE = Duration.ofSeconds(400);
  private static final String NO_TIMER = "no timeout or heartbeat prevents it";

  /** As it was recorded, with causes of our own; the first is the one that is named. */
  private static FlowVerdict judged(FlowVerdict recorded, Object... causes) {
    List<Alternative> likelihoods = new ArrayList<>();
    for (int i = 0; i < causes.length; i += 2) {
      likelihoods.add(new Alternative((Cause) causes[i], (Double) causes[i + 1]));
    }
    Cause main = (Cause) causes[0];
    Ending ending = recorded.ending();
    return new FlowVerdict(
        recorded.flow(),
        recorded.verdicts(),
        new Ending(
            ending.endedBy(),
            main,
            0.8,
            main.isBenign(),
            ending.idleNanos(),
            likelihoods,
            () -> "",
            List::of),
        recorded.proxySigns(),
        null,
        null,
        0);
  }

  private static FlowVerdict closed(int heartbeat, Duration silence) {
    Talk talk = new Talk().open(heartbeat).client(AmqpBytes.heartbeat()).pause(silence);
    return Analysis.of(talk.fin(CLIENT));
  }

  private static FlowVerdict dropped(int heartbeat, Duration silence) {
    Talk talk = new Talk().open(heartbeat).pause(silence).data(BROKER, new byte[9]);
    for (int i = 0; i < 6; i++) {
      talk.pause(Duration.ofSeconds(2)).again(BROKER);
    }
    return Analysis.of(talk);
  }

  private static List<String> toDo(FlowVerdict recorded, Object... causes) {
    return Advice.on(judged(recorded, causes)).toDo();
  }

  private static String text(FlowVerdict recorded, Object... causes) {
    return String.join("\n", toDo(recorded, causes));
  }

  private static void assertSaid(boolean said, String part, String text) {
    assertEquals(said, text.contains(part), () -> part + " in " + text);
  }

  // ---- the whole distribution

  @Test
  void shouldSayWhatHelpsAgainstTheLikeliestFirst() {
    List<String> toDo =
        toDo(closed(0, SILENCE), CLIENT_ABORT, 0.5, IDLE_TIMEOUT, 0.3, PROXY_FAILURE, 0.16);

    assertEquals(3, toDo.size(), toDo::toString);
    assertTrue(toDo.get(0).startsWith("check the client"), toDo::toString);
    assertTrue(
        toDo.get(1)
            .startsWith(
                "if instead a device or proxy ended it because it was idle: set a heartbeat of 60"),
        toDo::toString);
    assertTrue(
        toDo.get(2)
            .startsWith("if instead the proxy, or the server behind it, ended: check the proxy's"),
        toDo::toString);
  }

  @Test
  void shouldNotSpeakOfWhatIsUnlikely() {
    List<String> toDo = toDo(closed(0, SILENCE), CLIENT_ABORT, 0.8, IDLE_TIMEOUT, 0.14);

    assertEquals(1, toDo.size(), toDo::toString);
  }

  @Test
  void shouldSayNothingTwice() {
    List<String> toDo = toDo(dropped(0, SILENCE), SILENT_DROP, 0.6, IDLE_TIMEOUT, 0.3);

    assertTrue(toDo.get(0).startsWith("set a heartbeat of 20 s"), toDo::toString);
    assertTrue(
        toDo.get(toDo.size() - 1)
            .startsWith(
                "if instead a device or proxy ended it because it was idle: raise the idle timeout"),
        toDo::toString);
  }

  @Test
  void shouldAdviseAgainstALikelyLossThoughTheLikeliestIsHarmless() {
    FlowVerdict idle = closed(0, SILENCE);

    assertSaid(true, "set a heartbeat", text(idle, NORMAL_CLOSE, 0.6, IDLE_TIMEOUT, 0.3));
    assertEquals(List.of(), toDo(idle, NORMAL_CLOSE, 0.9, IDLE_TIMEOUT, 0.1));
  }

  // ---- denials

  @ParameterizedTest
  @EnumSource(names = {"IDLE_TIMEOUT", "SILENT_DROP", "STATE_LOST", "MISSED_HEARTBEATS"})
  void shouldDenyTimersOnlyWhereNothingThatTheyHelpAgainstIsLikely(Cause helped) {
    FlowVerdict busy = closed(60, Duration.ZERO);

    assertSaid(true, NO_TIMER, text(busy, CLIENT_ABORT, 0.9, helped, 0.04));
    assertSaid(false, NO_TIMER, text(busy, CLIENT_ABORT, 0.9, helped, 0.06));
  }

  @ParameterizedTest
  @EnumSource(
      names = {"IDLE_TIMEOUT", "STATE_LOST", "INJECTED_RESET", "SILENT_DROP", "PROXY_FAILURE"})
  void shouldClearTheNetworkOnlyWhereItIsUnlikely(Cause helped) {
    FlowVerdict busy = closed(60, Duration.ZERO);

    assertSaid(true, "not the network", text(busy, CLIENT_ABORT, 0.9, helped, 0.04));
    assertSaid(false, "not the network", text(busy, CLIENT_ABORT, 0.9, helped, 0.06));
    assertSaid(true, "no change in the network", text(busy, BROKER_GONE, 0.9, helped, 0.04));
    assertSaid(false, "no change in the network", text(busy, BROKER_GONE, 0.9, helped, 0.06));
    assertSaid(true, "no change in the network", text(busy, BROKER_ABORT, 0.9, helped, 0.04));
    assertSaid(false, "no change in the network", text(busy, BROKER_ABORT, 0.9, helped, 0.06));
  }

  /** A proxy has timers, and its end is no client's, however likely the client's may be. */
  @Test
  void shouldDenyNothingWhereTheBrokersPeerMayBeAProxy() {
    FlowVerdict busy = closed(60, Duration.ZERO);
    FlowVerdict proxied =
        new FlowVerdict(
            busy.flow(),
            busy.verdicts(),
            busy.ending(),
            Set.of(ProxySign.HEALTH_CHECKS),
            null,
            null,
            0);

    assertSaid(true, NO_TIMER, text(busy, CLIENT_ABORT, 0.95));
    assertSaid(false, NO_TIMER, text(proxied, CLIENT_ABORT, 0.95));
    assertSaid(false, "not the network", text(proxied, CLIENT_ABORT, 0.95));
  }

  private static FlowVerdict consumerThatEnds(int heartbeat, long silentMillis) {
    Talk talk = new Talk().open(heartbeat).client(AmqpBytes.publish(9));
    for (long at = 0; at < silentMillis; at += 500) {
      talk.pause(Duration.ofMillis(500)).broker(AmqpBytes.deliver(9));
    }
    return Analysis.of(talk.fin(CLIENT).socketReset(BROKER));
  }

  /** There are proxies that count one direction alone. */
  @Test
  void shouldNotDenyTimersWhereOnlyTheBrokerSpokeAndHeartbeatsAreOff() {
    assertSaid(false, NO_TIMER, text(consumerThatEnds(0, 4_000), CLIENT_ABORT, 0.95));
    assertSaid(true, NO_TIMER, text(consumerThatEnds(0, 500), CLIENT_ABORT, 0.95));
    assertSaid(true, NO_TIMER, text(consumerThatEnds(60, 4_000), CLIENT_ABORT, 0.95));
  }

  @Test
  void shouldAddUpWhatARemedyHelpsAgainst() {
    FlowVerdict busy = closed(60, Duration.ZERO);

    assertSaid(
        false, NO_TIMER, text(busy, CLIENT_ABORT, 0.9, IDLE_TIMEOUT, 0.03, STATE_LOST, 0.03));
  }

  @Test
  void shouldNeverClearTheNetworkAsAProxyMayAnswerForADeadClient() {
    Talk talk = new Talk().open(10).pause(Duration.ofSeconds(25));
    FlowVerdict missed = Analysis.of(talk.data(BROKER, new byte[9]).socketReset(BROKER));

    assertSaid(false, "not the network", text(missed, MISSED_HEARTBEATS, 0.95));
    assertSaid(true, "if that address is a proxy's", text(missed, MISSED_HEARTBEATS, 0.95));
  }

  // ---- heartbeats

  @ParameterizedTest
  @CsvSource({"0, 50, 20", "60, 50, 20", "0, 350, 60", "600, 350, 60", "60, 30, 15"})
  void shouldAdviseAHeartbeatThoughNoTimerWasFound(int now, long silence, int heartbeat) {
    FlowVerdict idle = closed(now, Duration.ofSeconds(silence));

    assertSaid(
        true,
        "set a heartbeat of " + heartbeat + " s (now " + (now == 0 ? "off" : now + " s") + ")",
        text(idle, CLIENT_ABORT, 0.6, IDLE_TIMEOUT, 0.15));
  }

  @Test
  void shouldLookWhyNoneCameWhereAShortEnoughHeartbeatWasAgreed() {
    String text = text(closed(10, SILENCE), IDLE_TIMEOUT, 0.9);

    assertSaid(true, "sent none of the negotiated heartbeats (10 s)", text);
    assertSaid(false, "set a heartbeat", text);
  }

  @Test
  void shouldNotSpeakOfHeartbeatsBeforeTheyAreAgreed() {
    Talk early = new Talk().connect().client(AmqpBytes.header091()).broker(AmqpBytes.start());
    Talk late = new Talk().client(new byte[9]);

    assertSaid(
        false,
        "heartbeat",
        text(Analysis.of(early.pause(SILENCE).craftedReset(CLIENT)), IDLE_TIMEOUT, 0.9));
    assertSaid(
        true,
        "set a heartbeat of 60 s (now not seen)",
        text(Analysis.of(late.pause(SILENCE).socketReset(CLIENT)), IDLE_TIMEOUT, 0.9));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 9})
  void shouldNotAdviseAShortHeartbeatAndAdviseAgainstItInOneBreath(int silence) {
    String text = text(closed(0, Duration.ofSeconds(silence)), IDLE_TIMEOUT, 0.9);

    assertSaid(true, "first, to 120 s or more", text);
    assertSaid(true, "then set a heartbeat of 60 s", text);
  }

  @Test
  void shouldAdviseAHeartbeatAgainstADropOnlyAfterSilence() {
    assertSaid(true, "set a heartbeat of 20 s", text(dropped(0, SILENCE), SILENT_DROP, 0.9));
    assertSaid(true, "set a heartbeat", text(dropped(0, Duration.ofSeconds(3)), SILENT_DROP, 0.9));
    assertSaid(false, "heartbeat", text(dropped(60, Duration.ofSeconds(3)), SILENT_DROP, 0.9));
    assertSaid(false, "heartbeat", text(dropped(0, Duration.ZERO), SILENT_DROP, 0.9));
  }

  @Test
  void shouldFindAHeartbeatTooShortThatGivesFalseAlarms() {
    assertSaid(true, "longer heartbeat than 2 s", text(closed(2, SILENCE), MISSED_HEARTBEATS, 0.9));
    assertSaid(false, "longer heartbeat", text(closed(60, SILENCE), MISSED_HEARTBEATS, 0.9));
  }

  // ---- each cause

  @Test
  void shouldKnowANextStepForEveryLoss() {
    for (Cause cause : Cause.values()) {
      Advice advice = Advice.on(judged(closed(60, SILENCE), cause, 0.9));
      assertEquals(cause.isBenign(), advice.toDo().isEmpty(), cause::word);
      assertEquals(cause.isBenign(), advice.checks().isEmpty(), cause::word);
    }
  }

  @Test
  void shouldNameEveryLossAsOneOfSeveral() {
    for (Cause cause : Cause.values()) {
      boolean nameable = !cause.isBenign() && cause != UNDETERMINED;
      assertEquals(nameable, Remedies.clause(cause) != null, cause::word);
    }
  }

  @Test
  void shouldKnowAllChecksAndWordsOfTheTable() {
    FlowVerdict verdict = closed(60, SILENCE);
    Checks checks = new Checks(verdict);
    FillIns words = new FillIns(verdict, new Situation(verdict), checks);
    for (Cause cause : Cause.values()) {
      for (Remedy remedy : Remedies.against(cause)) {
        remedy.checks().forEach(checks::named);
        String text = remedy.toDo().replace("{said}", "");
        String told = words.in(Denial.in(text, verdict));
        assertFalse(told.matches(".*[{}\\[\\]].*"), told);
      }
    }
  }

  @Test
  void shouldSendTheOwnerOfTheConnectionToWhoClosedIt() {
    assertSaid(true, "did to be closed: 501 \"FRAME_ERROR\"", closedByBroker(501, "FRAME_ERROR"));
    assertSaid(
        true,
        "find out who closed it",
        closedByBroker(320, "CONNECTION_FORCED - Closed via management plugin"));
    assertSaid(
        true,
        "open fewer connections",
        closedByBroker(530, "NOT_ALLOWED - connection limit (5) is reached"));
  }

  private static String closedByBroker(int code, String text) {
    Talk talk = new Talk().open(60).broker(AmqpBytes.close(code, text, 0, 0));
    return text(
        Analysis.of(talk.client(AmqpBytes.closeOk()).socketReset(BROKER)), BROKER_CLOSED, 0.9);
  }

  @Test
  void shouldSayWhomTheHandshakeWaitedFor() {
    Talk client = new Talk().connect().client(AmqpBytes.header091()).broker(AmqpBytes.start());
    Talk broker = new Talk().connect().client(AmqpBytes.header091());

    assertSaid(true, "kept the client in", text(waited(client), HANDSHAKE_TIMEOUT, 0.9));
    assertSaid(true, "kept the broker in", text(waited(broker), HANDSHAKE_TIMEOUT, 0.9));
  }

  private static FlowVerdict waited(Talk talk) {
    return Analysis.of(talk.pause(Duration.ofSeconds(10)).socketReset(BROKER));
  }

  @Test
  void shouldSayWhatThePortExpects() {
    byte[] header = AmqpBytes.bytes().ascii("PROXY TCP4 10.9.9.9 10.0.0.2 5555 5672\r\n").array();
    Talk proxied = new Talk().connect().client(header).socketReset(BROKER);
    Talk direct = new Talk().connect().client(AmqpBytes.header091()).socketReset(BROKER);

    assertSaid(true, "take send-proxy away", text(Analysis.of(proxied), Cause.BAD_PROTOCOL, 0.9));
    assertSaid(true, "if a PROXY header", text(Analysis.of(direct), Cause.BAD_PROTOCOL, 0.9));
  }

  @Test
  void shouldTellOfConntrackWherePacketsWereNoLongerTranslated() {
    FlowVerdict lost = closed(60, SILENCE);
    CauseEvidence translated =
        new CauseEvidence(Fact.TRANSLATED_AWAY, STATE_LOST, 8, () -> "", List.of());
    Ending ending =
        new Ending(
            Sender.MIDDLEBOX,
            STATE_LOST,
            0.9,
            false,
            0,
            List.of(new Alternative(STATE_LOST, 0.9)),
            () -> "",
            () -> List.of(translated));
    FlowVerdict away =
        new FlowVerdict(lost.flow(), lost.verdicts(), ending, lost.proxySigns(), null, null, 0);

    assertSaid(
        true,
        "nf_conntrack_tcp_be_liberal=1, drop what is INVALID",
        String.join("\n", Advice.on(away).toDo()));
    assertSaid(true, "ask the network team for a failover", text(lost, STATE_LOST, 0.9));
  }

  @Test
  void shouldLookAtThePacketFilterOfTheHostThatRejected() {
    Advice advice = Advice.on(judged(closed(60, SILENCE), REJECTED_BY_HOST, 0.9));

    assertEquals("client 10.0.1.1", advice.checks().get(0).on());
    assertTrue(advice.checks().get(0).command().startsWith("nft list ruleset"));
  }

  @Test
  void shouldLimitWhatASlowConsumerIsSent() {
    assertSaid(true, "prefetch", text(closed(60, SILENCE), SLOW_CONSUMER, 0.9));
  }

  // ---- nothing is decided

  @Test
  void shouldSayWhichCaptureWouldTell() {
    Talk only = new Talk().bareReset(CLIENT);
    Talk one = new Talk().data(BROKER, new byte[9]).socketReset(BROKER);
    Talk rest = new Talk().data(BROKER, new byte[9]).bareReset(CLIENT);
    Talk tls =
        new Talk()
            .connect()
            .client(AmqpBytes.bytes().u8(22).u16(0x301).u16(4).u8(1).u16(0).u8(0).array());

    assertSaid(true, "before the connection is opened", text(Analysis.of(only), UNDETERMINED, 1.0));
    assertSaid(true, "both directions", text(Analysis.of(one), UNDETERMINED, 1.0));
    assertSaid(true, "before this capture began", text(Analysis.of(rest), UNDETERMINED, 1.0));
    assertSaid(true, "TLS hides", text(Analysis.of(tls.socketReset(CLIENT)), UNDETERMINED, 1.0));
    assertSaid(true, "capture on the other side", text(closed(60, SILENCE), UNDETERMINED, 1.0));
  }

  @Test
  void shouldGiveTheCommandsOfTheCaptureThatWouldTell() {
    List<Check> checks = Advice.on(judged(closed(60, SILENCE), UNDETERMINED, 1.0)).checks();

    assertTrue(checks.get(0).command().contains("/var/log/rabbitmq"), checks::toString);
    assertTrue(checks.get(1).command().startsWith("tcpdump -ni any -s 512 -w "), checks::toString);
  }

  @Test
  void shouldSayWhatHelpsIfOneOfTheOpenCausesIsIt() {
    List<String> toDo =
        toDo(closed(0, SILENCE), UNDETERMINED, 0.1, IDLE_TIMEOUT, 0.45, CLIENT_ABORT, 0.4);

    assertTrue(toDo.get(1).startsWith("if a device or proxy ended it"), toDo::toString);
    assertTrue(toDo.get(2).startsWith("if the client's process died"), toDo::toString);
  }
}
