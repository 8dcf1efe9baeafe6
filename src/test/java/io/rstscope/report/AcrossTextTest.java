package io.rstscope.report;

import static io.rstscope.testing.Talk.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the text report tells of connections together. */
class AcrossTextTest {
  @Test
  void shouldSayWhichConnectionsWereLostTogetherBeforeTellingOfEach() {
    String report =
        Reports.text(Reports.capture("a", Samples.clientAbort(1), Samples.clientAbort(2)));

    int together = report.indexOf("  lost together       2026-11-20 17:38:30.");
    assertTrue(together >= 0, report);
    assertTrue(together < report.indexOf("Lost connections"), report);
    assertTrue(
        report.replaceAll("\\s+", " ").contains("2 connections lost at once, both from"), report);
  }

  @Test
  void shouldNameTheCaptureOfWhatIsToldOfSeveral() {
    CaptureReport first = Reports.capture("first.pcap", Samples.idleTimeout(1));
    CaptureReport second = Reports.capture("second.pcap", Samples.probe(1));

    String report = Reports.text(first, second).replaceAll("\\s+", " ");

    assertTrue(report.contains("nothing survived longer; in first.pcap"), report);
  }

  @Test
  void shouldShowAFewOfManyTimers() {
    Talk[] talks = new Talk[5];
    for (int i = 0; i < talks.length; i++) {
      Talk talk = new Talk("10.0.1." + i, 1).open(0).pause(Duration.ofSeconds(10 + 10 * i));
      talks[i] = talk.ttl(CLIENT, 63).ttl(Talk.BROKER, 63).bareReset(CLIENT).bareReset(Talk.BROKER);
    }

    String report = Reports.text(Reports.capture("a", talks));

    assertEquals(3, Pattern.compile("nothing\\s+survived").matcher(report).results().count());
    assertTrue(report.contains("                      and 2 more: see --format json\n"), report);
  }

  @Test
  void shouldShowACommandOnce() {
    String report =
        Reports.text(Reports.capture("a", Samples.clientAbort(1), Samples.idleTimeout(2)));

    assertEquals(1, Pattern.compile("list_connections").matcher(report).results().count(), report);
    assertTrue(
        report.contains("           TZ=UTC dmesg -T | grep -iE 'oom|killed process'\n"), report);
  }
}
