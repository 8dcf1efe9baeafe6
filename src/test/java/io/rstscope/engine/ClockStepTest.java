package io.rstscope.engine;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.net.Side;
import io.rstscope.report.model.CaptureReport;
import io.rstscope.report.words.QualityText;
import io.rstscope.testing.Talk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A clock that is set forward while nothing is captured makes no idle time. */
class ClockStepTest {
  private static final Duration STEP = Duration.ofSeconds(60);
  private static final Duration IDLE = Duration.ofMillis(2_370);

  /** The clocks of those hosts do not go on with that of the capture. */
  private static Talk stepped(String client, Side... unmoved) {
    Talk talk = new Talk(client, 40_000).open(30).pause(Duration.ofMillis(900));
    talk.client(AmqpBytes.heartbeat()).pause(IDLE).pause(STEP);
    for (Side side : unmoved) {
      talk.clock(side, STEP.negated());
    }
    return talk;
  }

  private static CaptureReport analyze(Talk... talks) throws IOException {
    return Analysis.of(
        "test",
        new ByteArrayInputStream(Talk.capture(talks).bytes()),
        AnalysisOptions.defaults().withAllFlows());
  }

  private static FlowVerdict lost(CaptureReport report) {
    return report.flows().stream().filter(FlowVerdict::isLost).findFirst().orElseThrow();
  }

  @Test
  void shouldTakeTheStepOutOfIdleTimes() throws IOException {
    Talk killed = stepped("10.0.1.1", CLIENT, BROKER).fin(CLIENT).socketReset(BROKER);
    Talk living = stepped("10.0.1.2", CLIENT, BROKER).client(AmqpBytes.heartbeat());

    CaptureReport report = analyze(killed, living);

    assertEquals(60, report.quality().setForwardNanos() / 1e9, 0.01);
    assertEquals(2.37, lost(report).ending().idleNanos() / 1e9, 0.01);
    assertEquals(Cause.CLIENT_ABORT, lost(report).ending().cause());
  }

  @Test
  void shouldTakeItOutOfIdleTimesBeforeResets() throws IOException {
    Talk reset = stepped("10.0.1.1", CLIENT, BROKER).socketReset(CLIENT);
    Talk living = stepped("10.0.1.2", CLIENT, BROKER).client(AmqpBytes.heartbeat());

    FlowVerdict verdict = lost(analyze(reset, living));

    assertEquals(2.37, verdict.ending().idleNanos() / 1e9, 0.01);
    assertTrue(verdict.verdicts().get(0).confidence() > 0.8, verdict.ending()::says);
  }

  /** The client's clock stands still while it sleeps, and the broker's goes on. */
  @Test
  void shouldNotTakeAHostThatSleptForAStep() throws IOException {
    Talk slept = stepped("10.0.1.1", CLIENT).client(AmqpBytes.heartbeat()).fin(CLIENT);

    CaptureReport report = analyze(slept);

    assertEquals(0, report.quality().setForwardNanos());
    assertEquals(0, lost(report).ending().idleNanos() / 1e9, 0.1);
  }

  @Test
  void shouldNotDoubtATimeThatPassedForAll() throws IOException {
    CaptureReport report = analyze(stepped("10.0.1.1").fin(CLIENT).socketReset(BROKER));

    assertEquals(0, report.quality().setForwardNanos());
    assertEquals(62.37, lost(report).ending().idleNanos() / 1e9, 0.01);
  }

  @Test
  void shouldDoubtNoTimeWithoutTimestamps() throws IOException {
    Talk talk = new Talk().withoutTimestamps().open(0).pause(STEP).fin(CLIENT);

    assertEquals(0, analyze(talk).quality().setForwardNanos());
  }

  @Test
  void shouldSaySo() throws IOException {
    Talk killed = stepped("10.0.1.1", CLIENT, BROKER).fin(CLIENT).socketReset(BROKER);
    Talk living = stepped("10.0.1.2", CLIENT, BROKER).client(AmqpBytes.heartbeat());

    String notes = QualityText.notes(analyze(killed, living).quality());

    assertTrue(notes.contains("its clock was set forward by 60.0 s"), notes);
  }
}
