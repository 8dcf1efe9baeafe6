package io.rstscope.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rstscope.report.Reports;
import io.rstscope.report.Samples;
import io.rstscope.report.Vocabulary;
import io.rstscope.report.model.CaptureReport;
import io.rstscope.report.model.Excerpts;
import io.rstscope.testing.Talk;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The page as a file; {@link HtmlReportInBrowserTest} opens it. */
class HtmlReportTest {
  private static final Pattern DATA =
      Pattern.compile(
          "<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);

  static String page(CaptureReport... captures) {
    return Reports.write(out -> new HtmlReport(out, "rstscope test"), captures);
  }

  private static JsonNode data(String page) throws Exception {
    Matcher data = DATA.matcher(page);
    assertTrue(data.find(), page);
    return new ObjectMapper().readTree(data.group(1));
  }

  @Test
  void shouldHoldEveryConnectionOfTheReport() throws Exception {
    CaptureReport all = Samples.all();

    JsonNode data = data(page(all));

    assertEquals(all.flows().size(), data.get("lostRows").size() + data.get("otherRows").size());
    assertEquals(Reports.summary(all).lost(), data.get("totals").get("lost").asLong());
    data.get("lostRows").forEach(row -> assertEquals(PageRow.COLUMNS.size(), row.size()));
  }

  @Test
  void shouldReferToNothingOutsideOfItself() {
    String page = page(Samples.all());

    assertFalse(
        page.matches("(?s).*<(link|img|iframe|script src|base|form action).*"), "no element");
    assertTrue(page.contains("default-src 'none'"), "and the browser sees to it");
    assertFalse(page.contains("sourceMappingURL"));
  }

  @Test
  void shouldHoldTheLicencesOfWhatItCarries() {
    String page = page(Samples.all());

    assertTrue(page.contains("Chart.js Contributors"), "whose");
    assertTrue(page.contains("chartjs-plugin-zoom"), "whose");
    assertTrue(page.contains("Permission is hereby granted, free of charge"), "MIT");
  }

  @Test
  void shouldLetNoNameEndTheScriptOrSteerTheReader() throws Exception {
    String name =
        "</script><script>owned()</script><!-- \u2028\u202egnirts \"'`${x}\u0000\u001b[2J";
    CaptureReport capture =
        Reports.capture(
            name + ".pcap", Samples.named(40_001, name, name), Samples.idleTimeout(40_002));

    String page = page(capture);

    assertFalse(page.contains("<script>owned"));
    assertFalse(page.contains("<!--"));
    page.chars()
        .filter(c -> c != '\n' && c != '\t')
        .forEach(c -> assertFalse(Character.isISOControl(c) || c == 0x202e || c == 0x2028));
    String shown = data(page).get("lostRows").get(0).get(column("name")).asText();
    assertTrue(shown.startsWith("</script><script>owned()"), shown);
  }

  private static int column(String name) {
    return PageRow.COLUMNS.indexOf(name);
  }

  @Test
  void shouldStaySmallAndSayWhatItLeavesOut() throws Exception {
    String name = "ж".repeat(250);
    Talk[] talks =
        IntStream.range(0, 1_000)
            .mapToObj(i -> Samples.named(10_000 + i, name + i, i + name))
            .toArray(Talk[]::new);
    CaptureReport[] captures = new CaptureReport[12];
    Arrays.fill(captures, Reports.capture("many.pcap", talks));

    String page = page(captures);

    assertTrue(page.getBytes(StandardCharsets.UTF_8).length < 15_000_000);
    JsonNode data = data(page);
    long leftOut = data.get("leftOut").get("lostRows").asLong();
    assertTrue(leftOut > 0, "not all fit");
    assertEquals(12_000, data.get("lostRows").size() + leftOut);
    assertEquals(1_000, data.get("totals").get("lost").asLong(), "each counts once");
  }

  @Test
  void shouldReferToTextsThatAreThere() throws Exception {
    JsonNode data = data(page(Samples.all()));

    Set<Integer> used = new HashSet<>();
    data.get("lostDetails").findValues("says").forEach(number -> used.add(number.asInt()));

    assertFalse(used.isEmpty());
    used.forEach(number -> assertTrue(data.get("texts").has(number), () -> "text " + number));
  }

  @Test
  void shouldHoldWhatSpeaksForAndAgainstEachCauseWithItsExplanation() throws Exception {
    JsonNode data = data(page(Samples.all()));

    for (JsonNode detail : data.get("lostDetails")) {
      assertFalse(detail.get("evidence").isEmpty(), detail.toString());
      for (JsonNode each : detail.get("evidence")) {
        String fact = data.get("texts").get(each.get(1).asInt()).asText();
        assertFalse(Vocabulary.find(fact.substring(0, fact.indexOf(':'))).isEmpty(), fact);
        assertTrue(data.get("texts").has(each.get(2).asInt()), each.toString());
      }
    }
  }

  @Test
  void shouldSayWhyPacketsAreMissing() throws Exception {
    CaptureReport piped = Samples.all().with(Excerpts.missing("the capture was a pipe"));

    JsonNode capture = data(page(piped)).get("captures").get(0);

    assertEquals("the capture was a pipe", capture.get("packetsMissing").asText());
  }

  @Test
  void shouldBeTheSamePageForTheSameCaptures() {
    String[] pages = {page(Samples.all()), page(Samples.all())};

    assertEquals(1, Arrays.stream(pages).distinct().count());
  }
}
