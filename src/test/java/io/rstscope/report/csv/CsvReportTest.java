package io.rstscope.report.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.rstscope.judge.cause.Alternative;
import io.rstscope.report.Reports;
import io.rstscope.report.Samples;
import io.rstscope.report.model.CaptureReport;
import io.rstscope.report.words.Format;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvReportTest {
  private static List<NamedCsvRecord> rows(CaptureReport... captures) {
    try (CsvReader<NamedCsvRecord> reader =
        CsvReader.builder().ofNamedCsvRecord(Reports.csv(captures))) {
      return reader.stream().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void shouldNameItsColumnsAsTheyAreDocumented() {
    assertEquals(
        Arrays.stream(Column.values()).map(Column::word).toList(),
        rows(Samples.all()).get(0).getHeader());
  }

  @Test
  void shouldHaveARowForEachResetAndOneForALossWithoutReset() {
    CaptureReport capture = Samples.all();
    long resets = capture.flows().stream().mapToLong(v -> v.flow().resets().size()).sum();
    long without = capture.flows().stream().filter(v -> v.flow().resets().isEmpty()).count();

    List<NamedCsvRecord> rows = rows(capture);

    assertTrue(without > 0);
    assertEquals(resets + without, rows.size());
    assertEquals(without, rows.stream().filter(row -> row.getField("frame").isEmpty()).count());
  }

  @Test
  void shouldLeaveEmptyWhatALossWithoutResetCannotHave() {
    NamedCsvRecord row = rows(Reports.capture("a", Samples.silentDrop(40_000))).get(0);

    for (String column : List.of("frame", "direction", "sender", "role", "shape", "ttl", "flags")) {
      assertEquals("", row.getField(column), column);
    }
    assertEquals("silent-drop", row.getField("cause"));
  }

  @Test
  void shouldSayTheSameAsTheCapture() {
    NamedCsvRecord row = rows(Reports.capture("idle.pcap", Samples.idleTimeout(40_000))).get(0);

    assertEquals("idle.pcap", row.getField("capture"));
    assertEquals("10.0.1.1", row.getField("client"));
    assertEquals("40000", row.getField("client_port"));
    assertEquals("5672", row.getField("broker_port"));
    assertEquals("client-to-broker", row.getField("direction"));
    assertEquals("middlebox", row.getField("sender"));
    assertEquals("idle-timeout", row.getField("cause"));
    assertEquals("false", row.getField("benign"));
    assertEquals("63", row.getField("ttl"));
    assertEquals("61", row.getField("baseline_ttl"));
    assertEquals("R", row.getField("flags"));
    assertEquals("0", row.getField("heartbeat_s"));
    assertEquals("/orders", row.getField("vhost"));
    assertEquals("orders-7", row.getField("connection_name"));
    assertEquals(400.0, Double.parseDouble(row.getField("idle_s")), 0.01);
  }

  @Test
  void shouldNameTheIncidentAndTheClientBehindAProxy() {
    CaptureReport capture =
        Reports.capture("a", Samples.clientAbort(1), Samples.clientAbort(2), Samples.everything(3));

    List<NamedCsvRecord> rows = rows(capture);

    assertEquals(
        List.of("1", "1", ""), rows.stream().map(row -> row.getField("incident")).toList());
    assertEquals("203.0.113.7:5555", rows.get(2).getField("proxied_client"));
    assertEquals("", rows.get(0).getField("proxied_client"));
  }

  @Test
  void shouldNameTheRunnerUpWhereThereIsOne() {
    CaptureReport doubted = Samples.doubted();
    Alternative next = doubted.flows().get(0).ending().runnerUp();

    NamedCsvRecord row = rows(doubted).get(0);
    NamedCsvRecord sure = rows(Reports.capture("a", Samples.normalClose(2))).get(0);

    assertEquals(next.cause().word(), row.getField("runner_up"));
    assertEquals(Format.decimal(next.probability(), 2), row.getField("runner_up_probability"));
    assertEquals("", sure.getField("runner_up"));
    assertEquals("", sure.getField("runner_up_probability"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"http://x\",\"y\")"})
  void shouldKeepASpreadsheetFromRunningWhatAClientCallsItself(String formula) {
    NamedCsvRecord row =
        rows(Reports.capture(formula, Samples.named(40_000, formula, formula))).get(0);

    assertEquals("'" + formula, row.getField("product"));
    assertEquals("'" + formula, row.getField("connection_name"));
    assertEquals("'" + formula, row.getField("capture"));
  }

  @Test
  void shouldKeepNamesWithQuotesAndCommasWhole() {
    String name = "a \"quoted\", name; with 🐇";

    NamedCsvRecord row = rows(Reports.capture("a,\"b\"", Samples.named(40_000, name, name))).get(0);

    assertEquals(name, row.getField("connection_name"));
    assertEquals("a,\"b\"", row.getField("capture"));
  }

  @Test
  void shouldHoldItsHeaderAloneWhenNothingWasReset() {
    assertEquals(1, Reports.csv(Reports.empty("quiet", Reports.quality(7, null))).lines().count());
  }
}
