package io.rstscope.reset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Small packets of one size at one interval are heartbeats, also where nothing can be read. */
class BeatLogTest {
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final byte[] RECORD = {23, 3, 3, 0, 3, 7, 7, 7};

  private static FlowObservation flow(Talk talk) {
    List<FlowObservation> flows = new ArrayList<>();
    Analysis.observe(flows, talk);
    return flows.get(0);
  }

  /** Begun late, so that no heartbeat was seen to be agreed. */
  private static Talk beating(int times, byte[] bytes) {
    Talk talk = new Talk().broker(bytes);
    for (int i = 1; i < times; i++) {
      talk.pause(INTERVAL).broker(bytes);
    }
    return talk;
  }

  @Test
  void shouldKnowTheIntervalAndHowOftenItCameAgain() {
    Talk talk = beating(4, AmqpBytes.heartbeat());
    long end = talk.now();

    Beat beat = flow(talk).brokerBeat();

    assertEquals(5, beat.intervalNanos() / 1e9, 0.01);
    assertEquals(2, beat.repeated());
    assertEquals(end, beat.nanos(), 2e6);
    assertEquals(beat.nanos(), beat.lastNanos());
    assertEquals(8, beat.lastLength());
    assertEquals(0, beat.lastTlsType());
  }

  @Test
  void shouldKnowNoIntervalOfOnePacket() {
    Beat beat = flow(beating(1, AmqpBytes.heartbeat())).brokerBeat();

    assertEquals(-1, beat.intervalNanos());
    assertEquals(0, beat.nanos());
  }

  @Test
  void shouldBeginAnewWhenTheIntervalChanges() {
    Talk talk = beating(4, AmqpBytes.heartbeat());

    Beat beat = flow(talk.pause(Duration.ofSeconds(9)).broker(AmqpBytes.heartbeat())).brokerBeat();

    assertEquals(0, beat.repeated());
    assertEquals(9, beat.intervalNanos() / 1e9, 0.01);
  }

  @Test
  void shouldAllowATimerToBeLateByATenth() {
    Talk talk = beating(2, AmqpBytes.heartbeat());

    talk.pause(Duration.ofMillis(5_450)).broker(AmqpBytes.heartbeat());

    assertEquals(1, flow(talk).brokerBeat().repeated());
  }

  @Test
  void shouldTakeOnlyPacketsOfOneSizeForABeat() {
    Talk talk = beating(3, AmqpBytes.heartbeat()).pause(INTERVAL).broker(new byte[9]);

    Beat beat = flow(talk).brokerBeat();

    assertEquals(9, beat.lastLength());
    assertEquals(5, (beat.lastNanos() - beat.nanos()) / 1e9, 0.01);
    assertEquals(1, beat.repeated());
  }

  @Test
  void shouldPassOverLargerPackets() {
    Talk talk = beating(3, AmqpBytes.heartbeat()).broker(AmqpBytes.deliver(100));

    Beat beat = flow(talk.pause(INTERVAL).broker(AmqpBytes.heartbeat())).brokerBeat();

    assertEquals(2, beat.repeated());
  }

  @Test
  void shouldReadTheTypeOfTlsRecords() {
    byte[] alert = {21, 3, 3, 0, 2, 1, 0};
    byte[] noTls = {24, 3, 3, 0, 2, 1, 0};
    byte[] noVersion = {21, 4, 3, 0, 2, 1, 0};

    assertEquals(23, flow(beating(2, RECORD)).brokerBeat().lastTlsType());
    assertEquals(21, flow(beating(2, RECORD).broker(alert)).brokerBeat().lastTlsType());
    assertEquals(0, flow(beating(2, RECORD).broker(noTls)).brokerBeat().lastTlsType());
    assertEquals(0, flow(beating(2, RECORD).broker(noVersion)).brokerBeat().lastTlsType());
  }

  @Test
  void shouldReadWhatAFatalAlertSays() {
    byte[] fatal = {21, 3, 3, 0, 2, 2, 48};
    byte[] warning = {21, 3, 3, 0, 2, 1, 0};
    byte[] encrypted = {21, 3, 3, 0, 3, 2, 48, 7};

    assertEquals(48, flow(beating(2, RECORD).broker(fatal)).brokerBeat().fatalAlert());
    assertEquals(-1, flow(beating(2, RECORD).broker(warning)).brokerBeat().fatalAlert());
    assertEquals(-1, flow(beating(2, RECORD).broker(encrypted)).brokerBeat().fatalAlert());
  }

  @Test
  void shouldKeepTheSidesApart() {
    FlowObservation flow = flow(beating(3, AmqpBytes.heartbeat()));

    assertSame(Beat.NONE, flow.clientBeat());
    assertEquals(1, flow.brokerBeat().repeated());
  }

  @Test
  void shouldNotBeKeptOnceHeartbeatsAreAgreed() {
    Talk talk = new Talk().open(60).pause(INTERVAL).broker(AmqpBytes.heartbeat());

    Beat beat = flow(talk.pause(INTERVAL).broker(AmqpBytes.heartbeat())).brokerBeat();

    assertEquals(-1, beat.intervalNanos());
  }
}
