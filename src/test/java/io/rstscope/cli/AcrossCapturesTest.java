package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What connections of the labelled captures say together. */
class AcrossCapturesTest {
  private static JsonNode summary(String capture) {
    return Run.of("analyze", "--format", "json", Run.CAPTURES.resolve(capture)).summary();
  }

  @Test
  void shouldSeeTheSixConnectionsOfAKilledProcessAsOneIncident() {
    JsonNode incidents = summary("client-killed-many.broker.pcap").get("incidents");

    assertEquals(1, incidents.size());
    assertEquals(6, incidents.at("/0/connections").asInt());
    assertEquals("client-abort", incidents.at("/0/cause").asText());
    assertEquals("10.60.1.11", incidents.at("/0/shared/client_host").asText());
    assertEquals("workers", incidents.at("/0/shared/connection_name").asText());
  }

  @Test
  void shouldSeeThatABrokersDeathTookClientsOfSeveralHosts() {
    JsonNode incident = summary("broker-killed.pcapng").at("/incidents/0");

    assertEquals("broker-abort", incident.get("cause").asText());
    assertEquals(2, incident.at("/distinct/client_host").asInt());
    assertEquals("10.88.7.20:5672", incident.at("/shared/broker").asText());
  }

  @Test
  void shouldTakeALostTableForOneIncidentAndNotForATimer() {
    JsonNode summary = summary("nat-mappings-lost.pcap");

    assertEquals(24, summary.at("/incidents/0/connections").asInt());
    assertEquals(0, summary.get("idle_timers").size());
    assertEquals(0, summary.get("heartbeats").size());
  }

  /** The devices' timers were set to 3 s, HAProxy's to 4 s; they tick coarsely. */
  @ParameterizedTest
  @CsvSource({
    "device-resets-both.broker.pcap, resets, 3.0, 3.1",
    "device-resets-both-sides.pcap, resets-both, 3.2, 3.4",
    "proxy-idle-timeout.pcap, closes, 4.0, 4.5",
    "haproxy-idle-30-x4.broker.pcap, closes, 30.0, 30.1",
    "firewall-reject-75-x4.client.pcap, rejects-later, 75.0, 80.0"
  })
  void shouldFindTheTimerOfTheDevice(String capture, String expiry, double atLeast, double atMost) {
    JsonNode timer = summary(capture).at("/idle_timers/0");

    assertEquals(expiry, timer.get("expiry").asText());
    double seconds = timer.get("at_most_s").asDouble();
    assertTrue(seconds >= atLeast && seconds <= atMost, timer::toString);
  }

  @Test
  void shouldCountOnlyTheSilentOneOfSeveralAsPreventable() {
    JsonNode heartbeats = summary("haproxy-timer-and-kills.middle.pcap").at("/heartbeats/0");

    assertEquals(0, heartbeats.at("/clients/0/heartbeat_s").asInt());
    assertTrue(
        heartbeats.get("prevented").asInt() < heartbeats.get("lost").asInt(), heartbeats::toString);
  }

  /** No device that is known waits for so short a time. */
  @Test
  void shouldNotTakeOneShortSilenceForTheTimerOfADevice() {
    JsonNode summary = summary("firewall-forgets-idle-flows.pcapng");

    assertEquals(2, summary.at("/causes/state-lost").asInt(), summary::toString);
    assertEquals(0, summary.get("idle_timers").size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "clients-killed.pcapng",
        "client-killed.broker.pcapng",
        "broker-killed.broker.pcapng",
        "normal-close.broker.pcap",
        "missed-heartbeats.pcap",
        "forged-on-path.broker.pcap",
        "client-host-lost.broker.pcap"
      })
  void shouldBlameNoTimerWhereNoneRanOut(String capture) {
    JsonNode summary = summary(capture);

    assertEquals(0, summary.get("idle_timers").size(), summary::toString);
    assertEquals(0, summary.get("heartbeats").size(), summary::toString);
  }

  @Test
  void shouldNameTheRealClientsBehindAProxy() {
    Run run = Run.of("analyze", Run.CAPTURES.resolve("proxy-protocol.broker.pcapng"));

    String report = run.out().replaceAll("\\s+", " ");
    assertTrue(report.contains("for 10.60.1.11 behind a proxy"), report);
    assertTrue(report.contains("the client 10.60.3.5, perhaps a proxy"), report);
  }
}
