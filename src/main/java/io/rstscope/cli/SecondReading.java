package io.rstscope.cli;

import io.rstscope.capture.CaptureException;
import io.rstscope.capture.PacketSource;
import io.rstscope.excerpt.ExcerptReader;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.net.PortSet;
import io.rstscope.report.model.CaptureReport;
import io.rstscope.report.model.Excerpts;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Adds to a report the packets of its flows that matter, for outputs that show them. */
final class SecondReading {
  /** Opens a capture as it was opened for its report. */
  interface Opening {
    PacketSource open() throws CaptureException;
  }

  private final PortSet ports;
  private final Predicate<FlowVerdict> wanted;
  private final BooleanSupplier stop;

  /**
   * @param ports as in the first reading
   * @param wanted which flows matter
   * @param stop asked now and then
   */
  SecondReading(PortSet ports, Predicate<FlowVerdict> wanted, BooleanSupplier stop) {
    this.ports = ports;
    this.wanted = wanted;
    this.stop = stop;
  }

  /**
   * The report with packets, or with the reason why they are missing.
   *
   * @param again null when the capture can be read only once
   */
  CaptureReport addTo(CaptureReport report, Opening again) {
    List<FlowVerdict> flows = report.flows().stream().filter(wanted).toList();
    if (flows.isEmpty()) {
      return report;
    }
    if (again == null) {
      return report.with(Excerpts.missing("the capture was a pipe, which can be read only once"));
    }
    try (PacketSource source = again.open()) {
      return report.with(new ExcerptReader(ports, flows).read(source, stop));
    } catch (CaptureException e) {
      return report.with(Excerpts.missing(e.detail()));
    }
  }
}
