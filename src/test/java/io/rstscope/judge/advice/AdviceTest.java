package io.rstscope.judge.advice;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.decode.Segment;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.IdleTimeout;
import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What to do about a loss, and the commands that confirm it. */
class AdviceTest {
  private static final Duration SILENCE = Duration.ofSeconds(400);

  /** No timer is configured to that: heartbeats went on, or the process died. */
  private static final Duration ODD = Duration.ofMillis(400_700);

  private static Talk handshake(String client, String product, String platform) {
    byte[] properties =
        AmqpBytes.bytes().property("product", product).property("platform", platform).array();
    return new Talk(client, 40_000)
        .connect()
        .client(AmqpBytes.header091())
        .broker(AmqpBytes.start())
        .client(AmqpBytes.startOk(properties))
        .broker(AmqpBytes.tune(60))
        .client(AmqpBytes.tuneOk(0), AmqpBytes.open("/"))
        .broker(AmqpBytes.openOk());
  }

  private static Talk reset(Talk talk) {
    talk.pause(SILENCE).ttl(CLIENT, 63).ttl(BROKER, 63);
    return talk.bareReset(CLIENT).bareReset(BROKER);
  }

  private static Advice advice(Talk talk) {
    return Advice.on(Analysis.of(talk));
  }

  private static List<String> commands(Talk talk) {
    return advice(talk).checks().stream().map(Check::command).toList();
  }

  private static void assertContains(String part, List<String> texts) {
    assertTrue(texts.stream().anyMatch(text -> text.contains(part)), () -> part + " in " + texts);
  }

  // ---- what to change

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RabbitMQ | Java | setRequestedHeartbeat(60)",
        "RabbitMQ | .NET 8.0 | RequestedHeartbeat = TimeSpan.FromSeconds(60)",
        "Pika Python Client Library | Python 3.11.2 | heartbeat=60 in pika.ConnectionParameters",
        "py-amqp | Python | broker_heartbeat = 60 in Celery, heartbeat=60 in amqp.Connection",
        "AMQPLib | PHP | heartbeat 60 in AMQPStreamConnection",
        "amqplib | Node.JS v20 | ?heartbeat=60",
        "AMQP 0.9.1 Client | golang | Config.Heartbeat = 60 * time.Second",
        "Bunny | Ruby | heartbeat: 60",
        "Frobnicator | - | heartbeat 60 s in the client's connection settings",
        "%s$(reboot) | %d | heartbeat 60 s in the client's connection settings"
      })
  void shouldSayHowTheHeartbeatIsSetInTheClientThatNeedsIt(
      String product, String platform, String setting) {
    List<String> toDo = advice(reset(handshake("10.0.1.1", product, platform))).toDo();

    assertTrue(toDo.get(0).startsWith("set a heartbeat of 60 s (now off): "), toDo::toString);
    assertContains(setting, toDo);
  }

  @Test
  void shouldHaveATimerRaisedFirstIntoWhichNoSafeHeartbeatFits() {
    Talk talk = new Talk().open(0).pause(Duration.ofSeconds(3)).ttl(CLIENT, 63).ttl(BROKER, 63);

    List<String> toDo = advice(talk.bareReset(CLIENT).bareReset(BROKER)).toDo();

    assertEquals(
        "raise the idle timeout of the firewall, NAT or load balancer first, to 120 s or more, as"
            + " 3.00 s is too short for safe heartbeats",
        toDo.get(0));
    assertTrue(toDo.get(1).startsWith("then set a heartbeat of 60 s (now off): "), toDo::toString);
  }

  @Test
  void shouldLetAHeartbeatBeThatIsShortEnoughOnceTheTimerIsRaised() {
    Talk talk = new Talk().open(30).pause(Duration.ofSeconds(3)).ttl(CLIENT, 63).ttl(BROKER, 63);

    assertEquals(
        "then the heartbeat of 30 s keeps it alive",
        advice(talk.bareReset(CLIENT).bareReset(BROKER)).toDo().get(1));
  }

  @Test
  void shouldNameTheSettingsOfTheProxyThatClosed() {
    Talk talk = new Talk().open(0).client(AmqpBytes.heartbeat()).pause(SILENCE).fin(CLIENT);
    talk.pause(Duration.ofNanos(100_000)).socketReset(CLIENT);

    List<String> toDo = advice(talk).toDo();
    assertTrue(toDo.get(0).startsWith("set a heartbeat of 60 s"), toDo::toString);
    assertContains("\"timeout client\" and \"timeout server\" in HAProxy", toDo);
    assertContains("proxy_timeout in nginx; idle_timeout in Envoy", toDo);
    assertContains("timeout +(client|server|tunnel)", commands(talk));
  }

  @Test
  void shouldNameTheSettingOfADeviceThatTheTimerFits() {
    Talk talk = new Talk().open(0).pause(Duration.ofSeconds(300)).ttl(CLIENT, 63).ttl(BROKER, 63);

    assertContains(
        "if it is F5 BIG-IP: Idle Timeout of the TCP or FastL4 profile",
        advice(talk.bareReset(CLIENT).bareReset(BROKER)).toDo());
  }

  @Test
  void shouldNameEnvoyWhereAProxyClosedAfterItsDefault() {
    Talk talk = new Talk().open(0).client(AmqpBytes.heartbeat()).pause(Duration.ofHours(1));

    assertContains(
        "if it is Envoy, TCP proxy: idle_timeout of tcp_proxy", advice(talk.fin(CLIENT)).toDo());
  }

  @Test
  void shouldNameNetScalerWhereItGaveItsReason() {
    Talk talk = new Talk().open(0).pause(SILENCE);
    talk.ttl(BROKER, 255).packet(BROKER, Segment.RST | Segment.ACK, packet -> packet.window(9300));

    assertContains("if it is NetScaler (Citrix ADC): cltTimeout", advice(talk).toDo());
  }

  @Test
  void shouldNameIpvsWhereTheSameConnectionLivedThroughALittleLess() {
    Talk talk = new Talk().open(0).pause(Duration.ofSeconds(870));
    talk.client(AmqpBytes.heartbeat()).broker(AmqpBytes.heartbeat());

    assertContains(
        "if it is Linux IPVS", advice(IdleTimeout.dropped(talk, Duration.ofSeconds(905))).toDo());
  }

  @Test
  void shouldGiveNoAdviceForWhatIsHarmless() {
    Talk probe = new Talk().connect().fin(CLIENT).socketReset(BROKER);

    assertEquals(new Advice(List.of(), List.of()), advice(probe));
  }

  // ---- commands

  @Test
  void shouldFillInHostAndTimeOfACrash() {
    Talk talk = new Talk("10.77.2.1", 40_000).open(60).pause(ODD).socketReset(CLIENT);

    Advice advice = advice(talk);

    Check check = advice.checks().get(0);
    assertEquals("client 10.77.2.1", check.on());
    assertEquals("a process killed for lack of memory around 17:45:08 UTC", check.lookFor());
    assertEquals("TZ=UTC dmesg -T | grep -iE 'oom|killed process'", check.command());
    assertEquals(
        "journalctl --since '2026-11-20 17:44:08 UTC' --until '2026-11-20 17:46:08 UTC'",
        advice.checks().get(1).command());
  }

  @Test
  void shouldLookIntoTheEventLogOnWindowsAndRunNothingOfLinux() {
    Talk talk = new Talk().ttl(CLIENT, 125).open(60).pause(ODD).socketReset(CLIENT);

    List<Check> checks = advice(talk).checks();

    assertEquals(1, checks.size(), checks::toString);
    assertEquals("eventvwr", checks.get(0).command());
    assertTrue(checks.get(0).lookFor().endsWith("around 17:45:08 UTC"), checks::toString);
  }

  @Test
  void shouldNotTakeTheTtlOfAProxyForThatOfTheClientBehindIt() {
    Talk talk = new Talk("10.0.1.5", 40_000).ttl(CLIENT, 125).connect();
    talk.client(AmqpBytes.bytes().ascii("PROXY TCP4 203.0.113.7 10.0.0.2 5555 5672\r\n").array());
    talk.client(AmqpBytes.header091()).broker(AmqpBytes.brokerHandshake()).socketReset(CLIENT);

    assertContains("journalctl", commands(talk));
  }

  @Test
  void shouldLookForTheBrokersWordsWhereRabbitMqLogs() {
    Talk talk = new Talk().pause(ODD).open(60).socketReset(BROKER);

    assertEquals(
        "for t in '2026-11-20 17:44' '2026-11-20 17:45' '2026-11-20 17:46'; do grep -h \"$(date -d"
            + " \"$t UTC\" +%F.%H:%M)\" /var/log/rabbitmq/*.log; done",
        commands(talk).get(0));
  }

  @Test
  void shouldLookForTheWordsOfABrokerOnWindowsByItsOwnTool() {
    Talk talk = new Talk().ttl(BROKER, 128).pause(ODD).open(60).socketReset(BROKER);

    assertEquals(List.of("rabbitmq-diagnostics log_tail -N 200", "eventvwr"), commands(talk));
  }

  @Test
  void shouldFillInTheHostsOfAForgottenConnection() {
    List<String> commands = commands(reset(new Talk().open(0)));

    assertEquals(
        List.of(
            "rabbitmqctl list_connections name peer_host timeout",
            "ss -tnoi dst 10.0.1.1",
            "conntrack -L -p tcp --dport 5672 -d 10.0.0.2"),
        commands);
  }

  @Test
  void shouldWriteAddressesOfIpv6AsEachCommandTakesThem() {
    List<String> commands = commands(reset(new Talk("2001:db8::1", 40_000).open(0)));

    assertContains("ss -tnoi dst '[2001:db8::1]'", commands);
    assertContains("conntrack -L -f ipv6 -p tcp --dport 5672 -d 2001:db8::2", commands);
  }

  @Test
  void shouldNameTheClientBehindAProxy() {
    Talk talk = new Talk("10.0.1.5", 40_000).connect();
    talk.client(AmqpBytes.bytes().ascii("PROXY TCP4 203.0.113.7 10.0.0.2 5555 5672\r\n").array());
    talk.client(AmqpBytes.header091()).broker(AmqpBytes.brokerHandshake()).socketReset(CLIENT);

    Advice advice = advice(talk);

    assertContains("client 203.0.113.7 behind the proxy 10.0.1.5:40000", advice.toDo());
    assertEquals("client 203.0.113.7", advice.checks().get(0).on());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "10.0.0.7 | 10.0.0.7",
        "2001:db8::1 | 2001:db8::1",
        "$(reboot) | '$(reboot)'",
        "a;reboot | 'a;reboot'",
        "-rf | '-rf'",
        "`id` | '`id`'",
      })
  void shouldQuoteWhatIsNoPlainWord(String text, String word) {
    assertEquals(word, Shell.word(text));
  }

  @Test
  void shouldQuoteQuotesAndLeaveOutControlCharacters() {
    assertEquals("'it'\\''s'", Shell.word("it's"));
    assertEquals("''", Shell.word(""));
    assertEquals("ab", Shell.word("a\nb\u001b"));
    assertFalse(Shell.word("a\rreboot\n").contains("\n"));
  }

  @Test
  void shouldSendToTheAlarmsOfTheBrokerThatHadBlockedTheClient() {
    Talk blocked = new Talk().open(60).broker(AmqpBytes.blocked("low on disk"));
    Advice advice = advice(blocked.pause(Duration.ofSeconds(20)).fin(CLIENT));

    assertContains("it had blocked publishing (low on disk)", advice.toDo());
    assertTrue(advice.toDo().stream().noneMatch(text -> text.contains("not the network")));
    assertTrue(
        advice.checks().stream()
            .anyMatch(c -> c.command().contains("rabbitmq-diagnostics alarms")));
  }
}
