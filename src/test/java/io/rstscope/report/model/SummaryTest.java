package io.rstscope.report.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.judge.CaptureVerdict;
import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.incident.Incident;
import io.rstscope.judge.incident.Losses;
import io.rstscope.judge.sender.Sender;
import io.rstscope.report.Reports;
import io.rstscope.report.Samples;
import io.rstscope.reset.ResetObservation;
import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class SummaryTest {
  private static long sum(Map<?, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  @Test
  void shouldCountEachConnectionOnceAndEachResetOnce() {
    CaptureReport first = Samples.all();
    CaptureReport second = Reports.capture("second", Samples.probe(1), Samples.clientAbort(2));

    Summary summary = Reports.summary(first, second);

    int flows = first.flows().size() + second.flows().size();
    assertEquals(flows, summary.lost() + summary.refused() + summary.harmless());
    assertEquals(flows, summary.connections());
    assertEquals(flows, sum(summary.endings()));
    assertEquals(summary.lost(), sum(summary.lostBySender()));
    assertEquals(summary.resets(), sum(summary.resetsBySender()));
    assertEquals(1, summary.refused());
    assertEquals(3, summary.harmless());
    assertEquals(3, summary.harmlessResets());
    // the one whose sender is open is among them: the client is still the likeliest
    assertEquals(3, summary.endings().get(Cause.CLIENT_ABORT));
  }

  @Test
  void shouldGivePercentilesOfASortedListWithinTheHistogramsPrecision() {
    Random random = new Random(7);
    Talk[] talks = new Talk[60];
    for (int i = 0; i < talks.length; i++) {
      Duration silence = Duration.ofMillis(2_000 + random.nextInt(500_000));
      talks[i] = Samples.idleTimeout(41_000 + i, silence);
    }
    CaptureReport capture = Reports.capture("a", talks);

    Histogram idle = Reports.summary(capture).idleMicros();

    long[] sorted =
        capture.flows().stream()
            .mapToLong(verdict -> idleMicros(verdict.flow().resets().get(0)))
            .sorted()
            .toArray();
    assertEquals(sorted.length, idle.getTotalCount());
    for (double percentile : new double[] {50, 90, 99, 100}) {
      long expected = sorted[(int) Math.ceil(percentile / 100 * sorted.length) - 1];
      assertEquals(expected, idle.getValueAtPercentile(percentile), expected / 1000.0);
    }
  }

  private static long idleMicros(ResetObservation reset) {
    return reset.idle().silenceNanos() / 1000;
  }

  @Test
  void shouldLeaveHarmlessEndingsOutOfTheIdleTimes() {
    Summary summary =
        Reports.summary(Reports.capture("a", Samples.probe(1), Samples.normalClose(2)));

    assertEquals(0, summary.idleMicros().getTotalCount());
    assertEquals(2, summary.rttMicros().getTotalCount());
  }

  @Test
  void shouldKeepNoFlows() {
    Summary summary = Reports.summary(Samples.all());

    assertTrue(summary.captures().stream().allMatch(capture -> capture.flows().isEmpty()));
    assertEquals("all.pcap", summary.captures().get(0).name());
  }

  private static Incident incident(int number, int connections) {
    return new Incident(
        number, 0, 0, connections, Cause.CLIENT_ABORT, Sender.CLIENT, new Losses(), Map.of());
  }

  @Test
  void shouldKeepTheLargestOfTooManyIncidentsInTheOrderOfTime() {
    List<Incident> incidents = new ArrayList<>();
    for (int i = 1; i <= 1_200; i++) {
      incidents.add(incident(i, i % 7 == 0 ? 2 : 9));
    }
    CaptureVerdict verdict = new CaptureVerdict(List.of(), incidents, List.of(), null);

    Summary summary = Reports.summary(Reports.report("a", "a", Reports.quality(1, null), verdict));

    List<Incident> kept = summary.captures().get(0).verdict().incidents();
    assertEquals(1_000, kept.size());
    assertEquals(200, summary.incidentsLeftOut());
    assertTrue(kept.stream().allMatch(incident -> incident.connections() == 9));
    assertEquals(
        kept.stream().map(Incident::number).sorted().toList(),
        kept.stream().map(Incident::number).toList());
  }

  @Test
  void shouldTakeTheLongestSilenceThatAClockCanShow() {
    Histogram idle = Reports.summary().idleMicros();
    long[] micros = {0, 1, Long.MAX_VALUE / 1000};

    Arrays.stream(micros).forEach(idle::recordValue);

    assertEquals(3, idle.getTotalCount());
  }
}
