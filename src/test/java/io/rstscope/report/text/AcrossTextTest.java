package io.rstscope.report.text;

import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.net.Side;
import io.rstscope.report.Reports;
import io.rstscope.report.Samples;
import io.rstscope.report.model.CaptureReport;
import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the text report tells of connections together. */
class AcrossTextTest {
  private static String verbose(CaptureReport... captures) {
    return Reports.write(out -> new TextReport(out, false, 0, true), captures);
  }

  @Test
  void shouldSayWhichConnectionsWereLostTogetherBeforeTellingOfEach() {
    String report = verbose(Reports.capture("a", Samples.clientAbort(1), Samples.clientAbort(2)));

    int together = report.indexOf("  incident            2026-11-20 17:38:30.");
    assertTrue(together >= 0, report);
    assertTrue(together < report.indexOf("\n1   "), report);
    assertTrue(
        report
            .replaceAll("\\s+", " ")
            .contains(
                "2 connections lost: probably client abort (killed or closed its socket); at once, both from"),
        report);
  }

  @Test
  void shouldNameTheCaptureOfWhatIsToldOfSeveral() {
    CaptureReport first = Reports.capture("first.pcap", Samples.idleTimeout(1));
    CaptureReport second = Reports.capture("second.pcap", Samples.probe(1));

    String report = verbose(first, second).replaceAll("\\s+", " ");

    assertTrue(report.contains("no longer idle period survived; in first.pcap"), report);
  }

  @Test
  void shouldShowAFewOfManyTimers() {
    Talk[] talks = new Talk[5];
    for (int i = 0; i < talks.length; i++) {
      Talk talk = new Talk("10.0.1." + i, 1).open(0).pause(Duration.ofSeconds(10 + 10 * i));
      talks[i] = talk.ttl(CLIENT, 63).ttl(Side.BROKER, 63).bareReset(CLIENT).bareReset(Side.BROKER);
    }

    String report = verbose(Reports.capture("a", talks));

    assertEquals(
        3,
        Pattern.compile("no\\s+longer\\s+idle\\s+period\\s+survived")
            .matcher(report)
            .results()
            .count());
    assertTrue(report.contains("                      and 2 more: see --format json\n"), report);
  }

  @Test
  void shouldShowACommandOnce() {
    String report = verbose(Reports.capture("a", Samples.clientAbort(1), Samples.idleTimeout(2)));

    String evidence = report.substring(report.indexOf("\nEvidence\n"));
    assertEquals(
        1, Pattern.compile("list_connections").matcher(evidence).results().count(), report);
    assertTrue(
        report.contains("            TZ=UTC dmesg -T | grep -iE 'oom|killed process'\n"), report);
  }
}
