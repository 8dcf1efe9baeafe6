package io.rstscope.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.incident.Incident;
import io.rstscope.judge.incident.IncidentSummary;
import io.rstscope.report.model.IncidentNotice;
import io.rstscope.report.model.Notice;
import io.rstscope.report.text.TextNotices;
import io.rstscope.testing.Analysis;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Verdicts that are given while the capture goes on. */
public class NoticesTest {
  private static final FlowVerdict VERDICT = Analysis.of(Samples.clientAbort(40_000));

  public static Notice notice(int revision) {
    return new Notice(7, revision, "eth0", VERDICT, 0, 0);
  }

  public static IncidentNotice incident() {
    Incident alone = IncidentSummary.of(1, List.of(VERDICT));
    return new IncidentNotice(
        alone.losses(), List.of(alone), 0, notice(0), IncidentNotice.Missed.NOTHING);
  }

  private static String text(boolean severalSources, Notice... notices) throws IOException {
    return text(severalSources, false, notices);
  }

  private static String text(boolean severalSources, boolean reasoned, Notice... notices)
      throws IOException {
    StringWriter out = new StringWriter();
    TextNotices writer = new TextNotices(out, false, severalSources, reasoned);
    for (Notice notice : notices) {
      writer.notice(notice);
    }
    return out.toString();
  }

  @Test
  void shouldSayInJsonWhatAReportSaysAndWhichNoticeItIs() {
    JsonNode notice = Reports.notices(notice(2)).get(0);
    assertEquals("flow", notice.get("type").asText());
    assertEquals("eth0", notice.get("capture").asText());
    assertEquals("client-abort", notice.get("ending").get("cause").asText());
    assertEquals(7, notice.get("number").asInt());
    assertEquals(2, notice.get("revision").asInt());
  }

  @Test
  void shouldWriteEachNoticeAsALineOfItsOwn() {
    assertEquals(2, Reports.notices(notice(0), notice(1)).size());
  }

  @Test
  void shouldTellPeopleWhatAReportTells() throws IOException {
    String text = text(false, notice(0));
    assertTrue(text.startsWith("7   client-abort, ended by client"), text);
    assertTrue(text.contains("RST in frame"), text);
    assertFalse(text.contains("eth0"), text);
  }

  @Test
  void shouldTellWhatSpeaksForTheCauseIfWanted() throws IOException {
    String evidence = "      for       the client's own socket reset it\n";
    assertTrue(text(false, true, notice(0)).contains(evidence));
    assertFalse(text(false, false, notice(0)).contains(evidence));
  }

  @Test
  void shouldNameTheInterfaceOfSeveral() throws IOException {
    assertTrue(text(true, notice(0)).contains("in eth0"));
  }

  @Test
  void shouldNameTheHostsBesideTheirAddresses() throws IOException {
    Notice both = notice(0).named("shop/orders-7", "rabbitmq-0");

    assertTrue(text(false, both).contains("10.0.0.2 is rabbitmq-0.\n"), text(false, both));
    assertTrue(text(false, both).contains(" is shop/orders-7, "), text(false, both));
    JsonNode json = Reports.notices(both).get(0);
    assertEquals("shop/orders-7", json.get("client_name").asText());
    assertEquals("rabbitmq-0", json.get("broker_name").asText());
  }

  @Test
  void shouldSayNothingOfNamesThatAreNotKnown() throws IOException {
    assertFalse(text(false, notice(0)).contains("10.0.1.1 is "), text(false, notice(0)));
    assertFalse(text(false, notice(0)).contains("10.0.0.2 is "), text(false, notice(0)));
    assertTrue(Reports.notices(notice(0)).get(0).get("client_name").isNull());
  }

  @Test
  void shouldShowNoControlCharactersOfNames() throws IOException {
    String text = text(false, notice(0).named("red\u001b[31m", null));

    assertTrue(text.contains("red\uFFFD[31m."), text);
  }

  @Test
  void shouldSayWhatItRevises() throws IOException {
    assertTrue(text(false, notice(1)).startsWith("Revises 7:"));
  }

  @Test
  void shouldSayThatPacketsWereLostNearby() throws IOException {
    Notice notice = new Notice(1, 0, "eth0", VERDICT, 12, 0);
    assertTrue(text(false, notice).contains("12 packets were dropped by the capture near the end"));
    assertEquals(12, Reports.notices(notice).get(0).get("dropped_near").asInt());
  }

  @Test
  void shouldSayThatAResetMayHavePassedUnseen() throws IOException {
    Notice notice = new Notice(1, 0, "eth0", VERDICT, 0, 0, 3_000_000_000L, null, null, null);
    assertTrue(text(false, notice).contains("was not captured for 3.00 s"));
    assertEquals(3, Reports.notices(notice).get(0).get("not_captured_s").asDouble());
  }

  @Test
  void shouldSayThatTheClockWasSet() throws IOException {
    Notice notice = new Notice(1, 0, "eth0", VERDICT, 0, -3_600_000_000_000L);
    assertTrue(text(false, notice).contains("set by -3600 s"));
    assertEquals(-3600, Reports.notices(notice).get(0).get("clock_step_s").asDouble());
  }
}
