package io.rstscope.judge.context;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.reset.FlowObservation;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Packets;
import io.rstscope.testing.Talk;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one connection shows of a proxy in the client's place. */
class ProxySignsTest {
  private static final byte[] HEADER =
      "PROXY TCP4 203.0.113.7 10.0.0.2 5555 5672\r\n".getBytes(StandardCharsets.US_ASCII);

  private static FlowObservation flow(Talk talk) {
    List<FlowObservation> flows = new ArrayList<>();
    Analysis.observe(flows, talk);
    return flows.get(0);
  }

  private static void assertSigns(Set<ProxySign> signs, Talk talk) {
    FlowObservation flow = flow(talk);
    assertEquals(signs, ProxySigns.of(flow));
    assertEquals(!signs.isEmpty(), ProxySigns.any(flow));
  }

  private static Talk idle(Duration silence) {
    return new Talk().open(0).pause(silence);
  }

  @Test
  void shouldKnowAProxyThatAnnouncesItself() {
    Talk talk = new Talk().connect().data(CLIENT, HEADER).client(AmqpBytes.clientHandshake());

    assertSigns(Set.of(ProxySign.PROXY_HEADER), talk);
    assertSigns(Set.of(), new Talk().open(0));
  }

  private static Talk finThenReset(Duration silence, Duration between) {
    return idle(silence).fin(CLIENT).pause(between).socketReset(CLIENT);
  }

  @Test
  void shouldKnowHaproxyByItsFinAndItsReset() {
    Duration minute = Duration.ofMinutes(1);

    assertSigns(Set.of(ProxySign.FIN_THEN_RESET), finThenReset(minute, Duration.ofNanos(300_000)));
    assertSigns(Set.of(ProxySign.FIN_THEN_RESET), finThenReset(minute, Duration.ofMillis(900)));
    assertSigns(Set.of(), finThenReset(minute, Duration.ofMillis(1_100)));
    assertSigns(Set.of(), finThenReset(Duration.ofMillis(900), Duration.ofNanos(300_000)));
  }

  @Test
  void shouldNotTakeAProgramForItThatIsResetByDataWhichCameLater() {
    Talk talk = idle(Duration.ofMinutes(1)).fin(CLIENT).pause(Duration.ofMillis(40));
    talk.data(BROKER, AmqpBytes.heartbeat());

    assertSigns(Set.of(), talk.socketReset(CLIENT));
  }

  @Test
  void shouldTellTheSidesApart() {
    FlowObservation broker =
        flow(idle(Duration.ofMinutes(1)).fin(BROKER).answerDelay(BROKER).socketReset(BROKER));

    assertTrue(ProxySigns.finThenReset(broker, BROKER));
    assertFalse(ProxySigns.finThenReset(broker, CLIENT));
    assertFalse(
        ProxySigns.finThenReset(
            flow(idle(Duration.ofMinutes(1)).fin(CLIENT).socketReset(BROKER)), BROKER));
  }

  private static Talk saying(int ttl, String words) {
    return idle(Duration.ofMinutes(5))
        .ttl(CLIENT, ttl)
        .packet(CLIENT, Packets.RST | Packets.ACK, p -> p.window(0).payload(words));
  }

  @Test
  void shouldKnowAProxyThatSaysWhyInAResetOfItsOwn() {
    String words = "BIG-IP: [0x2408720:2226] Flow expired (sweeper)";

    assertSigns(Set.of(ProxySign.REASON_IN_RESET), saying(Talk.CLIENT_TTL, words));
    assertSigns(Set.of(), saying(254, words));
  }

  @ParameterizedTest
  @CsvSource({"1000000000, true", "1000000001, false"})
  void shouldAllowTheFinToBeAcknowledgedFirst(long between, boolean proxy) {
    Talk talk = Seen.after(idle(Duration.ofMinutes(1)).fin(CLIENT), between).socketReset(CLIENT);

    assertEquals(proxy, ProxySigns.finThenReset(flow(talk), CLIENT));
  }

  /** The broker's data came before the FIN, and cannot have drawn the reset, or after it. */
  private static Talk amidTraffic(long between, boolean drawn) {
    Talk talk = new Talk().open(0).data(BROKER, AmqpBytes.heartbeat()).fin(CLIENT);
    if (drawn) {
      talk.data(BROKER, AmqpBytes.heartbeat());
    }
    return Seen.after(talk, between - (drawn ? 10_000 : 0)).socketReset(CLIENT);
  }

  @ParameterizedTest
  @CsvSource({"5000000, false, true", "5000001, false, false", "5000000, true, false"})
  void shouldKnowAResetRightBehindAFinThatNothingDrew(long between, boolean drawn, boolean proxy) {
    assertEquals(proxy, ProxySigns.resetBehindFin(flow(amidTraffic(between, drawn))));
  }

  @Test
  void shouldKnowNoResetBehindAFinOfOthers() {
    assertFalse(ProxySigns.resetBehindFin(flow(new Talk().open(0).fin(CLIENT))));
    assertFalse(ProxySigns.resetBehindFin(flow(new Talk().open(0).socketReset(CLIENT))));
    assertFalse(ProxySigns.resetBehindFin(flow(new Talk().open(0).fin(CLIENT).bareReset(CLIENT))));
    assertFalse(
        ProxySigns.resetBehindFin(flow(new Talk().open(0).fin(BROKER).socketReset(BROKER))));
  }
}
