package io.rstscope.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.decode.Segment;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.net.Side;
import io.rstscope.report.Reports;
import io.rstscope.report.Samples;
import io.rstscope.report.model.CaptureQuality;
import io.rstscope.report.model.CaptureReport;
import io.rstscope.report.model.ExcerptPacket;
import io.rstscope.report.model.Excerpts;
import io.rstscope.report.model.FlowExcerpt;
import io.rstscope.report.model.LeftOut;
import io.rstscope.report.model.Summary;
import io.rstscope.testing.Browser;
import io.rstscope.testing.Talk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page in a browser without a network; pictures of it are left in target/screenshots. */
class HtmlReportInBrowserTest {
  private static final String ROWS = "#table tbody tr";
  private static final String CLIENTS = "#table tbody td:nth-child(2)";

  private static Browser browser;

  @TempDir private Path folder;

  @BeforeAll
  static void startBrowser() {
    browser = Browser.start();
  }

  @AfterAll
  static void closeBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  private void open(CaptureReport... captures) throws IOException {
    browser.open(file(captures), 1280, 900, false);
  }

  private Path file(CaptureReport... captures) throws IOException {
    return Files.writeString(folder.resolve("report.html"), HtmlReportTest.page(captures));
  }

  /** The samples with the packets of those that were lost. */
  private static CaptureReport withPackets() {
    CaptureReport all = Samples.all();
    IdentityHashMap<FlowVerdict, FlowExcerpt> excerpts = new IdentityHashMap<>();
    all.flows().stream().filter(FlowVerdict::isLost).forEach(flow -> excerpts.put(flow, packets()));
    return all.with(new Excerpts(excerpts, 0, null));
  }

  /** A handshake, some that are left out, a heartbeat, a long silence, and a strange reset. */
  private static FlowExcerpt packets() {
    long second = 1_000_000_000L;
    return new FlowExcerpt(
        List.of(
            packet(1, 1, 0, Side.CLIENT, 61, Segment.SYN, 0, null),
            packet(2, 2, 1000, Side.BROKER, 64, Segment.SYN | Segment.ACK, 0, null),
            packet(3, 3, 1000, Side.CLIENT, 61, Segment.ACK, 0, null),
            packet(90, 400, second / 2, Side.BROKER, 64, Segment.PSH | Segment.ACK, 8, "heartbeat"),
            packet(
                91,
                500,
                350 * second,
                Side.BROKER,
                64,
                Segment.PSH | Segment.ACK,
                99,
                "basic.deliver"),
            packet(92, 501, 30_000, Side.CLIENT, 63, Segment.RST, 0, null)),
        92);
  }

  private static ExcerptPacket packet(
      long number, long frame, long gap, Side from, int ttl, int flags, int size, String amqp) {
    return new ExcerptPacket(number, frame, Talk.START, gap, from, ttl, flags, 0, 502, size, amqp);
  }

  @Test
  void shouldOpenWithoutComplaintsAndAskForNothing() throws IOException {
    open(withPackets());

    assertEquals(List.of(), browser.complaints());
    assertEquals(List.of(), browser.requests());
  }

  @Test
  void shouldShowTheCountsOfTheReport() throws IOException {
    CaptureReport all = Samples.all();
    Summary summary = Reports.summary(all);

    open(all);

    assertEquals(
        List.of(
            summary.lost() + "\nlost",
            summary.refused() + "\nrefused",
            summary.harmless() + "\nharmless",
            summary.resets() + "\nresets, " + summary.harmlessResets() + " of them harmless"),
        browser.texts("#totals li"));
    assertEquals(summary.lost(), browser.all(ROWS).size(), "lost ones are shown at first");
  }

  @Test
  void shouldCountConnectionsThatEndedInSilenceAmongTheIdle() throws IOException {
    open(Reports.capture("a", Samples.idleTimeout(1), Samples.silentDrop(2), Samples.probe(3)));

    List<String> bins = browser.texts("#idle-table tbody tr");
    assertEquals(1, bins.size(), "both were idle for 400 s: " + bins);
    assertEquals(
        "Idle time before the end of 2 connections, on a logarithmic scale",
        browser.one("#idle-chart").getDomAttribute("aria-label"));
  }

  @Test
  void shouldBeginWithWhatWouldHaveSavedMost() throws IOException {
    open(
        Reports.capture(
            "a",
            Samples.onlyReset(1),
            Samples.onlyReset(2),
            Samples.onlyReset(3),
            Samples.clientAbort(4)));

    assertEquals(
        List.of("client-abort: 1 connection", "undetermined: 3 connections"),
        browser.texts("#to-do-list summary"));
  }

  @Test
  void shouldFilter() throws IOException {
    open(Samples.all());

    browser.one("select[name=outcome] option[value='']").click();
    assertEquals(Samples.all().flows().size(), browser.all(ROWS).size());
    browser.one("select[name=cause] option[value=idle-timeout]").click();
    assertEquals(List.of("10.0.1.1:40010", "10.0.1.1:40005"), browser.texts(CLIENTS));
    browser.one("input[name=words]").sendKeys("40010");
    assertEquals(List.of("10.0.1.1:40010"), browser.texts(CLIENTS));
    assertEquals("1 of 10 connections", browser.one("#shown").getText());
  }

  @Test
  void shouldSortByEachColumnBothWays() throws IOException {
    open(Samples.all());
    int columns = browser.all("#table thead button").size();
    for (int i = 0; i < columns; i++) {
      String column = "#table thead th:nth-child(" + (i + 1) + ")";
      boolean first = browser.one(column).getDomAttribute("aria-sort").equals("none");
      browser.one(column + " button").click();

      assertEquals(
          first ? "ascending" : "descending", browser.one(column).getDomAttribute("aria-sort"));
      assertEquals(1, browser.all("#table th[aria-sort$=scending]").size());
    }
    browser.one("#table thead th:nth-child(2) button").click();
    List<String> ascending = browser.texts(CLIENTS);
    List<String> expected = new ArrayList<>(ascending);
    Collections.sort(expected);
    assertEquals(expected, ascending);
    browser.one("#table thead th:nth-child(2) button").click();
    Collections.reverse(expected);
    assertEquals(expected, browser.texts(CLIENTS));
  }

  @Test
  void shouldOpenALadderByKeyboardAndComeBack() throws IOException {
    open(withPackets());
    WebElement opener = browser.one("#table tbody button");

    opener.sendKeys(Keys.ENTER);

    assertEquals(6, browser.all("#detail .arrow").size(), "packets");
    assertEquals(List.of("350 s idle"), browser.texts("#detail .silence .lane"));
    assertEquals(List.of("86 packets not shown"), browser.texts("#detail .left-out .lane"));
    assertTrue(browser.one("#detail .reset .strange").getText().startsWith("63"), "TTL");
    assertTrue(browser.texts("#detail .arrow").contains("client to broker:\nRST"), "spoken");
    assertFalse(browser.all("#detail .evidence li").isEmpty());
    assertEquals(
        List.of("Evidence on the cause, and which it speaks for", "Reset in frame 10"),
        browser.texts("#detail h3").subList(0, 2));

    browser.focused().sendKeys(Keys.ESCAPE);

    assertFalse(browser.one("#detail").isDisplayed());
    assertEquals(opener, browser.focused());
  }

  @Test
  void shouldGoFromConnectionToConnection() throws IOException {
    open(withPackets());
    browser.one("#table tbody button").click();
    String first = browser.one("#detail-title").getText();

    browser.one("#next").click();
    String second = browser.one("#detail-title").getText();
    browser.one("#previous").click();

    assertNotEquals(first, second);
    assertEquals(first, browser.one("#detail-title").getText());
    assertFalse(browser.one("#previous").isEnabled(), "there is none before the first");
  }

  @Test
  void shouldShowEveryConnectionThatCanBeOpened() throws IOException {
    open(withPackets(), Samples.series());
    browser.one("select[name=outcome] option[value='']").click();
    browser.one("#table tbody button").click();
    for (int i = 1; i < browser.all(ROWS).size(); i++) {
      browser.one("#next").click();
    }

    assertFalse(browser.one("#next").isEnabled(), "the last one");
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void shouldShowTheConnectionsOfAnIncident() throws IOException {
    open(Reports.capture("i.pcap", Samples.clientAbort(40_001), Samples.clientAbort(40_002)));

    browser.one("#incidents button").click();

    assertEquals("2 of 2 connections", browser.one("#shown").getText());
    assertEquals("0.1", browser.value("document.forms[0].incident.value"));
  }

  @Test
  void shouldZoomTheChartOfTime() throws IOException {
    open(Samples.all());
    List<WebElement> buttons = browser.all("#time-zoom button");
    double whole = shownMilliseconds();

    buttons.get(0).click();
    double zoomed = shownMilliseconds();
    buttons.get(2).click();

    assertTrue(zoomed < whole, zoomed + " of " + whole);
    assertEquals(whole, shownMilliseconds());
    assertEquals(List.of(), browser.complaints());
  }

  private static double shownMilliseconds() {
    String axis = "Chart.getChart('time-chart').scales.x";
    return ((Number) browser.value(axis + ".max - " + axis + ".min")).doubleValue();
  }

  @Test
  void shouldTellOfAMarkAndOpenItsConnection() throws IOException {
    open(Reports.capture("one.pcap", Samples.clientAbort(40_001)));
    String mark = "Chart.getChart('time-chart').getDatasetMeta(0).data[0]";
    WebElement chart = browser.one("#time-chart");

    browser.pointAt(
        chart,
        ((Number) browser.value(mark + ".x")).doubleValue(),
        ((Number) browser.value(mark + ".y")).doubleValue());
    String tooltip =
        browser.value("Chart.getChart('time-chart').tooltip.body[0].lines[0]").toString();
    browser.press();

    assertEquals("2026-11-20 17:38:30.001: client reset 10.0.1.1:40001, client-abort", tooltip);
    assertEquals("10.0.1.1:40001 → 10.0.0.2:5672", browser.one("#detail-title").getText());
  }

  @Test
  void shouldShowHoursOfTheDayOnlyWhenTheCaptureSpansMoreThanADay() throws IOException {
    open(Samples.all());
    assertFalse(browser.one("#hours").isDisplayed());

    CaptureQuality days =
        Reports.quality(
            100,
            100,
            1,
            LeftOut.NOTHING,
            Talk.START,
            Talk.START + Duration.ofDays(2).toNanos(),
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            null);
    CaptureReport all = Samples.all();
    open(new CaptureReport(all.name(), all.path(), days, all.recording(), all.verdict()));

    assertTrue(browser.one("#hours").isDisplayed());
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void shouldShowNamesAsTheyAreAndRunNone() throws IOException {
    String name = "</script><img src=x onerror=\"owned=1\"><script>owned=1</script>'\"`${1}";
    open(Reports.capture(name, Samples.named(40_001, name, name)));
    browser.one("#table tbody button").click();

    assertEquals(name, browser.one("#table tbody td:nth-child(3)").getText());
    assertTrue(browser.one("#detail-body").getText().contains(name), "in the details, too");
    assertEquals("undefined", browser.value("typeof owned"));
    assertEquals(List.of(), browser.all("body img"));
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void shouldOpenWhenNothingWasLost() throws IOException {
    open(Reports.empty("empty.pcap", Reports.quality(0, "cut short")));

    assertEquals(
        "INCOMPLETE: empty.pcap: cut short; no packet was read", browser.one("h1").getText());
    assertTrue(browser.one("#context").getText().contains("INCOMPLETE"));
    assertEquals(List.of(), browser.complaints());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldKeepNobodyFromReadingIt(boolean dark) throws IOException {
    browser.open(file(withPackets(), Samples.series()), 1280, 900, dark);
    assertEquals(List.of(), browser.barriers());

    browser.one("#table tbody button").click();
    assertEquals(List.of(), browser.barriers(), "in the details");
  }

  @Test
  void shouldFitAPhoneAndFollowTheColoursOfTheSystem() throws IOException {
    Path page = file(withPackets());
    List<Object> papers = new ArrayList<>();
    for (boolean dark : new boolean[] {false, true}) {
      for (int width : new int[] {1280, 390}) {
        String name = (dark ? "dark-" : "light-") + width;
        browser.open(page, width, 800, dark);
        assertEquals((long) width, browser.value("document.documentElement.scrollWidth"), name);
        papers.add(browser.value("getComputedStyle(document.body).backgroundColor"));
        browser.screenshot(name, true);
        browser.open(page, width, 800, dark);
        browser.one("#table tbody button").click();
        browser.screenshot(name + "-connection", false);
      }
    }
    assertEquals(papers.get(0), papers.get(1));
    assertNotEquals(papers.get(0), papers.get(2));
  }
}
