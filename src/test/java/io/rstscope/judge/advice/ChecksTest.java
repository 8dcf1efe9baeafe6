package io.rstscope.judge.advice;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.net.Side;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands that confirm a cause: on which host, and with which address, port and time. */
class ChecksTest {
  private static Check check(String name, Talk talk) {
    return new Checks(Analysis.of(talk)).named(name);
  }

  private static Talk closedBy(Side side) {
    return closedBy(side, new Talk());
  }

  /** Near the broker: the client is three hops away. */
  private static Talk closedBy(Side side, Talk talk) {
    return talk.open(60).pause(Duration.ofSeconds(3)).fin(side);
  }

  private static Talk overIpv6() {
    return closedBy(CLIENT, new Talk("2001:db8::1", 40_000));
  }

  // ---- where

  @ParameterizedTest
  @CsvSource({
    "out-of-memory-client, client 10.0.1.1",
    "out-of-memory-broker, broker 10.0.0.2",
    "journal-client, client 10.0.1.1",
    "journal-broker, broker 10.0.0.2",
    "reboots, client 10.0.1.1",
    "broker-log, broker 10.0.0.2",
    "heartbeats, broker 10.0.0.2",
    "alarms, broker 10.0.0.2",
    "listener, broker 10.0.0.2",
    "listeners, broker 10.0.0.2",
    "tls, client 10.0.1.1",
    "limits, broker 10.0.0.2",
    "conntrack, a Linux firewall or NAT in the path",
    "conntrack-counts, the Linux host that translates",
    "capture-client, client 10.0.1.1"
  })
  void shouldLookOnTheHostThatKnows(String name, String host) {
    assertEquals(host, check(name, closedBy(CLIENT)).on());
    assertEquals(host, check(name, new Talk().open(60).socketReset(BROKER)).on());
  }

  @ParameterizedTest
  @CsvSource({
    "proxy-journal, proxy 10.0.1.1, proxy 10.0.0.2",
    "path-timer, proxy 10.0.1.1, proxy 10.0.0.2",
    "packet-filter, client 10.0.1.1, proxy 10.0.0.2",
    "path-mtu, broker 10.0.0.2, client 10.0.1.1",
    "capture-silent-side, broker 10.0.0.2, client 10.0.1.1",
    "listener, broker 10.0.0.2, broker behind 10.0.0.2"
  })
  void shouldLookOnTheSideThatEndedItOrOnTheOther(String name, String ofClient, String ofBroker) {
    assertEquals(ofClient, check(name, closedBy(CLIENT)).on());
    assertEquals(ofBroker, check(name, closedBy(BROKER)).on());
  }

  @Test
  void shouldNotTakeAProxysAddressForThatOfTheBroker() {
    Talk proxys = new Talk().open(0).pause(Duration.ofSeconds(300)).fin(BROKER);
    Talk brokers = new Talk().open(0).socketReset(BROKER);

    assertEquals("broker behind 10.0.0.2", check("heartbeats", proxys).on());
    assertEquals("proxy 10.0.0.2", check("journal-broker", proxys).on());
    assertEquals("broker 10.0.0.2", check("heartbeats", brokers).on());
    assertEquals("broker 10.0.0.2", check("journal-broker", brokers).on());
  }

  @ParameterizedTest
  @CsvSource({"3, 0, client, broker", "0, 3, broker, client", "3, 3, client, broker"})
  void shouldCaptureAtTheOtherEndOfThePath(
      int ofClient, int ofBroker, String otherSide, String here) {
    Talk talk = new Talk().ttl(CLIENT, 64 - ofClient).ttl(BROKER, 64 - ofBroker);
    closedBy(CLIENT, talk);

    assertTrue(check("capture-other-side", talk).on().startsWith(otherSide));
    assertTrue(check("capture-here", talk).on().startsWith(here));
  }

  @Test
  void shouldTakeTheCaptureForTheBrokersWhereOnlyOneSideIsInIt() {
    Talk talk = new Talk().ttl(BROKER, 61).data(BROKER, new byte[9]).bareReset(CLIENT);

    assertTrue(check("capture-here", talk).on().startsWith("broker"));
  }

  // ---- which command

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "heartbeats | rabbitmqctl list_connections name peer_host timeout",
        "listener | ss -tln 'sport = :5672'",
        "tls | openssl s_client -connect 10.0.0.2:5672 </dev/null",
        "conntrack | conntrack -L -p tcp --dport 5672 -d 10.0.0.2",
        "capture-client | tcpdump -ni any -s 512 -w client.pcap tcp port 5672 and host 10.0.0.2",
      })
  void shouldFillInAddressAndPort(String name, String command) {
    assertEquals(command, check(name, closedBy(CLIENT)).command());
  }

  @Test
  void shouldCaptureAtTheBrokerWhatComesFromTheClient() {
    assertEquals(
        "tcpdump -ni any -s 512 -w broker.pcap tcp port 5672 and host 10.0.1.1",
        check("capture-silent-side", closedBy(CLIENT)).command());
  }

  @Test
  void shouldPingWhatTheLostPacketsWereSentTo() {
    assertTrue(check("path-mtu", closedBy(BROKER)).command().endsWith("-s $n 10.0.0.2; done"));
    assertTrue(check("path-mtu", closedBy(CLIENT)).command().endsWith("-s $n 10.0.1.1; done"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "tls | openssl s_client -connect '[2001:db8::2]:5672' </dev/null",
        "conntrack | conntrack -L -f ipv6 -p tcp --dport 5672 -d 2001:db8::2",
        "capture-client | tcpdump -ni any -s 512 -w client.pcap tcp port 5672 and host 2001:db8::2",
      })
  void shouldWriteAddressesOfIpv6AsEachCommandTakesThem(String name, String command) {
    assertEquals(command, check(name, overIpv6()).command());
  }

  @Test
  void shouldAskForAProxysTimersWhereASocketEndedItElseForTheSockets() {
    Talk idle = new Talk().open(0).pause(Duration.ofSeconds(300));
    Talk answered = new Talk().open(0).pause(Duration.ofSeconds(300)).broker(new byte[8]);

    assertTrue(check("path-timer", closedBy(CLIENT)).command().contains("/etc/haproxy"));
    assertTrue(check("path-timer", idle.socketReset(CLIENT)).command().contains("/etc/haproxy"));
    assertEquals(
        "ss -tnoi dst 10.0.1.1", check("path-timer", answered.bareReset(CLIENT)).command());
  }

  // ---- which system

  @ParameterizedTest
  @CsvSource({"out-of-memory-client", "journal-client", "reboots"})
  void shouldLookIntoTheEventLogOfAWindowsClientAlone(String name) {
    Talk windows = closedBy(CLIENT, new Talk().ttl(CLIENT, 125));
    Talk brokers = closedBy(CLIENT, new Talk().ttl(BROKER, 125));

    assertEquals("client 10.0.1.1", check(name, windows).on());
    assertEquals("eventvwr", check(name, windows).command());
    assertNotEquals("eventvwr", check(name, brokers).command());
  }

  @ParameterizedTest
  @CsvSource({"out-of-memory-broker", "journal-broker"})
  void shouldLookIntoTheEventLogOfAWindowsBrokerAlone(String name) {
    assertEquals("eventvwr", check(name, closedBy(CLIENT, new Talk().ttl(BROKER, 125))).command());
    assertNotEquals(
        "eventvwr", check(name, closedBy(CLIENT, new Talk().ttl(CLIENT, 125))).command());
  }

  @Test
  void shouldTakeNoHostForWindowsOfWhichNoPacketIsThere() {
    Talk talk = new Talk().ttl(CLIENT, 125).data(BROKER, new byte[9]).bareReset(CLIENT);

    assertTrue(check("journal-client", talk).command().startsWith("journalctl"));
  }

  // ---- when

  @Test
  void shouldLookAMinuteAroundTheMomentOfTheLoss() {
    Talk early = new Talk().open(60).pause(Duration.ofMillis(93_500)).socketReset(CLIENT);

    assertEquals(
        "journalctl --since '2026-11-20 17:39:01 UTC' --until '2026-11-20 17:41:01 UTC'",
        check("proxy-journal", early).command());
    assertTrue(check("reboots", early).lookFor().endsWith("around 17:40:01 UTC"));
    assertEquals("17:40:01 UTC", new Checks(Analysis.of(early)).clock());
  }

  @Test
  void shouldKnowNoCheckThatIsNotInTheTable() {
    Checks checks = new Checks(Analysis.of(closedBy(CLIENT)));

    assertThrows(IllegalStateException.class, () -> checks.named("horoscope"));
  }

  @Test
  void shouldNameTheClientBehindAProxyAndCaptureThereToo() {
    Talk talk = new Talk("10.0.1.5", 40_000).connect();
    talk.client(AmqpBytes.bytes().ascii("PROXY TCP4 203.0.113.7 10.0.0.2 5555 5672\r\n").array());
    talk.client(AmqpBytes.header091()).fin(CLIENT);

    assertEquals("client 203.0.113.7", check("capture-client", talk).on());
    assertEquals("proxy 10.0.1.5", check("proxy-journal", talk).on());
  }
}
