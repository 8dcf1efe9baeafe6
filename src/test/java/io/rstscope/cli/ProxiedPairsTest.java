package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rstscope.testing.Recorded;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Labelled captures on the two sides of a proxy: no packet is in both. */
class ProxiedPairsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Path CLIENT = Run.CAPTURES.resolve("proxy-idle-timeout.client.pcap");
  private static final Path BROKER = Run.CAPTURES.resolve("proxy-idle-timeout.broker.pcap");

  @TempDir Path folder;

  private static JsonNode side(Object here, Object there) {
    return Run.of("analyze", "--format", "json", here, "--other-side", there)
        .summary()
        .get("other_sides")
        .get(0);
  }

  private Path changed(Path capture, UnaryOperator<List<Recorded>> change) throws IOException {
    return Recorded.capture(change.apply(Recorded.read(capture)))
        .writeTo(folder.resolve("changed.pcap"));
  }

  private Path moved(Path capture, long nanos) throws IOException {
    return changed(
        capture, all -> all.stream().map(each -> each.at(each.nanos() + nanos)).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "proxy-idle-timeout.client.pcap, proxy-idle-timeout.broker.pcap, proxy-both",
    "haproxy-timer-one.client.pcap, haproxy-timer-one.broker.pcap, proxy-both",
    "proxy-killed.client.pcapng, proxy-killed.broker.pcap, proxy-both",
    "proxy-nginx-idle-timeout.client.pcap, proxy-nginx-idle-timeout.broker.pcap, proxy-both",
    "proxy-protocol.client.pcap, proxy-protocol.broker.pcapng, client-first",
    "proxy-nginx-clients-killed.client.pcap, proxy-nginx-clients-killed.broker.pcap, client-first",
    "proxy-broker-killed.client.pcap, proxy-broker-killed.broker.pcap, broker-first",
    "proxy-nginx-broker-killed.client.pcap, proxy-nginx-broker-killed.broker.pcap, broker-first"
  })
  void shouldSayWhichLegEndedTheOther(String client, String broker, String order) {
    JsonNode there = side(Run.CAPTURES.resolve(client), Run.CAPTURES.resolve(broker));
    JsonNode here = side(Run.CAPTURES.resolve(broker), Run.CAPTURES.resolve(client));

    assertAll(
        () -> assertEquals("proxy-between", there.get("standing").asText()),
        () -> assertEquals(order, there.get("proxied").get(0).get("ended_first").asText()),
        () -> assertEquals("client", there.get("proxied").get(0).get("leg").asText()),
        () -> assertEquals(1, there.get("proxied").size()),
        () -> assertEquals("proxy-between", here.get("standing").asText()),
        () -> assertEquals(order, here.get("proxied").get(0).get("ended_first").asText()),
        () -> assertEquals("broker", here.get("proxied").get(0).get("leg").asText()));
  }

  @Test
  void shouldNameBothLegsAndTheirEnds() {
    JsonNode leg = side(CLIENT, BROKER).get("proxied").get(0);

    assertAll(
        () -> assertEquals("10.60.1.11:50934", leg.get("client").asText()),
        () -> assertEquals("10.60.1.5:5672", leg.get("broker").asText()),
        () -> assertEquals("10.60.3.5:41508", leg.get("other_client").asText()),
        () -> assertEquals("10.60.4.20:5672", leg.get("other_broker").asText()),
        () -> assertEquals(17, leg.get("frame").asInt()),
        () -> assertEquals(40, leg.get("other_frame").asInt()));
  }

  @Test
  void shouldCountAConnectionOfTwoLegsOnce() {
    Run run = Run.of("analyze", "--format", "json", CLIENT, "--other-side", BROKER);

    assertEquals(1, run.summary().get("lost_connections").asInt());
    assertFalse(run.err().contains("judged without it"), run.err());
  }

  @Test
  void shouldTellOfTheOtherLegInText() {
    String flow = "10.60.1.11:50934-10.60.1.5:5672";

    String all = Run.of("analyze", CLIENT, "--other-side", BROKER).out().replaceAll("\\s+", " ");
    String one =
        Run.of("analyze", CLIENT, "--other-side", BROKER, "--flow", flow)
            .out()
            .replaceAll("\\s+", " ");

    assertTrue(all.contains("both legs of 1 reset or lost connection found (1: the proxy"), all);
    assertTrue(one.contains("other leg 10.60.3.5:41508 to 10.60.4.20:5672 in proxy-idle"), one);
    assertTrue(one.contains("FIN from the proxy in frame 17 here, FIN from the proxy"), one);
  }

  @Test
  void shouldJoinThemByClocksThatAreFarApart() throws IOException {
    JsonNode side = side(CLIENT, moved(BROKER, 7 * SECOND / 5));

    assertEquals("proxy-both", side.get("proxied").get(0).get("ended_first").asText());
    assertEquals(1.4, side.get("clock_offset_s").asDouble(), 0.001);
    assertEquals(0, side.get("proxied").get(0).get("apart_s").asDouble(), 0.01);
  }

  // ---- what is no other leg

  @Test
  void shouldNotJoinConnectionsThatCarriedSomethingElse() {
    Path stranger = Run.CAPTURES.resolve("http-to-amqp.broker.pcap");

    assertEquals(0, side(CLIENT, stranger).get("proxied").size());
  }

  @Test
  void shouldNotJoinConnectionsOfAnotherTime() throws IOException {
    assertEquals(0, side(CLIENT, moved(BROKER, 3_600 * SECOND)).get("proxied").size());
  }

  @Test
  void shouldNotJoinAConnectionWhoseBeginIsMissing() throws IOException {
    Path late = changed(BROKER, all -> all.stream().filter(each -> each.frame() > 6).toList());

    assertEquals(0, side(CLIENT, late).get("proxied").size());
  }

  @Test
  void shouldNotSayWhoEndedItWhereTheOtherCaptureStops() throws IOException {
    Path cut = changed(BROKER, all -> all.stream().filter(each -> each.frame() < 38).toList());

    JsonNode leg = side(CLIENT, cut).get("proxied").get(0);

    assertEquals("order-unknown", leg.get("ended_first").asText());
    assertTrue(leg.get("apart_s").isNull());
  }

  @Test
  void shouldSayThatTheProxyEndedOneLegOnly() throws IOException {
    Path open =
        changed(
            BROKER,
            all ->
                all.stream()
                    .map(each -> each.frame() > 41 ? each.at(each.nanos() + 5 * SECOND) : each)
                    .filter(each -> !isEndOf(each, 41508))
                    .toList());

    JsonNode leg = side(CLIENT, open).get("proxied").get(0);

    assertEquals("proxy-one-leg", leg.get("ended_first").asText());
  }

  private static boolean isEndOf(Recorded packet, int clientPort) {
    boolean ends = packet.isReset() || (packet.flags() & 1) != 0;
    return ends && packet.connection().equals(Recorded.connection("10.60.3.5", clientPort));
  }
}
