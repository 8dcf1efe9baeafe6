package io.rstscope.report.text;

import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.judge.cause.Alternative;
import io.rstscope.judge.cause.CauseEvidence;
import io.rstscope.judge.cause.Ending;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.net.FramePlace;
import io.rstscope.net.Side;
import io.rstscope.report.Reports;
import io.rstscope.report.Samples;
import io.rstscope.report.model.CaptureQuality;
import io.rstscope.report.model.CaptureReport;
import io.rstscope.report.model.LeftOut;
import io.rstscope.report.words.Format;
import io.rstscope.report.words.MoreMemory;
import io.rstscope.testing.IdleTimeout;
import io.rstscope.testing.Talk;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TextReportTest {
  private static String verbose(CaptureReport... captures) {
    return Reports.write(out -> new TextReport(out, false, 0, true), captures);
  }

  private static String oneLine(String report) {
    return report.replaceAll("\\s+", " ");
  }

  private static String firstLine(String report) {
    return report.lines().findFirst().orElseThrow();
  }

  // ---- what it says first

  @Test
  void shouldSayThatItIsAGuessWhoIsTheClient() {
    String guess = "client and broker inferred from port numbers";

    assertTrue(oneLine(Reports.text(Reports.capture("a", Samples.guessedRoles()))).contains(guess));
    assertFalse(oneLine(verbose(Samples.all())).contains(guess));
  }

  @Test
  void shouldTellOfTheEndAndNotOfAResetThatTheConnectionSurvived() {
    CaptureReport capture = Reports.capture("a", Samples.survivor(40_000));

    String report = verbose(capture);

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

    assertEquals(
        "1 connection lost: probably client abort (killed or closed its socket)",
        firstLine(report));
    assertTrue(report.contains("  1 closed normally, 1 probe. 3 RSTs: "), report);
    assertFalse(report.contains("10.0.1.9"), "the probe is not told of");
  }

  @Test
  void shouldAnswerWhoWhyAndWhatToDoOnTheFirstScreen() {
    String screen =
        Reports.text(Reports.capture("a", Samples.idleTimeout(1), Samples.probe(2)))
            .lines()
            .limit(24)
            .reduce("", (all, line) -> all + line + "\n");

    assertTrue(screen.startsWith("1 connection lost: idle timeout in a firewall, NAT or"), screen);
    assertTrue(screen.contains("\n  Who    a middlebox, not the client: TTL 63"), screen);
    assertTrue(screen.contains("\n  Why    "), screen);
    assertTrue(screen.contains("\n  Fix    "), screen);
    assertTrue(screen.contains("\n         conntrack -L -p tcp --dport 5672 -d 10.0.0.2"), screen);
    assertTrue(screen.contains("\n  Verify rabbitmqctl list_connections name peer_host timeout\n"));
  }

  @Test
  void shouldListAllEndingsInATable() {
    String report =
        Reports.text(
            Reports.capture(
                "a", Samples.clientAbort(1), Samples.idleTimeout(2), Samples.refused(3)));

    String heads = "  #  LOST  CAUSE         ENDED BY   CONF  CLIENT      BROKER         IDLE\n";
    assertTrue(report.contains(heads), report);
    assertTrue(report.contains("\n  1     1  idle-timeout  middlebox "), report);
    assertTrue(report.contains("\n  2     1  client-abort  client    "), report);
    assertTrue(report.contains("\n  3   (1)  refused       "), report);
    assertTrue(report.contains("\n  (n) attempts to connect, not counted as lost\n"), report);
  }

  @Test
  void shouldExplainEachFurtherWayToEndOnceBelowTheTable() {
    String report =
        oneLine(
            Reports.text(
                Reports.capture(
                    "a",
                    Samples.idleTimeout(1),
                    Samples.idleTimeout(2),
                    Samples.clientAbort(3),
                    Samples.refused(4))));

    assertTrue(report.matches(".* #2 2026-\\S+ \\S+ UTC: the client's .* Fix: Check .*"), report);
    assertTrue(report.matches(".* #3 2026-\\S+ \\S+ UTC: .*refused.* Fix: Check .*"), report);
    assertFalse(report.contains("#1"), "it stands above the table");
  }

  @Test
  void shouldExplainOneCauseOfSeveralClientsOnce() {
    String report =
        Reports.text(
            Reports.capture(
                "a",
                new Talk("10.0.1.1", 1).open(60).pause(Duration.ofSeconds(2)).socketReset(CLIENT),
                new Talk("10.0.1.2", 1).open(60).pause(Duration.ofSeconds(9)).socketReset(CLIENT)));

    assertTrue(report.contains("\n  2     1  client-abort"), report);
    assertFalse(report.contains("#2"), report);
  }

  @Test
  void shouldSayWhatHeartbeatsTheOthersAgreedOn() {
    Duration silence = Duration.ofSeconds(300);
    Talk off = IdleTimeout.resetByDevice(new Talk("10.0.1.1", 1).open(0), silence);
    Talk on = IdleTimeout.resetByDevice(new Talk("10.0.1.1", 2).open(900), silence);
    Talk same = IdleTimeout.resetByDevice(new Talk("10.0.1.1", 3).open(0), silence);

    assertTrue(
        oneLine(Reports.text(Reports.capture("a", off, on)))
            .contains("; heartbeats of others: 900 s"));
    assertFalse(
        oneLine(Reports.text(Reports.capture("a", off, same))).contains("; heartbeats of others"));
  }

  @Test
  void shouldSayWhenTheConnectionsWereLost() {
    String report = Reports.text(Reports.capture("a", Samples.idleTimeout(1)));

    assertTrue(
        report.matches("(?s).*\n  When   2026-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\S+ UTC\n  Fix .*"),
        report);
  }

  @Test
  void shouldPutTheHostsInALineOfTheirOwnWhereTheyDoNotFit() {
    Talk far = new Talk("2001:db8:ffff:ffff:ffff:ffff:ffff:1", 65_535, "2001:db8::2");

    String report =
        Reports.text(
            Reports.capture("a", far.open(60).pause(Duration.ofSeconds(2)).socketReset(CLIENT)));

    assertTrue(report.contains("\n  #  LOST  CAUSE         ENDED BY  CONF  IDLE\n"), report);
    assertTrue(
        report.contains(
            "\n     [2001:db8:ffff:ffff:ffff:ffff:ffff:1]:65535 -> [2001:db8::2]:5672\n"),
        report);
  }

  @Test
  void shouldSayThatNothingWasLostWhenAllWasHarmless() {
    String report = Reports.text(Reports.capture("a", Samples.probe(1)));

    assertEquals("No connection lost; 1 probe", firstLine(report));
    assertFalse(report.contains("LOST"), report);
  }

  @Test
  void shouldCountRefusedConnectionsApart() {
    String report = Reports.text(Reports.capture("a", Samples.refused(1), Samples.refused(2)));

    assertEquals("No connection lost, but 2 refused", firstLine(report));
    assertTrue(report.contains("\n  Fix    Check whether the broker runs"), report);
  }

  @Test
  void shouldTellOfWhatWasLostBeforeWhatWasOnlyRefused() {
    String report =
        Reports.text(
            Reports.capture("a", Samples.refused(1), Samples.refused(2), Samples.idleTimeout(3)));

    assertTrue(report.contains("\n  1     1  idle-timeout"), report);
    assertTrue(report.contains("\n  2   (2)  refused"), report);
  }

  private static Talk sending(int port, byte[] bytes) {
    return new Talk("10.0.1.1", port).connect().client(bytes).socketReset(Side.BROKER);
  }

  /** Each of them says what the client sent. */
  @Test
  void shouldTellApartWhatClientsSentThatSpokeNoAmqp() {
    byte[] http = "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    byte[] ssh = "SSH-2.0-OpenSSH_9.2\r\n".getBytes(StandardCharsets.US_ASCII);
    String report = Reports.text(Reports.capture("a", sending(1, http), sending(2, ssh)));

    assertTrue(report.contains("\n  2     1  bad-protocol"), report);
  }

  @Test
  void shouldGivePercentilesOfTwentyValuesWhenVerbose() {
    Talk[] talks = new Talk[20];
    for (int i = 0; i < talks.length; i++) {
      talks[i] = Samples.idleTimeout(i + 1);
    }
    CaptureReport twenty = Reports.capture("a", talks);
    CaptureReport fewer = Reports.capture("a", Arrays.copyOf(talks, 19));

    assertTrue(
        verbose(twenty).contains("  idle before RST     p50 400 s, p90 400 s, p99 400 s, max"),
        verbose(twenty));
    assertTrue(verbose(twenty).contains("  shortest round trip p50 4"), verbose(twenty));
    assertFalse(Reports.text(twenty).contains("p50"));
    assertFalse(verbose(fewer).contains("p50"));
  }

  @Test
  void shouldNameTheRunnerUpOnceInHalfASentence() {
    CaptureReport capture = Samples.doubted();
    Ending ending = capture.flows().get(0).ending();
    String next = "(" + ending.runnerUp().cause().word() + ", ";
    String end = next + Format.decimal(ending.runnerUp().probability(), 2) + ")";
    assertTrue(ending.says().contains("; or "), ending.says());
    assertTrue(ending.says().endsWith(end), ending.says());

    assertTrue(oneLine(Reports.text(capture)).contains(end + "; "), Reports.text(capture));
    assertEquals(2, oneLine(Reports.text(capture)).split(Pattern.quote(next), -1).length);
    assertTrue(oneLine(verbose(capture)).contains(end + ". "), verbose(capture));
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
  void shouldShowWhatSpeaksForAndAgainstStrongestFirstWhenVerbose() {
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
            "Evidence on the cause, and which it speaks for:\n      undetermined only"
                + " the RST is in the capture\n"),
        report);
  }

  // ---- captures

  @Test
  void shouldSayThatNothingWasResetWhenNothingWas() {
    String report = Reports.text(Reports.empty("quiet.pcap", Reports.quality(7, null)));

    assertEquals("No connection was reset or lost", firstLine(report));
    assertTrue(report.contains("quiet.pcap: 7 packets, 1 flow"), report);
  }

  @Test
  void shouldPointToThePortOptionWhenNothingIsOnTheBrokersPorts() {
    CaptureQuality other =
        Reports.quality(
            7, 0, 0, LeftOut.NOTHING, Talk.START, Talk.START, 0, 0, 0, 0, 0, 0, 0, null);

    String report = Reports.text(Reports.empty("other.pcap", other)).replaceAll("\\s+", " ");

    assertTrue(
        report.startsWith(
            "No TCP packets on the broker's ports in other.pcap: -p names others, or any "),
        report);
  }

  @Test
  void shouldSayWhyACaptureIsIncompleteAndWhatItLacks() {
    CaptureQuality bad =
        Reports.quality(
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
            "INCOMPLETE: bad.pcap: ends within a packet; nothing lost in the 9 packets before it",
            "8 packets dropped by the capture",
            "3 packets cut by the snap length",
            "4 packets damaged or cut too short",
            "5 packets that are later IP fragments",
            "6 packets of a link type that cannot be decoded",
            "7 packets in the capture more than once",
            "time ran backwards at 1 packet",
            "2 flows evicted (table full; raise --max-flows), 1 of them half-open",
            "12 names truncated (memory limit; " + MoreMemory.advice() + ")",
            "10 more connections not analysed, counted only (memory limit; "
                + MoreMemory.advice()
                + ")",
            "11 more RSTs not analysed, counted only")) {
      assertTrue(report.contains(note), note + " in " + report);
    }
  }

  @Test
  void shouldAdviseMoreMemoryWhereThatLimitedTheFlows() {
    LeftOut leftOut = new LeftOut(2, 0, 0, 0, 0, false);
    CaptureQuality quality =
        Reports.quality(9, 9, 1, leftOut, Talk.START, Talk.START, 0, 0, 0, 0, 0, 0, 0, null);

    String report = Reports.text(Reports.empty("many.pcap", quality)).replaceAll("\\s+", " ");

    assertTrue(
        report.contains("2 flows evicted (memory limit; " + MoreMemory.advice() + ")"), report);
    assertFalse(report.contains("--max-flows"), report);
  }

  @Test
  void shouldNameOfSeveralCapturesThoseThatLackSomething() {
    String report =
        Reports.text(
            Reports.empty("good.pcap", Reports.quality(7, null)),
            Reports.empty("cut.pcap", Reports.quality(8, "ends within a packet")));

    assertTrue(report.contains("  2 captures: 15 packets, 2 flows"), report);
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

    String report = verbose(series.inSeries(f -> new FramePlace("folder/b.pcap", f + 100)));

    assertTrue(report.contains("RST in frame 2 (102 of b.pcap), broker-to-client"), report);
  }

  // ---- endings

  @Test
  void shouldTellOfAlikeEndingsOfAClientOnce() {
    Talk[] talks = new Talk[12];
    for (int i = 0; i < talks.length; i++) {
      talks[i] = Samples.clientAbort(40_001 + i).pause(Duration.ofSeconds(i));
    }

    String report = oneLine(verbose(Reports.capture("a", talks)));

    assertTrue(report.contains("client-abort, ended by client, 12 connections"), report);
    assertTrue(report.contains("client ports 40001, 40002, 40003, 40004, 40005, 40006 and 6 more"));
    assertEquals(1, Pattern.compile("Fix: ").matcher(report).results().count());
  }

  @Test
  void shouldTellTheMostFrequentEndingFirst() {
    String report =
        Reports.text(
            Reports.capture(
                "a", Samples.clientAbort(1), Samples.idleTimeout(2), Samples.idleTimeout(3)));

    assertTrue(report.contains("\n  1     2  idle-timeout"), report);
    assertTrue(report.contains("\n  2     1  client-abort"), report);
  }

  @Test
  void shouldShowHarmlessEndingsOnlyWhenAskedFor() {
    CaptureReport capture = Reports.capture("a", Samples.probe(1), Samples.clientAbort(2));

    assertFalse(Reports.text(capture).contains("probe,"));
    assertTrue(verbose(capture).contains("2   probe, ended by client"), verbose(capture));
  }

  @Test
  void shouldSayHowManyConnectionsAreLeftOut() {
    CaptureReport capture =
        Reports.capture("a", Samples.clientAbort(1), Samples.silentDrop(2), Samples.silentDrop(3));

    String report = Reports.write(out -> new TextReport(out, false, 1, false), capture);

    assertTrue(report.contains("1 more connection is not shown"), report);
    assertFalse(report.contains("  client-abort"), report);
  }

  @Test
  void shouldAlignEvidenceWhateverItPointsTo() {
    Talk talk = new Talk("10.0.1.1", 1).ttl(CLIENT, 64).open(60).pause(Duration.ofSeconds(2));
    talk.clock(CLIENT, Duration.ofSeconds(-2));

    String report = verbose(Reports.capture("a", talk.socketReset(CLIENT)));

    assertTrue(report.contains("sender undetermined"), report);
    Matcher evidence = Pattern.compile("^ {6}(\\w+ +)\\S", Pattern.MULTILINE).matcher(report);
    long found = evidence.results().peek(m -> assertEquals(10, m.group(1).length())).count();
    assertTrue(found >= 3, report);
    assertTrue(report.contains("      middlebox TSval"), report);
    assertTrue(report.contains("      client    RST,ACK"), report);
  }

  @Test
  void shouldShowAFewOfHundredsOfResetsOfOneConnection() {
    Talk talk = new Talk("10.0.1.1", 1).open(60).pause(Duration.ofSeconds(2)).socketReset(CLIENT);
    for (int i = 0; i < 285; i++) {
      talk.data(Side.BROKER, new byte[9]).bareReset(CLIENT);
    }

    String report = verbose(Reports.capture("a", talk));

    assertTrue(report.startsWith("1 connection lost: "), report);
    assertTrue(report.contains("  286 RSTs"), report);
    assertEquals(3, Pattern.compile("RST in frame").matcher(report).results().count());
    assertTrue(report.contains("and 283 more resets"), report);
  }
}
