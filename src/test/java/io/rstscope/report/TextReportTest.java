package io.rstscope.report;

import static io.rstscope.testing.Talk.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.capture.SeriesSource.Place;
import io.rstscope.judge.cause.Alternative;
import io.rstscope.judge.cause.CauseEvidence;
import io.rstscope.judge.cause.Ending;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.testing.Talk;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TextReportTest {
  private static String verbose(CaptureReport... captures) {
    return Reports.write(out -> new TextReport(out, false, 0, true), captures);
  }

  private static String firstLine(String report) {
    return report.lines().findFirst().orElseThrow();
  }

  // ---- what it says first

  @Test
  void shouldSayThatItIsAGuessWhoIsTheClient() {
    String guess = "Which side is the client is a guess from the port numbers.";

    assertTrue(Reports.text(Reports.capture("a", Samples.guessedRoles())).contains(guess));
    assertFalse(Reports.text(Samples.all()).contains(guess));
  }

  @Test
  void shouldTellOfTheEndAndNotOfAResetThatTheConnectionSurvived() {
    CaptureReport capture = Reports.capture("a", Samples.survivor(40_000));

    String report = Reports.text(capture);

    assertTrue(report.contains("2026-11-20 18:38:31.002 UTC"), report);
    assertTrue(report.contains("18:38:31 UTC:"), report);
    assertFalse(report.contains("2026-11-20 17:38:3"), report);
    assertEquals(3_600, capture.flows().get(0).ending().idleNanos() / 1_000_000_000L);
  }

  @Test
  void shouldSeparateLostConnectionsFromHarmlessResets() {
    String report =
        Reports.text(
            Reports.capture("a", Samples.probe(1), Samples.normalClose(2), Samples.clientAbort(3)));

    assertEquals("1 connection lost, 2 ended harmlessly; 3 resets.", firstLine(report));
    assertTrue(report.contains("  lost, cause         client-abort 1\n"), report);
    assertTrue(report.contains("  harmless            normal-close 1, probe 1\n"), report);
    assertFalse(report.contains("10.0.1.9"), "the probe is not told of");
  }

  @Test
  void shouldAnswerWhoWhyAndWhatToDoOnTheFirstScreen() {
    String screen =
        Reports.text(Reports.capture("a", Samples.idleTimeout(1), Samples.probe(2)))
            .lines()
            .limit(24)
            .reduce("", (all, line) -> all + line + "\n");

    assertTrue(screen.contains("lost, ended by      middlebox 1"), screen);
    assertTrue(screen.contains("lost, cause         idle-timeout 1"), screen);
    assertTrue(screen.contains("idle-timeout, ended by middlebox"), screen);
    assertTrue(screen.contains("10.0.1.1:1 -> 10.0.0.2:5672"), screen);
    assertTrue(screen.contains("Heartbeats of 20 s would have prevented 1 of 1 lost"), screen);
  }

  @Test
  void shouldSayThatNothingWasLostWhenAllWasHarmless() {
    String report = Reports.text(Reports.capture("a", Samples.probe(1)));

    assertEquals("No connection lost, 1 ended harmlessly; 1 reset.", firstLine(report));
    assertFalse(report.contains("Lost connections"), report);
  }

  @Test
  void shouldCountRefusedConnectionsApart() {
    String report = Reports.text(Reports.capture("a", Samples.refused(1), Samples.refused(2)));

    assertEquals("No connection lost, 2 refused, 0 ended harmlessly; 2 resets.", firstLine(report));
    assertFalse(report.contains("lost, cause"), report);
  }

  @Test
  void shouldTellOfWhatWasLostBeforeWhatWasOnlyRefused() {
    String report =
        Reports.text(
            Reports.capture("a", Samples.refused(1), Samples.refused(2), Samples.idleTimeout(3)));

    assertTrue(report.contains("\n1   idle-timeout"), report);
    assertTrue(report.contains("\n2   refused"), report);
  }

  private static Talk sending(int port, byte[] bytes) {
    return new Talk("10.0.1.1", port).connect().client(bytes).socketReset(Talk.BROKER);
  }

  /** Each of them says what the client sent. */
  @Test
  void shouldTellApartWhatClientsSentThatSpokeNoAmqp() {
    byte[] http = "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    byte[] ssh = "SSH-2.0-OpenSSH_9.2\r\n".getBytes(StandardCharsets.US_ASCII);
    String report = Reports.text(Reports.capture("a", sending(1, http), sending(2, ssh)));

    assertTrue(report.contains("\n2   bad-protocol"), report);
  }

  @Test
  void shouldGivePercentilesOfSilencesAndRoundTrips() {
    String report = Reports.text(Reports.capture("a", Samples.idleTimeout(1)));

    assertTrue(report.contains("  idle before reset   p50 400 s, p90 400 s, p99 400 s, max 400 s"));
    assertTrue(report.contains("  shortest round trip p50 4"), report);
  }

  @Test
  void shouldNameTheRunnerUpOnceInHalfASentence() {
    CaptureReport capture = Samples.doubted();
    Ending ending = capture.flows().get(0).ending();
    String next = "(" + ending.runnerUp().cause().word() + ", ";
    String end = next + Format.decimal(ending.runnerUp().probability(), 2) + ")";
    assertTrue(ending.says().contains("; or "), ending.says());
    assertTrue(ending.says().endsWith(end), ending.says());

    for (String report : List.of(Reports.text(capture), verbose(capture))) {
      String oneLine = report.replaceAll("\\s+", " ");
      assertTrue(oneLine.contains(end + ". "), report);
      assertEquals(2, oneLine.split(Pattern.quote(next), -1).length, report);
    }
  }

  @Test
  void shouldNameNoOtherCauseBelow15Percent() {
    for (FlowVerdict verdict : Samples.all().flows()) {
      Ending ending = verdict.ending();
      for (Alternative each : ending.alternatives()) {
        assertEquals(
            each.equals(ending.runnerUp()),
            ending.says().contains("(" + each.cause().word() + ", "),
            ending.says());
      }
      assertTrue(ending.runnerUp() == null || ending.runnerUp().probability() >= 0.15);
    }
  }

  @Test
  void shouldShowWhatSpeaksForAndAgainstACauseWhenVerboseStrongestFirst() {
    CaptureReport capture = Samples.doubted();
    Ending ending = capture.flows().get(0).ending();
    StringBuilder evidence = new StringBuilder();
    for (CauseEvidence each : ending.evidence()) {
      evidence.append(each.pointsTo() == ending.cause() ? " for " : " against ");
      evidence.append(each.says());
    }

    String report = verbose(capture).replaceAll("\\s+", " ");

    String title = "Evidence for and against " + ending.cause().word() + ":";
    assertTrue(report.contains(title + evidence + " RST in frame"), report);
    assertFalse(Reports.text(capture).contains("Evidence for"), Reports.text(capture));
    assertTrue(evidence.toString().contains(" for ") && evidence.toString().contains(" against "));
  }

  @Test
  void shouldNameTheCauseThatAFactSpeaksForWhereItIsOpen() {
    String report = verbose(Reports.capture("a", Samples.onlyReset(1)));

    assertTrue(
        report.contains(
            "Evidence on the cause, and which it speaks for:\n"
                + "      undetermined only the reset is in the capture\n"),
        report);
  }

  // ---- captures

  @Test
  void shouldSayThatNothingWasResetWhenNothingWas() {
    String report = Reports.text(Reports.empty("quiet.pcap", Reports.quality(7, null)));

    assertEquals("No connection was reset or lost.", firstLine(report));
    assertTrue(report.contains("quiet.pcap: 7 packets, 1 flow"), report);
  }

  @Test
  void shouldPointToThePortOptionWhenNothingOfTheCaptureIsOnTheBrokersPorts() {
    CaptureQuality other =
        new CaptureQuality(
            7, 0, 0, LeftOut.NOTHING, Talk.START, Talk.START, 0, 0, 0, 0, 0, 0, 0, null);

    String report = Reports.text(Reports.empty("other.pcap", other)).replaceAll("\\s+", " ");

    assertTrue(
        report.contains("no TCP packets on the broker's ports: --port names others, or any"),
        report);
  }

  @Test
  void shouldSayWhyACaptureIsIncompleteAndWhatItLacks() {
    CaptureQuality bad =
        new CaptureQuality(
            9,
            9,
            1,
            new LeftOut(2, 1, 10, 11, 12),
            Talk.START,
            Talk.START,
            1,
            3,
            4,
            5,
            6,
            7,
            8,
            "ends within a packet");

    String report = Reports.text(Reports.empty("bad.pcap", bad)).replaceAll("\\s+", " ");

    for (String note :
        List.of(
            "INCOMPLETE: ends within a packet",
            "8 packets lost in capturing",
            "3 packets cut by the snap length",
            "4 packets damaged or cut too short",
            "5 packets that are later IP fragments",
            "6 packets of a link type that cannot be decoded",
            "7 packets in the capture more than once",
            "time ran backwards at 1 packet",
            "2 flows given up (raise --max-flows), 1 of them no connection yet",
            "12 names shortened or not read (" + MoreMemory.advice() + ")",
            "10 more connections only counted (" + MoreMemory.advice() + ")",
            "11 more resets only counted")) {
      assertTrue(report.contains(note), note + " in " + report);
    }
  }

  @Test
  void shouldAdviseMoreMemoryWhereThatLimitedTheFlows() {
    LeftOut leftOut = new LeftOut(2, 0, 0, 0, 0, false);
    CaptureQuality quality =
        new CaptureQuality(9, 9, 1, leftOut, Talk.START, Talk.START, 0, 0, 0, 0, 0, 0, 0, null);

    String report = Reports.text(Reports.empty("many.pcap", quality)).replaceAll("\\s+", " ");

    assertTrue(report.contains("2 flows given up (" + MoreMemory.advice() + ")"), report);
    assertFalse(report.contains("--max-flows"), report);
  }

  @Test
  void shouldNameOfSeveralCapturesThoseThatLackSomething() {
    String report =
        Reports.text(
            Reports.empty("good.pcap", Reports.quality(7, null)),
            Reports.empty("cut.pcap", Reports.quality(8, "ends within a packet")));

    assertTrue(report.contains("captures            2 with 15 packets, 2 flows"), report);
    assertTrue(report.contains("cut.pcap: INCOMPLETE: ends within a packet"), report);
    assertFalse(report.contains("good.pcap"), report);
  }

  @Test
  void shouldNameTheCaptureOfEachEndingWhenThereAreSeveral() {
    CaptureReport first = Reports.capture("first.pcap", Samples.clientAbort(1));
    CaptureReport second = Reports.capture("second.pcap", Samples.clientAbort(1));

    assertTrue(Reports.text(first, second).contains("10.0.0.2:5672, in second.pcap"));
    assertFalse(Reports.text(first).contains(", in first.pcap"));
  }

  @Test
  void shouldNameTheFileOfASeriesThatHoldsTheReset() {
    CaptureReport series = Reports.capture("first.pcap and 1 more", Samples.refused(1));

    String report = Reports.text(series.inSeries(f -> new Place("folder/b.pcap", f + 100)));

    assertTrue(report.contains("RST in frame 2 (102 of b.pcap), broker-to-client"), report);
  }

  // ---- endings

  @Test
  void shouldTellOfAlikeEndingsOfAClientOnce() {
    Talk[] talks = new Talk[12];
    for (int i = 0; i < talks.length; i++) {
      talks[i] = Samples.clientAbort(40_001 + i).pause(Duration.ofSeconds(i));
    }

    String report = Reports.text(Reports.capture("a", talks)).replaceAll("\\s+", " ");

    assertTrue(report.contains("client-abort, ended by client, 12 connections"), report);
    assertTrue(report.contains("client ports 40001, 40002, 40003, 40004, 40005, 40006 and 6 more"));
    assertEquals(1, Pattern.compile("To do: ").matcher(report).results().count());
  }

  @Test
  void shouldTellTheMostFrequentEndingFirst() {
    String report =
        Reports.text(
            Reports.capture(
                "a", Samples.clientAbort(1), Samples.idleTimeout(2), Samples.idleTimeout(3)));

    assertTrue(report.contains("1   idle-timeout"), report);
    assertTrue(report.contains("2   client-abort"), report);
  }

  @Test
  void shouldShowHarmlessEndingsOnlyWhenAskedFor() {
    CaptureReport capture = Reports.capture("a", Samples.probe(1), Samples.clientAbort(2));

    assertFalse(Reports.text(capture).contains("   probe,"));
    assertTrue(verbose(capture).contains("2   probe, ended by client"), verbose(capture));
  }

  @Test
  void shouldSayHowManyConnectionsAreLeftOut() {
    CaptureReport capture =
        Reports.capture("a", Samples.clientAbort(1), Samples.silentDrop(2), Samples.silentDrop(3));

    String report = Reports.write(out -> new TextReport(out, false, 1, false), capture);

    assertTrue(report.contains("1 more connection is not shown"), report);
    assertFalse(report.contains("client-abort, ended"), report);
  }

  @Test
  void shouldAlignEvidenceWhateverItPointsTo() {
    Talk talk = new Talk("10.0.1.1", 1).ttl(CLIENT, 64).open(60).pause(Duration.ofSeconds(2));
    talk.clock(CLIENT, Duration.ofSeconds(-2));

    String report = Reports.text(Reports.capture("a", talk.socketReset(CLIENT)));

    assertTrue(report.contains("sender undetermined"), report);
    Matcher evidence = Pattern.compile("^ {6}(\\w+ +)\\S", Pattern.MULTILINE).matcher(report);
    long found = evidence.results().peek(m -> assertEquals(10, m.group(1).length())).count();
    assertTrue(found >= 3, report);
    assertTrue(report.contains("      middlebox its timestamp"), report);
    assertTrue(report.contains("      client    RST,ACK"), report);
  }

  @Test
  void shouldShowAFewOfHundredsOfResetsOfOneConnection() {
    Talk talk = new Talk("10.0.1.1", 1).open(60).pause(Duration.ofSeconds(2)).socketReset(CLIENT);
    for (int i = 0; i < 285; i++) {
      talk.data(Talk.BROKER, new byte[9]).bareReset(CLIENT);
    }

    String report = Reports.text(Reports.capture("a", talk));

    assertTrue(report.startsWith("1 connection lost, 0 ended harmlessly; 286 resets.\n"), report);
    assertEquals(3, Pattern.compile("RST in frame").matcher(report).results().count());
    assertTrue(report.contains("and 283 more resets"), report);
  }
}
