package io.rstscope.report.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.decode.OtherPort;
import io.rstscope.decode.OtherPort.Look;
import io.rstscope.judge.CaptureVerdict;
import io.rstscope.judge.cause.Ending;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.incident.Incident;
import io.rstscope.net.Side;
import io.rstscope.report.Reports;
import io.rstscope.report.Samples;
import io.rstscope.report.model.CaptureQuality;
import io.rstscope.report.model.CaptureReport;
import io.rstscope.report.model.LeftOut;
import io.rstscope.report.model.Summary;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.IdleTimeout;
import io.rstscope.testing.Talk;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The first line. */
class AnswerTest {
  private static String answer(CaptureReport... captures) {
    return Answer.of(Reports.summary(captures));
  }

  private static String answer(Talk... talks) {
    return answer(Reports.capture("a.pcap", talks));
  }

  private static CaptureReport of(long flows, CaptureReport capture) {
    CaptureQuality quality =
        Reports.quality(
            100,
            100,
            flows,
            LeftOut.NOTHING,
            Talk.START,
            Talk.START + 5,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            null);
    return Reports.report(capture.name(), capture.path(), quality, capture.verdict());
  }

  private static Talk deviceTimeoutAfter(int port, Duration pause) {
    Talk talk = new Talk("10.0.1.1", port).pause(pause).open(0);
    return IdleTimeout.resetByDevice(talk, Duration.ofSeconds(300));
  }

  // ---- lost

  @Test
  void shouldNameTheNumberAndTheOnlyCause() {
    assertEquals(
        "2 connections lost: idle timeout in a firewall, NAT or load balancer",
        answer(Samples.deviceTimeout(40_001), Samples.deviceTimeout(40_002)));
  }

  private static void assertTimer(String words, String capture) throws IOException {
    CaptureReport labelled =
        Reports.labelled().stream().filter(each -> each.name().equals(capture)).findFirst().get();

    assertTrue(answer(labelled).endsWith("idle timeout " + words), answer(labelled));
  }

  /** A firewall has no socket that could send FIN; and it is not only proxies that have one. */
  @Test
  void shouldSayWhoseIdleTimerItMayBe() throws IOException {
    assertTimer("in a firewall, NAT or load balancer", "firewall-reject-75-x4.client.pcap");
    assertTimer("of a proxy or load balancer", "proxy-idle-timeout.broker.pcap");
    assertTimer("of a proxy or load balancer", "proxy-of-the-broker-idle-timeout.pcap");
    assertTimer(
        "of a proxy, or of the client's connection pool", "nginx-lazy-timer-staggered.pcap");
  }

  @Test
  void shouldNameTheMostThatATimerMayBeWhereTheyDiffer() throws IOException {
    List<CaptureReport> labelled = Reports.labelled();
    CaptureReport[] both =
        labelled.stream()
            .filter(
                each ->
                    each.name().equals("firewall-reject-75-x4.client.pcap")
                        || each.name().equals("nginx-lazy-timer-staggered.pcap"))
            .toArray(CaptureReport[]::new);

    assertEquals(2, both.length);
    assertTrue(answer(both).endsWith("of a proxy, or of the client's connection pool"));
  }

  @Test
  void shouldSayOfHowManyConnections() {
    CaptureReport capture =
        Reports.capture("a", Samples.deviceTimeout(40_001), Samples.deviceTimeout(40_002));

    assertTrue(answer(of(3, capture)).startsWith("2 of 3 connections lost: "));
  }

  @Test
  void shouldNotCountAttemptsAmongTheConnections() {
    CaptureReport capture =
        Reports.capture("a", Samples.deviceTimeout(40_001), Samples.refused(40_002));

    assertEquals(
        "1 of 2 connections lost: idle timeout in a firewall, NAT or load balancer; 1 refused",
        answer(of(3, capture)));
  }

  @Test
  void shouldCallASynWithoutAnswerHalfOpenAndNotLost() {
    Talk syn = new Talk("10.0.1.1", 40_001).syn();
    for (int i = 0; i < 5; i++) {
      syn.missing(Side.CLIENT, -1).pause(Duration.ofSeconds(1 << i)).syn();
    }

    assertTrue(answer(syn).startsWith("No connection lost, but 1 half-open"), answer(syn));
  }

  @Test
  void shouldCountTheCausesThatDifferTheMostFrequentFirst() {
    assertEquals(
        "3 connections lost: 2 idle timeouts, 1 client abort",
        answer(
            Samples.deviceTimeout(40_001),
            Samples.deviceTimeout(40_002),
            Samples.clientAbort(40_003)));
  }

  /** A program that just ended is the least of troubles. */
  @Test
  void shouldCountAnAbortAfterOtherCausesOfAsMany() {
    assertEquals(
        "2 connections lost: 1 idle timeout, 1 client abort",
        answer(Samples.clientAbort(40_001), Samples.deviceTimeout(40_002)));
  }

  @Test
  void shouldHedgeExactlyBelowEightTenths() throws IOException {
    for (CaptureReport capture : Reports.labelled()) {
      List<FlowVerdict> lost = capture.flows().stream().filter(FlowVerdict::isLost).toList();
      if (lost.size() == 1) {
        Ending ending = lost.get(0).ending();
        boolean decided = !ending.cause().word().equals("undetermined");
        assertEquals(
            decided && ending.confidence() < 0.8,
            answer(capture).contains("probably "),
            capture.name() + " " + ending.confidence());
      }
    }
  }

  @Test
  void shouldNotGuessWhatIsNotKnown() {
    assertEquals("1 connection lost: cause undetermined", answer(Samples.onlyReset(40_001)));
  }

  @Test
  void shouldCountAConnectionOfTwoCapturesOnce() {
    CaptureReport one = Reports.capture("client.pcap", Samples.deviceTimeout(40_001));
    CaptureReport other = Reports.capture("broker.pcap", Samples.deviceTimeout(40_001));
    CaptureReport behindNat = Reports.capture("broker.pcap", Samples.deviceTimeout(40_002));
    Talk numberedOtherwise =
        new Talk("10.0.1.1", 40_002).next(Side.CLIENT, 77_000_000).next(Side.BROKER, 99).open(0);
    CaptureReport another =
        Reports.capture(
            "broker.pcap", IdleTimeout.resetByDevice(numberedOtherwise, Duration.ofSeconds(300)));

    assertTrue(answer(one, other).startsWith("1 connection lost"), answer(one, other));
    assertTrue(answer(one, behindNat).startsWith("1 connection lost"), answer(one, behindNat));
    assertTrue(answer(one, another).startsWith("2 connections lost"), answer(one, another));
  }

  @Test
  void shouldCountThePortsNextConnectionForItself() {
    Talk first = Samples.deviceTimeout(40_001);
    CaptureReport early = Reports.capture("early.pcap", first);
    CaptureReport late =
        Reports.capture("late.pcap", deviceTimeoutAfter(40_001, Duration.ofHours(2)));

    assertTrue(answer(early, late).startsWith("2 connections lost"), answer(early, late));
  }

  // ---- nothing lost

  @Test
  void shouldSayWhenNothingWasLost() {
    assertEquals("No connection lost; 1 closed normally", answer(Samples.normalClose(40_001)));
    assertEquals("No connection lost, but 1 refused", answer(Samples.refused(40_001)));
    assertEquals(
        "No connection was reset or lost",
        answer(Reports.empty("quiet.pcap", Reports.quality(7, null))));
  }

  @Test
  void shouldNeverSayThatNothingWasLostWhenNotAllWasRead() {
    assertEquals(
        "INCOMPLETE: broker.pcap at byte 2988: cut short; nothing lost in the 18 packets before it",
        answer(Reports.empty("broker.pcap", Reports.quality(18, "at byte 2988: cut short"))));
    assertEquals(
        "INCOMPLETE: 1 of 2 captures; nothing lost in what was read",
        answer(
            Reports.empty("a", Reports.quality(18, "cut short")),
            Reports.empty("b", Reports.quality(18, null))));
  }

  @Test
  void shouldNameThePortsSeenWhenThoseAskedForHaveNothing() {
    CaptureQuality tls = elsewhere(List.of(new OtherPort(5671, 166, Look.TLS)));
    assertEquals(
        "No TCP packets on the broker's ports in a. 5671: 166 packets, TLS to RabbitMQ; add -p 5671",
        answer(Reports.empty("a", tls)));

    CaptureQuality ssh = elsewhere(List.of(new OtherPort(22, 1, Look.UNKNOWN)));
    assertEquals(
        "No TCP packets on the broker's ports in a. 22: 1 packet, SSH by its number",
        answer(Reports.empty("a", ssh)));
  }

  private static CaptureQuality elsewhere(List<OtherPort> ports) {
    return new CaptureQuality(
        166, 0, 0, LeftOut.NOTHING, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, ports, 0);
  }

  @Test
  void shouldSayWhatWasNotAnalysed() {
    Summary summary = new Summary();
    LeftOut leftOut = new LeftOut(0, 0, 5, 6, 0);
    summary.add(
        Reports.report(
            "a",
            "a",
            Reports.quality(9, 9, 9, leftOut, 0, 0, 0, 0, 0, 0, 0, 0, 0, null),
            CaptureVerdict.NOTHING));

    assertTrue(
        Answer.of(summary)
            .endsWith("; 5 more connections with 6 more RSTs not analysed, counted only"),
        Answer.of(summary));
  }

  // ---- incidents

  @Test
  void shouldNameAllCausesOfAnIncident() {
    Talk[] talks = {
      deviceTimeoutAfter(1, Duration.ofSeconds(100)),
      deviceTimeoutAfter(2, Duration.ofSeconds(100)),
      Samples.silentDrop(3)
    };
    List<Incident> incidents = Analysis.together(Talk.capture(talks)).incidents();

    assertEquals(1, incidents.size());
    assertTrue(
        IncidentText.of(incidents.get(0)).startsWith("3 connections lost: 2 idle timeouts, "),
        IncidentText.of(incidents.get(0)));
  }
}
