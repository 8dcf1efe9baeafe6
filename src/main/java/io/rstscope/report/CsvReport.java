package io.rstscope.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.brokerlog.LoggedEnding;
import io.rstscope.flow.HostPort;
import io.rstscope.judge.cause.Alternative;
import io.rstscope.judge.cause.Ending;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.context.ProxiedClient;
import io.rstscope.judge.sender.Verdict;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Term;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * CSV (RFC 4180): one row for each reset; a lost connection without a reset has a row with an empty
 * frame. {@link Column} has the columns.
 */
public final class CsvReport implements ReportWriter {
  /** The last four are the first four in full width. */
  private static final String FORMULA_BEGINS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";

  private final CsvWriter csv;

  /** Writes to {@code out}, which is not closed but flushed at the end. */
  public CsvReport(Writer out) {
    csv = CsvWriter.builder().build(out);
    csv.writeRecord(Arrays.stream(Column.values()).map(Column::word).toList());
  }

  @Override
  public void capture(CaptureReport capture) throws IOException {
    for (FlowVerdict verdict : capture.flows()) {
      List<ResetObservation> resets = verdict.flow().resets();
      if (resets.isEmpty()) {
        row(capture, verdict, null, null);
      }
      for (int i = 0; i < resets.size(); i++) {
        row(capture, verdict, resets.get(i), verdict.verdicts().get(i));
      }
    }
    csv.flush();
  }

  private void row(
      CaptureReport capture, FlowVerdict verdict, ResetObservation reset, Verdict sender) {
    FlowObservation flow = verdict.flow();
    List<String> row = new ArrayList<>(Column.values().length);
    row.add(text(capture.name()));
    row.add(reset == null ? "" : Long.toString(reset.packet().frame()));
    row.add(Format.rfc3339(reset == null ? verdict.endNanos() : reset.packet().timeNanos()));
    row.add(flow.client().address());
    row.add(Integer.toString(flow.client().port()));
    row.add(flow.broker().address());
    row.add(Integer.toString(flow.broker().port()));
    row.add(reset == null ? "" : Format.direction(reset.fromClient()));
    row.add(sender == null ? "" : sender.sender().word());
    row.add(sender == null ? "" : Format.decimal(sender.confidence(), 2));
    row.add(sender == null ? "" : Boolean.toString(sender.peerMayBeProxy()));
    row.add(reset == null ? "" : reset.role().word());
    row.add(reset == null ? "" : reset.shape().word());
    ending(row, verdict.ending());
    packet(row, reset);
    amqp(row, flow.amqp());
    row.add(flow.history());
    row.add(text(verdict.ending().says()));
    row.add(proxied(flow.amqp()));
    row.add(verdict.incident() == 0 ? "" : Integer.toString(verdict.incident()));
    log(row, capture.log() == null ? null : capture.log().of(verdict));
    runnerUp(row, verdict.ending().runnerUp());
    csv.writeRecord(row);
  }

  private static void runnerUp(List<String> row, Alternative next) {
    row.add(next == null ? "" : next.cause().word());
    row.add(next == null ? "" : Format.decimal(next.probability(), 2));
  }

  private static void log(List<String> row, LoggedEnding ending) {
    row.add(ending == null ? "" : text(ending.user()));
    row.add(ending == null ? "" : text(ending.vhost()));
    row.add(ending == null ? "" : text(ending.connectionName()));
    row.add(ending == null ? "" : text(ending.words()));
  }

  private static String proxied(AmqpSnapshot amqp) {
    HostPort proxied = ProxiedClient.of(amqp);
    return proxied == null ? "" : text(proxied.toString());
  }

  private static void ending(List<String> row, Ending ending) {
    row.add(ending.endedBy().word());
    row.add(ending.cause().word());
    row.add(Boolean.toString(ending.benign()));
    row.add(ending.idleNanos() < 0 ? "" : Format.decimal(ending.idleNanos() / 1e9, 6));
  }

  private static void packet(List<String> row, ResetObservation reset) {
    if (reset == null) {
      row.addAll(List.of("", "", "", "", "", "", ""));
      return;
    }
    boolean known = reset.sender().packets() > 0;
    row.add(Integer.toString(reset.packet().ttl()));
    row.add(known ? Integer.toString(reset.sender().ttl()) : "");
    row.add(text(Format.mac(reset.packet().mac())));
    row.add(text(Format.mac(reset.sender().mac())));
    row.add(Format.flags(reset.packet().flags()));
    row.add(Integer.toString(reset.packet().window()));
    row.add(reset.minRttNanos() < 0 ? "" : Format.decimal(reset.minRttNanos() / 1e6, 4));
  }

  private static void amqp(List<String> row, AmqpSnapshot amqp) {
    if (amqp == null) {
      row.addAll(List.of("", "", "", "", ""));
      return;
    }
    row.add(Term.ofName(amqp.state()));
    row.add(amqp.heartbeatSeconds() == null ? "" : amqp.heartbeatSeconds().toString());
    row.add(text(amqp.vhost()));
    row.add(text(amqp.client().product()));
    row.add(text(amqp.client().connectionName()));
  }

  /**
   * What a peer chose steers no terminal, and is kept from being run as a formula by a spreadsheet:
   * an apostrophe stands before what would begin one, also in full width (OWASP, CSV injection).
   */
  private static String text(String value) {
    if (value == null || value.isEmpty()) {
      return "";
    }
    String plain = Printable.of(value);
    boolean formula = FORMULA_BEGINS.indexOf(value.charAt(0)) >= 0;
    return formula ? "'" + plain : plain;
  }

  @Override
  public void finish(Summary summary) throws IOException {
    csv.flush();
  }
}
