package io.rstscope.report.csv;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.brokerlog.LoggedEnding;
import io.rstscope.judge.cause.Alternative;
import io.rstscope.judge.cause.Ending;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.context.ProxiedClient;
import io.rstscope.judge.sender.Verdict;
import io.rstscope.net.HostPort;
import io.rstscope.net.Term;
import io.rstscope.report.model.CaptureReport;
import io.rstscope.report.model.ReportWriter;
import io.rstscope.report.model.Summary;
import io.rstscope.report.words.Format;
import io.rstscope.report.words.Printable;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;
import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

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
    Map<Column, String> row = new EnumMap<>(Column.class);
    row.put(Column.CAPTURE, text(capture.name()));
    row.put(
        Column.TIME,
        Format.rfc3339(reset == null ? verdict.endNanos() : reset.packet().timeNanos()));
    row.put(Column.CLIENT, flow.client().address());
    row.put(Column.CLIENT_PORT, Integer.toString(flow.client().port()));
    row.put(Column.BROKER, flow.broker().address());
    row.put(Column.BROKER_PORT, Integer.toString(flow.broker().port()));
    if (reset != null) {
      packet(row, reset);
      sender(row, sender);
    }
    ending(row, verdict.ending());
    if (flow.amqp() != null) {
      amqp(row, flow.amqp());
    }
    row.put(Column.HISTORY, flow.history());
    row.put(Column.SAYS, text(verdict.ending().says()));
    row.put(Column.INCIDENT, verdict.incident() == 0 ? "" : "" + verdict.incident());
    LoggedEnding logged = capture.log() == null ? null : capture.log().of(verdict);
    if (logged != null) {
      log(row, logged);
    }
    csv.writeRecord(
        Arrays.stream(Column.values()).map(column -> row.getOrDefault(column, "")).toList());
  }

  private static void packet(Map<Column, String> row, ResetObservation reset) {
    boolean known = reset.sender().packets() > 0;
    long rtt = reset.minRttNanos();
    row.put(Column.FRAME, Long.toString(reset.packet().frame()));
    row.put(Column.DIRECTION, Format.direction(reset.from()));
    row.put(Column.ROLE, reset.role().word());
    row.put(Column.SHAPE, reset.shape().word());
    row.put(Column.TTL, Integer.toString(reset.packet().ttl()));
    row.put(Column.BASELINE_TTL, known ? Integer.toString(reset.sender().ttl()) : "");
    row.put(Column.MAC, text(Format.mac(reset.packet().mac())));
    row.put(Column.BASELINE_MAC, text(Format.mac(reset.sender().mac())));
    row.put(Column.FLAGS, Format.flags(reset.packet().flags()));
    row.put(Column.WINDOW, Integer.toString(reset.packet().window()));
    row.put(Column.MIN_RTT_MS, rtt < 0 ? "" : Format.decimal(rtt / 1e6, 4));
  }

  private static void sender(Map<Column, String> row, Verdict sender) {
    row.put(Column.SENDER, sender.sender().word());
    row.put(Column.CONFIDENCE, Format.decimal(sender.confidence(), 2));
    row.put(Column.PEER_MAY_BE_PROXY, Boolean.toString(sender.peerMayBeProxy()));
  }

  private static void ending(Map<Column, String> row, Ending ending) {
    long idle = ending.idleNanos();
    row.put(Column.ENDED_BY, ending.endedBy().word());
    row.put(Column.CAUSE, ending.cause().word());
    row.put(Column.BENIGN, Boolean.toString(ending.benign()));
    row.put(Column.IDLE_S, idle < 0 ? "" : Format.decimal(idle / 1e9, 6));
    Alternative next = ending.runnerUp();
    if (next != null) {
      row.put(Column.RUNNER_UP, next.cause().word());
      row.put(Column.RUNNER_UP_PROBABILITY, Format.decimal(next.probability(), 2));
    }
  }

  private static void amqp(Map<Column, String> row, AmqpSnapshot amqp) {
    Integer heartbeat = amqp.heartbeatSeconds();
    HostPort proxied = ProxiedClient.of(amqp);
    row.put(Column.AMQP_STATE, Term.ofName(amqp.state()));
    row.put(Column.HEARTBEAT_S, heartbeat == null ? "" : heartbeat.toString());
    row.put(Column.VHOST, text(amqp.vhost()));
    row.put(Column.PRODUCT, text(amqp.client().product()));
    row.put(Column.CONNECTION_NAME, text(amqp.client().connectionName()));
    row.put(Column.PROXIED_CLIENT, proxied == null ? "" : text(proxied.toString()));
  }

  private static void log(Map<Column, String> row, LoggedEnding ending) {
    row.put(Column.LOG_USER, text(ending.user()));
    row.put(Column.LOG_VHOST, text(ending.vhost()));
    row.put(Column.LOG_CONNECTION_NAME, text(ending.connectionName()));
    row.put(Column.LOG_SAYS, text(ending.reason()));
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
